package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// CloseDay is the command "nothing more is written of this day or before".
type CloseDay struct {
	Day     jalali.Day
	Note    string
	Request Request `json:"-"`
}

// ClosedDay is the closing of a day with who did it.
type ClosedDay = store.ClosedDay

// DayDone is the answer to a command on a day. Today: it is the day on which
// the desk writes, so that it writes nothing more.
type DayDone struct {
	Day    ClosedDay
	Locked jalali.Day // the last closed day after it; "" for none
	Today  bool
}

// CloseDay carries out the command. Faults are those of clinic.CloseDay.
func (d *Desk) CloseDay(ctx context.Context, actor clinic.Actor, cmd CloseDay) (DayDone, error) {
	return command(ctx, d, actor, clinic.CloseDays, "day.close", cmd.Request, cmd, func(w work) (answer DayDone, err error) {
		locked, err := w.LockedDay(ctx)
		if err != nil {
			return answer, err
		}
		unfinished, err := w.UnfinishedShifts(ctx, cmd.Day)
		if err != nil {
			return answer, err
		}
		c, err := clinic.CloseDay(clinic.DayClose{Day: cmd.Day, Note: cmd.Note}, w.today(), locked, unfinished)
		if err != nil {
			return answer, err
		}
		c.ID, c.Closed, c.Staff = clinic.DayCloseID(w.id()), w.now, w.actor.Staff
		if err := w.AddDayClose(ctx, c); err != nil {
			return answer, err
		}
		answer = DayDone{Day: store.ClosedDay{DayClose: c, StaffName: w.actor.Name}, Locked: c.Day, Today: c.Day == w.today()}
		return answer, w.audit(ctx, "day.close", 0, int64(c.ID))
	})
}

// ReopenDay is the command "this day is written on again".
type ReopenDay struct {
	Day     jalali.Day
	Reason  string
	Request Request `json:"-"`
}

// ReopenDay carries out the command. Faults are those of clinic.ReopenDay;
// Refused day.open for a day that was never closed; Conflict day.stale.
func (d *Desk) ReopenDay(ctx context.Context, actor clinic.Actor, cmd ReopenDay) (DayDone, error) {
	return command(ctx, d, actor, clinic.ReopenDays, "day.reopen", cmd.Request, cmd, func(w work) (answer DayDone, err error) {
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		c, err := w.DayClose(ctx, cmd.Day)
		if fault.Of(err) == fault.NotFound {
			return answer, fault.New(fault.Refused, "day.open", "%s is not closed", cmd.Day).With("day", string(cmd.Day))
		}
		if err != nil {
			return answer, err
		}
		locked, err := w.LockedDay(ctx)
		if err != nil {
			return answer, err
		}
		if c, err = clinic.ReopenDay(c, locked, reason, w.actor.Staff); err != nil {
			return answer, err
		}
		c.Reopened, c.ReopenedBy = w.now, w.actor.Staff
		if err := w.ReopenDay(ctx, c); err != nil {
			return answer, err
		}
		if answer.Locked, err = w.LockedDay(ctx); err != nil {
			return answer, err
		}
		answer.Day = store.ClosedDay{DayClose: c, ReopenedByName: w.actor.Name}
		return answer, w.audit(ctx, "day.reopen", 0, int64(c.ID))
	})
}

// Days is what is closed: the last closed day, "" for none, and what was closed
// and opened lately, newest first. Shifts are how many of today or before are
// not closed.
type Days struct {
	Today, Locked jalali.Day
	Closed        []ClosedDay
	Unfinished    int
}

// closingsShown bounds the list of closings.
const closingsShown = 60

// Days returns what is closed. Forbidden for who may not take money.
func (d *Desk) Days(ctx context.Context, actor clinic.Actor) (days Days, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return days, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		days.Today = w.today()
		if days.Locked, err = w.LockedDay(ctx); err != nil {
			return err
		}
		if days.Closed, err = w.ClosedDays(ctx, closingsShown); err != nil {
			return err
		}
		days.Unfinished, err = w.UnfinishedShifts(ctx, days.Today)
		return err
	})
	return days, err
}
