package policy_test

import (
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	records["{provider}"] = func(w *world, _ place) int64 { return int64(w.provider()) }
	records["{work_shift}"] = func(w *world, _ place) int64 {
		made, err := w.desk.SaveWorkShift(w.t.Context(), w.manager, desk.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: w.provider(),
			Branch: w.manager.Branch, From: 9 * 60, Until: 13 * 60}})
		must(w.t, err)
		return int64(made.ID)
	}
	records["{exception}"] = func(w *world, _ place) int64 {
		made, err := w.desk.SaveException(w.t.Context(), w.manager, desk.Save[clinic.Exception]{Row: clinic.Exception{Kind: clinic.Leave,
			Provider: w.provider(), First: "2026-12-02", Reason: "همایش"}})
		must(w.t, err)
		return int64(made.ID)
	}
	records["{resource}"] = func(w *world, _ place) int64 {
		w.keys++
		made, err := w.desk.SaveResource(w.t.Context(), w.manager, desk.Save[clinic.Resource]{Row: clinic.Resource{Branch: w.manager.Branch, Kind: clinic.Room,
			Code: fmt.Sprint("room-", w.keys), Name: "اتاق"}})
		must(w.t, err)
		return int64(made.ID)
	}
	records["{holiday}"] = func(w *world, _ place) int64 {
		_, err := w.desk.SaveHolidays(w.t.Context(), w.manager, desk.SaveHolidays{Set: []clinic.Holiday{{Day: "2026-12-31", Name: "تعطیل"}}})
		must(w.t, err)
		return 14051010
	}
	for _, route := range []string{"/settings/schedule/shifts/new", "/settings/schedule/shifts/{work_shift}", "/settings/schedule/copy",
		"/settings/schedule/services/{provider}", "/settings/schedule/exceptions/new", "/settings/schedule/exceptions/{exception}",
		"/settings/holidays/import", "/settings/holidays/official", "/settings/holidays/new", "/settings/holidays/{holiday}",
		"/settings/holidays/{holiday}/remove", "/settings/resources/new", "/settings/resources/{resource}"} {
		bodies["POST "+route] = "request={key}"
	}
	bodies["POST /appointments/cancel-many"] = "request={key}&first=1405/09/10&words=x"
}

// provider is somebody new who treats.
func (w *world) provider() clinic.ProviderID {
	w.t.Helper()
	w.keys++
	made, err := w.desk.SaveProvider(w.t.Context(), w.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: fmt.Sprint("دکتر ", w.keys)}})
	must(w.t, err)
	return made.ID
}
