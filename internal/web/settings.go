package web

import (
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// settingsRoutes: what the clinic offers and how it works.
func (s *server) settingsRoutes() []route {
	return []route{
		page("/settings", clinic.WriteSettings, "", s.settings),
		page("/settings/clinic", clinic.WriteSettings, "", s.clinicForm),
		form("/settings/clinic", clinic.WriteSettings, "", s.saveClinic),
		page("/settings/money", clinic.WriteSettings, "", s.moneyForm),
		form("/settings/money", clinic.WriteSettings, "", s.saveMoney),
		page("/settings/tariffs", clinic.ReadTariffs, "", s.priceList),
		page("/settings/tariffs/{service}", clinic.ReadTariffs, "service", s.tariffs),
		form("/settings/tariffs/{service}", clinic.WriteSettings, "service", s.addTariff),
		page("/settings/{kind}", clinic.WriteSettings, "", s.settingList),
		form("/settings/{kind}", clinic.WriteSettings, "", s.saveSetting),
		page("/settings/{kind}/{row}", clinic.WriteSettings, "setting", s.settingForm),
		form("/settings/{kind}/{row}", clinic.WriteSettings, "setting", s.saveSetting),
	}
}

// setting is one kind of rows. One list and one form serve them all; what a
// field means and what is allowed is for the desk's own method to say.
type setting struct {
	kind, icon string
	columns    []string // keys of the headings beside the name
	numbers    []bool   // of the columns that hold numbers
	rows       func(v visit, all desk.SettingRows) []view.SettingRow
	// values of the row of that id as they are typed, and its version; for the
	// id 0 those of a new row; false when there is none.
	values func(v visit, all desk.SettingRows, row int64) (*typed, int64, bool)
	groups func(v visit, all desk.SettingRows, t *typed, isNew bool) []view.SettingFields
	// save reads what was typed and, when all of it can be read, asks the desk;
	// it answers the id of the row.
	save func(s *server, v visit, row int64, t *typed) (int64, error)
}

// settingOf is the kind that the path names. NotFound page.none.
func settingOf(v visit) (setting, error) {
	kind := v.r.PathValue("kind")
	for _, k := range settingKinds {
		if k.kind == kind {
			return k, nil
		}
	}
	return setting{}, noPage()
}

func noPage() error { return fault.New(fault.NotFound, "page.none", "there is no such page") }

// rowOf is the id that the path names, 0 for a new row, which is /new or no
// segment at all. NotFound page.none.
func rowOf(v visit) (int64, error) {
	text := v.r.PathValue("row")
	if text == "" || text == "new" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0, noPage()
	}
	return n, nil
}

// GET /settings
func (s *server) settings(v visit) error {
	all, err := s.Desk.SettingRows(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.Settings{Chrome: s.chrome(v, v.l.T("settings.title"))}
	for _, g := range settingGroups {
		group := view.SettingGroup{Title: v.l.T("settings.group." + g.name)}
		for _, kind := range g.kinds {
			link := view.SettingLink{Title: v.l.T("settings." + kind), Text: v.l.T("settings." + kind + ".text"), Icon: g.icon, URL: "/settings/" + kind, Count: -1}
			if i := slices.IndexFunc(settingKinds, func(k setting) bool { return k.kind == kind }); i >= 0 {
				link.Icon = settingKinds[i].icon
				on := slices.DeleteFunc(settingKinds[i].rows(v, all), func(r view.SettingRow) bool { return r.Off })
				link.Count = len(on)
			}
			group.Items = append(group.Items, link)
		}
		p.Groups = append(p.Groups, group)
	}
	return s.show(v, view.SettingsPage(p))
}

// GET /settings/{kind}
func (s *server) settingList(v visit) error {
	k, err := settingOf(v)
	if err != nil {
		return err
	}
	all, err := s.Desk.SettingRows(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("settings." + k.kind)
	p := view.SettingList{Chrome: s.chrome(v, title), Title: title, Text: v.l.T("settings." + k.kind + ".text"),
		New: "/settings/" + k.kind + "/new", Numbers: k.numbers, Rows: k.rows(v, all), Overview: true}
	for _, c := range k.columns {
		p.Columns = append(p.Columns, v.l.T(c, "unit", v.l.Unit()))
	}
	saved := v.r.URL.Query().Get("saved")
	for i, r := range p.Rows {
		p.Rows[i].URL = "/settings/" + k.kind + "/" + r.ID
		if r.ID == saved {
			p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", r.Name)}
		}
	}
	slices.SortStableFunc(p.Rows, func(a, b view.SettingRow) int { return bit(a.Off) - bit(b.Off) })
	return s.show(v, view.SettingListPage(p))
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// GET /settings/{kind}/{row}; the row may be new
func (s *server) settingForm(v visit) error {
	k, err := settingOf(v)
	if err != nil {
		return err
	}
	row, err := rowOf(v)
	if err != nil {
		return err
	}
	all, err := s.Desk.SettingRows(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	values, version, found := k.values(v, all, row)
	if !found {
		return noPage()
	}
	return s.show(v, view.SettingFormPage(s.formOf(v, k, all, row, version, values)))
}

// formOf is the form of a row with what was typed.
func (s *server) formOf(v visit, k setting, all desk.SettingRows, row, version int64, t *typed) view.SettingForm {
	list := v.l.T("settings." + k.kind)
	f := view.SettingForm{Parent: list, Back: "/settings/" + k.kind, Action: "/settings/" + k.kind, Request: s.RequestKey(),
		Title: v.l.T("settings.new.title", "kind", list), Groups: k.groups(v, all, t, row == 0), Problems: t.problems}
	if row != 0 {
		f.Title, f.Action, f.Version = t.text("name"), f.Back+"/"+id(row), id(version)
		if k.kind == "services" {
			f.More = &view.SettingMore{Text: v.l.T("settings.tariffs"), URL: "/settings/tariffs/" + id(row)}
		}
		if k.kind == "providers" && v.actor.Can(clinic.WriteSchedules) {
			f.More = &view.SettingMore{Text: v.l.T("schedule.services"), URL: address(schedulePath+"/services/"+id(row), "then", f.Action)}
		}
	}
	f.Chrome = s.chrome(v, f.Title)
	return f
}

// POST /settings/{kind} and /settings/{kind}/{row}
func (s *server) saveSetting(v visit) error {
	k, err := settingOf(v)
	if err != nil {
		return err
	}
	row, err := rowOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	kept, err := k.save(s, v, row, t)
	if err == nil && len(t.problems) == 0 {
		return redirect(v, address("/settings/"+k.kind, "saved", id(kept)))
	}
	all, failed := s.Desk.SettingRows(v.r.Context(), v.actor)
	if failed != nil {
		return failed
	}
	stored, version, found := k.values(v, all, row)
	if !found {
		return noPage()
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	if !stale {
		version = t.version()
	}
	f := s.formOf(v, k, all, row, version, t)
	if f.Stale = stale; stale {
		tellNow(v, f.Groups, stored)
	}
	s.write(v, code, view.SettingFormPage(f))
	return nil
}
