package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	records["{activity}"] = func(w *world, at place) int64 {
		w.t.Helper()
		a, err := w.desk.AddActivity(w.t.Context(), w.manager, desk.AddActivity{Activity: clinic.Activity{Patient: at.patient, Kind: clinic.CallOut, Subject: "x"}})
		must(w.t, err)
		return int64(a.ID)
	}
	apiObjects["/api/v1/activities/"] = "{activity}"
	for verb, body := range map[string]string{"next": `{"due":"2099-01-01","dry_run":true}`, "reschedule": `{"due":"2099-01-01","dry_run":true}`,
		"cancel": `{"reason":"x","dry_run":true}`, "reopen": `{"dry_run":true}`} {
		bodies["POST /api/v1/activities/{id}/"+verb] = body
	}
}
