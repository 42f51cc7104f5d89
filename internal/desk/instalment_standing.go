package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// PlanStanding is a plan as it stands on a day, with its admission.
type PlanStanding struct {
	clinic.Schedule
	Due store.Due
}

// Instalments is how the plans of a person stand: the one function behind
// header, tab, balance and list. What has no plan is due at once and never
// overdue.
type Instalments struct {
	Plans        []PlanStanding // in force, of admissions in the books, the oldest first
	Overdue      money.Amount
	OverdueCount int
	Upcoming     money.Amount
}

// instalments is how the plans of a person stand at a moment.
func (w work) instalments(ctx context.Context, files clinic.Files, m store.Moment) (i Instalments, err error) {
	planned, err := w.Planned(ctx, files, m)
	for _, p := range planned {
		s := PlanStanding{p.Plan.Schedule(p.Share, p.Paid, w.dayOf(m)), p.Due}
		i.Plans = append(i.Plans, s)
		i.Overdue += s.Overdue
		i.OverdueCount += s.OverdueCount
		i.Upcoming += s.Upcoming
	}
	return i, err
}

// dayOf is the last day of a moment: today when it has no bound.
func (w work) dayOf(m store.Moment) jalali.Day {
	if m.Before.IsZero() {
		return w.today()
	}
	return w.clinic.Day(m.Before.Add(-time.Microsecond))
}

// schedules are the plans of a branch, or of all for 0, as they stand at a
// moment, by admission.
func (w work) schedules(ctx context.Context, branch clinic.BranchID, m store.Moment) (map[clinic.AdmissionID]*clinic.Schedule, error) {
	planned, err := w.AllPlanned(ctx, branch, m)
	plans := map[clinic.AdmissionID]*clinic.Schedule{}
	for _, p := range planned {
		s := p.Plan.Schedule(p.Share, p.Paid, w.dayOf(m))
		plans[p.Admission.ID] = &s
	}
	return plans, err
}

// InstalmentPlan returns the newest plan of an admission as it stands now, in
// force or ended; its ID is 0 when there never was one. NotFound admission.none.
func (d *Desk) InstalmentPlan(ctx context.Context, actor clinic.Actor, id clinic.AdmissionID) (s PlanStanding, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return s, err
	}
	return readPatient(ctx, d, actor, "instalment.read", func(w work) (PlanStanding, clinic.PatientID, error) {
		s, err := w.newestPlan(ctx, id)
		return s, s.Due.Admission.Patient, err
	})
}

func (w work) newestPlan(ctx context.Context, id clinic.AdmissionID) (s PlanStanding, err error) {
	if s.Due.Admission, err = w.visibleAdmission(ctx, id); err != nil {
		return s, err
	}
	plans, err := w.PlansOf(ctx, id)
	if err != nil {
		return s, err
	}
	if s.Due.Admission.Status == clinic.Finalized {
		if s.Due, err = w.DueOf(ctx, id); err != nil {
			return s, err
		}
	}
	if len(plans) == 0 {
		return s, nil
	}
	if s.Due.Admission.Status != clinic.Finalized && plans[0].Ended == "" {
		plans[0].Ended = clinic.PlanCancelled
	}
	s.Schedule = plans[0].Schedule(s.Due.Share, s.Due.Paid, w.today())
	return s, nil
}

// InForce reports whether there is a plan and it holds.
func (s PlanStanding) InForce() bool { return s.Plan.ID != 0 && s.Plan.Ended == "" }

// InstalmentQuery is a page of the list of instalments of which something is
// left; a zero field asks for nothing.
type InstalmentQuery struct {
	From, Until jalali.Day // due, inclusive
	State       string     // overdue, due_today or upcoming (today or later)
	Cursor      string
	Limit       int // 1 to 200; 0 is 50
}

// InstalmentItem is an instalment in the list of all.
type InstalmentItem struct {
	clinic.PlannedPart
	Plan   PlanStanding
	Person clinic.Patient // of a merged file, the one that stands for it
}

// InstalmentPage is a page of the list, in the order of the days. The sums are
// those of all that is listed, whatever the page.
type InstalmentPage struct {
	Items                       []InstalmentItem
	Older                       string
	Count                       int
	Left                        money.Amount
	Overdue, Today, Week, Later InstalmentSum // of all, whatever was asked for
}

// InstalmentSum is how many and what is left of them.
type InstalmentSum struct {
	Count int
	Left  money.Amount
}

