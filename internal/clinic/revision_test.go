package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// two is a final admission of two services, the second with a discount.
func two(t *testing.T) clinic.Admission {
	t.Helper()
	a := priced(t, clinic.Discount{}, clinic.Discount{Percent: 1000, Reason: "loyal"})
	a.Status, a.Day, a.Patient = clinic.Draft, today, 42
	a, err := a.Approve(7, 10000)
	if err != nil {
		t.Fatal(err)
	}
	if a, _, err = clinic.Finalize(ours, a, today); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCancelLine(t *testing.T) {
	tests := map[string]struct {
		change func(a clinic.Admission) clinic.Admission
		line   int
		reason string
		code   string
	}{
		"one of two":                 {line: 2, reason: "x"},
		"without a reason":           {line: 2, code: "admission.reason"},
		"a line that is not there":   {line: 3, reason: "x", code: "line.none"},
		"a line before the first":    {line: 0, reason: "x", code: "line.none"},
		"of a draft":                 {line: 2, reason: "x", code: "admission.not_final", change: func(a clinic.Admission) clinic.Admission { a.Status = clinic.Draft; return a }},
		"of a cancelled admission":   {line: 2, reason: "x", code: "admission.not_final", change: func(a clinic.Admission) clinic.Admission { a.Status = clinic.Cancelled; return a }},
		"one that is gone already":   {line: 1, reason: "x", code: "line.cancelled", change: firstGone},
		"the last one that is there": {line: 2, reason: "x", code: "line.last", change: firstGone},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := two(t)
			if tt.change != nil {
				a = tt.change(a)
			}
			was := a.Shares
			got, err := clinic.CancelLine(a, tt.line, tt.reason)
			if fault.Code(err) != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err != nil {
				return
			}
			l := got.Lines[tt.line-1]
			if !l.Removed || l.Status != clinic.LineCancelled || got.PatientShare != was.PatientShare-l.PatientShare || got.Discount != 0 || l.Discount == 0 {
				t.Errorf("it is %+v with line %+v", got.Shares, l)
			}
			if a.Lines[tt.line-1].Removed {
				t.Error("the admission that was given changed")
			}
		})
	}
}

func firstGone(a clinic.Admission) clinic.Admission {
	a, err := clinic.CancelLine(a, 1, "x")
	if err != nil {
		panic(err)
	}
	return a
}

// The difference is all that a change moves, and nothing is no entry.
func TestRevise(t *testing.T) {
	a := two(t)
	_, live, err := clinic.Finalize(ours, draftOf(a), today)
	if err != nil {
		t.Fatal(err)
	}
	less, err := clinic.CancelLine(a, 2, "x")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := clinic.Revise(ours, a, less, live, today)
	if err != nil || len(entries) != 1 || entries[0].Kind != clinic.EntryAdmissionChange {
		t.Fatalf("%+v %v", entries, err)
	}
	for _, p := range entries[0].Postings {
		if p.Account == ours.Receivable(42) && p.Amount != -a.Lines[1].PatientShare {
			t.Errorf("the patient's account moves by %v", p.Amount)
		}
	}
	if entries, err := clinic.Revise(ours, a, a, live, today); err != nil || entries != nil {
		t.Errorf("no change posts %+v %v", entries, err)
	}
	if entries, err := clinic.Revise(ours, less, a, nil, today); err != nil || entries[0].Kind != clinic.EntryAdmissionAgain {
		t.Errorf("out of the books and in again is %+v %v", entries, err)
	}
}

func draftOf(a clinic.Admission) clinic.Admission {
	a.Status = clinic.Draft
	return a
}

