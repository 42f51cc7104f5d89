package clinic

import (
	"strconv"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// PlanID names an instalment plan.
type PlanID int64

// Instalment is a part of a debt that is due on a day. Line 0 is the down
// payment.
type Instalment struct {
	Line   int
	Due    jalali.Day
	Amount money.Amount
}

// InstalmentPlan is what was agreed about when an admission is paid. It is a
// fact: another agreement is another plan that replaces it.
//
// Invariant: Share less Paid is the sum of the parts, and their days rise.
type InstalmentPlan struct {
	ID        PlanID
	Admission AdmissionID
	Patient   PatientID
	Version   int          // of the plans of the admission
	Share     money.Amount // what the patient owed for the admission, all in all
	Paid      money.Amount // what was paid of it before
	Parts     []Instalment
	Day       jalali.Day
	At        time.Time
	Recorded  time.Time
	Staff     StaffID
	Ended     PlanEnd // "" while it is in force
	Reason    string  // why it ended
}

// PlanEnd says how a plan ended. One of an admission that is cancelled is out
// of force without an end of its own.
type PlanEnd string

// The ends of a plan.
const (
	PlanReplaced  PlanEnd = "replaced"
	PlanCancelled PlanEnd = "cancelled"
)

// Total is what the plan is about.
func (p InstalmentPlan) Total() money.Amount { return p.Share - p.Paid }

// PlanWish is what the desk asks for: a down payment today, and either Count
// instalments every so many Jalali months from FirstDue on, or Rows as they
// are. Each of a count is Amount, or an equal part of what is left when Amount
// is 0.
type PlanWish struct {
	DownPayment money.Amount
	Count       int
	Amount      money.Amount
	FirstDue    jalali.Day
	EveryMonths int // 0 is 1
	Rows        []Instalment
}

// The most that a plan may be.
const (
	maxInstalments = 60
	maxPlanYears   = 10
	maxEvery       = 12
)

// roundPart is what equal parts are whole multiples of, when they are large
// enough not to care; the last part takes the rest.
const roundPart = 1000

// PlanParts are the parts of a plan for what is left of an admission, the down
// payment first. The days of the instalments rise from today on.
//
// Invalid instalment.down_payment, instalment.count, instalment.every,
// instalment.first_due, instalment.amount, instalment.due, instalment.past,
// instalment.order, instalment.far; Refused instalment.missing and
// instalment.too_much with the amount by which the sum differs.
func PlanParts(left money.Amount, today jalali.Day, wish PlanWish) ([]Instalment, error) {
	if wish.DownPayment < 0 || wish.DownPayment > left {
		return nil, fault.New(fault.Invalid, "instalment.down_payment", "the down payment is nothing up to %v", left).
			With("limit", left.String()).At("down_payment")
	}
	rows := wish.Rows
	if len(rows) == 0 {
		var err error
		if rows, err = monthly(left-wish.DownPayment, wish); err != nil {
			return nil, err
		}
	}
	if len(rows) > maxInstalments {
		return nil, fault.New(fault.Invalid, "instalment.count", "a plan has 1 to %d instalments", maxInstalments).At("count")
	}
	var parts []Instalment
	if wish.DownPayment > 0 {
		parts = append(parts, Instalment{Line: 0, Due: today, Amount: wish.DownPayment})
	}
	sum, last := wish.DownPayment, jalali.Day("")
	for i, r := range rows {
		r.Line = i + 1
		if err := checkInstalment(r, today, last); err != nil {
			return nil, err
		}
		parts, sum, last = append(parts, r), sum+r.Amount, r.Due
	}
	switch {
	case sum < left:
		return nil, fault.New(fault.Refused, "instalment.missing", "%v of %v are missing", left-sum, left).
			With("amount", (left-sum).String()).With("due", left.String()).At("amount")
	case sum > left:
		return nil, fault.New(fault.Refused, "instalment.too_much", "%v more than %v", sum-left, left).
			With("amount", (sum-left).String()).With("due", left.String()).At("amount")
	}
	return parts, nil
}

// monthly are the instalments of a wish that counts.
func monthly(rest money.Amount, wish PlanWish) (rows []Instalment, err error) {
	every := wish.EveryMonths
	if every == 0 {
		every = 1
	}
	switch {
	case wish.Count < 1 || wish.Count > maxInstalments:
		return nil, fault.New(fault.Invalid, "instalment.count", "a plan has 1 to %d instalments", maxInstalments).At("count")
	case every < 1 || every > maxEvery:
		return nil, fault.New(fault.Invalid, "instalment.every", "an instalment is every 1 to %d months", maxEvery).At("every_months")
	case !wish.FirstDue.Valid():
		return nil, fault.New(fault.Invalid, "instalment.first_due", "the first instalment has a day").At("first_due")
	case wish.Amount < 0:
		return nil, fault.New(fault.Invalid, "instalment.amount", "an instalment is more than nothing").At("amount")
	case wish.Amount == 0 && rest < money.Amount(wish.Count):
		return nil, fault.New(fault.Invalid, "instalment.amount", "an instalment is more than nothing").At("down_payment")
	}
	amounts := EqualParts(rest, wish.Count)
	first := wish.FirstDue.Date()
	for i := range wish.Count {
		if wish.Amount > 0 {
			amounts[i] = wish.Amount
		}
		rows = append(rows, Instalment{Due: first.AddMonths(i * every).Civil(), Amount: amounts[i]})
	}
	return rows, nil
}

// EqualParts shares whole out in n parts. They are equal and round where the
// whole is large enough; the last takes the rest.
func EqualParts(whole money.Amount, n int) []money.Amount {
	part := whole / money.Amount(n)
	if part >= 100*roundPart {
		part -= part % roundPart
	}
	parts := make([]money.Amount, n)
	for i := range parts {
		parts[i] = part
	}
	parts[n-1] = whole - part*money.Amount(n-1)
	return parts
}

// checkInstalment checks one instalment after the one that was due on last.
func checkInstalment(r Instalment, today, last jalali.Day) error {
	refuse := func(code, format string, a ...any) error {
		return fault.New(fault.Invalid, code, format, a...).At("row").With("line", strconv.Itoa(r.Line))
	}
	switch {
	case r.Amount <= 0 || r.Amount > money.Max:
		return refuse("instalment.amount", "an instalment is more than nothing")
	case !r.Due.Valid():
		return refuse("instalment.due", "instalment %d has no day", r.Line)
	case r.Due < today:
		return refuse("instalment.past", "instalment %d would be due before today", r.Line)
	case r.Due <= last:
		return refuse("instalment.order", "instalment %d is not due after the one before it", r.Line)
	case r.Due > today.Date().AddMonths(12*maxPlanYears).Civil():
		return refuse("instalment.far", "instalment %d would be due in more than %d years", r.Line, maxPlanYears)
	}
	return nil
}

// PartState is how it stands with a part of a plan on a day.
type PartState string

// The states of a part. One that is paid in part is overdue or due today all
// the same.
const (
	PartPaid     PartState = "paid"
	PartLetOff   PartState = "let_off" // the debt shrank and nothing of it is left to pay
	PartOverdue  PartState = "overdue"
	PartDueToday PartState = "due_today"
	PartPartly   PartState = "partly_paid"
	PartUpcoming PartState = "upcoming"
)

// PlannedPart is a part of a plan as it stands on a day. Amount is what it is
// now, Agreed what it was.
type PlannedPart struct {
	Instalment
	Agreed money.Amount
	Paid   money.Amount
	Left   money.Amount
	State  PartState
	Days   int // since it was due; below zero until it is
}

// Schedule is a plan as it stands on a day.
//
// Invariant: Overdue + Upcoming + Unplanned is what is left of the admission.
type Schedule struct {
	Plan         InstalmentPlan
	Parts        []PlannedPart
	Overdue      money.Amount // left of what was due before the day
	OverdueCount int          // parts of it
	Upcoming     money.Amount // left of what is due on the day or later
	Unplanned    money.Amount // left beyond the plan, due at once
}

// Schedule fills the plan, on a day, from what the patient owes for the
// admission and what is paid of it. Nothing of it is stored.
//
// What was paid before the plan counts first; what came since pays the parts
// in the order of their days, so that a void shows up at the end. When the debt
// has shrunk since (a late discount, a cancelled line), the last parts shrink
// first. When it has grown, or money from before the plan was taken back, that
// part is in no plan: it is due at once, and beside the plan.
func (p InstalmentPlan) Schedule(share, paid money.Amount, day jalali.Day) Schedule {
	s := Schedule{Plan: p, Unplanned: share - paid}
	room := p.Total() - min(p.Total(), max(0, p.Share-share))
	coming := max(0, paid-min(p.Paid, share))
	for _, part := range p.Parts {
		now := PlannedPart{Instalment: part, Agreed: part.Amount, Days: day.Sub(part.Due)}
		now.Amount = min(part.Amount, room)
		now.Paid = min(now.Amount, coming)
		now.Left = now.Amount - now.Paid
		room, coming = room-now.Amount, coming-now.Paid
		now.State = now.state()
		if now.Left > 0 && now.Days > 0 {
			s.Overdue += now.Left
			s.OverdueCount++
		} else {
			s.Upcoming += now.Left
		}
		s.Unplanned -= now.Left
		s.Parts = append(s.Parts, now)
	}
	return s
}

func (p PlannedPart) state() PartState {
	switch {
	case p.Amount == 0:
		return PartLetOff
	case p.Left == 0:
		return PartPaid
	case p.Days > 0:
		return PartOverdue
	case p.Days == 0:
		return PartDueToday
	case p.Paid > 0:
		return PartPartly
	}
	return PartUpcoming
}

// Next is the first part of which something is left, and false when none is.
func (s Schedule) Next() (PlannedPart, bool) {
	for _, p := range s.Parts {
		if p.Left > 0 {
			return p, true
		}
	}
	return PlannedPart{}, false
}

// Instalments is how many instalments the plan has, without the down payment.
func (p InstalmentPlan) Instalments() int {
	if len(p.Parts) > 0 && p.Parts[0].Line == 0 {
		return len(p.Parts) - 1
	}
	return len(p.Parts)
}

// DuePart is a part of a debt with the day since when, or from which on, it is
// due.
type DuePart struct {
	From jalali.Day
	Left money.Amount
}

// DueParts are the parts of what is left of an admission, for its ageing. What
// is in no plan, and all of it without a plan (nil), is due since the day of
// the admission. Their sum is what is left.
func DueParts(admission jalali.Day, left money.Amount, s *Schedule) (parts []DuePart) {
	if s == nil {
		s = &Schedule{Unplanned: left}
	}
	if s.Unplanned != 0 {
		parts = append(parts, DuePart{admission, s.Unplanned})
	}
	for _, p := range s.Parts {
		if p.Left != 0 {
			parts = append(parts, DuePart{p.Due, p.Left})
		}
	}
	return parts
}

// MakePlan makes the plan of an admission, of which share is owed and paid is
// paid, on a day. Refused instalment.not_final, admission.cancelled,
// instalment.settled when nothing is left; and those of PlanParts.
func MakePlan(a Admission, share, paid money.Amount, today jalali.Day, wish PlanWish) (InstalmentPlan, error) {
	p := InstalmentPlan{Admission: a.ID, Patient: a.Patient, Share: share, Paid: paid, Day: today}
	switch {
	case a.Status == Draft:
		return p, fault.New(fault.Refused, "instalment.not_final", "a draft owes nothing yet")
	case a.Status == Cancelled:
		return p, fault.New(fault.Refused, "admission.cancelled", "the admission is cancelled")
	case share <= paid:
		return p, fault.New(fault.Refused, "instalment.settled", "nothing is left of the admission")
	}
	var err error
	p.Parts, err = PlanParts(share-paid, today, wish)
	return p, err
}
