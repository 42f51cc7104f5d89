package policy_test

import (
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	apiObjects["/api/v1/commissions/"] = "{earner}"
	bodies["POST /api/v1/commissions/{id}/settle"] = `{"how":"account","amount":1,"dry_run":true}`
	bodies["POST /api/v1/commissions/{id}/rate"] = `{"rate":500}`
	bodies["POST /commissions/{earner}/settle"] = "request={key}&how=cash&amount=1"
	bodies["POST /commissions/{earner}/rate"] = "request={key}&rate=5"
	records["{earner}"] = func(w *world, at place) int64 {
		w.t.Helper()
		p, err := w.desk.Patient(w.t.Context(), w.manager, at.patient)
		must(w.t, err)
		w.keys++
		made, err := w.desk.RegisterPatient(w.t.Context(), w.manager, desk.RegisterPatient{Patient: clinic.Patient{
			FirstName: fmt.Sprint("بازاریاب ", w.keys), LastName: p.LastName, Branch: p.Branch, MarketerStatus: clinic.Marketing}})
		must(w.t, err)
		return int64(made.ID)
	}
}
