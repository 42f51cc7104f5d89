package web

import (
	"strconv"
	"strings"
	"time"

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
	{"admissions", "/admissions", "clipboard-list", clinic.ReadStatement, ""},
	{"appointments", appointmentsPath, "calendar-days", clinic.ReadAppointments, ""},
	{"activities", activitiesPath, "phone", clinic.ReadActivities, ""},
	{"leads", leadsPath, "user-search", clinic.ReadLeads, ""},
	{"messages", messagesPath, "message-square-text", clinic.ReadMessages, ""},
	{"campaigns", campaignsPath, "megaphone", clinic.ReadCampaigns, ""},
	{"till", "/cashier", "banknote", clinic.ReceiveMoney, ""},
	{"deposits", "/deposits", "piggy-bank", clinic.ReadMoney, ""},
	{"insurers", insurersPath, "landmark", clinic.ReadReports, ""},
	{"commissions", commissionsPath, "hand-coins", clinic.ReadCommissions, ""},
	{"club", clubPath, "gift", clinic.ReadClub, ""},
	{"cheques", "/cheques", "scroll-text", clinic.ReadMoney, ""},
	{"instalments", instalmentsPath, "calendar-clock", clinic.ReadMoney, ""},
	{"reports", reportsPath, "chart-column", clinic.ReadMoney, ""},
	{"audit", auditPath, "footprints", clinic.ReadAudit, ""},
	{"tariffs", "/settings/tariffs", "tag", clinic.ReadTariffs, clinic.WriteSettings},
	{"schedule", schedulePath, "calendar-cog", clinic.WriteSchedules, clinic.WriteSettings},
	{"staff", staffPath, "id-card", clinic.WriteStaff, ""},
	{"settings", "/settings", "settings", clinic.WriteSettings, ""},
	{"tickets", "/tickets", "life-buoy", clinic.WriteTickets, ""},
}

// offers reports whether the rail has the i-th entry for a person.
func offers(a clinic.Actor, i int) bool {
	n := navItems[i]
	return (n.needs == SignedIn || a.Can(n.needs)) && !a.Can(n.not)
}

// home is where a person starts: a doctor at the patients of today, others at
// the first entry of the rail that every clinic has.
func home(a clinic.Actor) string {
	if a.Role == clinic.Doctor && a.Can(clinic.ReadAppointments) {
		return appointmentsPath
	}
	for i, n := range navItems {
		if offers(a, i) && n.key != clubTab {
			return n.path
		}
	}
	return "/me"
}

// chrome is the frame of a page called title.
func (s *server) chrome(v visit, title string) view.Chrome {
	c := view.Chrome{L: v.l, Title: title, CSS: s.Assets.Path("app.css"), JS: s.Assets.Path("app.js"), Theme: preference(v.r, "theme"), Clinic: v.clinic.Name}
	if v.actor.Staff == 0 {
		return c
	}
	c.Page, c.Reports = clinic.PlainPage(v.r.URL.Path), v.actor.Can(clinic.WriteTickets)
	c.Live, c.User, c.Role = true, v.actor.Name, v.l.T("role."+string(v.actor.Role))
	c.Branch = v.at.Branch
	c.Session = &view.SessionWatch{Left: int(v.at.Left / time.Second), Final: v.at.Final, Person: id(v.actor.Staff), Username: v.at.Username}
	if v.actor.Can(clinic.ReadPatients) {
		c.News = strconv.FormatInt(v.news, 10)
	}
	for i, n := range navItems {
		if offers(v.actor, i) && (navItems[i].key != clubTab || v.clinic.Club) {
			item := view.NavItem{Text: v.l.T("nav." + n.key), URL: n.path, Icon: n.icon}
			if n.key == "tickets" {
				item.Waits = s.openTickets(v)
			}
			if n.key == "leads" {
				item.Waits = s.newLeads(v)
			}
			c.Nav = append(c.Nav, item)
		}
	}
	lightUp(c.Nav, v.r.URL.Path)
	return c
}

// lightUp marks the entry that the page belongs to: the one with the longest
// path that the page's begins with.
func lightUp(nav []view.NavItem, path string) {
	best := -1
	for i, n := range nav {
		if strings.HasPrefix(path, n.URL) && (best < 0 || len(n.URL) > len(nav[best].URL)) {
			best = i
		}
	}
	if best >= 0 {
		nav[best].On = true
	}
}
