package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// party is whom an activity is about: the person, or of a lead that is nobody's
// patient yet somebody who is only of a branch. NotFound patient.none,
// lead.none.
func (w work) party(ctx context.Context, a clinic.Activity) (p clinic.Patient, err error) {
	if a.Patient != 0 {
		return w.person(ctx, a.Patient)
	}
	l, err := w.visibleLead(ctx, a.Lead)
	if err != nil || l.Patient == 0 {
		return clinic.Patient{Branch: l.Branch}, err
	}
	return w.person(ctx, l.Patient)
}

// leadWorked takes a new lead along when something is done about it or planned.
// NotFound lead.none, also for the lead of another person.
func (w work) leadWorked(ctx context.Context, a clinic.Activity) error {
	if a.Lead == 0 {
		return nil
	}
	l, err := w.visibleLead(ctx, a.Lead)
	if err != nil {
		return err
	}
	if l.Patient != a.Patient {
		return fault.New(fault.NotFound, "lead.none", "there is no lead %d of the person", a.Lead)
	}
	if !l.Goes(clinic.LeadWorked, clinic.LeadFollowing) {
		return nil
	}
	_, err = w.stepLead(ctx, l.Lead, clinic.LeadWorked, clinic.LeadFollowing, "")
	return err
}

// leadBooked says that an appointment came of a lead; 0 is none. NotFound
// lead.none, also for the lead of another person; Refused lead.no_patient,
// lead.move.
func (w work) leadBooked(ctx context.Context, id clinic.LeadID, booked clinic.Appointment) error {
	if id == 0 {
		return nil
	}
	l, err := w.visibleLead(ctx, id)
	switch {
	case err != nil:
		return err
	case l.Patient == 0:
		return fault.New(fault.Refused, "lead.no_patient", "the lead is no patient yet")
	case l.Patient != booked.Patient:
		return fault.New(fault.NotFound, "lead.none", "there is no lead %d of the person", id)
	}
	l.Appointment = booked.ID
	if _, err := w.stepLead(ctx, l.Lead, clinic.LeadTimeBooked, clinic.LeadBooked, ""); err != nil {
		return err
	}
	if err := w.leadCallsDone(ctx, id, booked); err != nil {
		return err
	}
	return w.audit(ctx, "lead.move", l.Patient, int64(id))
}

// leadCallsDone completes what was still to be done about a lead to get the
// appointment that there is now, so that nobody calls for it again.
func (w work) leadCallsDone(ctx context.Context, id clinic.LeadID, booked clinic.Appointment) error {
	all, err := w.ActivitiesOfLead(ctx, id)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.Status != clinic.ActivityOpen || one.Cause != "" {
			continue
		}
		a, err := one.Complete(clinic.OutcomeBooked, "", w.actor.Staff, w.now)
		a.Appointment = booked.ID
		if _, err = w.savedActivity(ctx, a, err); err != nil {
			return err
		}
		if err := w.audit(ctx, "activity.complete", a.Patient, int64(a.ID)); err != nil {
			return err
		}
	}
	return nil
}

// leadOfActivityBooked is leadBooked of the lead that an activity is about,
// which may have an appointment already or be over.
func (w work) leadOfActivityBooked(ctx context.Context, a clinic.Activity, booked clinic.Appointment) error {
	if a.Lead == 0 {
		return nil
	}
	l, err := w.Tx.Lead(ctx, a.Lead)
	if err != nil || !l.Goes(clinic.LeadTimeBooked, clinic.LeadBooked) {
		return err
	}
	return w.leadBooked(ctx, a.Lead, booked)
}

