package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	// One deposit of each person is enough: nothing here changes it.
	type whose struct {
		w *world
		p clinic.PatientID
	}
	made := map[whose]int64{}
	records["{deposit}"] = func(w *world, at place) int64 {
		w.t.Helper()
		if d := made[whose{w, at.patient}]; d != 0 {
			return d
		}
		done, err := w.desk.TakeDeposit(w.t.Context(), w.manager, desk.TakeDeposit{Patient: at.patient, Amount: 1000})
		must(w.t, err)
		made[whose{w, at.patient}] = int64(done.Deposit.ID)
		return int64(done.Deposit.ID)
	}
	apiObjects["/api/v1/deposits/"] = "{deposit}"
	for route, body := range map[string]string{
		"POST /api/v1/patients/{id}/deposits":          `{"amount":1000}`,
		"POST /api/v1/patients/{id}/credit-to-deposit": `{"amount":1000}`,
		"POST /api/v1/deposits/{id}/receive":           `{"method":"cash","amount":1000,"dry_run":true}`,
		"POST /api/v1/deposits/{id}/withdraw":          `{"dry_run":true}`,
		"POST /api/v1/deposits/{id}/apply":             `{"admission_id":"{admission}"}`,
		"POST /api/v1/deposits/{id}/unapply":           `{}`,
		"POST /api/v1/deposits/{id}/to-account":        `{}`,
		"POST /api/v1/deposits/{id}/refund":            `{"reason":"x"}`,
		"POST /api/v1/deposits/{id}/forfeit":           `{"reason":"x"}`,
		"POST /api/v1/deposits/{id}/move":              `{"purpose":"x"}`,
	} {
		bodies[route] = body
	}
}
