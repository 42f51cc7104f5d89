package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// RemindAppointments queues the reminders that are due, one a day before and one
// two hours before each appointment, and returns how many. Each is made once for
// an appointment and its time: one that was moved is reminded of the new time.
// It may run at any time, any number of times, and in several programs at once.
func (d *Desk) RemindAppointments(ctx context.Context, c clinic.ID) (made int, err error) {
	err = d.write(ctx, byItself(c), func(w work) error {
		made = 0
		ahead, err := w.AppointmentsAhead(ctx, w.now, w.now.Add(clinic.ReminderAhead))
		if err != nil {
			return err
		}
		for _, a := range ahead {
			kind := clinic.DueReminder(a.Appointment, a.At, w.now)
			if kind == "" || kind == clinic.MessageReminder && a.Day || kind == clinic.MessageReminderSoon && a.Soon {
				continue
			}
			on := about{object: int64(a.ID), occasion: strconv.FormatInt(a.Starts.UnixMicro(), 10), expires: a.Starts}
			told, err := w.tellLater(ctx, kind, a.Appointment, on)
			if err != nil {
				return err
			}
			made += told
		}
		return nil
	})
	return made, err
}

// tellLater queues a message about an appointment and says how many that are.
func (w work) tellLater(ctx context.Context, kind clinic.MessageKind, a clinic.Appointment, on about) (int, error) {
	t, err := w.MessageTemplate(ctx, kind)
	if err != nil || !w.sends(t) {
		return 0, err
	}
	file, err := w.standing(ctx, a.Patient)
	if err != nil {
		return 0, err
	}
	p, err := w.Patient(ctx, file)
	if err != nil {
		return 0, err
	}
	return 1, w.tellOf(ctx, kind, a, p, on)
}

// Greet queues the birthday greetings of today and the questions to those who
// were here, where the clinic has them on, and returns how many. It may run at
// any time and any number of times.
func (d *Desk) Greet(ctx context.Context, c clinic.ID) (made int, err error) {
	err = d.write(ctx, byItself(c), func(w work) error {
		greeted, err := w.greetBirthdays(ctx)
		if err != nil {
			return err
		}
		asked, err := w.askVisitors(ctx)
		made = greeted + asked
		return err
	})
	return made, err
}

func (w work) greetBirthdays(ctx context.Context) (int, error) {
	t, err := w.MessageTemplate(ctx, clinic.MessageBirthday)
	if err != nil || !w.sends(t) {
		return 0, err
	}
	year := strconv.Itoa(w.today().Date().Year)
	ids, err := w.BornOn(ctx, clinic.AnniversaryDays(w.today()), clinic.MessageBirthday, year)
	if err != nil {
		return 0, err
	}
	// Tomorrow is too late for it.
	_, midnight := w.today().Bounds(w.clinic.Zone)
	for _, id := range ids {
		p, err := w.Patient(ctx, id)
		if err != nil {
			return 0, err
		}
		if err := w.notify(ctx, clinic.MessageBirthday, p, nil, about{object: int64(id), occasion: year, expires: midnight}); err != nil {
			return 0, err
		}
	}
	return len(ids), nil
}

func (w work) askVisitors(ctx context.Context) (asked int, err error) {
	visits, err := w.VisitsOver(ctx, clinic.MessageSurvey, w.now.Add(-clinic.SurveyWithin), w.now.Add(-clinic.SurveyAfter))
	if err != nil {
		return 0, err
	}
	for _, a := range visits {
		told, err := w.tellLater(ctx, clinic.MessageSurvey, a, about{object: int64(a.ID), occasion: "visit"})
		if err != nil && fault.Of(err) != fault.NotFound {
			return asked, err
		}
		asked += told
	}
	return asked, nil
}