// leadsFollow lets leads go where their appointment goes: back to be followed up
// when it is cancelled or missed, so that nobody is forgotten, and on when it
// happens after all.
func (w work) leadsFollow(ctx context.Context, a clinic.Appointment) error {
	leads, err := w.LeadsOfAppointment(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, l := range leads {
		switch {
		case l.Status == clinic.LeadBooked && !a.Status.TakesTime():
			_, err = w.stepLead(ctx, l.Lead, clinic.LeadTimeGone, clinic.LeadFollowing, a.Reason)
		case l.Status == clinic.LeadFollowing && a.Status.TakesTime() && a.Status != clinic.Fulfilled:
			_, err = w.stepLead(ctx, l.Lead, clinic.LeadTimeBack, clinic.LeadBooked, "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leadsAdmitted converts the leads that became an admission in the books, and
// has who sent them earn by the patient from now on.
func (w work) leadsAdmitted(ctx context.Context, a clinic.Admission) error {
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return err
	}
	leads, err := w.OpenLeadsOf(ctx, files)
	if err != nil || len(leads) == 0 {
		return err
	}
	others, err := w.OtherAdmissions(ctx, files, a.ID)
	if err != nil {
		return err
	}
	for _, l := range leads {
		ofAppointment := false
		if l.Appointment != 0 {
			t, err := w.Tx.Appointment(ctx, l.Appointment)
			if err != nil {
				return err
			}
			ofAppointment = t.Admission == a.ID
		}
		if !l.BecameBy(a, !others, ofAppointment) {
			continue
		}
		l.Admission = a.ID
		if _, err := w.stepLead(ctx, l.Lead, clinic.LeadAdmitted, clinic.LeadConverted, ""); err != nil {
			return err
		}
		if err := w.sentBy(ctx, l.Lead, files); err != nil {
			return err
		}
		if err := w.audit(ctx, "lead.move", a.Patient, int64(l.ID)); err != nil {
			return err
		}
	}
	return nil
}

// sentBy writes in the patient's file who sent them as their lead says, where the
// file says nobody: commissions follow the file.
func (w work) sentBy(ctx context.Context, l clinic.Lead, files clinic.Files) error {
	p, err := w.Patient(ctx, files[0])
	if err != nil {
		return err
	}
	was := p
	if p.Introducer == 0 && !slices.Contains(files, l.Introducer) {
		p.Introducer = l.Introducer
	}
	if p.ReferrerID == 0 && p.Referrer == "" && l.ReferrerID != 0 {
		r, err := w.Referrer(ctx, l.ReferrerID)
		if err != nil {
			return err
		}
		p.ReferrerID, p.Referrer = r.ID, r.Name
	}
	if p.Introducer == was.Introducer && p.ReferrerID == was.ReferrerID {
		return nil
	}
	if err := w.SavePatient(ctx, p); err != nil {
		return err
	}
	return w.audit(ctx, "patient.edit", p.ID, 0)
}

// leadsUnadmitted takes the leads back that became an admission which is
// cancelled: to their appointment, or to be followed up.
func (w work) leadsUnadmitted(ctx context.Context, a clinic.Admission) error {
	leads, err := w.LeadsOfAdmission(ctx, a.ID)
	if err != nil {
		return err
	}
	for _, l := range leads {
		l.Admission = 0
		if _, err := w.stepLead(ctx, l.Lead, clinic.LeadUnadmitted, clinic.LeadFollowing, a.CancelReason); err != nil {
			return err
		}
		if l.Appointment == 0 {
			continue
		}
		t, err := w.Tx.Appointment(ctx, l.Appointment)
		if err != nil {
			return err
		}
		if err := w.leadsFollow(ctx, t); err != nil {
			return err
		}
	}
	return nil
}

// leadRows are the leads of a person that the actor may see, each when it was
// recorded.
func (w work) leadRows(ctx context.Context, files clinic.Files, r store.Range) (rows []store.Event, err error) {
	if !w.actor.Can(clinic.ReadLeads) {
		return nil, nil
	}
	rows, err = w.LeadRows(ctx, files, w.ownLeads(), r)
	for i := range rows {
		rows[i].Kind, rows[i].Day = RowLead, w.clinic.Day(rows[i].At)
	}
	return rows, err
}

// countLeadRows counts what leadRows returns without a limit.
func (w work) countLeadRows(ctx context.Context, files clinic.Files, r store.Range) (int, error) {
	if !w.actor.Can(clinic.ReadLeads) {
		return 0, nil
	}
	return w.CountLeadRows(ctx, files, w.ownLeads(), r)
}

// ownLeads is who must have recorded a lead that the actor may see; 0: anybody.
func (w work) ownLeads() clinic.StaffID {
	if w.actor.Can(clinic.AllLeads) {
		return 0
	}
	return w.actor.Staff
}
