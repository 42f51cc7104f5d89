package clinic_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

func TestCheckCheques(t *testing.T) {
	good := clinic.Cheque{SayadID: "1234567890123456", Due: today.Add(30), OwnerNationalCode: "0084575948"}
	with := func(change func(q *clinic.Cheque)) []clinic.MoneyLine {
		q := good
		change(&q)
		return []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1}, {Method: clinic.ByCheque, Amount: 7, Cheque: &q}}
	}
	tests := map[string]struct {
		lines       []clinic.MoneyLine
		code, field string
	}{
		"a cheque with all it needs":            {with(func(*clinic.Cheque) {}), "", ""},
		"only the id and the due date":          {with(func(q *clinic.Cheque) { q.OwnerNationalCode = "" }), "", ""},
		"the id in Persian digits with spaces":  {with(func(q *clinic.Cheque) { q.SayadID = "۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۶" }), "", ""},
		"due today":                             {with(func(q *clinic.Cheque) { q.Due = today }), "", ""},
		"due a little ago":                      {with(func(q *clinic.Cheque) { q.Due = today.Add(-100) }), "", ""},
		"fifteen digits":                        {with(func(q *clinic.Cheque) { q.SayadID = "123456789012345" }), "sayad.invalid", "sayad-1"},
		"seventeen digits":                      {with(func(q *clinic.Cheque) { q.SayadID += "7" }), "sayad.invalid", "sayad-1"},
		"no id":                                 {with(func(q *clinic.Cheque) { q.SayadID = "" }), "sayad.invalid", "sayad-1"},
		"no due date":                           {with(func(q *clinic.Cheque) { q.Due = "" }), "cheque.due", "due-1"},
		"a due date that is none":               {with(func(q *clinic.Cheque) { q.Due = "2026-02-30" }), "cheque.due", "due-1"},
		"due in six years":                      {with(func(q *clinic.Cheque) { q.Due = today.Add(6 * 366) }), "cheque.due_far", "due-1"},
		"due a year ago":                        {with(func(q *clinic.Cheque) { q.Due = today.Add(-366) }), "cheque.due_past", "due-1"},
		"a national code with a wrong digit":    {with(func(q *clinic.Cheque) { q.OwnerNationalCode = "0084575949" }), "national_code.invalid", "owner_code-1"},
		"nothing that is written on it":         {[]clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 7}}, "sayad.invalid", "sayad-0"},
		"the same cheque twice":                 {append(with(func(*clinic.Cheque) {}), with(func(*clinic.Cheque) {})[1]), "cheque.exists", "sayad-2"},
		"two cheques":                           {append(with(func(*clinic.Cheque) {}), with(func(q *clinic.Cheque) { q.SayadID = "6543210987654321" })[1]), "", ""},
		"no cheque at all":                      {with(func(*clinic.Cheque) {})[:1], "", ""},
		"a bank whose name is far too long":     {with(func(q *clinic.Cheque) { q.Bank = string(make([]rune, 0)) + long(200) }), "text.long", "bank-1"},
		"a cheque number in Persian digits too": {with(func(q *clinic.Cheque) { q.Number = "۷۷" }), "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			lines, err := clinic.CheckCheques(tt.lines, today)
			if fault.Code(err) != tt.code {
				t.Fatalf("refused with %q, want %q", fault.Code(err), tt.code)
			}
			if e, ok := fault.As(err); ok && e.Field != tt.field {
				t.Errorf("the field is %q, want %q", e.Field, tt.field)
			}
			if err == nil && len(lines) > 1 && (lines[1].Cheque.SayadID != good.SayadID || lines[1].Cheque.Amount != 7) {
				t.Errorf("cleaned to %+v", lines[1].Cheque)
			}
		})
	}
}

func long(n int) string { return string(slices.Repeat([]rune{'ب'}, n)) }

// What may be done with a cheque in each state, and what it becomes.
func TestStepsOfACheque(t *testing.T) {
	const not = ""
	tests := map[string]map[clinic.ChequeStep]string{
		clinic.ChequeInHand:   {"bank": "banked", "clear": "cleared", "bounce": "bounced", "return": "returned", "swap": "returned"},
		clinic.ChequeBanked:   {"bank": not, "clear": "cleared", "bounce": "bounced", "return": "returned", "swap": "returned"},
		clinic.ChequeCleared:  {"bank": not, "clear": not, "bounce": not, "return": not, "swap": not},
		clinic.ChequeBounced:  {"bank": not, "clear": not, "bounce": not, "return": "returned", "swap": not},
		clinic.ChequeReturned: {"bank": not, "clear": not, "bounce": not, "return": not, "swap": not},
	}
	for status, steps := range tests {
		for step, want := range steps {
			q := clinic.Cheque{Status: status}
			after, err := q.Do(step)
			if want == not {
				if fault.Code(err) != "cheque."+status || slices.Contains(q.Steps(), step) {
					t.Errorf("%s of one %s: %v, offered %v", step, status, err, q.Steps())
				}
			} else if err != nil || after.Status != want || !slices.Contains(q.Steps(), step) {
				t.Errorf("%s of one %s: %s %v, offered %v", step, status, after.Status, err, q.Steps())
			}
		}
	}
}

