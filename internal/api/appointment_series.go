package api

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// seriesForm is the body of POST /appointments/series.
type seriesForm struct {
	BookForm
	Sessions int `json:"sessions" doc:"2 to 52"`
	Every    int `json:"every_days" doc:"from one to the next, 1 to 180"`
}

// bookedSession is one appointment of a series.
type bookedSession struct {
	Appointment Appointment `json:"appointment"`
	Wanted      time.Time   `json:"wanted" doc:"what the interval gives; the appointment is later when that was not free"`
}

// seriesBooked is the answer: what comes with the first session, and all of
// them.
type seriesBooked struct {
	SeriesID string          `json:"series_id"`
	Sessions []bookedSession `json:"sessions"`
	Deposits []BookedDeposit `json:"deposits" doc:"that are for the first; none without the right to see money"`
	Effect
}

func (s *server) bookSeries(ctx context.Context, a clinic.Actor, in *post[seriesForm]) (*answer[seriesBooked], error) {
	form, err := decode[seriesForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	one, err := form.book()
	if err != nil {
		return nil, err
	}
	one.Request = request
	done, err := s.desk.BookSeries(ctx, a, desk.BookSeries{Book: one, Sessions: form.Sessions, Every: form.Every})
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	first, err := s.showAppointed(ctx, a, done.Booked)
	if err != nil {
		return nil, err
	}
	shown := seriesBooked{SeriesID: name(done.Appointment.Series), Sessions: []bookedSession{}, Deposits: first.Body.Deposits, Effect: first.Body.Effect}
	for _, one := range done.Sessions {
		shown.Sessions = append(shown.Sessions, bookedSession{showAppointment(c, one.Appointment), one.Wanted.UTC()})
	}
	return reply(shown), nil
}
