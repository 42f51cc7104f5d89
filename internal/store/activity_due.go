package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// Caused is something about which an activity is to come by itself.
type Caused struct {
	Object  int64
	Part    int64
	Patient clinic.PatientID // whose file; it may be an alias
	Service clinic.ServiceID // 0: about none
}

func scanCaused(scan func(...any) error) (c Caused, err error) {
	return c, scan(&c.Object, &c.Part, &c.Patient, &c.Service)
}

// notYet is the condition that a cause made no activity yet about an object and
// the part of it.
func notYet(args *arguments, cause clinic.ActivityCause, object, part string) string {
	return `NOT EXISTS (SELECT 1 FROM activity y WHERE y.clinic = $1 AND y.cause = ` + args.add(cause) + ` AND y.object = ` + object + ` AND y.part = ` + part +
		` AND y.object IS NOT NULL AND (y.status <> 'cancelled' OR y.reason <> ''))`
}

// CauseWindow is where causes are looked for: what happened on the days From to
// Until, Until exclusive, and the instants of the same. Limit bounds what is
// found; what was found becomes an activity and is not found again.
type CauseWindow struct {
	From, Until   jalali.Day
	Since, Before time.Time
	Now           time.Time
	Limit         int
	Birthdays     []jalali.Day // of CauseBirthday: the days of birth
	Year          int          // of CauseBirthday: the Jalali year
}

// FindCaused finds what a cause is to make activities about. Each is found by an
// index of its day; CauseInstalment is for OverduePlans.
func (tx *Tx) FindCaused(ctx context.Context, cause clinic.ActivityCause, w CauseWindow) ([]Caused, error) {
	args := arguments{tx.clinic}
	var text string
	switch cause {
	case clinic.CauseBounced:
		text = bouncedCheques(&args, w)
	case clinic.CauseSession:
		text = plannedSessions(&args, w)
	case clinic.CauseDeposit:
		text = lapsingDeposits(&args, w)
	case clinic.CauseUnseen:
		text = unseenPeople(&args, w)
	case clinic.CauseSatisfaction:
		text = recentVisits(&args, w)
	case clinic.CauseBirthday:
		text = birthdays(&args, w)
	default:
		return nil, fmt.Errorf("nothing is looked for because of %q", cause)
	}
	found, err := collect(ctx, tx, scanCaused, text+" LIMIT "+args.add(w.Limit), args...)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", cause, err)
	}
	return found, nil
}

// bouncedCheques are those that bounced in the window and did nothing since; the
// part is the step, since one may bounce again.
func bouncedCheques(args *arguments, w CauseWindow) string {
	return `
		SELECT q.id, e.id, q.patient, 0
		FROM cheque_event e JOIN cheque q ON q.clinic = e.clinic AND q.id = e.cheque
		WHERE e.clinic = $1 AND e.status = 'bounced' AND e.day >= ` + args.add(w.From) + ` AND e.day < ` + args.add(w.Until) + ` AND q.status = 'bounced'
			AND NOT EXISTS (SELECT 1 FROM cheque_event l WHERE l.clinic = $1 AND l.cheque = e.cheque AND l.id > e.id)
			AND ` + notYet(args, clinic.CauseBounced, "q.id", "e.id") + ` ORDER BY e.day, e.id`
}

// ahead is the condition that a patient has an appointment ahead, of the service
// when one is named.
func ahead(args *arguments, w CauseWindow, patient, service string) string {
	text := `EXISTS (SELECT 1 FROM appointment t WHERE t.clinic = $1 AND t.patient = ` + patient + ` AND t.starts >= ` + args.add(micros(w.Now)) +
		` AND t.status IN ('proposed', 'booked', 'confirmed')`
	if service != "" {
		text += ` AND (t.service IS NULL OR t.service = ` + service + `)`
	}
	return text + `)`
}

