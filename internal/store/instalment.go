package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Planned is an admission in the books with its plan that is in force.
type Planned struct {
	Due
	Plan clinic.InstalmentPlan
}

// AddPlan writes a plan and its parts. Conflict instalment.stale when another
// plan of the admission has the version.
func (tx *Tx) AddPlan(ctx context.Context, p clinic.InstalmentPlan, unit int64) error {
	err := tx.exec(ctx, insert("instalment_plan", "clinic, id, admission, patient, version, share, paid, unit, day, at, recorded, staff", 1),
		tx.clinic, p.ID, p.Admission, p.Patient, p.Version, p.Share, p.Paid, nullID(unit), p.Day, micros(p.At), micros(p.Recorded), p.Staff)
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "instalment.stale", "another plan was made meanwhile")
	}
	if err != nil {
		return fmt.Errorf("add plan: %w", err)
	}
	values := make([]any, 0, 5*len(p.Parts))
	for _, part := range p.Parts {
		values = append(values, tx.clinic, p.ID, part.Line, part.Due, part.Amount)
	}
	if err := tx.exec(ctx, insert("instalment", "clinic, plan, line, due, amount", len(p.Parts)), values...); err != nil {
		return fmt.Errorf("add instalments: %w", err)
	}
	return nil
}

// EndPlan writes that a plan is no longer in force. Conflict instalment.stale
// when it ended already.
func (tx *Tx) EndPlan(ctx context.Context, p clinic.PlanID, end clinic.PlanEnd, reason string, unit int64, s Stamp) error {
	err := tx.exec(ctx, insert("instalment_plan_end", "clinic, plan, kind, reason, unit, at, recorded, staff", 1),
		tx.clinic, p, end, reason, nullID(unit), micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "instalment.stale", "the plan ended meanwhile")
	}
	if err != nil {
		return fmt.Errorf("end plan: %w", err)
	}
	return nil
}

// PlansOf returns every plan of an admission, the newest first; the first
// may be in force.
func (tx *Tx) PlansOf(ctx context.Context, id clinic.AdmissionID) ([]clinic.InstalmentPlan, error) {
	return tx.plans(ctx, "p.admission = $2", arguments{tx.clinic, id})
}

// Planned returns the admissions of a person that are in the books at the
// moment and have a plan in force then, paid or not, the oldest first.
func (tx *Tx) Planned(ctx context.Context, files clinic.Files, m Moment) ([]Planned, error) {
	return tx.planned(ctx, func(args *arguments) string { return among(args, "p.patient", files) }, m)
}

// AllPlanned is Planned of all people of a branch, or of all for 0, of whom
// something is left to pay.
func (tx *Tx) AllPlanned(ctx context.Context, branch clinic.BranchID, m Moment) ([]Planned, error) {
	all, err := tx.planned(ctx, func(args *arguments) string {
		if branch == 0 {
			return "1 = 1"
		}
		return `EXISTS (SELECT 1 FROM patient f WHERE f.clinic = $1 AND f.id = ` + root("p.patient") + ` AND f.branch = ` + args.add(branch) + `)`
	}, m)
	var open []Planned
	for _, p := range all {
		if p.Left() != 0 {
			open = append(open, p)
		}
	}
	return open, err
}

// inForce is the condition that a plan p is in force at a moment, $2 and $3.
const inForce = `p.at < $2 AND p.recorded <= $3 AND NOT EXISTS (SELECT 1 FROM instalment_plan_end e
	WHERE e.clinic = p.clinic AND e.plan = p.id AND e.at < $2 AND e.recorded <= $3)`

// planned reads the plans in force that which chooses, and what is due for
// their admissions.
func (tx *Tx) planned(ctx context.Context, which func(args *arguments) string, m Moment) ([]Planned, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	condition := inForce + " AND " + which(&args)
	plans, err := tx.plans(ctx, condition, args)
	if err != nil || len(plans) == 0 {
		return nil, err
	}
	of := map[clinic.AdmissionID]clinic.InstalmentPlan{}
	for _, p := range plans {
		p.Ended, p.Reason = "", "" // it was in force at the moment
		of[p.Admission] = p
	}
	some := `(SELECT p.admission FROM instalment_plan p WHERE p.clinic = $1 AND ` + condition + `)`
	dues, err := tx.dues(ctx, "a.id IN "+some, "admission IN "+some, "1 = 1", args)
	if err != nil {
		return nil, err
	}
	var found []Planned
	for _, d := range dues {
		found = append(found, Planned{d, of[d.Admission.ID]})
	}
	return found, nil
}

// plans reads plans with their parts and how they ended, the newest first.
func (tx *Tx) plans(ctx context.Context, condition string, args arguments) ([]clinic.InstalmentPlan, error) {
	plans, err := collect(ctx, tx, func(scan func(...any) error) (p clinic.InstalmentPlan, err error) {
		var at, recorded int64
		err = scan(&p.ID, &p.Admission, &p.Patient, &p.Version, &p.Share, &p.Paid, &p.Day, &at, &recorded, &p.Staff, &p.Ended, &p.Reason)
		p.At, p.Recorded = moment(at), moment(recorded)
		return p, err
	}, `
		SELECT p.id, p.admission, p.patient, p.version, p.share, p.paid, p.day, p.at, p.recorded, p.staff,
			COALESCE(ended.kind, ''), COALESCE(ended.reason, '')
		FROM instalment_plan p
		LEFT JOIN instalment_plan_end ended ON ended.clinic = p.clinic AND ended.plan = p.id
		WHERE p.clinic = $1 AND `+condition+`
		ORDER BY p.version DESC, p.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("plans: %w", err)
	}
	at := map[clinic.PlanID]int{}
	for i, p := range plans {
		at[p.ID] = i
	}
	_, err = collect(ctx, tx, func(scan func(...any) error) (none struct{}, err error) {
		var plan clinic.PlanID
		var part clinic.Instalment
		if err = scan(&plan, &part.Line, &part.Due, &part.Amount); err == nil {
			plans[at[plan]].Parts = append(plans[at[plan]].Parts, part)
		}
		return none, err
	}, `
		SELECT i.plan, i.line, i.due, i.amount
		FROM instalment_plan p JOIN instalment i ON i.clinic = p.clinic AND i.plan = p.id
		WHERE p.clinic = $1 AND `+condition+`
		ORDER BY i.plan, i.line`, args...)
	if err != nil {
		return nil, fmt.Errorf("instalments: %w", err)
	}
	return plans, nil
}
