package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// dayRoutes: the days that are closed.
func (s *server) dayRoutes() []route {
	routes := []route{page("/days", clinic.ReceiveMoney, "", s.days)}
	routes = append(routes, s.sheetRoutes("/days/close", clinic.CloseDays, "", s.closeDaySheet)...)
	return append(routes, s.sheetRoutes("/days/{day}/reopen", clinic.ReopenDays, "", s.reopenDaySheet)...)
}

// GET /days says what is closed.
func (s *server) days(v visit) error {
	found, err := s.Desk.Days(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("days.title")), Name: "days", Title: v.l.T("days.title"), Text: v.l.T("days.text"), Action: "/days",
		Count: -1, Empty: v.l.T("days.empty"), Columns: []view.TableColumn{{Text: v.l.T("till.col.day")}, {Text: v.l.T("days.closed_by")},
			{Text: v.l.T("till.col.note"), Wide: true}, {Text: v.l.T("till.col.status")}}}
	locked := view.Fact{Label: v.l.T("days.locked"), Value: v.l.T("days.nothing"), Plain: true}
	if found.Locked != "" {
		locked.Value = v.l.DayLong(found.Locked)
	}
	p.Sums = []view.Fact{locked, {Label: v.l.T("days.unfinished"), Value: v.l.Number(found.Unfinished)}}
	if v.actor.Can(clinic.CloseDays) {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("days.close.do"), URL: "/days/close", Icon: "lock", Main: true})
	}
	p.Links = append(p.Links, view.TableLink{Text: v.l.T("till.shifts"), URL: "/shifts", Icon: "history"})
	for _, d := range found.Closed {
		state := view.TableCell{Text: v.l.T("days.state.closed"), Tone: "ok"}
		note := view.TableCell{Text: d.Note}
		if !d.Reopened.IsZero() {
			state = view.TableCell{Text: v.l.T("days.state.reopened"), Tone: "hold", Note: d.ReopenedByName}
			note.Note = d.Reason
		} else if d.Day == found.Locked && v.actor.Can(clinic.ReopenDays) && d.Staff != v.actor.Staff {
			state.Links = []view.TableLink{{Text: v.l.T("days.reopen.do"), URL: "/days/" + string(d.Day) + "/reopen", Icon: "lock-open"}}
		}
		p.Rows = append(p.Rows, view.TableRow{ID: "day-" + id(d.ID), Off: !d.Reopened.IsZero(), Cells: []view.TableCell{
			{Day: d.Day}, {Text: d.StaffName, Note: v.l.Moment(d.Closed)}, note, state}})
	}
	return s.show(v, view.TablePageView(p))
}

// closeDaySheet: /days/close. It proposes yesterday, or today when yesterday is
// closed, and says what closing today means.
func (s *server) closeDaySheet(v visit) (moneySheet, error) {
	found, err := s.Desk.Days(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	begin, _ := found.Today.Bounds(v.clinic.Zone)
	propose := v.clinic.Day(begin.AddDate(0, 0, -1))
	if found.Locked >= propose {
		propose = found.Today
	}
	m := moneySheet{name: "day_close", back: "/days", danger: true, values: map[string]string{"day": v.l.DayInput(propose)}}
	m.fields = func(t *typed) []view.SettingField {
		day := sheetField(t, "day", view.DateField)
		day.Hint = v.l.T("days.close.hint")
		return []view.SettingField{day, sheetField(t, "note", "")}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		day := t.dayOf("day", found.Today)
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.CloseDay(v.r.Context(), v.actor, desk.CloseDay{Day: day, Note: t.text("note"), Request: r})
		shown := sheetDone{next: "/days", notes: []string{v.l.T("days.close.does", "day", v.l.DayLong(day))}}
		if done.Today {
			shown.warnings = []string{v.l.T("days.close.today")}
		}
		return shown, err
	}
	return m, nil
}

// dayOf reads a day; what is none is a problem of its field.
func (t *typed) dayOf(name string, today jalali.Day) jalali.Day {
	d, err := jalali.Parse(t.text(name), today)
	if e, ok := fault.As(err); ok {
		t.problem(name, sentence(t.v, e))
	}
	return d
}

// reopenDaySheet: /days/{day}/reopen.
func (s *server) reopenDaySheet(v visit) (moneySheet, error) {
	day, err := jalali.Parse(v.r.PathValue("day"), s.Desk.Today(v.clinic))
	if err != nil {
		return moneySheet{}, noPage()
	}
	m := moneySheet{name: "day_reopen", back: "/days", danger: true, about: v.l.DayLong(day)}
	m.fields = func(t *typed) []view.SettingField { return []view.SettingField{reasonField(t)} }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.ReopenDay(v.r.Context(), v.actor, desk.ReopenDay{Day: day, Reason: t.text("reason"), Request: r})
		return sheetDone{next: "/days", notes: []string{v.l.T("days.reopen.does", "day", v.l.DayLong(day))}}, err
	}
	return m, nil
}
