package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"daftar/internal/fault"
)

func TestKindAndCodeComeFromTheFirstClassifiedError(t *testing.T) {
	short := fault.New(fault.Refused, "deposit.short", "only %v is left", 5)
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
		code string
	}{
		"no error is internal and has no code":         {nil, fault.Internal, ""},
		"an ordinary error is internal":                {io.EOF, fault.Internal, ""},
		"a fault is what it says":                      {short, fault.Refused, "deposit.short"},
		"a wrapped fault is found":                     {fmt.Errorf("deposit 7: %w", short), fault.Refused, "deposit.short"},
		"a joined fault is found":                      {errors.Join(io.EOF, short), fault.Refused, "deposit.short"},
		"the outer of two faults counts":               {fault.New(fault.Conflict, "a.b", "x").Because(short), fault.Conflict, "a.b"},
		"a nil *Error in an error is nobody's":         {(*fault.Error)(nil), fault.Internal, ""},
		"an unavailable machine is not the user's bug": {fault.New(fault.Unavailable, "store.away", "x"), fault.Unavailable, "store.away"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := fault.Of(c.err); got != c.kind {
				t.Errorf("kind %v, want %v", got, c.kind)
			}
			if got := fault.Code(c.err); got != c.code {
				t.Errorf("code %q, want %q", got, c.code)
			}
			if _, ok := fault.As(c.err); ok != (c.code != "") {
				t.Errorf("As says %v", ok)
			}
		})
	}
}

func TestAddingToAFaultLeavesTheOriginalAlone(t *testing.T) {
	base := fault.New(fault.Invalid, "text.long", "too long").With("max", "40")
	base.With("max", "50")
	changed := base.At("last_name").With("max", "50").With("length", "60").Because(io.EOF)
	if base.Field != "" || base.Err != nil || len(base.Args) != 1 || base.Args["max"] != "40" {
		t.Errorf("the original became %+v", base)
	}
	if changed.Field != "last_name" || changed.Args["max"] != "50" || changed.Args["length"] != "60" {
		t.Errorf("the copy is %+v", changed)
	}
	if !errors.Is(changed, io.EOF) {
		t.Error("the cause is lost")
	}
}

func TestTheLogSeesCodeTextAndCause(t *testing.T) {
	e := fault.New(fault.Refused, "deposit.short", "only %d is left", 5)
	if got, want := e.Error(), "deposit.short: only 5 is left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := e.Because(io.EOF).Error(), "deposit.short: only 5 is left: EOF"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestATextWithoutValuesMayHoldAPercentSign(t *testing.T) {
	text := "at most 30 %"
	if got := fault.New(fault.Refused, "discount.cap", text).Text; got != text {
		t.Errorf("text %q, want %q", got, text)
	}
}

func TestEveryKindHasItsOwnName(t *testing.T) {
	seen := map[string]fault.Kind{}
	for k := fault.Internal; k <= fault.Unavailable; k++ {
		if other, ok := seen[k.String()]; ok {
			t.Errorf("%d and %d are both %q", k, other, k)
		}
		seen[k.String()] = k
	}
	if got := fault.Kind(200).String(); got != "internal" {
		t.Errorf("an unknown kind is %q", got)
	}
}
