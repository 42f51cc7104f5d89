package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/web/view"
)

// navItems are the entries of the rail, each for who may open it. A feature
// adds its own as a row; its text is nav.KEY.
var navItems = []struct {
	key, path, icon string
	needs           clinic.Permission
}{
	{"patients", "/patients", "users", clinic.ReadPatients},
}

// chrome is the frame of a page called title.
func (s *server) chrome(v visit, title string) view.Chrome {
	c := view.Chrome{L: v.l, Title: title, CSS: s.Assets.Path("app.css"), JS: s.Assets.Path("app.js"), Theme: preference(v.r, "theme"), Clinic: v.clinic.Name}
	if v.actor.Staff == 0 {
		return c
	}
	c.Live, c.User, c.Role = true, v.actor.Name, v.l.T("role."+string(v.actor.Role))
	if v.actor.Can(clinic.ReadPatients) {
		c.News = strconv.FormatInt(v.news, 10)
	}
	for _, n := range navItems {
		if n.needs == SignedIn || v.actor.Can(n.needs) {
			c.Nav = append(c.Nav, view.NavItem{Text: v.l.T("nav." + n.key), URL: n.path, Icon: n.icon, On: strings.HasPrefix(v.r.URL.Path, n.path)})
		}
	}
	return c
}
