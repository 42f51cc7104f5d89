package desk

import (
	"cmp"
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// DayReport is a day of the clinic or of a branch: what was charged, what came
// and went, and apart from that what was corrected of earlier days. It is made
// of facts of the day, as known at KnownAt, so that it can be made again.
type DayReport struct {
	Day     jalali.Day
	Branch  clinic.BranchID // 0: the whole clinic
	KnownAt time.Time       // the instant it was made; asked for again it is the same
	Clinic  string
	Place   string // name of the branch; "" for the whole clinic

	Charged   clinic.DayCharges
	Methods   []MethodMoney // receipts less those of the same day that did not hold
	Receipts  money.Amount
	Voided    money.Amount // of that: taken back on the same day, below nothing
	Refunds   money.Amount
	Deposits  money.Amount // received
	Applied   money.Amount // deposits that became payments
	Forfeited money.Amount // deposits that the clinic kept
	Late      money.Amount // discounts after the bill and debts given up
	OtherIn   money.Amount // insurers' payments and what else came
	OtherOut  money.Amount
	OverShort money.Amount // by which counted drawers differed, below nothing what was missing
	Shifted   money.Amount // between desks, banks and the safe: nothing, unless another branch has the other end
	Corrected money.Amount // money of earlier days
	Earned    money.Amount // what corrections of earlier days changed of income
	// OverShortEarlier is what of Corrected takes counts of earlier days back.
	OverShortEarlier money.Amount
	Owed             money.Amount // what corrections of earlier days changed of what patients owe

	Corrections []CorrectionRow
	Shifts      []store.ShiftOfDay
	Places      []store.PlaceDay
	Net         money.Amount // of all money of the day
	Ledger      money.Amount // by the postings
	Balanced    bool         // every unit of the day's postings sums to zero, and Net is Ledger
}

// PlaceDay is what a place of money held before a day and after it.
type PlaceDay = store.PlaceDay

// MethodMoney is money by a method.
type MethodMoney struct {
	Method string
	Amount money.Amount
	Count  int
}

// CorrectionRow is a correction with the person it is about.
type CorrectionRow struct {
	store.Correction
	Person clinic.Patient
}

func (r DayReport) shown() (people []clinic.PatientID) {
	for _, c := range r.Corrections {
		if c.Person.ID != 0 {
			people = append(people, c.Person.ID)
		}
	}
	return people
}

// DayReport returns the report of one day, of today for "". Forbidden
// permission; Invalid date.syntax.
func (d *Desk) DayReport(ctx context.Context, actor clinic.Actor, q ReportQuery) (DayReport, error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return DayReport{}, err
	}
	return readPatient(ctx, d, actor, "report.day", func(w work) (DayReport, clinic.PatientID, error) {
		q.To = q.From
		if q.KnownAt.IsZero() || q.KnownAt.After(w.now) { // what is not known yet cannot be told again
			q.KnownAt = w.now
		}
		days, err := w.days(q)
		if err != nil {
			return DayReport{}, 0, err
		}
		days.To = days.From
		r, err := w.dayReport(ctx, days)
		return r, 0, err
	})
}

func (w work) dayReport(ctx context.Context, d store.Days) (r DayReport, err error) {
	r = DayReport{Day: d.From, Branch: d.Branch, KnownAt: d.KnownAt, Clinic: w.clinic.Name}
	if d.Branch != 0 {
		names, err := w.branchNames(ctx)
		if err != nil {
			return r, err
		}
		r.Place = names[d.Branch]
	}
	postings, err := w.DayPostings(ctx, d)
	if err != nil {
		return r, err
	}
	var sum, kept money.Amount
	for _, p := range postings {
		sum += p.Amount
		switch p.Account {
		case clinic.AccountSafe, clinic.AccountInTransit: // no lines of money say it
			kept += p.Amount
		default:
			r.charge(p)
		}
	}
	lines, err := w.DayMoney(ctx, d)
	if err != nil {
		return r, err
	}
	for _, l := range lines {
		r.Net += l.Amount
		r.money(l)
	}
	if r.Ledger, err = w.CashPosted(ctx, d); err != nil {
		return r, err
	}
	r.Shifted, r.Net, r.Ledger = r.Shifted+kept, r.Net+kept, r.Ledger+kept
	r.Balanced = sum == 0 && r.Net == r.Ledger && r.Charged.Whole()
	if err := w.correctionRows(ctx, d, &r); err != nil {
		return r, err
	}
	if r.Shifts, err = w.ShiftsOfDays(ctx, d); err != nil {
		return r, err
	}
	from, until := d.From.Bounds(w.clinic.Zone)
	r.Places, err = w.PlacesOfDays(ctx, d, store.Span{From: from, Until: until})
	return r, err
}

