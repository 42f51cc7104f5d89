package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type trialRow struct {
	Account string       `json:"account"`
	Kind    string       `json:"kind" doc:"the kind of account"`
	Name    string       `json:"name,omitempty" doc:"of its owner: a place, an insurer, a section"`
	Unit    string       `json:"unit"`
	Balance money.Amount `json:"balance" doc:"debits minus credits"`
}

type moment struct {
	AsOf    string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
	KnownAt string `query:"known_at" doc:"as it was recorded at this instant"`
}

func (s *server) addReports() {
	add(s, call{method: http.MethodGet, path: "/reports/trial-balance", right: clinic.ExportBooks, touches: aboutMoney, object: "book",
		says: "The balance of every account; patients together are one"}, s.trialBalance)
	s.addPeopleReports()
	s.addCashReports()
	s.addDayReports()
}

func (s *server) trialBalance(ctx context.Context, a clinic.Actor, in *moment) (*answer[list[trialRow]], error) {
	v, err := s.view(ctx, a, statementQuery{AsOf: in.AsOf, KnownAt: in.KnownAt})
	if err != nil {
		return nil, err
	}
	rows, err := s.desk.TrialBalance(ctx, a, v)
	if err != nil {
		return nil, err
	}
	all := list[trialRow]{Items: []trialRow{}}
	for _, r := range rows {
		all.Items = append(all.Items, trialRow{r.Account, r.Kind, r.Name, string(r.Unit), r.Balance})
	}
	return reply(all), nil
}

// statementQuery is the path and the query of a statement as it is typed.
type statementQuery struct {
	ID      string `path:"id"`
	From    string `query:"from" doc:"Gregorian or Jalali"`
	To      string `query:"to" doc:"Gregorian or Jalali, inclusive"`
	AsOf    string `query:"as_of" doc:"the end of this day"`
	KnownAt string `query:"known_at" doc:"as it was recorded at this instant"`
	Kind    string `query:"kind" doc:"money, admission, receipt, refund, deposit, discount, cheque, correction or insurance"`
	Cursor  string `query:"cursor"`
	Limit   limit  `query:"limit"`
}

// view reads the query of a statement.
func (s *server) view(ctx context.Context, a clinic.Actor, q statementQuery) (v desk.View, err error) {
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return v, err
	}
	if err := q.Limit.check(); err != nil {
		return v, err
	}
	today := s.desk.Today(c)
	v = desk.View{Kind: q.Kind, Cursor: q.Cursor, Limit: q.Limit.Rows}
	if v.From, err = day(q.From, "from", today); err != nil {
		return v, err
	}
	if v.To, err = day(q.To, "to", today); err != nil {
		return v, err
	}
	if v.AsOf, err = day(q.AsOf, "as_of", today); err != nil {
		return v, err
	}
	v.KnownAt, err = instant(q.KnownAt, "known_at", c, today)
	return v, err
}
