package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	records["{shift}"] = func(w *world, at place) int64 { return w.shiftAt(at) }
	records["{day}"] = func(*world, place) int64 { return 14050901 }
	apiObjects["/api/v1/shifts/"] = "{shift}"
	for route, body := range map[string]string{
		"POST /api/v1/shifts/{id}/count":    `{"counts":[{"method":"cash","counted":0}],"dry_run":true}`,
		"POST /api/v1/shifts/{id}/handover": `{"amount":0,"to":"safe","dry_run":true}`,
		"POST /api/v1/shifts/{id}/confirm":  `{"dry_run":true}`,
		"POST /api/v1/shifts/{id}/reopen":   `{"reason":"x","dry_run":true}`,
		"POST /api/v1/days/{day}/close":     `{"dry_run":true}`,
		"POST /api/v1/days/{day}/reopen":    `{"reason":"x","dry_run":true}`,
		"POST /shifts/open":                 "request={key}&float=0",
		"POST /shifts/{shift}/count":        "request={key}",
		"POST /shifts/{shift}/handover":     "request={key}&amount=0",
		"POST /shifts/{shift}/confirm":      "request={key}",
		"POST /shifts/{shift}/reopen":       "request={key}",
		"POST /days/close":                  "request={key}&day=1405/12/01",
		"POST /days/{day}/reopen":           "request={key}",
	} {
		bodies[route] = body
	}
}

// shiftAt is the receptionist's shift, or that of somebody at the other branch.
func (w *world) shiftAt(at place) int64 {
	w.t.Helper()
	branch := w.manager.Branch
	if at == w.other {
		p, err := w.desk.Patient(w.t.Context(), w.manager, at.patient)
		must(w.t, err)
		branch = p.Branch
	}
	for range 2 {
		page, err := w.desk.ListShifts(w.t.Context(), w.manager, desk.ShiftQuery{Limit: 200})
		must(w.t, err)
		for _, s := range page.Items {
			if s.Branch == branch && (at == w.other || s.StaffName == "کارمند "+string(clinic.Receptionist)) {
				return int64(s.ID)
			}
		}
		w.hire(clinic.Receptionist, "north-desk", branch)
	}
	w.t.Fatal("there is no shift")
	return 0
}
