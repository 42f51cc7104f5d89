package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/message"
)

// automatic is who does what the program does by itself.
func (w work) automatic(ctx context.Context) (work, error) {
	who, err := w.Staff(ctx, clinic.Automatic)
	if fault.Of(err) == fault.NotFound {
		branches, failed := w.Branches(ctx)
		if failed != nil {
			return w, failed
		}
		who = clinic.Staff{ID: clinic.Automatic, Branch: branches[0].ID, Name: message.Persian.Text("staff.automatic"), Role: clinic.Stockkeeper}
		err = w.AddStaff(ctx, who, "")
	}
	w.actor = clinic.Actor{Clinic: w.actor.Clinic, Branch: who.Branch, Staff: who.ID, Name: who.Name, Role: who.Role,
		Granted: clinic.RightsOf(clinic.AllBranches), Origin: w.actor.Origin}
	return w, err
}

// byItself is the actor of what the program does by itself in a clinic.
func byItself(c clinic.ID) clinic.Actor { return clinic.Actor{Clinic: c, Origin: "job"} }

// forgotten is how long after their end the seats of appointments are kept.
const forgotten = 48 * time.Hour

// dayEnds is the hour at which appointments of today that nobody came to are
// missed.
const dayEnds = 22

// MarkMissed marks the appointments of days that are over, and late at night of
// today, as missed when nobody came by the grace of the clinic; each gets a
// follow-up. Nothing is kept of deposits: that is confirmed by a person. Seats
// of days that are over are forgotten. It may run at any time and any number of
// times, and returns how many it marked.
func (d *Desk) MarkMissed(ctx context.Context, c clinic.ID) (marked int, err error) {
	err = d.write(ctx, byItself(c), func(w work) (err error) {
		marked = 0
		if w, err = w.automatic(ctx); err != nil {
			return err
		}
		if err := w.ExpireHolds(ctx, w.now); err != nil {
			return err
		}
		from, until := w.daySpan(w.today(), w.today())
		if w.now.In(w.clinic.Zone).Hour() < dayEnds {
			until = from
		}
		waiting, err := w.ExpectedBefore(ctx, until)
		if err != nil {
			return err
		}
		for _, a := range waiting {
			if !a.Missed(w.clinic.Appointments, w.now) {
				continue
			}
			p, err := w.person(ctx, a.Patient)
			if err != nil {
				return err
			}
			if _, err := w.miss(ctx, a, p); err != nil {
				return err
			}
			if err := w.audit(ctx, "appointment.no_show", p.ID, int64(a.ID)); err != nil {
				return err
			}
			marked++
		}
		_, err = w.ForgetSeats(ctx, w.now.Add(-forgotten))
		return err
	})
	return marked, err
}
