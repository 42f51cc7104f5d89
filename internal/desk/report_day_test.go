package desk_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/test/engine"
)

// dayAgrees proves the report of a day of the whole clinic: its figures make
// its net, the net is what all places hold more, the methods make the receipts,
// corrections make their sum, and what it says was earned is what the books
// say.
func (o *till) dayAgrees(t *testing.T, f failer, day jalali.Day) desk.DayReport {
	f.Helper()
	r, err := o.desk.DayReport(t.Context(), o.actor, desk.ReportQuery{From: day})
	if err != nil {
		f.Fatal(err)
	}
	before, after := o.kindsAt(t, f, day.Add(-1)), o.kindsAt(t, f, day)
	moved := func(kinds ...string) (sum money.Amount) {
		for _, k := range kinds {
			sum += after[k] - before[k]
		}
		return sum
	}
	var methods, held, corrected, owed money.Amount
	for _, m := range r.Methods {
		methods += m.Amount
	}
	for _, p := range r.Places {
		held += p.Closing - p.Opening
		if p.Opening+p.In+p.Out != p.Closing {
			f.Fatalf("%s: %s does not add up: %+v", day, p.Kind, p)
		}
	}
	for _, c := range r.Corrections {
		corrected += c.Money
		owed += c.Owed
	}
	for name, sums := range map[string][2]money.Amount{
		"net of its figures": {r.Receipts + r.Deposits - r.Refunds + r.OtherIn - r.OtherOut + r.OverShort + r.Shifted + r.Corrected, r.Net},
		"net in the books":   {r.Net, moved(clinic.AccountCash, clinic.AccountPOS, clinic.AccountBank, clinic.AccountCheques, clinic.AccountGateway, clinic.AccountSafe, clinic.AccountInTransit)},
		"net of the places":  {r.Net, held},
		"methods":            {methods, r.Receipts},
		"corrected money":    {corrected, r.Corrected},
		"corrected debts":    {owed, r.Owed},
		"income":             {r.Charged.Gross - r.Charged.Cancelled + r.Forfeited + r.Earned, -moved(clinic.AccountIncome, clinic.AccountForfeit)},
		"over and short":     {r.OverShort + r.OverShortEarlier, -moved(clinic.AccountOverShort)},
	} {
		if sums[0] != sums[1] {
			f.Fatalf("%s: %s: %d, want %d\n%+v", day, name, sums[0], sums[1], r)
		}
	}
	if !r.Balanced || !r.Charged.Whole() {
		f.Fatalf("%s: the report is not balanced: %+v", day, r)
	}
	return r
}

// Whatever is taken back, counted again or forfeited has a line of its own in
// the report of the day, and everything adds up after each step.
func TestTheDayAddsUp(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		admission := o.admit(t, 2)
		old := o.take(t, o.cheque(1, 4_000_000))
		yesterday := o.today()
		o.dayAgrees(t, t, yesterday)
		o.now = o.now.Add(24 * time.Hour)
		// What the day says after each step, from then on unless a later step says otherwise.
		want := desk.DayReport{}
		for _, step := range append(o.moneySteps(t, old.Cheques[0].ID, admission), o.drawerSteps(t)...) {
			o.now = o.now.Add(time.Minute)
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			step.says(&want)
			r := o.dayAgrees(t, t, o.today())
			got := desk.DayReport{Receipts: r.Receipts, Voided: r.Voided, Deposits: r.Deposits, Forfeited: r.Forfeited, Corrected: r.Corrected, OverShort: r.OverShort, Earned: r.Earned}
			wanted := desk.DayReport{Receipts: want.Receipts, Voided: want.Voided, Deposits: want.Deposits, Forfeited: want.Forfeited, Corrected: want.Corrected, OverShort: want.OverShort, Earned: want.Earned}
			if figures(got) != figures(wanted) {
				t.Errorf("%s: the day says\n%+v, want\n%+v", step.name, figures(got), figures(wanted))
			}
			if r.Late != 0 || r.OtherIn != 0 || r.OtherOut != 0 {
				t.Errorf("%s: %+v", step.name, r)
			}
		}
		o.shiftOnce(t, yesterday)
		o.dayAgrees(t, t, yesterday)
	})
}

// figures are those of a day that a step changes.
func figures(r desk.DayReport) [7]money.Amount {
	return [7]money.Amount{r.Receipts, r.Voided, r.Deposits, r.Forfeited, r.Corrected, r.OverShort, r.Earned}
}

// shiftOnce looks at a shift of the day that was counted three times, and at
// its drawer today: what was sent back did not come in.
func (o *till) shiftOnce(t *testing.T, opened jalali.Day) {
	t.Helper()
	r := o.dayAgrees(t, t, opened)
	if len(r.Shifts) != 1 || r.Shifts[0].Expected != 8_000_000 || r.Shifts[0].Counts != 8_000_000 {
		t.Errorf("the shift is %+v", r.Shifts)
	}
	for _, p := range o.dayAgrees(t, t, o.today()).Places {
		if p.Kind == clinic.AccountCash && (p.In != 8_000_000 || p.Out != -8_000_000) {
			t.Errorf("the drawer is %+v", p)
		}
	}
	cash, err := o.desk.CashReport(t.Context(), o.actor, desk.ReportQuery{})
	if err != nil || cash.Total.In != 10_000_000+2_000_000 || cash.Total.Corrected != -4_000_000-2_000_000-2_000_000 {
		t.Errorf("the cash of the day is %+v %v", cash.Total, err)
	}
}

