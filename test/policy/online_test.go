package policy_test

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	// The clinic of the test does not let the public book, and has no feed: for
	// everybody alike these pages are not there.
	for _, route := range site() {
		if _, path, _ := strings.Cut(route, " "); strings.HasPrefix(path, "/book") || strings.HasPrefix(path, "/pay/") || strings.HasPrefix(path, "/feeds/") {
			mayBeEmpty[route] = true
		}
	}
	records["{feed}"] = func(w *world, _ place) int64 {
		w.t.Helper()
		schedule, err := w.desk.Schedule(w.t.Context(), w.manager)
		must(w.t, err)
		provider := clinic.ProviderID(0)
		if len(schedule.Providers) > 0 {
			provider = schedule.Providers[0].ID
		} else {
			added, err := w.desk.SaveProvider(w.t.Context(), w.manager, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر"}})
			must(w.t, err)
			provider = added.ID
		}
		_, err = w.desk.MakeFeed(w.t.Context(), w.manager, provider)
		must(w.t, err)
		feeds, err := w.desk.Feeds(w.t.Context(), w.manager)
		must(w.t, err)
		return int64(feeds.Feeds[len(feeds.Feeds)-1].ID)
	}
}
