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

// shiftLine is what a shift holds by one method at one place. Where the clinic
// counts blind, the figures of a shift that is not counted are missing.
type shiftLine struct {
	Method     string        `json:"method"`
	PlaceID    string        `json:"place_id,omitempty"`
	PlaceName  string        `json:"place_name,omitempty"`
	Number     int           `json:"number" doc:"of slips, cheques"`
	Expected   *money.Amount `json:"expected,omitempty" doc:"what the books say; cash with the float"`
	Counted    *money.Amount `json:"counted,omitempty" doc:"missing until it is counted"`
	Difference *money.Amount `json:"difference,omitempty"`
}

type handover struct {
	ID          string       `json:"id"`
	Amount      money.Amount `json:"amount"`
	To          string       `json:"to" doc:"safe or bank"`
	PlaceID     string       `json:"place_id,omitempty"`
	Status      string       `json:"status" doc:"waiting, confirmed or returned"`
	Note        string       `json:"note,omitempty"`
	At          time.Time    `json:"at"`
	Staff       string       `json:"staff"`
	ConfirmedBy string       `json:"confirmed_by,omitempty"`
	Confirmed   *time.Time   `json:"confirmed,omitempty"`
	ReturnedBy  string       `json:"returned_by,omitempty"`
	Returned    *time.Time   `json:"returned,omitempty"`
}

type shiftEvent struct {
	Status string    `json:"status"`
	Note   string    `json:"note,omitempty"`
	At     time.Time `json:"at"`
	Staff  string    `json:"staff"`
}

// ListedShift is a shift in the list.
type ListedShift struct {
	ID         string        `json:"id"`
	DeskID     string        `json:"desk_id"`
	DeskName   string        `json:"desk_name"`
	StaffID    string        `json:"staff_id"`
	Staff      string        `json:"staff"`
	Status     string        `json:"status" doc:"open, counted, awaiting or closed"`
	Day        string        `json:"day"`
	DayJalali  string        `json:"day_jalali"`
	Opened     time.Time     `json:"opened"`
	Closed     *time.Time    `json:"closed,omitempty"`
	ClosedBy   string        `json:"closed_by,omitempty"`
	Float      money.Amount  `json:"float"`
	HandedOver money.Amount  `json:"handed_over"`
	Left       money.Amount  `json:"left_in_drawer" doc:"for the next shift"`
	Difference *money.Amount `json:"difference,omitempty" doc:"of the cash: too much, or too little below nothing"`
	Note       string        `json:"note,omitempty"`
	Version    int64         `json:"version"`
}

type shift struct {
	ListedShift
	Expected  *money.Amount `json:"expected,omitempty" doc:"cash that the drawer should hold"`
	Counted   *money.Amount `json:"counted,omitempty" doc:"cash that was found in it"`
	Lines     []shiftLine   `json:"lines"`
	Handovers []handover    `json:"handovers"`
	History   []shiftEvent  `json:"history"`
}

func showListedShift(s desk.ListedShift, hidden bool) ListedShift {
	shown := ListedShift{ID: name(s.ID), DeskID: name(s.Desk), DeskName: s.DeskName, StaffID: name(s.Staff), Staff: s.StaffName,
		Status: string(s.Status), Day: string(s.Day), DayJalali: twin(s.Day), Opened: s.Opened.UTC(), Closed: someTime(s.Closed),
		ClosedBy: s.ClosedByName, Float: s.Float, HandedOver: s.Handed, Left: s.Left, Note: s.Note, Version: s.Version}
	if !hidden {
		shown.Difference = &s.Difference
	}
	return shown
}

func showShift(s desk.ShiftSheet) shift {
	shown := shift{ListedShift: showListedShift(s.ListedShift, s.Hidden), Lines: []shiftLine{}, Handovers: []handover{}, History: []shiftEvent{}}
	counted := s.Status != clinic.ShiftOpen && !s.Hidden
	for i, l := range s.Lines {
		line := shiftLine{Method: string(l.Method), PlaceID: name(l.Place), PlaceName: l.PlaceName, Number: l.Number}
		if !s.Hidden {
			line.Expected = &l.Expected
		}
		if counted {
			difference := l.Difference()
			line.Counted, line.Difference = &l.Counted, &difference
		}
		if i == 0 {
			shown.Expected, shown.Counted = line.Expected, line.Counted
		}
		shown.Lines = append(shown.Lines, line)
	}
	for _, h := range s.Handovers {
		status := "waiting"
		switch {
		case !h.Confirmed.IsZero():
			status = "confirmed"
		case !h.Returned.IsZero():
			status = "returned"
		}
		shown.Handovers = append(shown.Handovers, handover{ID: name(h.ID), Amount: h.Amount, To: string(h.To), PlaceID: name(h.Place), Status: status,
			Note: h.Note, At: h.At.UTC(), Staff: h.StaffName, ConfirmedBy: h.ConfirmedByName, Confirmed: someTime(h.Confirmed),
			ReturnedBy: h.ReturnedByName, Returned: someTime(h.Returned)})
	}
	for _, e := range s.Events {
		shown.History = append(shown.History, shiftEvent{string(e.Status), e.Note, e.At.UTC(), e.StaffName})
	}
	return shown
}

