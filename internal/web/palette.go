package web

import (
	"strings"
	"unicode/utf8"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// paletteRoutes: the command palette.
func (s *server) paletteRoutes() []route {
	return []route{people(page("/palette", SignedIn, "", s.palette))}
}

// paletteActions are what the palette offers beside patients and pages. One
// that needs a patient is offered while a window is open, one whose page is not
// of this site never is. Its text is palette.KEY.
var paletteActions = []struct {
	key, icon, letter string
	path              string // "{patient}" stands for the patient on show
	does              string // what the page does itself, instead of a path
	needs             clinic.Permission
}{
	{key: "cashier", icon: "banknote", letter: "P", path: "/patients/{patient}/cashier?tab=summary", needs: clinic.ReceiveMoney},
	{key: "admit", icon: "clipboard-pen", letter: "A", path: "/patients/{patient}/admit", needs: clinic.WriteAdmissions},
	{key: "edit", icon: "pencil", path: "/patients/{patient}/edit", needs: clinic.WritePatients},
	{key: "register", icon: "user-plus", letter: "N", path: "/patients/new", needs: clinic.WritePatients},
	{key: "lead", icon: "user-search", path: newLeadPath, needs: clinic.AddLeads},
	{key: "patient_lead", icon: "user-search", path: "/patients/{patient}/leads/new?tab=summary", needs: clinic.AddLeads},
	{key: "appointment", icon: "calendar-plus", path: "/appointments/new", needs: clinic.WriteAppointments},
	{key: "free", icon: "calendar", path: "/appointments/free", needs: clinic.ReadAppointments},
	{key: "queue", icon: "users", path: "/appointments?view=queue", needs: clinic.ReadAppointments},
	{key: "campaign", icon: "megaphone", path: "/campaigns/new", needs: clinic.WriteCampaigns},
	{key: "keys", icon: "keyboard", letter: "?", does: "keys", needs: SignedIn},
	{key: "theme", icon: "sun-moon", does: "theme", needs: SignedIn},
	{key: "language", icon: "languages", does: "language", needs: SignedIn},
	{key: "print", icon: "printer", does: "print", needs: SignedIn},
	{key: "logout", icon: "log-out", does: "logout", needs: SignedIn},
}

// mostOffered bounds how many patients the palette shows.
const mostOffered = 8

// GET /palette?q= offers patients, actions and pages for what was typed;
// ?patient= is whose window is open.
func (s *server) palette(v visit) error {
	query := strings.TrimSpace(v.r.FormValue("q"))
	p := view.Palette{L: v.l, Query: query, Short: utf8.RuneCountInString(query) == 1}
	found, more, err := s.offeredPatients(v, query)
	if err != nil {
		return err
	}
	p.More = more
	for _, g := range []view.PaletteGroup{{Key: "patients", Items: found}, {Key: "actions", Items: s.offeredActions(v, query)}, {Key: "pages", Items: offeredPages(v, query)}} {
		if len(g.Items) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return s.show(v, view.PaletteList(p))
}

// offeredPatients are the patients who match, as typed or, when there are
// none, as it would read on a Persian keyboard.
func (s *server) offeredPatients(v visit, query string) ([]view.PaletteItem, bool, error) {
	if query == "" || !v.actor.Can(clinic.ReadPatients) {
		return nil, false, nil
	}
	page, err := s.Desk.Patients(v.r.Context(), v.actor, desk.PatientQuery{Text: query, Limit: mostOffered})
	if err == nil && len(page.Items) == 0 && page.Suggest != "" {
		page, err = s.Desk.Patients(v.r.Context(), v.actor, desk.PatientQuery{Text: page.Suggest, Limit: mostOffered})
	}
	if err != nil {
		return nil, false, err
	}
	var items []view.PaletteItem
	for _, i := range page.Items {
		p := i.Patient
		item := view.PaletteItem{Text: p.Name(), Detail: v.l.T("palette.file", "file", v.l.Digits(p.FileNumber.String())), Icon: "scroll-text"}
		if n := len(p.Mobile); n > 4 {
			item.Detail += v.l.T("palette.mobile", "end", v.l.Digits(p.Mobile[n-4:]))
		}
		item.Patient, item.URL = id(p.ID), "/patients/"+id(p.ID)
		if v.actor.Can(clinic.ReadStatement) {
			item.URL = statementPath(p.ID, "summary")
		}
		if v.actor.Can(clinic.ReceiveMoney) {
			item.Alt = cashierPath(p.ID) + "?tab=summary"
		}
		items = append(items, item)
	}
	return items, page.More, nil
}

// offeredActions are the actions that match and that the person may do.
func (s *server) offeredActions(v visit, query string) (items []view.PaletteItem) {
	patient := whole(v.r.FormValue("patient"))
	for _, a := range paletteActions {
		about := strings.Contains(a.path, "{patient}")
		path, _, _ := strings.Cut(a.path, "?")
		if a.needs != SignedIn && !v.actor.Can(a.needs) || about && patient == 0 || path != "" && !s.pages[path] || !means(query, "palette."+a.key) {
			continue
		}
		items = append(items, view.PaletteItem{Text: v.l.T("palette." + a.key), Icon: a.icon, Letter: a.letter, Does: a.does,
			URL: strings.ReplaceAll(a.path, "{patient}", id(patient))})
	}
	return items
}

// offeredPages are the entries of the rail that match.
func offeredPages(v visit, query string) (items []view.PaletteItem) {
	for _, n := range navItems {
		if (n.needs == SignedIn || v.actor.Can(n.needs)) && !v.actor.Can(n.not) && means(query, "nav."+n.key) {
			items = append(items, view.PaletteItem{Text: v.l.T("nav." + n.key), Icon: n.icon, URL: n.path})
		}
	}
	return items
}

// means reports whether every word that was typed is in the text called key in
// some language, whatever spelling or keyboard it was typed with.
func means(query, key string) bool {
	var text strings.Builder
	for _, lang := range message.Langs() {
		text.WriteString(" " + farsi.Key(lang.Text(key)))
	}
	has := func(typed string) bool {
		words := farsi.QueryWords(typed)
		for _, word := range words {
			if !strings.Contains(text.String(), " "+word) {
				return false
			}
		}
		return len(words) > 0
	}
	return query == "" || has(query) || has(farsi.Keyboard(query))
}
