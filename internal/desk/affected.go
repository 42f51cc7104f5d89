package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// affected lists the appointments that wait where an exception says that nobody
// is there.
func (w work) affected(ctx context.Context, e clinic.Exception) (hit []store.AppointmentShown, err error) {
	from, until := w.daySpan(e.First, e.Last)
	if from.Before(w.now) {
		from = w.now
	}
	all, err := w.Appointments(ctx, store.AppointmentQuery{From: from, Until: until, Provider: e.Provider, Branch: e.Branch,
		Statuses: expectedStates})
	if err != nil {
		return nil, err
	}
	for _, a := range all {
		day := w.clinic.Day(a.Starts)
		begins, ok := day.At(e.From, w.clinic.Zone)
		ends, also := day.At(e.Until, w.clinic.Zone)
		if ok && also && a.Overlaps(clinic.Span{Starts: begins, Ends: ends}) {
			hit = append(hit, a)
		}
	}
	return hit, nil
}

// expectedStates are those of an appointment whose patient is expected and not
// here yet.
var expectedStates = []clinic.AppointmentStatus{clinic.Proposed, clinic.Booked, clinic.Confirmed}

// affectedItems are the appointments that an exception hits.
type affectedItems []AppointmentItem

func (l affectedItems) shown() []clinic.PatientID { return AppointmentPage{Items: l}.shown() }

// Affected lists the appointments that an exception of the schedule, saved or
// not, would leave without anybody. Invalid those of its Check.
func (d *Desk) Affected(ctx context.Context, actor clinic.Actor, e clinic.Exception) ([]AppointmentItem, error) {
	if err := actor.May(clinic.ReadAppointments); err != nil {
		return nil, err
	}
	e, err := e.Check()
	if err != nil {
		return nil, err
	}
	return readPatient(ctx, d, actor, "appointment.list", func(w work) (affectedItems, clinic.PatientID, error) {
		if branch := w.branch(); branch != 0 {
			e.Branch = branch
		}
		hit, err := w.affected(ctx, e)
		if err != nil {
			return nil, 0, err
		}
		items, err := w.items(ctx, hit)
		return items, 0, err
	})
}
