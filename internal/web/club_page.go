package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// GET /club?page= is what the club owes its members, who they are, and what was
// given, spent and lapsed by month.
func (s *server) clubPage(v visit) error {
	a := readAddress(v.r, clubPath, "page")
	n, _ := strconv.Atoi(a.get("page"))
	found, err := s.Desk.ClubReport(v.r.Context(), v.actor, max(n, 0))
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("club.title")), Name: "club", Title: v.l.T("club.title"), Text: v.l.T("club.text"), Count: found.Count,
		Empty: v.l.T("club.nobody"), Print: true, Chart: clubChart(v, found.Months)}
	p.Sums = []view.Fact{{Label: v.l.T("club.outstanding"), Value: signed(v, found.Points)},
		{Label: v.l.T("club.liability"), Value: v.l.Amount(found.Worth), Unit: v.l.Unit(), Note: v.l.T("club.liability.note", "amount", v.l.Amount(v.clinic.ClubRules.Worth), "unit", v.l.Unit())}}
	for _, c := range []struct {
		key          string
		amount, wide bool
	}{{"patients.name", false, false}, {"club.left", true, false}, {"club.level", false, false}, {"club.lifetime.title", true, true}, {"club.worth", true, true}} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T(c.key), Amount: c.amount, Wide: c.wide})
	}
	for _, m := range found.Members {
		p.Rows = append(p.Rows, view.TableRow{ID: "member-" + id(m.ID), Cells: []view.TableCell{personCell(v, "member-"+id(m.ID), m.Patient), {Text: signed(v, m.Points)},
			{Text: m.Level.Name, Persian: true}, {Text: signed(v, m.Lifetime)}, amountCell(worth(v, max(m.Points, 0)))}})
	}
	if n > 0 {
		p.Newer = address(clubPath, "page", strconv.Itoa(n-1))
	}
	if found.More {
		p.Older = address(clubPath, "page", strconv.Itoa(n+1))
	}
	p.Groups = []view.TableGroup{clubMonths(v, found.Months)}
	return s.show(v, view.TablePageView(p))
}

// clubChart is points given and spent by month.
func clubChart(v visit, months []desk.ClubMonth) *view.BarChart {
	chart := &view.BarChart{Title: v.l.T("club.chart"), First: v.l.T("club.given"), Second: v.l.T("club.spent")}
	for _, m := range months {
		chart.Bars = append(chart.Bars, view.Bar{Label: v.l.Digits(strconv.Itoa(m.Month.Month)), First: money.Amount(max(m.Given, 0)), Second: money.Amount(max(m.Spent, 0)),
			Says: v.l.T("club.bar", "month", v.l.Month(m.Month.Civil()), "given", signed(v, m.Given), "spent", signed(v, m.Spent))})
	}
	return chart
}

// clubMonths says the same in words.
func clubMonths(v visit, months []desk.ClubMonth) view.TableGroup {
	g := view.TableGroup{Title: v.l.T("club.months"), Columns: []view.TableColumn{{Text: v.l.T("club.month")}, {Text: v.l.T("club.given"), Amount: true},
		{Text: v.l.T("club.spent"), Amount: true}, {Text: v.l.T("club.expired"), Amount: true}}}
	for i := len(months) - 1; i >= 0; i-- {
		m := months[i]
		g.Rows = append(g.Rows, view.TableRow{ID: "month-" + m.Month.String(), Cells: []view.TableCell{{Text: v.l.Month(m.Month.Civil())}, {Text: signed(v, m.Given)},
			{Text: signed(v, m.Spent)}, {Text: signed(v, m.Expired)}}})
	}
	return g
}

// GET /settings/club
func (s *server) clubForm(v visit) error {
	p := s.clubSettings(v, v.clinic.Version, clubValues(v, v.clinic))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("settings.club"))}
	}
	return s.show(v, view.SettingFormPage(p))
}

