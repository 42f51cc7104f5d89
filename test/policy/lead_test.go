package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	// A lead of the person of the place; of one's own branch the doctor recorded it
	// when it is the doctor who asks.
	records["{lead}"] = func(w *world, at place) int64 {
		w.t.Helper()
		as := w.manager
		if w.asked == clinic.Doctor && at == w.own {
			all, err := w.desk.Staff(w.t.Context(), w.manager)
			must(w.t, err)
			for _, s := range all {
				if s.Username == string(clinic.Doctor) {
					as.Staff, as.Role = s.ID, clinic.Doctor
				}
			}
		}
		l, err := w.desk.RecordLead(w.t.Context(), as, desk.RecordLead{Lead: clinic.Lead{Patient: at.patient}})
		must(w.t, err)
		return int64(l.ID)
	}
	apiObjects["/api/v1/leads/"] = "{lead}"
	for path, body := range map[string]string{
		"POST /api/v1/leads":                 `{"name":"x","mobile":"09120000009","dry_run":true}`,
		"POST /api/v1/leads/{id}/state":      `{"state":"following","dry_run":true}`,
		"POST /api/v1/leads/{id}/edit":       `{"note":"x","dry_run":true}`,
		"POST /api/v1/leads/{id}/convert":    `{"patient_id":"{second}","dry_run":true}`,
		"POST /api/v1/leads/{id}/activities": `{"kind":"call_out","subject":"x","dry_run":true}`,
		"POST /leads/{lead}/convert":         "patient={second}&request={key}",
		"POST /leads/{lead}/state":           "state=following&request={key}",
		"POST /leads/{lead}/edit":            "request={key}",
		"POST /leads/{lead}/activities/new":  "kind=call_out&subject=x&request={key}",
		"POST /patients/{patient}/leads/new": "request={key}",
		"POST /leads/new":                    "name=x&mobile=09120000009&request={key}",
	} {
		bodies[path] = body
	}
	mayBeEmpty["GET /contact"], mayBeEmpty["GET /contact/{clinic}"], mayBeEmpty["POST /contact/{clinic}"], mayBeEmpty["GET /contact/{clinic}/done"] = true, true, true, true
}
