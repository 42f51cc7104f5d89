package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	// A campaign that somebody of the place wrote.
	records["{campaign}"] = func(w *world, at place) int64 {
		w.t.Helper()
		p, err := w.desk.Patient(w.t.Context(), w.manager, at.patient)
		must(w.t, err)
		writer := w.manager
		writer.Role, writer.Branch = clinic.CRM, p.Branch
		c, err := w.desk.SaveCampaign(w.t.Context(), writer, desk.SaveCampaign{Title: "نوروز", Text: "{نام}"})
		must(w.t, err)
		return int64(c.ID)
	}
	for verb, body := range map[string]string{"schedule": `{"dry_run":true}`, "stop": `{"dry_run":true}`, "discard": `{"dry_run":true}`} {
		bodies["POST /api/v1/campaigns/{id}/"+verb] = body
	}
	bodies["POST /api/v1/campaigns"] = `{"title":"x","text":"x","dry_run":true}`
	apiObjects["/api/v1/campaigns/"] = "{campaign}"
}
