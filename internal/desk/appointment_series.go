package desk

import (
	"context"
	"slices"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// BookSeries is the command "so many sessions, one every so many days": Book is
// the first of them, and what comes with an appointment comes with it.
type BookSeries struct {
	Book
	Sessions int // 2 to 52
	Every    int // days from one to the next, 1 to 180
}

// SeriesSession is one appointment of a series. Wanted is the time that the interval
// gives; the appointment is later when that was not free.
type SeriesSession struct {
	Appointment clinic.Appointment
	Wanted      time.Time
}

// SeriesBooked is the answer: Booked is the first session.
type SeriesBooked struct {
	Booked
	Sessions []SeriesSession
}

// How many sessions a series has at most, and how far apart they are.
const (
	maxSessions = 52
	maxEvery    = 180
)

// BookSeries carries out the command, all of it or nothing. Each session is at
// the clock of the first; one whose time is not free goes to the next free time
// within half the interval.
//
// Invalid appointment.series; Refused appointment.series_none with the number of
// the session that finds no time; and those of Book, of the first session.
func (d *Desk) BookSeries(ctx context.Context, actor clinic.Actor, cmd BookSeries) (SeriesBooked, error) {
	if err := cmd.allowed(actor); err != nil {
		return SeriesBooked{}, err
	}
	done, err := command(ctx, d, actor, clinic.WriteAppointments, "appointment.book", cmd.Request, cmd, func(w work) (SeriesBooked, error) {
		return w.bookSeries(ctx, cmd)
	})
	return done, d.withNext(ctx, actor, cmd.wanted(), cmd.Starts, err)
}

// bookSeries books the sessions one after another.
func (w work) bookSeries(ctx context.Context, cmd BookSeries) (done SeriesBooked, err error) {
	if cmd.Sessions < 2 || cmd.Sessions > maxSessions || cmd.Every < 1 || cmd.Every > maxEvery {
		return done, fault.New(fault.Invalid, "appointment.series", "a series has 2 to %d sessions, up to %d days apart", maxSessions, maxEvery).At("sessions")
	}
	cmd.series = clinic.SeriesID(w.id())
	if done.Booked, err = w.bookTime(ctx, cmd.Book); err != nil {
		return done, err
	}
	first := done.Appointment
	done.Sessions = []SeriesSession{{first, first.Starts}}
	p, err := w.person(ctx, first.Patient)
	if err != nil {
		return done, err
	}
	for i := 1; i < cmd.Sessions; i++ {
		session, err := w.bookSession(ctx, cmd, p, first, i)
		if err != nil {
			return done, err
		}
		done.Sessions = append(done.Sessions, session)
		if err := w.audit(ctx, "appointment.book", p.ID, int64(session.Appointment.ID)); err != nil {
			return done, err
		}
	}
	return done, nil
}

// bookSession books the n-th session after the first: at its clock, or at the
// next free time.
func (w work) bookSession(ctx context.Context, cmd BookSeries, p clinic.Patient, first clinic.Appointment, n int) (s SeriesSession, err error) {
	local := first.Starts.In(w.clinic.Zone)
	day := w.clinic.Day(first.Starts).Add(n * cmd.Every)
	none := fault.New(fault.Refused, "appointment.series_none", "there is no free time for session %d about %s", n+1, day).
		With("session", strconv.Itoa(n+1)).With("day", string(day)).At("sessions")
	wanted, ok := day.At(local.Hour()*60+local.Minute(), w.clinic.Zone)
	if !ok {
		return s, none
	}
	one := cmd.Book
	one.Starts, one.Minutes, one.Branch = wanted, first.Minutes(), first.Branch
	wish, err := w.wish(ctx, one.wanted())
	if err != nil {
		return s, err
	}
	_, err = w.placeAt(ctx, wish, clinic.Span{Starts: wanted.UTC(), Ends: wanted.UTC().Add(first.Ends.Sub(first.Starts))}, cmd.Overbook)
	if slices.Contains(elsewhere, fault.Code(err)) {
		if one.Starts, err = w.sessionNear(ctx, one.wanted(), wanted, cmd.Every/2, none); err != nil {
			return s, err
		}
	}
	if err != nil {
		return s, err
	}
	a, err := w.keep(ctx, one, p)
	return SeriesSession{a, wanted}, err
}

// sessionNear is the first free time after the wanted one, on its day or so many
// days after it; none is the refusal when there is none.
func (w work) sessionNear(ctx context.Context, q Wanted, wanted time.Time, days int, none error) (time.Time, error) {
	day := w.clinic.Day(wanted)
	free, err := w.free(ctx, q, day, day.Add(min(days, maxDays-1)))
	if err != nil {
		return wanted, err
	}
	for _, d := range free {
		for _, slot := range d.Slots {
			if slot.Starts.After(wanted) {
				return slot.Starts, nil
			}
		}
	}
	return wanted, none
}