// dayStep is something that happens in a day, and what the report says of it.
type dayStep struct {
	name string
	do   func() error
	says func(r *desk.DayReport)
}

// moneySteps bring money and take some of it back.
func (o *till) moneySteps(t *testing.T, old clinic.ChequeID, admission clinic.AdmissionID) []dayStep {
	ctx := t.Context()
	var deposit clinic.DepositID
	return []dayStep{
		{"an old cheque bounces", func() error {
			_, err := o.desk.BounceCheque(ctx, o.actor, desk.ChangeCheque{Cheque: old, Request: o.request()})
			return err
		}, func(r *desk.DayReport) { r.Corrected = -4_000_000 }},
		{"cash comes", func() error { o.receive(t, 3_000_000); return nil }, func(r *desk.DayReport) { r.Receipts = 3_000_000 }},
		{"its way is corrected", func() error {
			got := o.receive(t, 2_000_000)
			_, err := o.desk.CorrectMethod(ctx, o.actor, desk.CorrectMethod{Receipt: got.Receipt.ID, Line: 1, Is: clinic.MoneyLine{Method: clinic.POS}, Reason: "x", Request: o.request()})
			if err == nil {
				_, err = o.desk.VoidReceipt(ctx, o.actor, desk.VoidReceipt{Receipt: got.Receipt.ID, Reason: "x", Request: o.request()})
			}
			return err
		}, func(r *desk.DayReport) { r.Voided = -2_000_000 }},
		{"a deposit comes", func() error { deposit = o.deposit(t, 5_000_000); return nil }, func(r *desk.DayReport) { r.Deposits = 5_000_000 }},
		{"another is undone", func() error {
			done, err := o.desk.TakeDeposit(ctx, o.actor, desk.TakeDeposit{Patient: o.patient, Lines: cash(2_000_000), Request: o.request()})
			if err == nil {
				_, err = o.desk.UndoUnit(ctx, o.actor, desk.UndoUnit{Unit: done.Unit, Reason: "x", Request: o.request()})
			}
			return err
		}, func(*desk.DayReport) {}},
		{"a part of it is forfeited", func() error {
			_, err := o.desk.ForfeitDeposit(ctx, o.actor, desk.ForfeitDeposit{OnDeposit: o.on(deposit, 1_000_000), Reason: "نیامد"})
			return err
		}, func(r *desk.DayReport) { r.Forfeited = 1_000_000 }},
		{"the discount after the bill is taken back with the admission", func() error {
			_, err := o.desk.DiscountLater(ctx, o.actor, desk.DiscountLater{Admission: admission, Discount: clinic.Discount{Amount: 700_000, Reason: "x"}, Request: o.request()})
			if err == nil {
				_, err = o.desk.CancelAdmission(ctx, o.actor, desk.CancelAdmission{Admission: admission, Reason: "x", Request: o.request()})
			}
			return err
		}, func(r *desk.DayReport) { r.Earned = -9_000_000 }},
	}
}

// drawerSteps count and hand over the drawer of a shift, again and again.
func (o *till) drawerSteps(t *testing.T) []dayStep {
	ctx := t.Context()
	shift, _, err := o.desk.OwnShift(ctx, o.actor)
	if err != nil {
		t.Fatal(err)
	}
	count := func(amount money.Amount) error {
		_, err := o.desk.CountShift(ctx, o.actor, desk.CountShift{Shift: shift.ID, Note: "شمارش", Request: o.request(),
			Lines: []clinic.ShiftLine{{Method: clinic.Cash, Counted: amount}}})
		return err
	}
	hand := func(amount money.Amount) error {
		_, err := o.desk.HandOver(ctx, o.actor, desk.HandOver{Shift: shift.ID, Amount: amount, To: clinic.ToSafe, Request: o.request()})
		return err
	}
	reopen := func() error {
		_, err := o.desk.ReopenShift(ctx, o.actor, desk.ReopenShift{Shift: shift.ID, Reason: "اشتباه", Request: o.request()})
		return err
	}
	return []dayStep{
		{"the shift is counted", func() error { return count(8_000_500) }, func(r *desk.DayReport) { r.OverShort = 500 }},
		{"and opened again", reopen, func(r *desk.DayReport) { r.OverShort = 0 }},
		{"and counted again", func() error { return count(7_999_000) }, func(r *desk.DayReport) { r.OverShort = -1_000 }},
		{"handed over", func() error { return hand(7_000_000) }, func(*desk.DayReport) {}},
		{"sent back", reopen, func(r *desk.DayReport) { r.OverShort = 0 }},
		{"counted a third time", func() error { return count(8_000_000) }, func(*desk.DayReport) {}},
		{"handed over again", func() error { return hand(8_000_000) }, func(*desk.DayReport) {}},
	}
}
