package web

import (
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

const holidaysPath = "/settings/holidays"

// holidayRoutes: the holidays of a year.
func (s *server) holidayRoutes() []route {
	imports := settingSheet(s.sheetRoutes(holidaysPath+"/import", clinic.WriteSchedules, "", s.importHolidaysSheet))
	for i := range imports {
		if imports[i].Method == "POST" {
			imports[i] = withFiles(imports[i])
		}
	}
	return slices.Concat([]route{page(holidaysPath, clinic.WriteSchedules, "", s.holidays)}, imports,
		settingSheet(s.sheetRoutes(holidaysPath+"/official", clinic.WriteSchedules, "", s.officialHolidaysSheet)),
		settingSheet(s.sheetRoutes(holidaysPath+"/new", clinic.WriteSchedules, "", s.newHolidaySheet)),
		settingSheet(s.sheetRoutes(holidaysPath+"/{holiday}", clinic.WriteSchedules, "holiday", s.holidaySheet)),
		settingSheet(s.sheetRoutes(holidaysPath+"/{holiday}/remove", clinic.WriteSchedules, "holiday", s.removeHolidaySheet)))
}

// yearOf is the Jalali year that the address asks for, this one for none.
func yearOf(v visit) int {
	if n, err := strconv.Atoi(farsi.Digits(v.r.FormValue("year"))); err == nil {
		return n
	}
	return v.l.Today.Date().Year
}

func holidaysOf(year int) string { return address(holidaysPath, "year", strconv.Itoa(year)) }

// GET /settings/holidays
func (s *server) holidays(v visit) error {
	year := yearOf(v)
	all, err := s.Desk.BookedHolidays(v.r.Context(), v.actor, year)
	if e, ok := fault.As(err); ok && e.Code == "date.range" { // an address that somebody typed
		year = v.l.Today.Date().Year
		all, err = s.Desk.BookedHolidays(v.r.Context(), v.actor, year)
	}
	if err != nil {
		return err
	}
	shown := v.l.Digits(strconv.Itoa(year))
	title := v.l.T("holiday.title", "year", shown)
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "holidays", Title: title, Text: knownYears(v, year), Action: holidaysPath, Count: len(all),
		Empty: v.l.T("holiday.nothing"), Fields: []view.ListField{{Name: "year", Label: v.l.T("holiday.year"), Value: strconv.Itoa(year)}},
		Columns: []view.TableColumn{{Text: v.l.T("holiday.day")}, {Text: v.l.T("holiday.name")}, {Text: v.l.T("settings.state")}, {Text: v.l.T("holiday.booked")}, {}}}
	for y := v.l.Today.Date().Year - 1; y <= v.l.Today.Date().Year+2; y++ {
		n := strconv.Itoa(y)
		p.Fields[0].Choices = append(p.Fields[0].Choices, view.Choice{Value: n, Text: v.l.Digits(n)})
	}
	if !slices.ContainsFunc(p.Fields[0].Choices, func(c view.Choice) bool { return c.Value == strconv.Itoa(year) }) {
		p.Fields[0].Choices = append(p.Fields[0].Choices, view.Choice{Value: strconv.Itoa(year), Text: shown})
	}
	at := "?year=" + strconv.Itoa(year)
	p.Links = []view.TableLink{{Text: v.l.T("holiday.new"), URL: holidaysPath + "/new" + at, Icon: "plus", Main: true},
		{Text: v.l.T("holiday.import"), URL: holidaysPath + "/import" + at, Icon: "file-text"}, {Text: v.l.T("holiday.official"), URL: holidaysPath + "/official" + at, Icon: "calendar"},
		{Text: v.l.T("settings.schedule"), URL: schedulePath, Icon: "calendar-cog"}}
	done := v.r.URL.Query().Get(doneParam)
	if done != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("schedule.saved")}
	}
	for _, h := range all {
		p.Rows = append(p.Rows, holidayRow(v, h, done))
	}
	return s.show(v, view.TablePageView(p))
}

