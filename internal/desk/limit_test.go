package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// What is wrong, huge or no text at all is refused by its code, and nothing is
// kept of it.
func TestHostileInputIsRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		receive := func(key string, amount money.Amount) error {
			_, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: cash(amount), Request: desk.Request{Key: key}})
			return err
		}
		admit := func(change func(*desk.OrderedLine)) error {
			line := desk.OrderedLine{Service: o.service, Quantity: 1}
			change(&line)
			_, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Lines: []desk.OrderedLine{line}, Request: o.request()})
			return err
		}
		discount := func(reason string) func(*desk.OrderedLine) {
			return func(l *desk.OrderedLine) { l.Discount = clinic.Discount{Percent: 1000, Reason: reason} }
		}
		view := func(v desk.View) error {
			_, err := o.desk.Summary(t.Context(), o.actor, o.patient, v)
			return err
		}
		if err := receive("whole", money.Max); err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			err  error
			code string
		}{
			"a balance that would not fit":      {receive("over", 1), "account.large"},
			"a key that is no text":             {receive("a\xff", 5), "request.key"},
			"a key with a zero":                 {receive("a\x00", 5), "request.key"},
			"an endless key":                    {receive(strings.Repeat("k", 256), 5), "request.key"},
			"a provider who does not exist":     {admit(func(l *desk.OrderedLine) { l.Provider = 77 }), "provider.none"},
			"a service that does not exist":     {admit(func(l *desk.OrderedLine) { l.Service = 77 }), "service.none"},
			"a reason that cannot be seen":      {admit(discount("\x00\u200f")), "discount.reason"},
			"an endless reason":                 {admit(discount(strings.Repeat("x", 100_000))), "text.long"},
			"a day that has not come":           {view(desk.View{AsOf: "2026-10-04"}), "view.future"},
			"a range that ends before it began": {view(desk.View{From: "2026-10-03", To: "2026-10-02"}), "view.range"},
			"a kind that is none":               {view(desk.View{Kind: "x"}), "view.kind"},
			"a cursor of somebody else":         {view(desk.View{Cursor: "o.1"}), "page.cursor"},
		} {
			if code := fault.Code(tt.err); code != tt.code {
				t.Errorf("%s: %q (%v), want %q", name, code, tt.err, tt.code)
			}
		}
		if got := o.balance(t, desk.View{}); got != -money.Max {
			t.Errorf("balance %v", got)
		}
	})
}

// Ten wrong passwords from one place do not keep the person out elsewhere.
func TestNobodyLocksAColleagueOut(t *testing.T) {
	o := openTill(t, engine.SQLite(t))
	const password = "a good long password"
	if _, err := o.desk.AddStaff(t.Context(), o.actor, desk.AddStaff{Password: password,
		Staff: clinic.Staff{Name: "سارا", Role: clinic.Receptionist, Username: "sara", Branch: o.actor.Branch}}); err != nil {
		t.Fatal(err)
	}
	for range 11 {
		o.desk.SignIn(t.Context(), desk.Login{Username: "sara", Password: "wrong wrong", Origin: "page 10.0.0.9"})
	}
	if _, err := o.desk.SignIn(t.Context(), desk.Login{Username: "sara", Password: password, Origin: "page 10.0.0.9"}); fault.Code(err) != "login.slow" {
		t.Errorf("from the attacker's place: %v", err)
	}
	o.now = o.now.Add(time.Second)
	if _, err := o.desk.SignIn(t.Context(), desk.Login{Username: "sara", Password: password, Origin: "page 10.0.0.2"}); err != nil {
		t.Errorf("from her own desk: %v", err)
	}
}