// charge adds what entries did to accounts that are not of money. What takes
// something of the same day back counts where that counted.
func (r *DayReport) charge(p store.DaySum) {
	of := cmp.Or(p.Of, p.Kind)
	switch {
	case p.Earlier:
		switch p.Account {
		case clinic.AccountReceivable:
			r.Owed += p.Amount
		case clinic.AccountIncome, clinic.AccountForfeit:
			r.Earned -= p.Amount
		case clinic.AccountOverShort:
			r.OverShortEarlier -= p.Amount
		}
	case slices.Contains(clinic.AdmissionEntries, of):
		r.Charged = r.Charged.Add(p.Account, p.Of != "", p.Amount)
	case p.Account == clinic.AccountForfeit:
		r.Forfeited -= p.Amount
	case p.Account == clinic.AccountReceivable && (of == clinic.EntryLateDiscount || of == clinic.EntryWriteOff):
		r.Late -= p.Amount
	case p.Account == clinic.AccountDeposit && slices.Contains([]string{clinic.EntryDepositApply, clinic.EntryDepositAccount, clinic.EntryDepositUnapply}, of):
		r.Applied += p.Amount
	}
}

// receiptKinds are the kinds of entry that bring the money of receipts, take it
// out or say by which method it came.
var receiptKinds = []string{clinic.EntryReceipt, clinic.EntryMethodChange, clinic.EntryReceiptTransfer, clinic.EntryVoid, clinic.EntryChequeBounce,
	clinic.EntryChequeReturn}

// money adds lines of money: what corrects an earlier day is apart. What takes
// something of the same day back counts where that counted.
func (r *DayReport) money(l store.DaySum) {
	of, class := cmp.Or(l.Of, l.Kind), clinic.CashClassOf(l.Kind, l.Of)
	switch {
	case of == clinic.EntryShiftDifference && !l.Earlier:
		r.OverShort += l.Amount
	case of == clinic.EntryMethodChange && !l.Earlier:
		r.Receipts += l.Amount
		r.method(l)
	case class == clinic.CashShift && of != clinic.EntryShiftDifference:
		r.Shifted += l.Amount
	case l.Earlier:
		r.Corrected += l.Amount
	case slices.Contains(receiptKinds, of):
		r.Receipts += l.Amount
		if class == clinic.CashCorrection {
			r.Voided += l.Amount
		}
		r.method(l)
	case of == clinic.EntryDeposit:
		r.Deposits += l.Amount
	case of == clinic.EntryRefund || of == clinic.EntryDepositRefund:
		r.Refunds -= l.Amount
	case l.Amount > 0 == (l.Of == ""):
		r.OtherIn += l.Amount
	default:
		r.OtherOut -= l.Amount
	}
}

// method adds to the money of a method.
func (r *DayReport) method(l store.DaySum) {
	for i := range r.Methods {
		if r.Methods[i].Method == l.Method {
			r.Methods[i].Amount += l.Amount
			r.Methods[i].Count += l.Count
			return
		}
	}
	r.Methods = append(r.Methods, MethodMoney{l.Method, l.Amount, l.Count})
}

func (w work) correctionRows(ctx context.Context, d store.Days, r *DayReport) error {
	found, err := w.Corrections(ctx, d)
	if err != nil {
		return err
	}
	var files []clinic.PatientID
	for _, c := range found {
		if c.Patient != 0 {
			files = append(files, c.Patient)
		}
	}
	persons, err := w.PersonsOf(ctx, files)
	if err != nil {
		return err
	}
	for _, c := range found {
		p := persons[c.Patient]
		if p.ID != 0 && w.visible(p) != nil {
			p = clinic.Patient{} // money of this branch, a person of another
		}
		r.Corrections = append(r.Corrections, CorrectionRow{c, w.masked(p)})
	}
	return nil
}