// shiftDone is the answer to a command on a shift.
type shiftDone struct {
	Shift  shift   `json:"shift"`
	Drawer *Drawer `json:"drawer,omitempty" doc:"cash of the shift; missing where it is not told before the count"`
	UnitID string  `json:"unit_id,omitempty" doc:"missing when the command moved nothing in the books"`
}

func showShiftDone(d desk.ShiftDone) shiftDone {
	shown := shiftDone{Shift: showShift(d.Shift), UnitID: name(d.Unit)}
	if d.Drawer != nil {
		shown.Drawer = &Drawer{d.Drawer.Before, d.Drawer.After}
	}
	return shown
}

// addShifts registers the calls for shifts, hand-overs and closed days.
func (s *server) addShifts() {
	money := func(path string, right clinic.Permission, says string) call {
		return call{method: http.MethodPost, path: path, right: right, touches: aboutMoney, object: "shift", says: says}
	}
	open := money("/shifts", clinic.ReceiveMoney, "Begin a shift at a cash desk")
	open.created = true
	add(s, open, s.openShift)
	add(s, money("/shifts/{id}/count", clinic.ReceiveMoney, "End a shift with what was counted"), s.countShift)
	add(s, money("/shifts/{id}/handover", clinic.ReceiveMoney, "Hand the cash of a counted shift over; the rest stays in the drawer"), s.handOver)
	add(s, money("/shifts/{id}/confirm", clinic.ConfirmShifts, "Take a hand-over and close the shift"), s.confirmShift)
	add(s, money("/shifts/{id}/reopen", clinic.ReopenShifts, "Send a hand-over back, let a shift go on"), s.reopenShift)
	add(s, call{method: http.MethodGet, path: "/shifts", right: clinic.ReceiveMoney, object: "shift", says: "Shifts, newest first"}, s.listShifts)
	add(s, call{method: http.MethodGet, path: "/shifts/{id}", right: clinic.ReceiveMoney, touches: aboutMoney, object: "shift", says: "What a shift holds"}, s.oneShift)
	s.addDays()
}

func (s *server) openShift(ctx context.Context, a clinic.Actor, in *post[shiftForm]) (*answer[shiftDone], error) {
	form, err := decode[shiftForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.OpenShift{Float: money.Amount(form.Float), Note: form.Note}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Desk, err = number[clinic.PlaceID](form.DeskID, "place", "desk_id"); err != nil {
		return nil, err
	}
	opened, err := s.desk.OpenShift(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showShiftDone(opened)), nil
}

// shiftQuery is the query of GET /shifts.
type shiftQuery struct {
	Status string `query:"status" doc:"open, counted, awaiting or closed"`
	DeskID string `query:"desk" doc:"a cash desk"`
	Day    string `query:"day" doc:"on which it was opened, 2026-11-23 or 1405/09/02"`
	Cursor string `query:"cursor"`
	Limit  limit  `query:"limit"`
}

type shiftList struct {
	Items      []ListedShift `json:"items"`
	NextCursor string        `json:"next_cursor"`
	PrevCursor string        `json:"prev_cursor,omitempty"`
}

func (s *server) listShifts(ctx context.Context, a clinic.Actor, in *shiftQuery) (*answer[shiftList], error) {
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	q := desk.ShiftQuery{Status: in.Status, Cursor: in.Cursor, Limit: in.Limit.Rows}
	if q.Day, err = day(in.Day, "day", today); err != nil {
		return nil, err
	}
	if q.Desk, err = number[clinic.PlaceID](in.DeskID, "place", "desk"); err != nil {
		return nil, err
	}
	page, err := s.desk.ListShifts(ctx, a, q)
	if err != nil {
		return nil, err
	}
	list := shiftList{Items: []ListedShift{}, NextCursor: page.Older, PrevCursor: page.Newer}
	for _, i := range page.Items {
		list.Items = append(list.Items, showListedShift(i, page.Blind && i.Status == clinic.ShiftOpen))
	}
	return reply(list), nil
}

// shiftPath names a shift.
type shiftPath struct {
	ID string `path:"id"`
}

func (s *server) oneShift(ctx context.Context, a clinic.Actor, in *shiftPath) (*answer[shift], error) {
	id, err := number[clinic.ShiftID](in.ID, "shift", "id")
	if err != nil {
		return nil, err
	}
	sheet, err := s.desk.Shift(ctx, a, id)
	if err != nil {
		return nil, err
	}
	return reply(showShift(sheet)), nil
}
