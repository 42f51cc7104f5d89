package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// AppointmentsTab is the tab of a person's appointments, the latest first, and
// what the person waits for.
type AppointmentsTab struct {
	Header
	Rows    []AppointmentItem
	Waiting []store.WaitShown
}

// AppointmentsTab returns the tab. NotFound patient.none; Forbidden without the
// right.
func (d *Desk) AppointmentsTab(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (t AppointmentsTab, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadStatement, v, &t.Header, func(w work, r store.Range) error {
		find := store.AppointmentQuery{Files: t.Files, From: r.From, Newest: true, KnownAt: r.KnownAt}
		if v.To != "" {
			_, find.Until = v.To.Bounds(w.clinic.Zone)
		}
		found, err := w.Appointments(ctx, find)
		if err != nil {
			return err
		}
		if t.Rows, err = w.withSteps(ctx, found); err != nil {
			return err
		}
		t.Waiting, err = w.Waiting(ctx, 0, t.Files)
		return err
	})
	return t, err
}
