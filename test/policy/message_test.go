package policy_test

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

func init() {
	// A message that the service refused, to the person of the place.
	records["{message}"] = func(w *world, at place) int64 {
		w.t.Helper()
		ctx := w.t.Context()
		c, err := w.desk.Clinic(ctx, w.manager.Clinic)
		must(w.t, err)
		if !c.SMS {
			c.SMS = true
			_, err = w.desk.SaveClinic(ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
			must(w.t, err)
		}
		records["{appointment}"](w, at)
		_, err = w.desk.SendMessages(ctx, w.manager.Clinic, func(context.Context, clinic.Message) error {
			return fault.New(fault.Refused, "message.refused", "no such number")
		})
		must(w.t, err)
		all, err := w.desk.Messages(ctx, w.manager, desk.MessageQuery{Status: clinic.MessageFailed, Patient: at.patient})
		must(w.t, err)
		return int64(all.Items[0].ID)
	}
	bodies["POST /api/v1/messages/{id}/retry"] = `{"dry_run":true}`
	apiObjects["/api/v1/messages/"] = "{message}"
}
