package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type cashQuery struct {
	From     string `query:"from" doc:"Gregorian or Jalali; today when missing"`
	To       string `query:"to" doc:"inclusive"`
	By       string `query:"by" doc:"method, user, section, day, shift or branch; method when missing"`
	BranchID string `query:"branch_id" doc:"all that the caller may see when missing"`
	KnownAt  string `query:"known_at" doc:"as it was recorded at this instant"`
}

// CashFigures are what money did: in, out, corrections of what did not hold
// and what only lies elsewhere now. Net = in − out + corrected + shifted.
type CashFigures struct {
	In        money.Amount `json:"in"`
	Out       money.Amount `json:"out"`
	Corrected money.Amount `json:"corrected"`
	Shifted   money.Amount `json:"shifted"`
	Net       money.Amount `json:"net"`
	Count     int          `json:"count"`
}

type cashLine struct {
	Key  string `json:"key"`
	Name string `json:"name,omitempty"`
	CashFigures
}

type cashReport struct {
	From       string      `json:"from"`
	FromJalali string      `json:"from_jalali"`
	To         string      `json:"to"`
	ToJalali   string      `json:"to_jalali"`
	By         string      `json:"by"`
	BranchID   string      `json:"branch_id,omitempty"`
	Items      []cashLine  `json:"items"`
	Total      CashFigures `json:"total"`
	Ledger     int64       `json:"ledger" doc:"what the accounts of money changed by in the books; the same as total.net"`
}

func showCash(f clinic.CashFigures) CashFigures {
	return CashFigures{f.In, f.Out, f.Corrected, f.Shifted, f.Net(), f.Count}
}

// reported reads the days of a report.
func (s *server) reported(ctx context.Context, a clinic.Actor, in *cashQuery) (q desk.ReportQuery, err error) {
	v, err := s.view(ctx, a, statementQuery{From: in.From, To: in.To, KnownAt: in.KnownAt})
	if err != nil {
		return q, err
	}
	q = desk.ReportQuery{From: v.From, To: v.To, By: in.By, KnownAt: v.KnownAt}
	q.Branch, err = number[clinic.BranchID](in.BranchID, "branch", "branch_id")
	return q, err
}

func (s *server) cashReport(ctx context.Context, a clinic.Actor, in *cashQuery) (*answer[cashReport], error) {
	q, err := s.reported(ctx, a, in)
	if err != nil {
		return nil, err
	}
	r, err := s.desk.CashReport(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := cashReport{From: string(r.From), FromJalali: twin(r.From), To: string(r.To), ToJalali: twin(r.To), By: r.By, BranchID: name(r.Branch),
		Items: []cashLine{}, Total: showCash(r.Total), Ledger: int64(r.Ledger)}
	for _, l := range r.Lines {
		shown.Items = append(shown.Items, cashLine{l.Key, l.Name, showCash(l.CashFigures)})
	}
	return reply(shown), nil
}

func (s *server) addCashReports() {
	add(s, call{method: http.MethodGet, path: "/reports/cash", right: clinic.ReadReports, touches: aboutMoney, object: "book",
		says: "What money came and went, by method, user, section, day, shift or branch"}, s.cashReport)
}
