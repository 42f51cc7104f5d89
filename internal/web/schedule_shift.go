package web

import (
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// faulty makes a fault of a reading a problem of its field.
func (t *typed) faulty(field string, err error) {
	if e, ok := fault.As(err); ok {
		t.problem(field, message.Fault(t.v.l.Lang, e))
	}
}

// weekdayField are the days of the week of which any may be chosen.
func weekdayField(t *typed) view.SettingField {
	f := rosterField(t, "weekday", view.ChecksField)
	f.Picked, f.Required = t.picked["weekday"], true
	for day := jalali.Saturday; day <= jalali.Friday; day++ {
		n := strconv.Itoa(int(day))
		f.Choices = append(f.Choices, view.Choice{Value: n, Text: t.v.l.T("weekday." + n)})
	}
	return f
}

// shiftFields are the fields of a shift beside its days.
func shiftFields(t *typed, plan desk.Schedule) []view.SettingField {
	capacity := plain(t, "capacity", t.v.l.T("schedule.field.capacity"))
	capacity.Hint, capacity.Wide = t.v.l.T("schedule.capacity.hint"), true
	from, until := rosterField(t, "valid_from", view.DateField), rosterField(t, "valid_until", view.DateField)
	from.Hint, until.Hint = t.v.l.T("schedule.valid_from.hint"), t.v.l.T("schedule.valid_until.hint")
	from.Wide, until.Wide = false, false
	return []view.SettingField{clockField(t, "from"), clockField(t, "until"),
		rosterChoice(t, "branch_id", branchChoices(t.v, plan, "", t.text("branch_id"))),
		rosterChoice(t, "room_id", roomChoices(t.v, plan, t.text("room_id"))), capacity, from, until}
}

// readShift reads the fields of a shift beside its day.
func (t *typed) readShift() clinic.WorkShift {
	return clinic.WorkShift{Provider: clinic.ProviderID(t.id("provider_id")), Branch: clinic.BranchID(t.id("branch_id")), Room: clinic.ResourceID(t.id("room_id")),
		From: t.clockOf("from"), Until: t.clockOf("until"), Capacity: t.number("capacity"),
		ValidFrom: t.optionalDay("valid_from"), ValidUntil: t.optionalDay("valid_until")}
}

// newWorkShiftSheet: one form for the same hours on several weekdays.
func (s *server) newWorkShiftSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	m := moneySheet{name: "work_shift", back: schedulePath, values: map[string]string{"branch_id": id(v.actor.Branch), "capacity": v.l.Digits("1")}}
	m.fields = func(t *typed) []view.SettingField {
		who := rosterChoice(t, "provider_id", providerChoices(plan, "", t.text("provider_id")))
		return append([]view.SettingField{who, weekdayField(t)}, shiftFields(t, plan)...)
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		shift, rows := t.readShift(), []clinic.WorkShift(nil)
		for _, n := range t.picked["weekday"] {
			day, err := strconv.Atoi(n)
			if err != nil {
				day = -1 // no such day: the desk refuses it
			}
			shift.Weekday = jalali.Weekday(day)
			rows = append(rows, shift)
		}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		kept, err := s.Desk.SaveWorkShifts(v.r.Context(), v.actor, desk.Save[[]clinic.WorkShift]{Row: rows, Request: r})
		return sheetDone{next: savedWeek(shift.Provider), notes: []string{v.l.T("schedule.shift.does", "n", len(kept))},
			warnings: overlapping(v, plan, rows)}, err
	}
	return m, err
}

// savedWeek is the page of the schedule at a provider who was just changed.
func savedWeek(p clinic.ProviderID) string {
	return address(schedulePath, doneParam, id(p)) + "#week-" + id(p)
}

// overlapping says which of the rows lie over another shift of the provider: at
// such a time each takes patients of its own.
func overlapping(v visit, plan desk.Schedule, rows []clinic.WorkShift) (warnings []string) {
	for _, row := range rows {
		if slices.ContainsFunc(plan.Shifts, func(o clinic.WorkShift) bool {
			return o.ID != row.ID && o.Offered() && o.Provider == row.Provider && o.Weekday == row.Weekday && o.From < row.Until && row.From < o.Until &&
				(o.ValidUntil == "" || o.ValidUntil >= max(row.ValidFrom, plan.Today)) && (row.ValidUntil == "" || o.ValidFrom <= row.ValidUntil)
		}) {
			warnings = append(warnings, v.l.T("schedule.overlap", "weekday", v.l.T("weekday."+strconv.Itoa(int(row.Weekday)))))
		}
	}
	return warnings
}

