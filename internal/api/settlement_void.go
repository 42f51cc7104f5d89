package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// patientEffect is what a command did to one of several patients' accounts.
type patientEffect struct {
	PatientID string   `json:"patient_id"`
	Name      string   `json:"name"`
	Before    Position `json:"before"`
	After     Position `json:"after"`
}

// voidedSettlement is the answer to POST /settlements/{id}/void.
type voidedSettlement struct {
	Settlement settlement      `json:"settlement"`
	Patients   []patientEffect `json:"patients" doc:"whose balance it changes"`
	Effect
}

// voidedCommission is the answer to POST /commissions/settlements/{id}/void.
type voidedCommission struct {
	Settlement commissionSettlement `json:"settlement"`
	Earner     earner               `json:"earner"`
	Effect
}

// addSettlementVoids registers the calls that take settlements back.
func (s *server) addSettlementVoids() {
	add(s, call{method: http.MethodPost, path: "/settlements/{id}/void", right: clinic.SettleInsurers, touches: aboutMoney, object: "settlement",
		says: "Void a settlement of an insurer as a whole, dated today"}, s.voidSettlement)
	add(s, call{method: http.MethodPost, path: "/commissions/settlements/{id}/void", right: clinic.SettleCommissions, touches: aboutMoney, object: "settlement",
		says: "Void a settlement of commission, dated today; cash comes back into the caller's drawer, or into the safe"}, s.voidCommission)
}

func (s *server) voidSettlement(ctx context.Context, a clinic.Actor, in *postTo[voidForm]) (*answer[voidedSettlement], error) {
	form, id, request, err := asked[clinic.SettlementID](in, "settlement")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.VoidSettlement(ctx, a, desk.VoidSettlement{Settlement: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	shown := voidedSettlement{Settlement: showSettlement(done.Settlement), Patients: []patientEffect{}, Effect: showEffect(a, done.Effect)}
	for _, p := range done.Patients {
		shown.Patients = append(shown.Patients, patientEffect{name(p.Patient.ID), p.Patient.Name(), showPosition(a, p.Before), showPosition(a, p.After)})
	}
	return reply(shown), nil
}

func (s *server) voidCommission(ctx context.Context, a clinic.Actor, in *postTo[voidForm]) (*answer[voidedCommission], error) {
	form, id, request, err := asked[clinic.CommissionID](in, "settlement")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.VoidCommission(ctx, a, desk.VoidCommission{Settlement: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(voidedCommission{showCommissionSettlement(done.Settlement.CommissionSettlement, true), showEarner(done.Earner), showEffect(a, done.Effect)}), nil
}
