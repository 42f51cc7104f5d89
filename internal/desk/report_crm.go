package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// CRMGroups are what a report of activities can be by; "owner" is who did them.
var CRMGroups = []string{"outcome", "kind", "owner", "cause"}

// CRMReport is what was done about people in some days, and what came of it.
type CRMReport struct {
	From, To jalali.Day
	By       string
	Branch   clinic.BranchID // 0: the whole clinic
	Lines    []CRMLine       // the most first
	Total    store.ActivitySum
	Funnel   *LeadFunnel // of the leads that were recorded in the days; nil for who may not see all leads
}

// LeadFunnel is how far the leads of a while came.
type LeadFunnel = store.LeadFunnel

// CRMLine is one group of the report.
type CRMLine struct {
	store.ActivitySum
	Name string // of a person
}

// crmDays is how many days the report is about when nobody says.
const crmDays = 30

// CRMReport reports on the activities that were done in the days; without days
// in the last thirty. Forbidden permission, also for another branch; Invalid
// report.by_activity, date.syntax, view.range.
func (d *Desk) CRMReport(ctx context.Context, actor clinic.Actor, q ReportQuery) (r CRMReport, err error) {
	if err := actor.May(clinic.ReadActivities); err != nil {
		return r, err
	}
	err = d.read(ctx, actor, func(w work) error {
		if q.From == "" && q.To == "" {
			q.From, q.To = w.today().Add(1-crmDays), w.today()
		}
		days, err := w.days(q)
		if err != nil {
			return err
		}
		r = CRMReport{From: days.From, To: days.To, By: cmp.Or(q.By, CRMGroups[0]), Branch: days.Branch}
		if !slices.Contains(CRMGroups, r.By) {
			return fault.New(fault.Invalid, "report.by_activity", "a report of activities is not by %q", r.By).At("by")
		}
		from, until := w.daySpan(days.From, days.To)
		if actor.Can(clinic.AllLeads) {
			f, err := w.Tx.LeadFunnel(ctx, from, until, days.Branch)
			if err != nil {
				return err
			}
			r.Funnel = &f
		}
		return w.activitySums(ctx, &r, store.Span{From: from, Until: until})
	})
	return r, err
}

// activitySums adds the activities that were done in a span, by what the report
// is by.
func (w work) activitySums(ctx context.Context, r *CRMReport, span store.Span) error {
	sums, err := w.ActivitySums(ctx, span, r.Branch, r.By)
	if err != nil {
		return err
	}
	names := map[string]string{}
	if r.By == "owner" {
		staff, err := w.AllStaff(ctx)
		if err != nil {
			return err
		}
		for _, s := range staff {
			names[strconv.FormatInt(int64(s.ID), 10)] = s.Name
		}
	}
	for _, s := range sums {
		r.Lines = append(r.Lines, CRMLine{ActivitySum: s, Name: names[s.Key]})
		r.Total.Count += s.Count
		r.Total.Booked += s.Booked
	}
	return nil
}