// plannedSessions are the next sessions of packages whose day is in the window
// and for which no time was booked.
func plannedSessions(args *arguments, w CauseWindow) string {
	part := "(n.line * 1000 + n.number)" // as clinic.SessionPart
	return `
		SELECT n.admission, ` + part + `, a.patient, l.service
		FROM admission_session n
		JOIN admission a ON a.clinic = n.clinic AND a.id = n.admission AND a.status = 'finalized'
		JOIN admission_line l ON l.clinic = n.clinic AND l.admission = n.admission AND l.line = n.line AND l.status <> 'cancelled'
		WHERE n.clinic = $1 AND n.status = 'planned' AND n.planned >= ` + args.add(w.From) + ` AND n.planned < ` + args.add(w.Until) + `
			AND NOT EXISTS (SELECT 1 FROM admission_session e WHERE e.clinic = $1 AND e.admission = n.admission AND e.line = n.line
				AND e.number < n.number AND e.status = 'planned')
			AND NOT ` + ahead(args, w, "a.patient", "l.service") + `
			AND ` + notYet(args, clinic.CauseSession, "n.admission", part) + ` ORDER BY n.planned, n.admission`
}

// lapsingDeposits are those that still hold something and whose last day is in
// the window.
func lapsingDeposits(args *arguments, w CauseWindow) string {
	return `
		SELECT d.id, 0, d.patient, COALESCE(d.service, 0)
		FROM deposit d
		WHERE d.clinic = $1 AND d.expires <> '' AND d.expires >= ` + args.add(w.From) + ` AND d.expires < ` + args.add(w.Until) + `
			AND (SELECT SUM(m.amount) FROM deposit_movement m WHERE m.clinic = $1 AND m.deposit = d.id) > 0
			AND ` + notYet(args, clinic.CauseDeposit, "d.id", "0") + ` ORDER BY d.expires, d.id`
}

// unseenPeople are those whose last admission is in the window and who have no
// appointment. Of a person with several files the desk looks again.
func unseenPeople(args *arguments, w CauseWindow) string {
	return `
		SELECT a.id, 0, a.patient, 0
		FROM admission a
		WHERE a.clinic = $1 AND a.number > 0 AND a.at >= ` + args.add(micros(w.Since)) + ` AND a.at < ` + args.add(micros(w.Before)) + ` AND a.status = 'finalized'
			AND NOT EXISTS (SELECT 1 FROM admission l WHERE l.clinic = $1 AND l.patient = a.patient AND l.status <> 'cancelled'
				AND (l.at, l.id) > (a.at, a.id))
			AND NOT ` + ahead(args, w, "a.patient", "") + `
			AND ` + notYet(args, clinic.CauseUnseen, "a.id", "0") + ` ORDER BY a.at, a.id`
}

// recentVisits are the admissions that were finalized in the window, of each
// patient the last.
func recentVisits(args *arguments, w CauseWindow) string {
	return `
		SELECT a.id, 0, a.patient, 0
		FROM admission a
		WHERE a.clinic = $1 AND a.status = 'finalized' AND a.finalized >= ` + args.add(micros(w.Since)) + ` AND a.finalized < ` + args.add(micros(w.Before)) + `
			AND NOT EXISTS (SELECT 1 FROM admission l WHERE l.clinic = $1 AND l.patient = a.patient AND l.status = 'finalized'
				AND (l.at, l.id) > (a.at, a.id))
			AND ` + notYet(args, clinic.CauseSatisfaction, "a.id", "0") + ` ORDER BY a.finalized, a.id`
}

// birthdays are the people who were born on one of the days.
func birthdays(args *arguments, w CauseWindow) string {
	year := fmt.Sprint(w.Year)
	return `
		SELECT p.id, ` + year + `, p.id, 0
		FROM patient p
		WHERE p.clinic = $1 AND p.birth_date <> '' AND ` + among(args, "p.birth_date", w.Birthdays) + ` AND p.merged_into IS NULL
			AND ` + notYet(args, clinic.CauseBirthday, "p.id", year) + ` ORDER BY p.id`
}

