package web

import (
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const feedsPath = "/settings/feeds"

// feedRoutes: the calendars that phones subscribe to.
func (s *server) feedRoutes() []route {
	return []route{
		page(feedsPath, clinic.WriteSchedules, "", s.feeds),
		form(feedsPath, clinic.WriteSchedules, "", s.makeFeed),
		form(feedsPath+"/{feed}/revoke", clinic.WriteSchedules, "feed", s.revokeFeed),
	}
}

// GET /settings/feeds
func (s *server) feeds(v visit) error { return s.showFeeds(v, http.StatusOK, "", nil) }

// showFeeds shows the feeds, with the address of one that was just made.
func (s *server) showFeeds(v visit, code int, made string, problems []view.FieldProblem) error {
	list, err := s.Desk.Feeds(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.Feeds{Chrome: s.chrome(v, v.l.T("settings.feeds")), Overview: v.actor.Can(clinic.WriteSettings), Made: made, Problems: problems,
		Provider: v.r.PostFormValue("provider")}
	if v.r.URL.Query().Get("revoked") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("feed.revoked")}
	}
	for _, f := range list.Feeds {
		p.Rows = append(p.Rows, view.FeedRow{ID: id(f.ID), Provider: f.ProviderName, Created: f.Created, By: f.StaffName})
	}
	for _, one := range list.Providers {
		p.Providers = append(p.Providers, view.Choice{Value: id(one.ID), Text: one.Name})
	}
	s.write(v, code, view.FeedsPage(p))
	return nil
}

// POST /settings/feeds shows the address once.
func (s *server) makeFeed(v visit) error {
	provider, err := strconv.ParseInt(v.r.PostFormValue("provider"), 10, 64)
	if err != nil {
		err = fault.New(fault.Invalid, "feed.provider", "whose calendar it is is missing").At("provider")
	}
	secret := ""
	if err == nil {
		secret, err = s.Desk.MakeFeed(v.r.Context(), v.actor, clinic.ProviderID(provider))
	}
	if fault.Code(err) == "provider.none" {
		err = fault.New(fault.Invalid, "feed.provider", "there is no such provider").At("provider")
	}
	if err != nil {
		return s.mend(v, err, func(code int, problems []view.FieldProblem) error { return s.showFeeds(v, code, "", problems) })
	}
	return s.showFeeds(v, http.StatusOK, s.home(v)+"/feeds/"+secret+".ics", nil)
}

// POST /settings/feeds/{feed}/revoke
func (s *server) revokeFeed(v visit) error {
	n, err := strconv.ParseInt(v.r.PathValue("feed"), 10, 64)
	if err != nil || n <= 0 {
		return noPage()
	}
	if err := s.Desk.RevokeFeed(v.r.Context(), v.actor, clinic.FeedID(n)); err != nil {
		return err
	}
	return redirect(v, feedsPath+"?revoked=1")
}