// knownYears says of which years the program knows the holidays that move, and
// what it knows of this one.
func knownYears(v visit, year int) string {
	first, last := jalali.HolidayYears()
	text := v.l.T("holiday.known", "first", v.l.Digits(strconv.Itoa(first)), "last", v.l.Digits(strconv.Itoa(last)))
	switch {
	case year < first || year > last:
		return text + " " + v.l.T("holiday.unknown", "year", v.l.Digits(strconv.Itoa(year)))
	case year > v.l.Today.Date().Year:
		return text + " " + v.l.T("holiday.forecast", "year", v.l.Digits(strconv.Itoa(year)))
	}
	return text
}

func holidayRow(v visit, h desk.BookedHoliday, done string) view.TableRow {
	state := view.TableCell{Text: v.l.T("holiday.closed"), Tone: "hold"}
	if h.Worked {
		state = view.TableCell{Text: v.l.T("holiday.worked"), Tone: "ok"}
	}
	booked := view.TableCell{Text: v.l.T("word.none")}
	if h.Booked > 0 {
		booked = view.TableCell{Text: v.l.T("holiday.booked.n", "n", h.Booked), URL: address("/appointments", "view", "list", "day", string(h.Day))}
	}
	at := holidaysPath + "/" + string(h.Day)
	return view.TableRow{ID: "holiday-" + string(h.Day), Changed: done == string(h.Day), Cells: []view.TableCell{{Day: h.Day, Note: v.l.Weekday(h.Day)},
		{Text: h.Name, Persian: true}, state, booked, {Links: []view.TableLink{{Text: v.l.T("exception.change"), URL: at}, {Text: v.l.T("holiday.remove"), URL: at + "/remove"}}}}}
}

// savedHoliday is the year of a day that was just changed.
func savedHoliday(d jalali.Day) string {
	return address(holidaysPath, "year", strconv.Itoa(d.Date().Year), doneParam, string(d)) + "#row-holiday-" + string(d)
}

// newHolidaySheet makes a day a holiday.
func (s *server) newHolidaySheet(v visit) (moneySheet, error) {
	m := moneySheet{name: "holiday", back: holidaysOf(yearOf(v)), values: map[string]string{}}
	m.fields = func(t *typed) []view.SettingField {
		day := rosterField(t, "day", view.DateField)
		day.Required = true
		return append([]view.SettingField{day}, holidayFields(t)...)
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		return s.setHoliday(v, t, t.planDay("day"), r)
	}
	return m, nil
}

func holidayFields(t *typed) []view.SettingField {
	name, worked := rosterField(t, "name", ""), rosterField(t, "worked", view.SwitchField)
	name.Required, worked.Hint = true, t.v.l.T("holiday.worked.hint")
	return []view.SettingField{name, worked}
}

// setHoliday writes one day.
func (s *server) setHoliday(v visit, t *typed, day jalali.Day, r desk.Request) (sheetDone, error) {
	if len(t.problems) > 0 {
		return sheetDone{}, nil
	}
	h := clinic.Holiday{Day: day, Name: t.text("name"), Worked: t.on("worked")}
	_, err := s.Desk.SaveHolidays(v.r.Context(), v.actor, desk.SaveHolidays{Set: []clinic.Holiday{h}, Request: r})
	return sheetDone{next: savedHoliday(day), notes: []string{v.l.DayLong(day)}}, err
}

// holidayAt is the holiday that the path names. NotFound page.none.
func (s *server) holidayAt(v visit) (h clinic.Holiday, err error) {
	day, err := jalali.Parse(v.r.PathValue("holiday"), v.l.Today)
	if err != nil {
		return h, noPage()
	}
	all, err := s.Desk.HolidaysOf(v.r.Context(), v.actor, day.Date().Year)
	if err != nil {
		return h, err
	}
	h, found := find(all, func(h clinic.Holiday) bool { return h.Day == day })
	if !found {
		return h, noPage()
	}
	return h, nil
}

// holidaySheet renames a holiday, or says that it is worked.
func (s *server) holidaySheet(v visit) (moneySheet, error) {
	h, err := s.holidayAt(v)
	m := moneySheet{name: "holiday_edit", about: v.l.DayLong(h.Day), back: holidaysOf(h.Day.Date().Year),
		values: map[string]string{"name": h.Name, "worked": onText(h.Worked)}, fields: holidayFields}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) { return s.setHoliday(v, t, h.Day, r) }
	return m, err
}

