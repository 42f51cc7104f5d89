package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// ownAppointment returns an appointment of the person of a file. NotFound
// appointment.none; Refused appointment.other for another person's.
func (w work) ownAppointment(ctx context.Context, patient clinic.PatientID, id clinic.AppointmentID) (clinic.Appointment, error) {
	a, _, err := w.visibleAppointment(ctx, id, nil)
	if err != nil {
		return a, err
	}
	files, err := w.filesOf(ctx, patient)
	if err != nil {
		return a, err
	}
	if !slices.Contains(files, a.Patient) {
		return a, fault.New(fault.Refused, "appointment.other", "the appointment is another person's")
	}
	return a, nil
}

// fulfil lets an appointment be the admission that came of it: the patient is
// here.
func (w work) fulfil(ctx context.Context, id clinic.AppointmentID, admission clinic.Admission) error {
	if id == 0 {
		return nil
	}
	was, err := w.ownAppointment(ctx, admission.Patient, id)
	if err != nil {
		return atField(err, "appointment")
	}
	if err := clinic.DueToday(w.clinic, was, w.now); err != nil {
		return err
	}
	lives, err := w.admissionLives(ctx, was)
	if err != nil {
		return err
	}
	a, err := was.Step(clinic.Fulfilled, w.now, lives)
	if err != nil {
		return err
	}
	a.Admission = admission.ID
	if a.Arrived.IsZero() {
		a.Arrived = w.now
	}
	_, err = w.changed(ctx, clinic.EventFulfilled, was, a, "")
	return err
}

// AdmitAppointment is the command "the patient is here for this appointment":
// the admission of its service with its provider, in one step.
type AdmitAppointment struct {
	Appointment clinic.AppointmentID
	Version     *int64
	Lines       []OrderedLine // nil: the service of the appointment
	Coverage    *Insurers
	Code        string
	Draft       bool
	Request     Request `json:"-"`
}

// AdmitAppointment carries out the command.
//
// NotFound appointment.none; Conflict appointment.stale; Invalid
// appointment.no_service for one without a service and lines; Refused
// appointment.status, appointment.admitted, appointment.not_today, and those of
// Admit.
func (d *Desk) AdmitAppointment(ctx context.Context, actor clinic.Actor, cmd AdmitAppointment) (Admitted, error) {
	if err := actor.May(clinic.WriteAdmissions); err != nil {
		return Admitted{}, err
	}
	admit := Admit{Lines: cmd.Lines, Coverage: cmd.Coverage, Code: cmd.Code, Draft: cmd.Draft, Appointment: cmd.Appointment, Request: cmd.Request}
	err := d.read(ctx, actor, func(w work) error {
		// What was asked under the key before is answered by Admit, whatever
		// became of the appointment since.
		a, p, err := w.visibleAppointment(ctx, cmd.Appointment, nil)
		if err != nil {
			return err
		}
		if cmd.Version != nil && *cmd.Version != a.Version && a.Status != clinic.Fulfilled {
			return fault.New(fault.Conflict, "appointment.stale", "the appointment was changed by someone else")
		}
		if admit.Patient = p.ID; admit.Lines != nil {
			return nil
		}
		if a.Service == 0 {
			return fault.New(fault.Invalid, "appointment.no_service", "what it is for was not said: the lines are missing").At("lines")
		}
		admit.Lines = []OrderedLine{{Service: a.Service, Provider: a.Provider, Quantity: 1}}
		return nil
	})
	if err != nil {
		return Admitted{}, err
	}
	return d.Admit(ctx, actor, admit)
}
