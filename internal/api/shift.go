package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// shiftForm is the body of POST /shifts.
type shiftForm struct {
	DeskID string `json:"desk_id,omitempty" doc:"the first of the branch when missing"`
	Float  amount `json:"float" doc:"cash that is in the drawer"`
	Note   string `json:"note,omitempty"`
	DryRun bool   `json:"dry_run,omitempty"`
}

type shift struct {
	ID        string       `json:"id"`
	DeskID    string       `json:"desk_id"`
	Status    string       `json:"status"`
	Day       string       `json:"day"`
	DayJalali string       `json:"day_jalali"`
	Opened    time.Time    `json:"opened"`
	Float     money.Amount `json:"float"`
}

func showShift(s clinic.Shift) shift {
	return shift{name(s.ID), name(s.Desk), string(s.Status), string(s.Day), twin(s.Day), s.Opened.UTC(), s.Float}
}

// addShifts registers the calls for shifts, hand-overs and closed days.
func (s *server) addShifts() {
	add(s, call{method: http.MethodPost, path: "/shifts", right: clinic.ReceiveMoney, object: "shift", says: "Begin a shift at a cash desk", created: true}, s.openShift)
}

func (s *server) openShift(ctx context.Context, a clinic.Actor, in *post[shiftForm]) (*answer[shift], error) {
	form, err := decode[shiftForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.OpenShift{Float: money.Amount(form.Float), Note: form.Note, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if form.DeskID != "" {
		if cmd.Desk, err = number[clinic.PlaceID](form.DeskID, "place", "desk_id"); err != nil {
			return nil, err
		}
	}
	opened, err := s.desk.OpenShift(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showShift(opened)), nil
}