// workShiftSheet changes a shift or switches it off.
func (s *server) workShiftSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	row, found := find(plan.Shifts, func(w clinic.WorkShift) bool { return id(w.ID) == v.r.PathValue("work_shift") })
	if !found {
		return moneySheet{}, fault.New(fault.NotFound, "work_shift.none", "there is no such shift")
	}
	weekday := strconv.Itoa(int(row.Weekday))
	m := moneySheet{name: "work_shift_edit", back: schedulePath, about: workerName(plan, row.Provider), values: map[string]string{
		"weekday": weekday, "from": clockText(v, row.From), "until": clockText(v, row.Until), "branch_id": id(row.Branch), "room_id": id(row.Room),
		"capacity": numberText(v, row.Capacity), "valid_from": v.l.DayInput(row.ValidFrom), "valid_until": v.l.DayInput(row.ValidUntil),
		"active": onText(row.Offered()), "version": id(row.Version)}}
	m.fields = func(t *typed) []view.SettingField {
		all := append([]view.SettingField{rosterChoice(t, "weekday", weekdayField(t).Choices)}, shiftFields(t, plan)...)
		return append(all, activeField(t), hiddenField(t, "version"))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		changed := t.readShift()
		changed.ID, changed.Provider, changed.Weekday, changed.Standing = row.ID, row.Provider, jalali.Weekday(t.number("weekday")), t.standing()
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done := sheetDone{next: savedWeek(row.Provider), notes: []string{v.l.T("schedule.shift.stays")}}
		if changed.Offered() {
			done.warnings = overlapping(v, plan, []clinic.WorkShift{changed})
		}
		_, err := s.Desk.SaveWorkShift(v.r.Context(), v.actor, desk.Save[clinic.WorkShift]{Row: changed, Request: r})
		if fault.Of(err) == fault.Conflict {
			t.nowIs(row.Version, v.l.T("weekday."+weekday)+" "+hoursText(v, row.From, row.Until))
		}
		return done, err
	}
	return m, nil
}

// activeField is the switch of a row that is there.
func activeField(t *typed) view.SettingField {
	f := sheetField(t, "active", view.SwitchField)
	f.Label, f.Hint = t.v.l.T("settings.field.active"), t.v.l.T("schedule.active.hint")
	return f
}

// nowIs says what a row that somebody else changed is now. The form is one of
// that version from here on: who sends it again has read this.
func (t *typed) nowIs(version int64, text string) {
	t.values["version"] = id(version)
	t.problem("", t.v.l.T("settings.now", "value", text))
}

// copyWeekSheet gives the week of a provider to another.
func (s *server) copyWeekSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	m := moneySheet{name: "copy_week", back: schedulePath}
	m.fields = func(t *typed) []view.SettingField {
		return []view.SettingField{rosterChoice(t, "provider_id", providerChoices(plan, "", "")), rosterChoice(t, "to_id", providerChoices(plan, "", ""))}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		from, to := clinic.ProviderID(t.id("provider_id")), clinic.ProviderID(t.id("to_id"))
		if from == to {
			t.problem("to_id", v.l.T("schedule.copy.same"))
			return sheetDone{}, nil
		}
		var rows []clinic.WorkShift
		for _, w := range plan.Shifts {
			if w.Provider == from && w.Offered() && (w.ValidUntil == "" || w.ValidUntil >= plan.Today) {
				w.ID, w.Provider, w.Standing = 0, to, clinic.Standing{}
				rows = append(rows, w)
			}
		}
		if len(rows) == 0 {
			t.problem("provider_id", v.l.T("schedule.copy.none"))
			return sheetDone{}, nil
		}
		kept, err := s.Desk.SaveWorkShifts(v.r.Context(), v.actor, desk.Save[[]clinic.WorkShift]{Row: rows, Request: r})
		return sheetDone{next: savedWeek(to), notes: []string{v.l.T("schedule.shift.does", "n", len(kept))}, warnings: overlapping(v, plan, rows)}, err
	}
	return m, err
}

// providerServicesSheet says what a provider does.
func (s *server) providerServicesSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	p, found := find(plan.Providers, func(p clinic.Provider) bool { return id(p.ID) == v.r.PathValue("provider") })
	if !found {
		return moneySheet{}, fault.New(fault.NotFound, "provider.none", "there is no such provider")
	}
	m := moneySheet{name: "provider_services", about: p.Name, back: schedulePath, picked: map[string][]string{}}
	for _, service := range plan.Does[p.ID] {
		m.picked["service"] = append(m.picked["service"], id(service))
	}
	m.fields = func(t *typed) []view.SettingField {
		f := rosterField(t, "service", view.ChecksField)
		f.Picked, f.Hint = t.picked["service"], v.l.T("schedule.services.hint")
		for _, service := range plan.Services {
			if service.Offered() || slices.Contains(plan.Does[p.ID], service.ID) {
				f.Choices = append(f.Choices, view.Choice{Value: id(service.ID), Text: service.Name})
			}
		}
		return []view.SettingField{f}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		var services []clinic.ServiceID
		for _, text := range t.picked["service"] {
			services = append(services, number[clinic.ServiceID](text))
		}
		done := sheetDone{next: savedWeek(p.ID), notes: []string{v.l.T("schedule.does.all")}}
		if len(services) > 0 {
			done.notes = []string{v.l.T("schedule.does", "n", len(services))}
		}
		return done, s.Desk.SetProviderServices(v.r.Context(), v.actor, p.ID, services, r)
	}
	return m, nil
}
