package policy_test

import (
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

func init() {
	// Each record has a time of its own: most commands end an appointment.
	type office struct {
		w *world
		b clinic.BranchID
	}
	providers, times := map[office]clinic.ProviderID{}, map[office]int{}
	records["{appointment}"] = func(w *world, at place) int64 {
		w.t.Helper()
		p, err := w.desk.Patient(w.t.Context(), w.manager, at.patient)
		must(w.t, err)
		here := office{w, p.Branch}
		if providers[here] == 0 {
			providers[here] = w.treater()
			for day := jalali.Saturday; day <= jalali.Friday; day++ {
				_, err := w.desk.SaveWorkShift(w.t.Context(), w.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: providers[here],
					Branch: p.Branch, Weekday: day, Until: 24 * 60, Capacity: 100}})
				must(w.t, err)
			}
		}
		times[here]++
		starts := w.now.Truncate(time.Hour).Add(time.Duration(1+times[here]/90) * time.Hour)
		done, err := w.desk.Book(w.t.Context(), w.manager, desk.Book{Patient: at.patient, Provider: providers[here], Starts: starts, Minutes: 5})
		must(w.t, err)
		return int64(done.Appointment.ID)
	}
	records["{wait}"] = func(w *world, at place) int64 {
		w.t.Helper()
		line, err := w.desk.JoinWaitlist(w.t.Context(), w.manager, desk.JoinWaitlist{Wait: clinic.Wait{Patient: at.patient}})
		must(w.t, err)
		return int64(line.ID)
	}
	records["{provider}"] = func(w *world, _ place) int64 { return int64(w.treater()) }
	records["{resource}"] = func(w *world, _ place) int64 {
		w.keys++
		made, err := w.desk.SaveResource(w.t.Context(), w.manager, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: w.manager.Branch, Kind: clinic.Room,
			Code: fmt.Sprint("api-room-", w.keys), Name: "اتاق"}})
		must(w.t, err)
		return int64(made.ID)
	}
	records["{work_shift}"] = func(w *world, _ place) int64 {
		made, err := w.desk.SaveWorkShift(w.t.Context(), w.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: w.treater(),
			Branch: w.manager.Branch, From: 9 * 60, Until: 13 * 60}})
		must(w.t, err)
		return int64(made.ID)
	}
	records["{exception}"] = func(w *world, _ place) int64 {
		made, err := w.desk.SaveException(w.t.Context(), w.manager, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave,
			Provider: w.treater(), First: "2026-12-02", Reason: "همایش"}})
		must(w.t, err)
		return int64(made.ID)
	}
}

func init() {
	for folder, record := range map[string]string{"appointments": "{appointment}", "waitlist": "{wait}", "providers": "{provider}", "resources": "{resource}",
		"work-shifts": "{work_shift}", "schedule-exceptions": "{exception}"} {
		apiObjects["/api/v1/"+folder+"/"] = record
	}
	for route, body := range map[string]string{
		"POST /api/v1/appointments":                    `{"patient_id":"{patient}","provider_id":"1","starts":"2026-12-01T08:00:00Z","minutes":-5}`,
		"POST /api/v1/appointments/series":             `{"patient_id":"{patient}","provider_id":"1","starts":"2026-12-01T08:00:00Z","minutes":-5,"sessions":3,"every_days":7}`,
		"POST /api/v1/appointments/{id}/confirm":       `{}`,
		"POST /api/v1/appointments/{id}/check-in":      `{}`,
		"POST /api/v1/appointments/{id}/undo-check-in": `{}`,
		"POST /api/v1/appointments/{id}/admit":         `{}`,
		"POST /api/v1/appointments/{id}/cancel":        `{"reason":"x"}`,
		"POST /api/v1/appointments/{id}/no-show":       `{}`,
		"POST /api/v1/appointments/{id}/reschedule":    `{"starts":"2026-12-01T08:00:00Z"}`,
		"POST /api/v1/appointments/{id}/restore":       `{}`,
		"POST /api/v1/appointments/{id}/in-error":      `{}`,
		"POST /api/v1/appointments/bulk-cancel":        `{"first":"2026-12-01","reason":"x","dry_run":true}`,
		"POST /api/v1/waitlist":                        `{"patient_id":"{patient}","dry_run":true}`,
		"POST /api/v1/waitlist/{id}/leave":             `{}`,
		"POST /api/v1/resources":                       `{"kind":"room","code":"policy","name":"x","dry_run":true}`,
		"PATCH /api/v1/resources/{id}":                 `{"name":"y"}`,
		"POST /api/v1/work-shifts":                     `{"weekday":"monday"}`,
		"PATCH /api/v1/work-shifts/{id}":               `{"until":"12:00"}`,
		"POST /api/v1/schedule-exceptions":             `{"kind":"closure","first":"2026-12-01","dry_run":true}`,
		"PATCH /api/v1/schedule-exceptions/{id}":       `{"reason":"y"}`,
		"POST /api/v1/holidays":                        `{"dry_run":true}`,
		"POST /api/v1/providers/{id}/services":         `{"service_ids":["{service}"]}`,
		"POST /api/v1/patients/{id}/activities":        `{"kind":"visit","subject":"x"}`,
		"POST /api/v1/activities/{id}/complete":        `{}`,
	} {
		bodies[route] = body
	}
}

// treater is somebody new who treats.
func (w *world) treater() clinic.ProviderID {
	w.t.Helper()
	w.keys++
	made, err := w.desk.SaveProvider(w.t.Context(), w.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: fmt.Sprint("دکتر ", w.keys)}})
	must(w.t, err)
	return made.ID
}
