package api

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// depositStep is one thing that happened to a deposit.
type depositStep struct {
	ID              string       `json:"id"`
	Kind            string       `json:"kind" doc:"receive, from_credit, apply, unapply, to_account, refund, forfeit or move"`
	Amount          money.Amount `json:"amount" doc:"change of what it holds"`
	Holds           money.Amount `json:"holds" doc:"what it held then"`
	AdmissionID     string       `json:"admission_id,omitempty"`
	AdmissionNumber string       `json:"admission_number,omitempty"`
	Titles          string       `json:"titles,omitempty"`
	RefundNumber    string       `json:"refund_number,omitempty"`
	Methods         []string     `json:"methods,omitempty"`
	Reverses        string       `json:"reverses,omitempty"`
	Note            string       `json:"note,omitempty"`
	Day             string       `json:"day"`
	DayJalali       string       `json:"day_jalali"`
	At              time.Time    `json:"at"`
	Staff           string       `json:"staff"`
}

// DepositRow is a deposit with its life.
type DepositRow struct {
	Deposit
	Expired  bool          `json:"expired"`
	Proposed money.Amount  `json:"proposed_forfeit" doc:"what the clinic's tiers would keep of it now"`
	Methods  []string      `json:"methods,omitempty"`
	Service  string        `json:"service,omitempty"`
	Provider string        `json:"provider,omitempty"`
	Staff    string        `json:"staff"`
	Life     []depositStep `json:"life"`
}

// depositTotals are the sums over deposits; remaining is the patient's deposit
// account.
type depositTotals struct {
	Received    money.Amount `json:"received"`
	Applied     money.Amount `json:"applied"`
	Refunded    money.Amount `json:"refunded"`
	Forfeited   money.Amount `json:"forfeited"`
	Transferred money.Amount `json:"transferred"`
	Remaining   money.Amount `json:"remaining"`
}

func showDepositTotals(t clinic.DepositSums) depositTotals {
	return depositTotals{t.Received, t.Applied, t.Refunded, t.Forfeited, t.Transferred, t.Remaining}
}

type deposits struct {
	Header     header        `json:"header"`
	Items      []DepositRow  `json:"items"`
	Totals     depositTotals `json:"totals"`
	NextCursor string        `json:"next_cursor"`
}

func showDepositRow(r desk.DepositShown) DepositRow {
	row := DepositRow{Deposit: showDeposit(r.HeldDeposit.Deposit), Expired: r.Expired, Proposed: r.Proposed, Methods: r.Methods, Service: r.ServiceName,
		Provider: r.ProviderName, Staff: r.StaffName, Life: []depositStep{}}
	for _, l := range r.Life {
		row.Life = append(row.Life, depositStep{name(l.ID), string(l.Kind), l.Amount, l.Holds, name(l.Admission), l.Paid.String(), l.Titles,
			l.Refund.String(), l.Methods, name(l.Reverses), l.Note, string(l.Day), twin(l.Day), l.At.UTC(), l.StaffName})
	}
	return row
}

func (s *server) deposits(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[deposits], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Deposits(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	shown := deposits{Header: showHeader(a, tab.Header), Items: []DepositRow{}, Totals: showDepositTotals(tab.Totals)}
	for _, r := range tab.Rows {
		shown.Items = append(shown.Items, showDepositRow(r))
	}
	return reply(shown), nil
}

// depositQuery is which deposits the list of all shows.
type depositQuery struct {
	Status string `query:"status" doc:"requested, open, partly_used, closed, withdrawn, held, expired or visit_over"`
	From   string `query:"from" doc:"the day it was asked for or taken"`
	To     string `query:"to"`
	Cursor string `query:"cursor"`
	Limit  limit  `query:"limit"`
}

type depositItem struct {
	DepositRow
	Patient string `json:"patient" doc:"the person's name"`
	File    string `json:"file_number"`
}

type depositList struct {
	Items      []depositItem `json:"items"`
	Count      int           `json:"count"`
	Totals     depositTotals `json:"totals"`
	NextCursor string        `json:"next_cursor"`
	PrevCursor string        `json:"prev_cursor,omitempty"`
}

func (s *server) listDeposits(ctx context.Context, a clinic.Actor, in *depositQuery) (*answer[depositList], error) {
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	q := desk.DepositQuery{State: in.Status, Cursor: in.Cursor, Limit: in.Limit.Rows}
	if q.From, err = day(in.From, "from", today); err != nil {
		return nil, err
	}
	if q.To, err = day(in.To, "to", today); err != nil {
		return nil, err
	}
	page, err := s.desk.ListDeposits(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := depositList{Items: []depositItem{}, Count: page.Count, Totals: showDepositTotals(page.Totals), NextCursor: page.Older, PrevCursor: page.Newer}
	for _, i := range page.Items {
		item := depositItem{showDepositRow(i.DepositShown), i.Person.Name(), i.Person.FileNumber.String()}
		item.PatientID = name(i.Person.ID)
		shown.Items = append(shown.Items, item)
	}
	return reply(shown), nil
}
