package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	records["{club_code}"] = func(w *world, at place) int64 {
		w.t.Helper()
		_, err := w.desk.AdjustPoints(w.t.Context(), w.manager, desk.AdjustPoints{Patient: at.patient, Points: 500, Note: "x"})
		must(w.t, err)
		done, err := w.desk.RedeemPoints(w.t.Context(), w.manager, desk.RedeemPoints{Patient: at.patient, Points: 100})
		must(w.t, err)
		return int64(done.Code.ID)
	}
	apiObjects["/api/v1/club/codes/"] = "{club_code}"
	bodies["POST /api/v1/patients/{id}/club/redeem"] = `{"points":100}`
	bodies["POST /api/v1/patients/{id}/club/adjust"] = `{"points":5,"note":"x"}`
	bodies["POST /api/v1/club/codes/{id}/return"] = `{}`
	bodies["POST /patients/{patient}/club/adjust"] = "request={key}&points_way=give&points=5&note=x"
}

// openClub switches the customer club on.
func (w *world) openClub() {
	w.t.Helper()
	c, err := w.desk.Clinic(w.t.Context(), w.manager.Clinic)
	must(w.t, err)
	c.Club = true
	_, err = w.desk.SaveClinic(w.t.Context(), w.manager, desk.Save[clinic.Clinic]{Row: c})
	must(w.t, err)
}