func (s *InstalmentSum) add(left money.Amount) { s.Count, s.Left = s.Count+1, s.Left+left }

func (p InstalmentPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Person.ID)
	}
	return people
}

// daysOfWeek is how far ahead "this week" looks.
const daysOfWeek = 7

// ListInstalments returns a page of the list, of the people the actor may see.
// Invalid instalment.state, date.syntax, view.range, page.limit, page.cursor.
func (d *Desk) ListInstalments(ctx context.Context, actor clinic.Actor, q InstalmentQuery) (p InstalmentPage, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return p, err
	}
	return readPatient(ctx, d, actor, "instalment.list", func(w work) (InstalmentPage, clinic.PatientID, error) {
		p, err := w.listInstalments(ctx, q)
		return p, 0, err
	})
}

func (w work) listInstalments(ctx context.Context, q InstalmentQuery) (p InstalmentPage, err error) {
	if q, err = w.checkInstalmentQuery(q); err != nil {
		return p, err
	}
	planned, err := w.AllPlanned(ctx, w.branch(), store.Moment{})
	if err != nil {
		return p, err
	}
	var all []InstalmentItem
	for _, one := range planned {
		s := PlanStanding{one.Plan.Schedule(one.Share, one.Paid, w.today()), one.Due}
		for _, part := range s.Parts {
			if part.Left == 0 {
				continue
			}
			p.sum(part)
			if q.keeps(part) {
				all = append(all, InstalmentItem{PlannedPart: part, Plan: s})
				p.Left += part.Left
			}
		}
	}
	p.Count = len(all)
	slices.SortFunc(all, func(a, b InstalmentItem) int { return strings.Compare(a.key(), b.key()) })
	from, _ := slices.BinarySearchFunc(all, q.Cursor, func(i InstalmentItem, cursor string) int { return strings.Compare(i.key(), cursor) })
	p.Items = all[from:min(len(all), from+q.Limit)]
	if from+q.Limit < len(all) {
		p.Older = all[from+q.Limit].key()
	}
	files := make([]clinic.PatientID, len(p.Items))
	for i, item := range p.Items {
		files[i] = item.Plan.Due.Admission.Patient
	}
	persons, err := w.Persons(ctx, files)
	for i := range p.Items {
		p.Items[i].Person = w.masked(persons[files[i]])
	}
	return p, err
}

// sum adds a part to the sums of its time.
func (p *InstalmentPage) sum(part clinic.PlannedPart) {
	switch {
	case part.Days > 0:
		p.Overdue.add(part.Left)
	case part.Days == 0:
		p.Today.add(part.Left)
	case part.Days >= -daysOfWeek:
		p.Week.add(part.Left)
	default:
		p.Later.add(part.Left)
	}
}

// key orders the list and is its cursor.
func (i InstalmentItem) key() string {
	return fmt.Sprintf("%s.%020d.%02d", i.Due, i.Plan.Schedule.Plan.ID, i.Line)
}

// The states that the list is asked for by.
const (
	askOverdue  = "overdue"
	askToday    = "due_today"
	askUpcoming = "upcoming"
)

func (q InstalmentQuery) keeps(p clinic.PlannedPart) bool {
	switch {
	case q.From != "" && p.Due < q.From, q.Until != "" && p.Due > q.Until:
		return false
	case q.State == askOverdue:
		return p.Days > 0
	case q.State == askToday:
		return p.Days == 0
	case q.State == askUpcoming:
		return p.Days <= 0
	}
	return true
}

func (w work) checkInstalmentQuery(q InstalmentQuery) (InstalmentQuery, error) {
	r, err := w.span(View{From: q.From, To: q.Until, Limit: q.Limit})
	if err != nil {
		return q, err
	}
	q.Limit = r.Limit
	if !slices.Contains([]string{"", askOverdue, askToday, askUpcoming}, q.State) {
		return q, fault.New(fault.Invalid, "instalment.state", "there is no state %q", q.State).At("state")
	}
	var plan int64
	var line int
	if q.Cursor != "" {
		day, rest, _ := strings.Cut(q.Cursor, ".")
		if _, err := fmt.Sscanf(rest, "%d.%d", &plan, &line); err != nil || !jalali.Day(day).Valid() {
			return q, fault.New(fault.Invalid, "page.cursor", "the cursor is none of ours").At("cursor")
		}
	}
	return q, nil
}