func TestChequeMoved(t *testing.T) {
	bank := []clinic.MoneyLine{{Method: clinic.BankTransfer, Amount: 50, Place: 9}}
	swap := []clinic.MoneyLine{{Method: clinic.Cash, Amount: 20, Place: 8}, {Method: clinic.POS, Amount: 30, Place: 7}}
	receivable := ours.Receivable(42)
	tests := map[string]struct {
		status string
		step   clinic.ChequeStep
		in     []clinic.MoneyLine
		kind   string
		debits map[string]money.Amount // by the kind of account
		lines  int
		code   string
	}{
		"one that is banked moves nothing":      {"in_hand", clinic.BankCheque, bank, "", nil, 0, ""},
		"one that clears is money in the bank":  {"banked", clinic.ClearCheque, bank, "cheque_clear", map[string]money.Amount{"bank": 50}, 2, ""},
		"one that bounces is owed":              {"banked", clinic.BounceCheque, nil, "cheque_bounce", map[string]money.Amount{"receivable": 50}, 1, ""},
		"one given back for nothing is owed":    {"in_hand", clinic.ReturnCheque, nil, "cheque_return", map[string]money.Amount{"receivable": 50}, 1, ""},
		"one that bounced moves nothing":        {"bounced", clinic.ReturnCheque, nil, "", nil, 0, ""},
		"one that is swapped is other money":    {"in_hand", clinic.SwapCheque, swap, "cheque_swap", map[string]money.Amount{"cash": 20, "pos": 30}, 3, ""},
		"swapped for less":                      {"in_hand", clinic.SwapCheque, swap[:1], "", nil, 0, "cheque.swap_amount"},
		"swapped for more":                      {"in_hand", clinic.SwapCheque, append(swap, bank...), "", nil, 0, "cheque.swap_amount"},
		"what it is cleared with is its amount": {"in_hand", clinic.ClearCheque, swap[:1], "", nil, 0, "cheque.swap_amount"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			q := clinic.Cheque{ID: 1, Patient: 42, Amount: 50, Status: tt.status}
			entries, lines, err := clinic.ChequeMoved(ours, q, tt.step, tt.in, today, 4)
			e := ledger.Entry{}
			if len(entries) > 0 {
				e = entries[0]
			}
			if fault.Code(err) != tt.code || len(lines) != tt.lines || len(entries) > 1 || err == nil && e.Kind != tt.kind {
				t.Fatalf("%+v %+v %v", entries, lines, err)
			}
			for i, l := range lines {
				if l.Line != 5+i {
					t.Errorf("line %d has the number %d", i, l.Line)
				}
			}
			for _, p := range e.Postings {
				switch {
				case p.Account.Kind == clinic.AccountCheques && p.Amount != -50:
					t.Errorf("the cheques move by %v", p.Amount)
				case p.Account.Kind != clinic.AccountCheques && p.Amount != tt.debits[p.Account.Kind]:
					t.Errorf("%s moves by %v", p.Account.Kind, p.Amount)
				case p.Account.Kind == clinic.AccountReceivable && p.Account != receivable:
					t.Errorf("owed by %v", p.Account)
				}
			}
		})
	}
}

// A cheque that is swapped for later ones goes and they come; nobody owes more
// or less than before.
func TestAChequeIsSwappedForCheques(t *testing.T) {
	q := clinic.Cheque{ID: 1, Patient: 42, Amount: 50, Status: clinic.ChequeInHand}
	in := []clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 20}, {Method: clinic.ByCheque, Amount: 30}}
	entries, lines, err := clinic.ChequeMoved(ours, q, clinic.SwapCheque, in, today, 0)
	if err != nil || len(entries) != 2 || len(lines) != 3 {
		t.Fatalf("%+v %+v %v", entries, lines, err)
	}
	sums := map[string]money.Amount{}
	for _, e := range entries {
		for _, p := range e.Postings {
			sums[p.Account.Kind] += p.Amount
		}
	}
	if sums[clinic.AccountCheques] != 0 || sums[clinic.AccountReceivable] != 0 || entries[0].Postings[0].Amount != -50 {
		t.Errorf("moved %v by %+v", sums, entries)
	}
}
