package clinic_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestWhoTakesAReceiptBack(t *testing.T) {
	open, closed := clinic.Shift{Status: clinic.ShiftOpen}, clinic.Shift{Status: clinic.ShiftClosed}
	tests := map[string]struct {
		role clinic.Role
		by   clinic.StaffID
		in   clinic.Shift
		code string
	}{
		"who took it, while the shift is open":      {clinic.Receptionist, 7, open, ""},
		"who took it, after the shift was closed":   {clinic.Receptionist, 7, closed, "shift.closed"},
		"who took it, after the shift was counted":  {clinic.Receptionist, 7, clinic.Shift{Status: clinic.ShiftCounted}, "shift.closed"},
		"what came by an import has no shift":       {clinic.Supervisor, 7, clinic.Shift{}, "shift.closed"},
		"somebody else, while the shift is open":    {clinic.Supervisor, 8, open, "receipt.others"},
		"an accountant, after the shift was closed": {clinic.Accountant, 8, closed, ""},
		"a doctor": {clinic.Doctor, 7, open, "permission"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := clinic.Actor{Staff: 7, Role: tt.role}.MayTakeBack(tt.by, tt.in)
			if fault.Code(err) != tt.code && (tt.code != "" || err != nil) {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

func TestHowAReceiptMayBePutRight(t *testing.T) {
	open := clinic.Shift{Status: clinic.ShiftOpen}
	tests := map[string]struct {
		role clinic.Role
		is   clinic.TakenReceipt
		want int
	}{
		"one's own in the open shift":         {clinic.Receptionist, clinic.TakenReceipt{By: 7, In: open}, 3},
		"one's own after the shift":           {clinic.Receptionist, clinic.TakenReceipt{By: 7, In: clinic.Shift{Status: clinic.ShiftCounted}}, 0},
		"somebody else's":                     {clinic.Receptionist, clinic.TakenReceipt{By: 8, In: open}, 0},
		"by the accountant, whenever":         {clinic.Accountant, clinic.TakenReceipt{By: 8}, 3},
		"a void one, by nobody":               {clinic.Accountant, clinic.TakenReceipt{By: 8, Void: true}, 0},
		"a moved one has its way corrected":   {clinic.Accountant, clinic.TakenReceipt{By: 8, Moved: true}, 1},
		"who sees no money corrects no money": {clinic.Doctor, clinic.TakenReceipt{By: 7, In: open}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := (clinic.Actor{Staff: 7, Role: tt.role}).Corrections(tt.is); len(got) != tt.want {
				t.Errorf("%v, want %d", got, tt.want)
			}
		})
	}
}

func TestLinesThatHold(t *testing.T) {
	line := func(n int, m clinic.Method, amount money.Amount) clinic.MoneyLine {
		return clinic.MoneyLine{Line: n, Method: m, Amount: amount}
	}
	cash, pos := line(1, clinic.Cash, 5), line(2, clinic.POS, 7)
	tests := map[string]struct{ lines, want []clinic.MoneyLine }{
		"nothing was corrected":           {[]clinic.MoneyLine{cash, pos}, []clinic.MoneyLine{cash, pos}},
		"cash was a card after all":       {[]clinic.MoneyLine{cash, pos, line(3, clinic.Cash, -5), line(4, clinic.POS, 5)}, []clinic.MoneyLine{pos, line(4, clinic.POS, 5)}},
		"and the correction was wrong":    {[]clinic.MoneyLine{cash, line(3, clinic.Cash, -5), line(4, clinic.POS, 5), line(5, clinic.POS, -5), line(6, clinic.Cash, 5)}, []clinic.MoneyLine{line(6, clinic.Cash, 5)}},
		"all of it was taken out":         {[]clinic.MoneyLine{cash, line(2, clinic.Cash, -5)}, nil},
		"a mirror of another is no match": {[]clinic.MoneyLine{cash, line(2, clinic.POS, -5)}, []clinic.MoneyLine{cash}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clinic.LiveLines(tt.lines); len(got)+len(tt.want) > 0 && !cmp.Equal(got, tt.want) {
				t.Error(cmp.Diff(tt.want, got))
			}
		})
	}
}

func TestWhereARefundGoes(t *testing.T) {
	tests := map[string]struct {
		method   clinic.Method
		override string
		sources  []clinic.Method
		code     string
	}{
		"cash goes back in cash":          {clinic.Cash, "", []clinic.Method{clinic.Cash}, ""},
		"a card goes back to the card":    {clinic.CardToCard, "", []clinic.Method{clinic.POS}, ""},
		"a card in cash needs a reason":   {clinic.Cash, "", []clinic.Method{clinic.POS}, "refund.source"},
		"a card in cash with a reason":    {clinic.Cash, "کارت بسته است", []clinic.Method{clinic.POS}, ""},
		"cash to a card needs a reason":   {clinic.CardToCard, "", []clinic.Method{clinic.Cash}, "refund.source"},
		"one of two ways is enough":       {clinic.Cash, "", []clinic.Method{clinic.POS, clinic.Cash}, ""},
		"nobody knows where it came from": {clinic.Cash, "", nil, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			err := clinic.CheckSource(clinic.Refund{Line: clinic.MoneyLine{Method: tt.method}, Override: tt.override}, tt.sources)
			if (err != nil) != (tt.code != "") || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%v, want %q", err, tt.code)
			}
		})
	}
}

