package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddLead writes a lead.
func (tx *Tx) AddLead(ctx context.Context, l clinic.Lead) error {
	const columns = "clinic, id, patient, branch, name, mobile, search, service, source, introducer, referrer, note, owner, status, channel, " +
		"appointment, admission, recorded, staff"
	err := tx.exec(ctx, insert("lead", columns, 1), tx.clinic, l.ID, nullID(l.Patient), l.Branch, l.Name, l.Mobile, l.SearchKey(), nullID(l.Service),
		l.Source, nullID(l.Introducer), nullID(l.ReferrerID), l.Note, nullID(l.Owner), l.Status, l.Channel, nullID(l.Appointment), nullID(l.Admission),
		micros(l.Recorded), l.Staff)
	if err != nil {
		return fmt.Errorf("add lead: %w", err)
	}
	return nil
}

// SaveLead writes back a lead read earlier. Conflict lead.stale.
func (tx *Tx) SaveLead(ctx context.Context, l clinic.Lead) error {
	n, err := tx.change(ctx, `
		UPDATE lead SET patient = $4, branch = $5, name = $6, mobile = $7, search = $8, service = $9, source = $10, introducer = $11, referrer = $12,
			note = $13, owner = $14, status = $15, appointment = $16, admission = $17, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, l.ID, l.Version, nullID(l.Patient), l.Branch, l.Name, l.Mobile, l.SearchKey(),
		nullID(l.Service), l.Source, nullID(l.Introducer), nullID(l.ReferrerID), l.Note, nullID(l.Owner), l.Status, nullID(l.Appointment), nullID(l.Admission))
	if err != nil {
		return fmt.Errorf("save lead %d: %w", l.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "lead.stale", "the lead was changed by someone else")
	}
	return nil
}

// AddLeadEvent writes what happened to a lead.
func (tx *Tx) AddLeadEvent(ctx context.Context, e clinic.LeadEvent) error {
	err := tx.exec(ctx, insert("lead_event", "clinic, id, lead, kind, from_status, to_status, reason, at, staff", 1),
		tx.clinic, e.ID, e.Lead, e.Kind, e.From, e.To, e.Reason, micros(e.At), e.Staff)
	if err != nil {
		return fmt.Errorf("add event of lead: %w", err)
	}
	return nil
}

// LeadStep is an event of a lead with who it was.
type LeadStep struct {
	clinic.LeadEvent
	StaffName string
}

// LeadEvents lists what happened to a lead, the latest first.
func (tx *Tx) LeadEvents(ctx context.Context, id clinic.LeadID, limit int) ([]LeadStep, error) {
	return collect(ctx, tx, func(scan func(...any) error) (s LeadStep, err error) {
		var at int64
		err = scan(&s.ID, &s.Lead, &s.Kind, &s.From, &s.To, &s.Reason, &at, &s.Staff, &s.StaffName)
		s.At = moment(at)
		return s, err
	}, `
		SELECT e.id, e.lead, e.kind, e.from_status, e.to_status, e.reason, e.at, e.staff, s.name
		FROM lead_event e JOIN staff s ON s.clinic = e.clinic AND s.id = e.staff
		WHERE e.clinic = $1 AND e.lead = $2 ORDER BY e.id DESC LIMIT $3`, tx.clinic, id, limit)
}

// LeadShown is a lead with names. Next is the first thing that is to be done
// about it; its ID is 0 when nothing is.
type LeadShown struct {
	clinic.Lead
	FileNumber     clinic.FileNumber // of the patient
	ServiceName    string
	OwnerName      string
	StaffName      string
	IntroducerName string
	ReferrerName   string
	Next           ActivityAfter
}

const (
	leadFields = `
	SELECT l.id, COALESCE(l.patient, 0), l.branch, l.name, l.mobile, COALESCE(l.service, 0), l.source, COALESCE(l.introducer, 0), COALESCE(l.referrer, 0),
		l.note, COALESCE(l.owner, 0), l.status, l.channel, COALESCE(l.appointment, 0), COALESCE(l.admission, 0), l.recorded, l.staff, l.version,
		COALESCE(p.first_name, ''), COALESCE(p.last_name, ''), COALESCE(p.mobile, ''), COALESCE(p.file_number, 0),
		COALESCE(v.name, ''), COALESCE(o.name, ''), s.name, COALESCE(i.first_name, ''), COALESCE(i.last_name, ''), COALESCE(r.name, ''),
		COALESCE(n.id, 0), COALESCE(n.kind, ''), COALESCE(n.due, '')`
	leadJoins = `
	JOIN staff s ON s.clinic = l.clinic AND s.id = l.staff
	LEFT JOIN patient p ON p.clinic = l.clinic AND p.id = l.patient
	LEFT JOIN service v ON v.clinic = l.clinic AND v.id = l.service
	LEFT JOIN staff o ON o.clinic = l.clinic AND o.id = l.owner
	LEFT JOIN patient i ON i.clinic = l.clinic AND i.id = l.introducer
	LEFT JOIN referrer r ON r.clinic = l.clinic AND r.id = l.referrer
	LEFT JOIN activity n ON n.clinic = l.clinic AND n.id = (
		SELECT a.id FROM activity a WHERE a.clinic = l.clinic AND a.lead = l.id AND a.lead IS NOT NULL AND a.status = 'open' ORDER BY a.due, a.id LIMIT 1)`
)

// scanLead reads a lead; of a patient the name and the mobile are the file's.
func scanLead(scan func(...any) error) (l LeadShown, err error) {
	var recorded int64
	var p, introducer clinic.Patient
	err = scan(&l.ID, &l.Patient, &l.Branch, &l.Name, &l.Mobile, &l.Service, &l.Source, &l.Introducer, &l.ReferrerID, &l.Note, &l.Owner, &l.Status,
		&l.Channel, &l.Appointment, &l.Admission, &recorded, &l.Staff, &l.Version, &p.FirstName, &p.LastName, &p.Mobile, &l.FileNumber,
		&l.ServiceName, &l.OwnerName, &l.StaffName, &introducer.FirstName, &introducer.LastName, &l.ReferrerName, &l.Next.ID, &l.Next.Kind, &l.Next.Due)
	if l.Recorded, l.IntroducerName = moment(recorded), introducer.Name(); l.Patient != 0 {
		l.Name = p.Name()
		if p.Mobile != "" {
			l.Mobile = p.Mobile
		}
	}
	return l, err
}

// Lead returns one lead. NotFound lead.none.
func (tx *Tx) Lead(ctx context.Context, id clinic.LeadID) (LeadShown, error) {
	l, err := scanLead(tx.row(ctx, leadFields+` FROM lead l`+leadJoins+` WHERE l.clinic = $1 AND l.id = $2`, tx.clinic, id).Scan)
	return l, some(err, "lead.none", "lead", id)
}

// leads collects the leads l of a condition, the oldest first. They are few and
// sorted here: an order by id would have SQLite walk all leads by their key.
func (tx *Tx) leads(ctx context.Context, where string, args arguments) ([]LeadShown, error) {
	found, err := collect(ctx, tx, scanLead, leadFields+` FROM lead l`+leadJoins+` WHERE l.clinic = $1 AND `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("leads: %w", err)
	}
	slices.SortFunc(found, func(a, b LeadShown) int { return cmp.Compare(a.ID, b.ID) })
	return found, nil
}

// openLead is the condition that something may still come of the lead l.
const openLead = "l.status IN ('new', 'following', 'booked')"

// OpenLeadsOfMobile are the open leads with the number, or of a patient who has
// it.
func (tx *Tx) OpenLeadsOfMobile(ctx context.Context, mobile string) ([]LeadShown, error) {
	return tx.leads(ctx, `l.mobile = $2 AND l.mobile <> '' AND `+openLead, arguments{tx.clinic, mobile})
}

// OpenLeadsOf are the open leads of a person.
func (tx *Tx) OpenLeadsOf(ctx context.Context, files clinic.Files) ([]LeadShown, error) {
	args := arguments{tx.clinic}
	return tx.leads(ctx, among(&args, "l.patient", files)+` AND l.patient IS NOT NULL AND `+openLead, args)
}

// LeadsOfAppointment are those that an appointment came of, and LeadsOfAdmission
// those that became an admission.
func (tx *Tx) LeadsOfAppointment(ctx context.Context, id clinic.AppointmentID) ([]LeadShown, error) {
	return tx.leads(ctx, `l.appointment = $2 AND l.appointment IS NOT NULL`, arguments{tx.clinic, id})
}

// LeadsOfAdmission are the leads that became an admission.
func (tx *Tx) LeadsOfAdmission(ctx context.Context, id clinic.AdmissionID) ([]LeadShown, error) {
	return tx.leads(ctx, `l.admission = $2 AND l.admission IS NOT NULL`, arguments{tx.clinic, id})
}

// ActivitiesOfLead lists what is to be done about a lead and what was, as
// ActivitiesOf does.
func (tx *Tx) ActivitiesOfLead(ctx context.Context, id clinic.LeadID) ([]ActivityShown, error) {
	return collect(ctx, tx, scanActivity, activityColumns+` AND a.lead = $2 AND a.lead IS NOT NULL
		ORDER BY CASE WHEN a.status = 'open' THEN 0 ELSE 1 END, CASE WHEN a.status = 'open' THEN a.due END, a.recorded DESC, a.id DESC`, tx.clinic, id)
}

// AdoptActivities gives what was done about a lead, and is to be done, to the
// patient that it is of now.
func (tx *Tx) AdoptActivities(ctx context.Context, id clinic.LeadID, p clinic.PatientID) error {
	return tx.exec(ctx, `UPDATE activity SET patient = $3, version = version + 1 WHERE clinic = $1 AND lead = $2 AND lead IS NOT NULL AND patient IS NULL`,
		tx.clinic, id, p)
}

// OtherAdmissions reports whether the person has an admission in the books
// beside one of them.
func (tx *Tx) OtherAdmissions(ctx context.Context, files clinic.Files, but clinic.AdmissionID) (bool, error) {
	args := arguments{tx.clinic, but}
	var n int
	err := tx.row(ctx, `
		SELECT COUNT(*) FROM (SELECT 1 FROM admission WHERE clinic = $1 AND id <> $2 AND status = 'finalized' AND `+among(&args, "patient", files)+` LIMIT 1) a`,
		args...).Scan(&n)
	return n > 0, err
}

// ContactKey is what signs when a contact form was shown; "" before the form
// was switched on. SetContactKey sets it.
func (tx *Tx) ContactKey(ctx context.Context) (key string, err error) {
	err = tx.row(ctx, `SELECT contact_key FROM clinic WHERE clinic = $1`, tx.clinic).Scan(&key)
	return key, err
}

// SetContactKey sets what signs when a contact form was shown.
func (tx *Tx) SetContactKey(ctx context.Context, key string) error {
	return tx.exec(ctx, `UPDATE clinic SET contact_key = $2 WHERE clinic = $1`, tx.clinic, key)
}

// ofRecorder is "… AND ", the condition that somebody recorded the lead l; of 0
// it is nothing.
func ofRecorder(args *arguments, staff clinic.StaffID) string {
	if staff == 0 {
		return ""
	}
	return "l.staff = " + args.add(staff) + " AND "
}

// LeadRows are the leads of a person that were recorded in the range, as rows of
// the summary; staff 0 are those of everybody.
func (tx *Tx) LeadRows(ctx context.Context, files clinic.Files, staff clinic.StaffID, r Range) ([]Event, error) {
	args := arguments{tx.clinic, r.knownAt()}
	person := ofRecorder(&args, staff) + among(&args, "l.patient", files)
	condition, order, all := r.where("l.recorded", "l.id", args)
	found, err := collect(ctx, tx, func(scan func(...any) error) (e Event, err error) {
		var at int64
		err = scan(&e.ID, &at, &e.Titles, &e.Reason, &e.Status, &e.Staff, &e.Branch)
		e.At, e.Recorded, e.Document = moment(at), moment(at), e.ID
		return e, err
	}, `
		SELECT l.id, l.recorded, COALESCE(v.name, ''), l.note, l.status, s.name, b.name
		FROM lead l
		JOIN staff s ON s.clinic = l.clinic AND s.id = l.staff
		JOIN branch b ON b.clinic = l.clinic AND b.id = l.branch
		LEFT JOIN service v ON v.clinic = l.clinic AND v.id = l.service
		WHERE l.clinic = $1 AND l.recorded <= $2 AND `+person+` AND `+condition+order, all...)
	if err != nil {
		return nil, fmt.Errorf("leads of a person: %w", err)
	}
	return found, nil
}

// CountLeadRows counts what LeadRows would return without a limit.
func (tx *Tx) CountLeadRows(ctx context.Context, files clinic.Files, staff clinic.StaffID, r Range) (n int, err error) {
	args := arguments{tx.clinic, r.knownAt()}
	person := ofRecorder(&args, staff) + among(&args, "l.patient", files)
	condition, all := r.bounds("l.recorded", "l.id", args)
	err = tx.row(ctx, `SELECT COUNT(*) FROM lead l WHERE l.clinic = $1 AND l.recorded <= $2 AND `+person+` AND `+condition, all...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count of leads of a person: %w", err)
	}
	return n, nil
}
