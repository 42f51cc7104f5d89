package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// balance is a patient's money position. Overdue is what is left of instalments
// whose day has passed, upcoming of the others; what has no plan is due at once
// and in neither. Points are those that can be
// spent now, whatever the moment.
type balance struct {
	Balance            money.Amount `json:"balance"`
	Deposits           money.Amount `json:"deposits"`
	UncollectedCheques money.Amount `json:"uncollected_cheques"`
	Overdue            money.Amount `json:"overdue" doc:"left of instalments whose day has passed; what has no plan is not in it"`
	OverdueCount       int          `json:"overdue_count" doc:"how many instalments"`
	Upcoming           money.Amount `json:"upcoming" doc:"left of instalments that are due on the day or later"`
	Points             int64        `json:"points"`
	Version            int64        `json:"version"`
}

type balanceQuery struct {
	ID      string `path:"id"`
	AsOf    string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
	KnownAt string `query:"known_at" doc:"as it was recorded at this instant"`
}

func (s *server) addBalance() {
	add(s, call{method: http.MethodGet, path: "/patients/{id}/balance", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "What a patient owes"}, s.balance)
	s.addExplain()
}

// balanced is the patient and the moment of a balance call.
func (s *server) balanced(ctx context.Context, a clinic.Actor, in *balanceQuery) (id clinic.PatientID, v desk.View, err error) {
	return s.looked(ctx, a, &statementQuery{ID: in.ID, AsOf: in.AsOf, KnownAt: in.KnownAt})
}

func (s *server) balance(ctx context.Context, a clinic.Actor, in *balanceQuery) (*answer[balance], error) {
	id, v, err := s.balanced(ctx, a, in)
	if err != nil {
		return nil, err
	}
	b, err := s.desk.Balance(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	return reply(balance{Balance: b.Balance, Deposits: b.Deposits, UncollectedCheques: b.Cheques, Overdue: b.Instalments.Overdue,
		OverdueCount: b.Instalments.OverdueCount, Upcoming: b.Instalments.Upcoming, Points: b.Points, Version: b.Version}), nil
}
