package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// demoPlan is how a plan of the demo went: agreed on so many months before now,
// with so many days left or past in the month; how many of its parts are paid,
// and a half of the next.
type demoPlan struct {
	months, days, count int
	paid                int // of the parts, the down payment too
	half                bool
	replaced            bool // agreed on anew two months later
}

// demoPlans are plans in every state: an instalment overdue, all on time, two
// overdue, one due today, paid to the end, replaced.
var demoPlans = []demoPlan{
	{months: 3, days: 9, count: 4, paid: 3},
	{months: 2, days: -6, count: 6, paid: 2},
	{months: 5, days: 20, count: 5, paid: 3, half: true},
	{months: 1, days: 0, count: 3, paid: 1},
	{months: 6, days: 3, count: 4, paid: 5},
	{months: 4, days: -2, count: 8, paid: 2, replaced: true},
}

// onInstalments sells somebody a course of treatments that is paid in
// instalments, and lets the months pass.
func (m *demoMaker) onInstalments(ctx context.Context, p clinic.PatientID, insurers desk.Insurers, k int) error {
	plan := demoPlans[k%len(demoPlans)]
	today := m.Settings().Day(m.options.Now)
	dues := func(i int) jalali.Day { return today.Add(-plan.days).Date().AddMonths(i - plan.months).Civil() }
	at := func(d jalali.Day) time.Time {
		from, _ := d.Bounds(m.Settings().Zone)
		if t := from.Add(11 * time.Hour); m.past(t) {
			return t
		}
		return m.options.Now
	}
	sold := at(dues(0))
	front := m.by(clinic.Receptionist, sold)
	order := desk.Admit{Patient: p, Coverage: &insurers, Lines: []desk.OrderedLine{{Service: m.services[k%len(m.services)],
		Provider: m.providers[k%len(m.providers)], Quantity: int64(6 + k%3)}}}
	a, err := front.Order(ctx, order, sold)
	if err != nil {
		return err
	}
	if a, err = front.Admission(ctx, a, true); err != nil {
		return err
	}
	m.admissions++
	wish := clinic.PlanWish{DownPayment: roundDown(a.PatientShare.Share(2500)), Count: plan.count, FirstDue: dues(1)}
	s, err := front.PlanInstalments(ctx, desk.PlanInstalments{Admission: a.ID, Wish: wish})
	if err != nil {
		return err
	}
	for i := range min(plan.paid, len(s.Parts)) {
		if err := m.payPart(ctx, a, s.Parts[i].Amount, at(s.Parts[i].Due)); err != nil {
			return err
		}
	}
	if plan.half {
		return m.payPart(ctx, a, roundDown(s.Parts[plan.paid].Amount/2), at(s.Parts[plan.paid].Due))
	}
	if !plan.replaced {
		return nil
	}
	wish = clinic.PlanWish{Count: 5, FirstDue: dues(plan.months), EveryMonths: 2}
	_, err = m.by(clinic.Supervisor, at(dues(2))).PlanInstalments(ctx, desk.PlanInstalments{Admission: a.ID, Wish: wish, Replaces: s.Plan.ID})
	return err
}

// payPart pays a part of a plan.
func (m *demoMaker) payPart(ctx context.Context, a clinic.Admission, amount money.Amount, at time.Time) error {
	if amount <= 0 {
		return nil
	}
	r := clinic.Receipt{Patient: a.Patient, At: at, Lines: []clinic.MoneyLine{m.line(clinic.POS, amount)}}
	_, _, err := m.by(clinic.Receptionist, at).Receipt(ctx, r, nil)
	m.receipts++
	return err
}
