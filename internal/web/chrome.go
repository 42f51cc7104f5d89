package web

import (
	"daftar/internal/web/view"
)

// chrome is the frame of a page called title.
func (s *server) chrome(v visit, title string) view.Chrome {
	c := view.Chrome{L: v.l, Title: title, CSS: s.Assets.Path("app.css"), JS: s.Assets.Path("app.js"), Theme: theme(v), Clinic: v.clinic.Name}
	if v.actor.Staff == 0 {
		return c
	}
	c.Live, c.User, c.Role = true, v.actor.Name, v.l.T("role."+string(v.actor.Role))
	c.Nav = []view.NavItem{{Text: v.l.T("nav.patients"), URL: "/patients", Icon: "users", On: true}}
	return c
}

// theme is what the person chose on this device.
func theme(v visit) string {
	cookie, err := v.r.Cookie("theme")
	if err != nil || cookie.Value != "light" && cookie.Value != "dark" {
		return ""
	}
	return cookie.Value
}