// removeHolidaySheet makes a holiday an ordinary day.
func (s *server) removeHolidaySheet(v visit) (moneySheet, error) {
	h, err := s.holidayAt(v)
	m := moneySheet{name: "holiday_remove", about: v.l.DayLong(h.Day) + v.l.T("word.comma") + h.Name, back: holidaysOf(h.Day.Date().Year), danger: true}
	m.fields = func(*typed) []view.SettingField { return nil }
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.SaveHolidays(v.r.Context(), v.actor, desk.SaveHolidays{Remove: []jalali.Day{h.Day}, Request: r})
		return sheetDone{next: savedHoliday(h.Day), notes: []string{v.l.T("holiday.remove.does")}}, err
	}
	return m, err
}

// officialHolidaysSheet adds what the program knows of a year and the clinic
// has not; its own days and names stay.
func (s *server) officialHolidaysSheet(v visit) (moneySheet, error) {
	year := yearOf(v)
	m := moneySheet{name: "holiday_official", about: v.l.Digits(strconv.Itoa(year)), back: holidaysOf(year), values: map[string]string{"year": strconv.Itoa(year)}}
	own, err := s.Desk.HolidaysOf(v.r.Context(), v.actor, year)
	if err != nil {
		return m, err
	}
	var missing []clinic.Holiday
	for _, h := range clinic.OfficialHolidays(year) {
		if !slices.ContainsFunc(own, func(o clinic.Holiday) bool { return o.Day == h.Day }) {
			missing = append(missing, h)
		}
	}
	if len(missing) == 0 {
		m.none = v.l.T("holiday.official.there") + " " + knownYears(v, year)
	}
	m.fields = func(t *typed) []view.SettingField { return []view.SettingField{hiddenField(t, "year")} }
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		done := sheetDone{next: address(holidaysPath, "year", strconv.Itoa(year), doneParam, "official"),
			notes: []string{v.l.T("holiday.official.does", "n", len(missing))}, warnings: []string{knownYears(v, year)}}
		for _, h := range missing {
			done.notes = append(done.notes, v.l.DayLong(h.Day)+v.l.T("word.comma")+h.Name)
		}
		_, err := s.Desk.SaveHolidays(v.r.Context(), v.actor, desk.SaveHolidays{Set: missing, Request: r})
		return done, err
	}
	return m, nil
}

// maxHolidayFile is how large a file of holidays may be.
const maxHolidayFile = 1 << 20

// importHolidaysSheet takes lines that were pasted or a file of them; all of
// them, or none when one cannot be read.
func (s *server) importHolidaysSheet(v visit) (moneySheet, error) {
	m := moneySheet{name: "holiday_import", back: holidaysOf(yearOf(v)), files: true}
	m.fields = func(t *typed) []view.SettingField {
		lines, file := rosterField(t, "lines", view.LinesField), rosterField(t, "file", view.FileField)
		lines.Hint, file.Hint = v.l.T("holiday.import.hint"), v.l.T("holiday.import.file")
		return []view.SettingField{lines, file}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		field, text := "lines", t.text("lines")
		file, sent, err := uploaded(v, "file", maxHolidayFile)
		if err != nil {
			return sheetDone{}, err
		}
		if sent && strings.TrimSpace(text) == "" {
			field, text = "file", string(file.bytes)
		}
		all, faults := clinic.ReadHolidays(text, v.l.Today)
		for _, e := range faults {
			t.problem(field, message.Fault(v.l.Lang, e))
		}
		if len(faults) > 0 {
			return sheetDone{}, nil
		}
		_, err = s.Desk.SaveHolidays(v.r.Context(), v.actor, desk.SaveHolidays{Set: all, Request: r})
		return sheetDone{next: address(holidaysPath, "year", strconv.Itoa(all[0].Day.Date().Year), doneParam, "import"),
			notes: []string{v.l.T("holiday.import.does", "n", len(all))}}, err
	}
	return m, nil
}
