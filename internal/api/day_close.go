package api

import (
	"context"
	"net/http"
	"reflect"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

type closeDayForm struct {
	Note   string `json:"note,omitempty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

type reopenDayForm struct {
	Reason string `json:"reason"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// closedDay is a day that was closed, and perhaps opened again.
type closedDay struct {
	Day        string     `json:"day"`
	DayJalali  string     `json:"day_jalali"`
	Closed     time.Time  `json:"closed"`
	ClosedBy   string     `json:"closed_by,omitempty"`
	Note       string     `json:"note,omitempty"`
	Reopened   *time.Time `json:"reopened,omitempty"`
	ReopenedBy string     `json:"reopened_by,omitempty"`
	Reason     string     `json:"reason,omitempty"`
}

func showClosedDay(d desk.ClosedDay) closedDay {
	return closedDay{string(d.Day), twin(d.Day), d.Closed.UTC(), d.StaffName, d.Note, someTime(d.Reopened), d.ReopenedByName, d.Reason}
}

// dayDone is the answer to a command on a day.
type dayDone struct {
	Day       closedDay `json:"day"`
	LockedDay string    `json:"locked_day" doc:"the books are closed up to it; empty when they are open"`
}

type dayList struct {
	Items            []closedDay `json:"items"`
	Today            string      `json:"today"`
	LockedDay        string      `json:"locked_day"`
	UnfinishedShifts int         `json:"unfinished_shifts" doc:"shifts that are not closed"`
}

// postDay is a command on the day that its path names.
type postDay[B any] struct {
	Day     string `path:"day" doc:"2026-11-23, or 1405-09-02"`
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	RawBody []byte `contentType:"application/json"`
}

func (postDay[B]) bodyType() reflect.Type { return reflect.TypeFor[B]() }

// addDays registers the calls for closed days.
func (s *server) addDays() {
	day := func(path string, right clinic.Permission, says string) call {
		return call{method: http.MethodPost, path: path, right: right, touches: aboutMoney, object: "day", says: says}
	}
	add(s, day("/days/{day}/close", clinic.CloseDays, "Close the books up to a day: nothing more is written on it or before it"), s.closeDay)
	add(s, day("/days/{day}/reopen", clinic.ReopenDays, "Open the last closed day again"), s.reopenDay)
	add(s, call{method: http.MethodGet, path: "/days", right: clinic.ReceiveMoney, object: "day", says: "What is closed"}, s.days)
}

// onDay reads what both commands on a day have.
func onDay[F any](ctx context.Context, s *server, a clinic.Actor, in *postDay[F], dry func(F) bool) (form F, d jalali.Day, r desk.Request, err error) {
	if form, err = decode[F](in.RawBody); err != nil {
		return form, d, r, err
	}
	if r, err = keyed(in.Key, dry(form)); err != nil {
		return form, d, r, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return form, d, r, err
	}
	d, err = day(in.Day, "day", today)
	return form, d, r, err
}

func (s *server) closeDay(ctx context.Context, a clinic.Actor, in *postDay[closeDayForm]) (*answer[dayDone], error) {
	form, day, request, err := onDay(ctx, s, a, in, func(f closeDayForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	done, err := s.desk.CloseDay(ctx, a, desk.CloseDay{Day: day, Note: form.Note, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(dayDone{showClosedDay(done.Day), string(done.Locked)}), nil
}

func (s *server) reopenDay(ctx context.Context, a clinic.Actor, in *postDay[reopenDayForm]) (*answer[dayDone], error) {
	form, day, request, err := onDay(ctx, s, a, in, func(f reopenDayForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	done, err := s.desk.ReopenDay(ctx, a, desk.ReopenDay{Day: day, Reason: form.Reason, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(dayDone{showClosedDay(done.Day), string(done.Locked)}), nil
}

func (s *server) days(ctx context.Context, a clinic.Actor, _ *struct{}) (*answer[dayList], error) {
	found, err := s.desk.Days(ctx, a)
	if err != nil {
		return nil, err
	}
	list := dayList{Items: []closedDay{}, Today: string(found.Today), LockedDay: string(found.Locked), UnfinishedShifts: found.Unfinished}
	for _, d := range found.Closed {
		list.Items = append(list.Items, showClosedDay(d))
	}
	return reply(list), nil
}