// clubValues is the club as its form shows it.
func clubValues(v visit, c clinic.Clinic) *typed {
	r := c.ClubRules
	n := func(n int64) string { return v.l.Digits(strconv.FormatInt(n, 10)) }
	t := filled(v, "club", onText(c.Club), "per", amountText(v, r.Per), "worth", amountText(v, r.Worth), "points_days", n(int64(r.Days)), "least", n(r.Least), "most", n(r.Most),
		"code_days", n(int64(r.CodeDays)), "birthday", n(r.Birthday.Points), "birthday_days", n(int64(r.Birthday.Days)), "anniversary", n(r.Anniversary.Points),
		"anniversary_days", n(int64(r.Anniversary.Days)), "introduction", n(r.Introduction.Points), "introduction_days", n(int64(r.Introduction.Days)))
	for i, l := range r.Levels {
		if at := strconv.Itoa(i); l.Name != "" {
			t.values["level_"+at], t.values["level_from_"+at] = l.Name, n(l.From)
		}
	}
	return t
}

// clubRules reads the form.
func (t *typed) clubRules(r clinic.ClubRules) clinic.ClubRules {
	r.Per, r.Worth, r.Days = t.amount("per"), t.amount("worth"), t.number("points_days")
	r.Least, r.Most, r.CodeDays = int64(t.number("least")), int64(t.number("most")), t.number("code_days")
	gift := func(name string) clinic.Gift {
		return clinic.Gift{Points: int64(t.number(name)), Days: t.number(name + "_days")}
	}
	r.Birthday, r.Anniversary, r.Introduction = gift("birthday"), gift("anniversary"), gift("introduction")
	for i := range r.Levels {
		at := strconv.Itoa(i)
		r.Levels[i] = clinic.ClubLevel{Name: t.text("level_" + at), From: int64(t.number("level_from_" + at))}
	}
	return r
}

// clubSettings is the form with what was typed.
func (s *server) clubSettings(v visit, version int64, t *typed) view.SettingForm {
	field := func(name, kind string) view.SettingField {
		f := input(v, t, name)
		if kind == "" {
			f = numeric(f)
		}
		if f.Kind = kind; kind == view.AmountField {
			if text := t.text(name); text != "" {
				f.Amount, _ = amount(v, text)
			}
		}
		return f
	}
	on := field("club", view.SwitchField)
	on.Wide, on.Hint = true, v.l.T("settings.field.club.hint")
	var levels []view.SettingField
	for i := range 3 {
		at := strconv.Itoa(i)
		name, from := input(v, t, "level_"+at), field("level_from_"+at, "")
		name.Label, from.Label = v.l.T("settings.field.level"), v.l.T("settings.field.level_from")
		levels = append(levels, name, from)
	}
	title := v.l.T("settings.club")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: "/settings/club", Request: s.RequestKey(),
		Version: id(version), Problems: t.problems, Groups: []view.SettingFields{
			{Fields: []view.SettingField{on}},
			{Title: v.l.T("settings.club.earn"), Fields: []view.SettingField{field("per", view.AmountField), field("points_days", "")}},
			{Title: v.l.T("settings.club.spend"), Fields: []view.SettingField{field("worth", view.AmountField), field("code_days", ""), field("least", ""), field("most", "")}},
			{Title: v.l.T("settings.club.gifts"), Fields: []view.SettingField{field("birthday", ""), field("birthday_days", ""), field("anniversary", ""), field("anniversary_days", ""),
				field("introduction", ""), field("introduction_days", "")}},
			{Title: v.l.T("settings.club.levels"), Fields: levels},
		}}
}

// POST /settings/club
func (s *server) saveClub(v visit) error {
	t := readTyped(v)
	c := v.clinic
	c.Club, c.ClubRules, c.Version = t.on("club"), t.clubRules(c.ClubRules), t.version()
	var err error
	if len(t.problems) == 0 {
		if _, err = s.Desk.SaveClinic(v.r.Context(), v.actor, desk.Save[clinic.Clinic]{Row: c, Request: requestOf(v)}); err == nil {
			return redirect(v, "/settings/club?saved=1")
		}
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	now, err := s.Desk.Clinic(v.r.Context(), v.clinic.ID)
	if err != nil {
		return err
	}
	version := t.version()
	if stale {
		version = now.Version
	}
	p := s.clubSettings(v, version, t)
	if p.Stale = stale; stale {
		tellNow(v, p.Groups, clubValues(v, now))
	}
	s.write(v, code, view.SettingFormPage(p))
	return nil
}