// OverduePlans finds the plans with a part that was due in the window, of
// admissions of which something is left. Which part is late its schedule says.
func (tx *Tx) OverduePlans(ctx context.Context, w CauseWindow) ([]Planned, error) {
	args := arguments{tx.clinic}
	text := `
		SELECT DISTINCT i.plan
		FROM instalment i
		JOIN instalment_plan p ON p.clinic = i.clinic AND p.id = i.plan
		JOIN open_admission o ON o.clinic = p.clinic AND o.admission = p.admission
		WHERE i.clinic = $1 AND i.due >= ` + args.add(w.From) + ` AND i.due < ` + args.add(w.Until) + `
			AND NOT EXISTS (SELECT 1 FROM instalment_plan_end e WHERE e.clinic = $1 AND e.plan = i.plan)
			AND ` + notYet(&args, clinic.CauseInstalment, "i.plan", "i.line") + ` LIMIT ` + args.add(w.Limit)
	plans, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.PlanID, err error) { return id, scan(&id) }, text, args...)
	if err != nil {
		return nil, fmt.Errorf("find overdue plans: %w", err)
	}
	return tx.PlansNamed(ctx, plans)
}

// PlansNamed are the plans with these ids that are in force, of admissions in
// the books.
func (tx *Tx) PlansNamed(ctx context.Context, plans []clinic.PlanID) ([]Planned, error) {
	if len(plans) == 0 {
		return nil, nil
	}
	return tx.planned(ctx, func(args *arguments) string { return among(args, "p.id", plans) }, Moment{})
}

// OpenCaused are the activities of a cause that are open, by their day.
func (tx *Tx) OpenCaused(ctx context.Context, cause clinic.ActivityCause, limit int) ([]clinic.Activity, error) {
	found, err := collect(ctx, tx, scanActivity, activityColumns+` AND a.status = 'open' AND a.cause = $2 AND a.object IS NOT NULL ORDER BY a.due, a.id LIMIT $3`,
		tx.clinic, cause, limit)
	if err != nil {
		return nil, fmt.Errorf("open because of %s: %w", cause, err)
	}
	all := make([]clinic.Activity, len(found))
	for i, a := range found {
		all[i] = a.Activity
	}
	return all, nil
}

// Lapsed are the open activities of a cause that does not hold any more: the
// cheque was settled, the session took place or has a time, the deposit is used.
func (tx *Tx) Lapsed(ctx context.Context, cause clinic.ActivityCause, w CauseWindow) ([]clinic.ActivityID, error) {
	args := arguments{tx.clinic, cause}
	var over string
	switch cause {
	case clinic.CauseBounced:
		over = `EXISTS (SELECT 1 FROM cheque_event l WHERE l.clinic = $1 AND l.cheque = y.object AND l.id > y.part)`
	case clinic.CauseDeposit:
		over = `COALESCE((SELECT SUM(m.amount) FROM deposit_movement m WHERE m.clinic = $1 AND m.deposit = y.object), 0) = 0`
	case clinic.CauseSession:
		over = `(EXISTS (SELECT 1 FROM admission_session n WHERE n.clinic = $1 AND n.admission = y.object AND n.line * 1000 + n.number = y.part
			AND n.status <> 'planned') OR ` + ahead(&args, w, "y.patient", "y.service") + `)`
	default:
		return nil, nil
	}
	found, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.ActivityID, err error) { return id, scan(&id) },
		`SELECT y.id FROM activity y WHERE y.clinic = $1 AND y.cause = $2 AND y.object IS NOT NULL AND y.status = 'open' AND `+over+` LIMIT `+args.add(w.Limit), args...)
	if err != nil {
		return nil, fmt.Errorf("no longer because of %s: %w", cause, err)
	}
	return found, nil
}
