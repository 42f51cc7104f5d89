package policy_test

import (
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

func init() {
	// Each asks for a time of its own: every command ends an appointment.
	type office struct {
		w *world
		b clinic.BranchID
	}
	providers := map[office]clinic.ProviderID{}
	times := map[office]int{}
	records["{appointment}"] = func(w *world, at place) int64 {
		w.t.Helper()
		p, err := w.desk.Patient(w.t.Context(), w.manager, at.patient)
		must(w.t, err)
		here := office{w, p.Branch}
		if providers[here] == 0 {
			made, err := w.desk.SaveProvider(w.t.Context(), w.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر راد"}})
			must(w.t, err)
			providers[here] = made.ID
			for day := jalali.Saturday; day <= jalali.Friday; day++ {
				_, err := w.desk.SaveWorkShift(w.t.Context(), w.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: made.ID, Branch: p.Branch,
					Weekday: day, Until: 24 * 60, Capacity: 100}})
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
}