func TestWhatIsTakenBackOfRemissions(t *testing.T) {
	given := func(id clinic.RemissionID, kind clinic.RemissionKind, amount money.Amount) clinic.Remission {
		return clinic.Remission{ID: id, Kind: kind, Amount: amount}
	}
	first, second := given(1, clinic.LateDiscount, 5), given(2, clinic.DebtWrittenOff, 7)
	recovered := given(3, clinic.DebtIsRecovered, -4)
	tests := map[string]struct {
		all      []clinic.Remission
		keep     money.Amount
		reversed []clinic.RemissionID
		again    money.Amount
	}{
		"all of it when nothing stays":            {[]clinic.Remission{first, second}, 0, []clinic.RemissionID{2, 1}, 0},
		"nothing when all of it may stay":         {[]clinic.Remission{first, second}, 12, nil, 0},
		"the youngest, and the rest of it again":  {[]clinic.Remission{first, second}, 8, []clinic.RemissionID{2}, 3},
		"a recovery goes with what it recovered":  {[]clinic.Remission{second, recovered}, 0, []clinic.RemissionID{3, 2}, 0},
		"what was reversed is not reversed again": {[]clinic.Remission{{ID: 1, Amount: 5, Undone: true}, {ID: 2, Amount: -5, Reverses: 1}, second}, 0, []clinic.RemissionID{2}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			reversed, again := clinic.Unremit(tt.all, tt.keep)
			var ids []clinic.RemissionID
			for _, r := range reversed {
				ids = append(ids, r.ID)
			}
			if !cmp.Equal(ids, tt.reversed) || again.Amount != tt.again {
				t.Errorf("%v and %v again", ids, again.Amount)
			}
		})
	}
}

func TestWhatIsUndone(t *testing.T) {
	tests := map[string]struct {
		kinds     []string
		reversals bool
		what      string
		code      string
	}{
		"a receipt with what it recovered":  {[]string{clinic.EntryReceipt, clinic.EntryRecovery}, false, clinic.EntryReceipt, ""},
		"an admission":                      {[]string{clinic.EntryAdmission, clinic.EntryFileTransfer}, false, clinic.EntryAdmission, ""},
		"a draft that is final again":       {[]string{clinic.EntryAdmissionAgain}, false, clinic.EntryAdmissionAgain, ""},
		"money of a cheque":                 {[]string{clinic.EntryChequeClear}, false, clinic.EntryChequeClear, ""},
		"a swap of a cheque is not undone":  {[]string{clinic.EntryChequeSwap}, false, "", "undo.not_possible"},
		"a void is done again":              {[]string{clinic.EntryVoid}, true, "", "undo.void"},
		"a shift is not undone":             {[]string{clinic.EntryShiftFloat}, false, "", "undo.not_possible"},
		"neither is what insurers paid":     {[]string{clinic.EntryInsurerPayment}, false, "", "undo.not_possible"},
		"nor a receipt with something else": {[]string{clinic.EntryReceipt, clinic.EntryHandover}, false, "", "undo.not_possible"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			what, err := clinic.UndoneAs(tt.kinds, tt.reversals)
			if what != tt.what || (err != nil) != (tt.code != "") || err != nil && fault.Code(err) != tt.code {
				t.Errorf("%q %v", what, err)
			}
		})
	}
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	rules := clinic.DefaultMoneyRules()
	if err := rules.MayUndo(clinic.Actor{Staff: 1}, 1, at, at.Add(15*time.Minute)); err != nil {
		t.Error(err)
	}
	if err := rules.MayUndo(clinic.Actor{Staff: 1}, 1, at, at.Add(15*time.Minute+time.Second)); fault.Code(err) != "undo.late" {
		t.Error(err)
	}
	if err := rules.MayUndo(clinic.Actor{Staff: 2}, 1, at, at); fault.Code(err) != "undo.other" {
		t.Error(err)
	}
}