func TestAbandon(t *testing.T) {
	sessions := func(done, all int) (s []clinic.Session) {
		for i := range all {
			n := clinic.Session{Line: 1, Number: i + 1, Status: clinic.SessionPlanned}
			if i < done {
				n.Status, n.Done = clinic.SessionDone, today
			}
			s = append(s, n)
		}
		return s
	}
	tests := map[string]struct {
		done, all int
		single    money.Amount
		proRata   bool
		reason    string
		code      string
		gross     money.Amount
	}{
		"two at the single price":         {done: 2, all: 6, single: 280_000, reason: "x", gross: 560_000},
		"never more than the package":     {done: 5, all: 6, single: 280_000, reason: "x", gross: 1_000_000},
		"two of six pro rata":             {done: 2, all: 6, single: 280_000, proRata: true, reason: "x", gross: 333_333},
		"no price for one":                {done: 2, all: 6, reason: "x", code: "package.single_price"},
		"pro rata needs none":             {done: 3, all: 6, proRata: true, reason: "x", gross: 500_000},
		"nothing was used":                {done: 0, all: 6, single: 1, reason: "x", code: "package.unused"},
		"everything was used":             {done: 6, all: 6, single: 1, reason: "x", code: "package.finished"},
		"a service without sessions":      {single: 1, reason: "x", code: "package.none"},
		"for no reason":                   {done: 2, all: 6, single: 1, code: "admission.reason"},
		"a price beyond all that is paid": {done: 2, all: 6, single: money.Max, reason: "x", gross: 1_000_000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := two(t)
			got, err := clinic.Abandon(a, 1, sessions(tt.done, tt.all), tt.single, tt.proRata, tt.reason)
			if fault.Code(err) != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err == nil && (got.Lines[0].Gross != tt.gross || got.Gross != a.Gross-a.Lines[0].Gross+tt.gross) {
				t.Errorf("line 1 is %v of %v, want %v", got.Lines[0].Gross, got.Gross, tt.gross)
			}
		})
	}
}

func TestApplyCode(t *testing.T) {
	plain := priced(t, clinic.Discount{}, clinic.Discount{})
	mixed := priced(t, clinic.Discount{Amount: 100_000, Reason: "friend"}, clinic.Discount{})
	second := []clinic.ServiceID{plain.Lines[1].Service}
	if plain.Lines[0].Service == plain.Lines[1].Service {
		plain.Lines[1].Service++
		second = []clinic.ServiceID{plain.Lines[1].Service}
	}
	tests := map[string]struct {
		a    clinic.Admission
		code clinic.DiscountCode
		want money.Amount
		err  string
	}{
		"an amount":                    {a: plain, code: clinic.DiscountCode{Amount: 500_000}, want: 500_000},
		"more than all there is":       {a: plain, code: clinic.DiscountCode{Amount: money.Max}, want: 4_000_000},
		"a percentage":                 {a: plain, code: clinic.DiscountCode{Percent: 1000}, want: 400_000},
		"a percentage up to a bound":   {a: plain, code: clinic.DiscountCode{Percent: 1000, Most: 1000}, want: 1000},
		"for one service":              {a: plain, code: clinic.DiscountCode{Percent: 1000, Services: second}, want: 300_000},
		"for a service that is not it": {a: plain, code: clinic.DiscountCode{Percent: 1000, Services: []clinic.ServiceID{999}}, err: "discount_code.services"},
		"beside another discount":      {a: mixed, code: clinic.DiscountCode{Amount: 1}, err: "discount_code.combined"},
		"together with another":        {a: mixed, code: clinic.DiscountCode{Amount: 500_000, Combinable: true}, want: 500_000},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tt.code.Code, tt.code.Staff = "X", 9
			got, off, err := clinic.ApplyCode(tt.code, tt.a)
			if fault.Code(err) != tt.err {
				t.Fatalf("%v, want %q", err, tt.err)
			}
			if err != nil {
				return
			}
			var sum money.Amount
			for i, l := range got.Lines {
				sum += l.Discount - tt.a.Lines[i].Discount
			}
			if off != tt.want || sum != tt.want {
				t.Errorf("it gives %v, the lines %v, want %v", off, sum, tt.want)
			}
		})
	}
}

func TestCodeHolds(t *testing.T) {
	c := clinic.DiscountCode{Code: "X", Amount: 1, ValidFrom: "2026-11-01", ValidTo: today, Uses: 2, Used: 1, Patient: 42}
	tests := map[string]struct {
		change func(c *clinic.DiscountCode)
		want   string
	}{
		"on its last day":    {func(*clinic.DiscountCode) {}, ""},
		"a day too late":     {func(c *clinic.DiscountCode) { c.ValidTo = today.Add(-1) }, "discount_code.expired"},
		"a day too early":    {func(c *clinic.DiscountCode) { c.ValidFrom = today.Add(1) }, "discount_code.not_yet"},
		"used up":            {func(c *clinic.DiscountCode) { c.Used = 2 }, "discount_code.used"},
		"another person's":   {func(c *clinic.DiscountCode) { c.Patient = 43 }, "discount_code.other_patient"},
		"of the merged file": {func(c *clinic.DiscountCode) { c.Patient = 41 }, ""},
		"switched off":       {func(c *clinic.DiscountCode) { c.Disabled = true }, "discount_code.off"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := c
			tt.change(&c)
			if err := c.Holds(clinic.Files{42, 41}, today); fault.Code(err) != tt.want {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}
