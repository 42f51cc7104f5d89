package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/web/view"
)

// navItems are the entries of the rail, each for who may open it. A feature
// adds its own as a row; its text is nav.KEY. Who holds the right not reaches it
// by another entry.
var navItems = []struct {
	key, path, icon string
	needs, not      clinic.Permission
}{
	{"patients", "/patients", "users", clinic.ReadPatients, ""},
	{"tariffs", "/settings/tariffs", "tag", clinic.ReadTariffs, clinic.WriteSettings},
	{"settings", "/settings", "settings", clinic.WriteSettings, ""},
	{"tickets", "/tickets", "life-buoy", clinic.WriteTickets, ""},
}

// chrome is the frame of a page called title.
func (s *server) chrome(v visit, title string) view.Chrome {
	c := view.Chrome{L: v.l, Title: title, CSS: s.Assets.Path("app.css"), JS: s.Assets.Path("app.js"), Theme: theme(v), Clinic: v.clinic.Name}
	if v.actor.Staff == 0 {
		return c
	}
	c.Page, c.Reports = clinic.PlainPage(v.r.URL.Path), v.actor.Can(clinic.WriteTickets)
	c.Live, c.User, c.Role = true, v.actor.Name, v.l.T("role."+string(v.actor.Role))
	for _, n := range navItems {
		if (n.needs == SignedIn || v.actor.Can(n.needs)) && !v.actor.Can(n.not) {
			item := view.NavItem{Text: v.l.T("nav." + n.key), URL: n.path, Icon: n.icon, On: strings.HasPrefix(v.r.URL.Path, n.path)}
			if n.key == "tickets" {
				item.Waits = s.openTickets(v)
			}
			c.Nav = append(c.Nav, item)
		}
	}
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
