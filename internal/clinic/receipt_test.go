package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestCheckReceipt(t *testing.T) {
	line := func(m clinic.Method, a money.Amount) clinic.MoneyLine {
		return clinic.MoneyLine{Method: m, Amount: a, Place: 1}
	}
	tests := map[string]struct {
		lines       []clinic.MoneyLine
		code, field string
		sum         money.Amount
	}{
		"S04: three methods, one receipt": {[]clinic.MoneyLine{line(clinic.Cash, 5_000_000), line(clinic.POS, 30_000_000), line(clinic.CardToCard, 10_000_000)}, "", "", 45_000_000},
		"nothing at all":                  {nil, "receipt.empty", "amount-0", 0},
		"zero in the second line":         {[]clinic.MoneyLine{line(clinic.Cash, 1), line(clinic.POS, 0)}, "receipt.amount", "amount-1", 0},
		"negative":                        {[]clinic.MoneyLine{line(clinic.Cash, -1)}, "receipt.amount", "amount-0", 0},
		"too large":                       {[]clinic.MoneyLine{line(clinic.Cash, money.Max+1)}, "money.large", "amount-0", 0},
		"too large together":              {[]clinic.MoneyLine{line(clinic.Cash, money.Max), line(clinic.POS, 1)}, "money.large", "amount-0", 0},
		"a method that is not taken":      {[]clinic.MoneyLine{line("shells", 1)}, "receipt.method", "method-0", 0},
		"a cheque has its own sheet":      {[]clinic.MoneyLine{line(clinic.ByCheque, 1)}, "receipt.method", "method-0", 0},
		"three last digits":               {[]clinic.MoneyLine{{Method: clinic.POS, Amount: 1, LastFour: "12a4"}}, "receipt.last_four", "last_four-0", 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := clinic.CheckReceipt(clinic.Receipt{Patient: 42, Day: today, Lines: tt.lines}, clinic.DeskMethods)
			if code := fault.Code(err); code != tt.code {
				t.Fatalf("error code = %q, want %q (%v)", code, tt.code, err)
			}
			if err != nil {
				if e, _ := fault.As(err); e.Field != tt.field {
					t.Errorf("field = %q, want %q", e.Field, tt.field)
				}
				return
			}
			if r.Amount != tt.sum {
				t.Errorf("amount = %v, want %v", r.Amount, tt.sum)
			}
			e, err := clinic.Receive(ours, r)
			if err != nil || len(e.Postings) != 1+len(tt.lines) || e.Postings[0].Amount != -tt.sum {
				t.Errorf("entry = %+v, %v", e, err)
			}
		})
	}
}

func TestMoveShare(t *testing.T) {
	moved := clinic.ShareTransfer{Admission: 1, Patient: 42, From: base.ID, To: clinic.PatientPays, Amount: 350_000}
	e, err := clinic.MoveShare(ours, moved, today)
	if err != nil {
		t.Fatal(err)
	}
	if e.Postings[0].Account != ours.Receivable(42) || e.Postings[0].Amount != 350_000 || e.Postings[1].Account != ours.InsurerReceivable(base.ID) {
		t.Errorf("the insurer's deduction moves to the patient: %+v", e)
	}
	moved.To = base.ID
	if _, err := clinic.MoveShare(ours, moved, today); fault.Code(err) != "transfer.same" {
		t.Errorf("to the same payer: %v", err)
	}
}

// Whatever looks like a Sheba is one, by whichever method it is said; the name
// of a bank or the end of a card does not look like one.
func TestADestinationThatLooksLikeASheba(t *testing.T) {
	const good = "IR062960000000100324200001"
	for name, c := range map[string]struct {
		method    clinic.Method
		text      string
		want, bad string
	}{
		"a short one to a card":       {clinic.CardToCard, "IR00", "", "sheba.invalid"},
		"a short one by transfer":     {clinic.BankTransfer, "IR00", "", "sheba.invalid"},
		"in small letters, spaced":    {clinic.CardToCard, "ir ۰۶ 2960 0000 0010 0324 2000 01", good, ""},
		"digits alone":                {clinic.POS, good[2:], good, ""},
		"digits that are none":        {clinic.CardToCard, "062960000000100324200002", "", "sheba.invalid"},
		"the end of a card":           {clinic.CardToCard, "۱۲۳۴", "1234", ""},
		"the name of a bank":          {clinic.CardToCard, "Iran Zamin", "Iran Zamin", ""},
		"a transfer to no Sheba":      {clinic.BankTransfer, "1234", "", "sheba.invalid"},
		"a transfer to nowhere known": {clinic.BankTransfer, " ", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := clinic.Receipt{Lines: []clinic.MoneyLine{{Method: c.method, Amount: 1, Destination: c.text}}}
			got, err := clinic.CheckReceipt(r, clinic.DeskMethods)
			if fault.Code(err) != c.bad {
				t.Fatalf("%v; want %q", err, c.bad)
			}
			if err == nil && got.Lines[0].Destination != c.want {
				t.Errorf("%q, want %q", got.Lines[0].Destination, c.want)
			}
		})
	}
}
