package web

import (
	"hash/fnv"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// exceptionTones are the tones of the pills of the kinds.
var exceptionTones = map[clinic.ExceptionKind]string{clinic.Leave: "hold", clinic.Closure: "due", clinic.Extra: "ok"}

// GET /settings/schedule/exceptions lists what is not over.
func (s *server) exceptions(v visit) error {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("exception.title")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "exceptions", Title: title, Text: v.l.T("exception.text"), Count: len(plan.Exceptions),
		Empty: v.l.T("exception.empty"), Columns: []view.TableColumn{{Text: v.l.T("schedule.field.kind")}, {Text: v.l.T("exception.whose")},
			{Text: v.l.T("exception.days")}, {Text: v.l.T("field.reason"), Wide: true}, {}}}
	for _, kind := range clinic.ExceptionKinds {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("exception.new." + string(kind)), URL: address(exceptionsPath+"/new", "kind", string(kind)),
			Icon: "plus", Main: kind == clinic.Leave})
	}
	p.Links = append(p.Links, view.TableLink{Text: v.l.T("settings.schedule"), URL: schedulePath, Icon: "calendar-cog"})
	done := v.r.URL.Query().Get(doneParam)
	for _, e := range plan.Exceptions {
		row := exceptionRow(v, plan, e)
		if row.Changed = id(e.ID) == done; row.Changed {
			p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("schedule.saved")}
			if p.Sums, err = s.hitBy(v, e); err != nil {
				return err
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return s.show(v, view.TablePageView(p))
}

// hitBy says how many still have an appointment where an exception that was just
// saved says that nobody is there.
func (s *server) hitBy(v visit, e clinic.Exception) ([]view.Fact, error) {
	if e.Kind == clinic.Extra || e.Disabled {
		return nil, nil
	}
	items, err := s.Desk.Affected(v.r.Context(), v.actor, e)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	return []view.Fact{{Label: v.l.T("exception.affected"), Value: v.l.Number(len(items)), Note: v.l.T("exception.affected.text"), Tone: "debtor"}}, nil
}

// ownException reports whether a person may change an exception; see
// desk.SaveException.
func ownException(v visit, e clinic.Exception) bool {
	return e.Kind != clinic.Closure || v.actor.Can(clinic.AllBranches) || e.Branch == v.actor.Branch
}

func exceptionRow(v visit, plan desk.Schedule, e clinic.Exception) view.TableRow {
	hours := hoursText(v, e.From, e.Until)
	days := view.TableCell{Day: e.First, Note: joined(v, v.l.Weekday(e.First), hours)}
	if e.Last != e.First {
		days = view.TableCell{Text: v.l.T("codes.until", "from", v.l.Day(e.First), "to", v.l.Day(e.Last)), Note: hours}
	}
	var links []view.TableLink
	if ownException(v, e) {
		links = append(links, view.TableLink{Text: v.l.T("exception.change"), URL: exceptionsPath + "/" + id(e.ID)})
	}
	if e.Kind != clinic.Extra && e.Offered() && v.actor.Can(clinic.CancelManyAppointments) {
		links = append(links, view.TableLink{Text: v.l.T("exception.cancel_many"), URL: cancelManyOf(v, e), Icon: "calendar-x"})
	}
	return view.TableRow{ID: "exception-" + id(e.ID), Off: e.Disabled, Cells: []view.TableCell{
		{Text: v.l.T("exception.kind." + string(e.Kind)), Tone: exceptionTones[e.Kind]}, {Text: whoseException(v, plan, e)}, days,
		{Text: e.Reason}, {Links: links}}}
}

// whoseException names the provider, or the branch, and the room of extra time.
func whoseException(v visit, plan desk.Schedule, e clinic.Exception) string {
	branch, found := find(plan.Branches, func(b clinic.Branch) bool { return b.ID == e.Branch })
	switch {
	case e.Provider != 0 && !found:
		return workerName(plan, e.Provider)
	case e.Provider != 0:
		return joined(v, workerName(plan, e.Provider), severalBranch(plan, e.Branch), roomName(plan, e.Room))
	case found:
		return branch.Name
	}
	return v.l.T("exception.everywhere")
}

// newExceptionSheet: the kind is in the address.
func (s *server) newExceptionSheet(v visit) (moneySheet, error) {
	kind := clinic.ExceptionKind(v.r.FormValue("kind"))
	if kind == "" {
		kind = clinic.Leave
	}
	today := v.l.DayInput(v.l.Today)
	return s.exceptionForm(v, clinic.Exception{Kind: kind, Branch: v.actor.Branch}, map[string]string{"first": today, "last": "", "capacity": v.l.Digits("1")})
}

// exceptionSheet changes an exception or switches it off.
func (s *server) exceptionSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	e, found := find(plan.Exceptions, func(e clinic.Exception) bool { return id(e.ID) == v.r.PathValue("exception") })
	if !found || !ownException(v, e) {
		return moneySheet{}, fault.New(fault.NotFound, "schedule_exception.none", "there is no such exception")
	}
	values := map[string]string{"first": v.l.DayInput(e.First), "last": v.l.DayInput(e.Last), "capacity": numberText(v, e.Capacity), "reason": e.Reason,
		"active": onText(e.Offered()), "version": id(e.Version)}
	if e.From != 0 || e.Until != minutesOfDay {
		values["from"], values["until"] = clockText(v, e.From), clockText(v, e.Until)
	}
	return s.exceptionForm(v, e, values)
}

// exceptionForm is the form of an exception: a new one where it has no id.
func (s *server) exceptionForm(v visit, was clinic.Exception, values map[string]string) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	values["provider_id"], values["branch_id"], values["room_id"], values["kind"] = id(was.Provider), id(was.Branch), id(was.Room), string(was.Kind)
	m := moneySheet{name: "exception_" + string(was.Kind), back: exceptionsPath, values: values}
	switch was.Kind {
	case clinic.Leave, clinic.Closure, clinic.Extra:
	default:
		return m, noPage()
	}
	if was.Kind == clinic.Leave && was.ID == 0 {
		values["branch_id"] = ""
	}
	m.fields = func(t *typed) []view.SettingField { return exceptionFields(t, plan, was) }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		e := t.readException(was)
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.wouldHit(v, t, e, r)
		if err != nil {
			return done, err
		}
		kept, err := s.Desk.SaveException(v.r.Context(), v.actor, desk.Save[clinic.Exception]{Row: e, Request: r})
		if fault.Of(err) == fault.Conflict {
			t.nowIs(was.Version, v.l.T("codes.until", "from", v.l.Day(was.First), "to", v.l.Day(was.Last))+v.l.T("word.comma")+hoursText(v, was.From, was.Until))
		}
		done.next = address(exceptionsPath, doneParam, id(kept.ID)) + "#row-exception-" + id(kept.ID)
		return done, err
	}
	return m, err
}

func exceptionFields(t *typed, plan desk.Schedule, was clinic.Exception) (all []view.SettingField) {
	branches := branchChoices(t.v, plan, t.v.l.T("exception.everywhere"), t.text("branch_id"))
	switch was.Kind {
	case clinic.Closure:
		all = append(all, rosterChoice(t, "branch_id", branches))
	case clinic.Leave:
		all = append(all, rosterChoice(t, "provider_id", providerChoices(plan, "", t.text("provider_id"))))
		if len(plan.Branches) > 1 {
			branches = append([]view.Choice{{Text: t.v.l.T("exception.every_branch")}}, branchChoices(t.v, plan, "", t.text("branch_id"))...)
			all = append(all, rosterChoice(t, "branch_id", branches))
		}
	default:
		all = append(all, rosterChoice(t, "provider_id", providerChoices(plan, "", t.text("provider_id"))),
			rosterChoice(t, "branch_id", branchChoices(t.v, plan, "", t.text("branch_id"))), rosterChoice(t, "room_id", roomChoices(t.v, plan, t.text("room_id"))))
	}
	last := rosterField(t, "last", view.DateField)
	last.Hint = t.v.l.T("exception.last.hint")
	first := rosterField(t, "first", view.DateField)
	first.Required, first.Wide, last.Wide = true, false, false
	from, until := clockField(t, "from"), clockField(t, "until")
	if was.Kind != clinic.Extra {
		from.Hint = t.v.l.T("exception.from.hint")
	}
	all = append(all, first, last, from, until)
	if was.Kind == clinic.Extra {
		capacity := plain(t, "capacity", t.v.l.T("schedule.field.capacity"))
		capacity.Wide = true
		all = append(all, capacity)
	}
	all = append(all, sheetField(t, "reason", ""), hiddenField(t, "kind"))
	if was.ID != 0 {
		all = append(all, activeField(t), hiddenField(t, "version"))
	}
	return all
}

// readException reads the form of an exception.
func (t *typed) readException(was clinic.Exception) clinic.Exception {
	e := clinic.Exception{ID: was.ID, Kind: was.Kind, Branch: clinic.BranchID(t.id("branch_id")), First: t.planDay("first"), Last: t.optionalDay("last"),
		From: t.clockOf("from"), Until: t.clockOf("until"), Capacity: t.number("capacity"), Reason: t.text("reason")}
	if was.Kind != clinic.Closure {
		e.Provider = clinic.ProviderID(t.id("provider_id"))
	}
	if was.Kind == clinic.Extra {
		e.Room = clinic.ResourceID(t.id("room_id"))
	}
	if e.From > 0 && e.Until == 0 && was.Kind != clinic.Extra {
		e.Until = minutesOfDay
	}
	if was.ID != 0 {
		e.Standing = t.standing()
	}
	return e
}

// wouldHit lists whom an exception leaves without anybody. Nobody saves one
// without having seen the list as it is now: Conflict exception.affected.
func (s *server) wouldHit(v visit, t *typed, e clinic.Exception, r desk.Request) (done sheetDone, err error) {
	if e.Kind == clinic.Extra || e.Disabled {
		return done, nil
	}
	items, err := s.Desk.Affected(v.r.Context(), v.actor, e)
	if err != nil || len(items) == 0 {
		return done, err
	}
	done.tables, done.seen = []view.TableGroup{affectedTable(v, items)}, markOf(items)
	done.warnings = []string{v.l.T("exception.keeps", "n", len(items))}
	if !r.DryRun && t.text("seen") != done.seen {
		err = fault.New(fault.Conflict, "exception.affected", "%d patients have an appointment then", len(items)).With("n", v.l.Number(len(items)))
	}
	return done, err
}

// markOf names a list of appointments as it is now.
func markOf(items []desk.AppointmentItem) string {
	sum := fnv.New64a()
	for _, i := range items {
		sum.Write([]byte(id(i.ID) + "." + id(i.Version) + " "))
	}
	return strconv.Itoa(len(items)) + "-" + strconv.FormatUint(sum.Sum64(), 36)
}

// affectedTable lists appointments with the people to call; of somebody whom the
// reader may not see only the time.
func affectedTable(v visit, items []desk.AppointmentItem) view.TableGroup {
	g := view.TableGroup{Title: v.l.T("exception.affected.list", "n", len(items)), Columns: []view.TableColumn{{Text: v.l.T("exception.when")},
		{Text: v.l.T("patients.name")}, {Text: v.l.T("exception.phone")}, {Text: v.l.T("exception.with"), Wide: true},
		{Text: v.l.T("exception.deposit", "unit", v.l.Unit()), Amount: true}}}
	for _, i := range items {
		g.Rows = append(g.Rows, affectedRow(v, i))
	}
	return g
}

func affectedRow(v visit, i desk.AppointmentItem) view.TableRow {
	who := view.TableCell{Text: v.l.T("exception.hidden")}
	if !i.Hidden() {
		who = view.TableCell{Patient: &view.TablePatient{Row: id(i.ID), ID: id(i.Person.ID), Name: i.Person.Name(), File: i.Person.FileNumber.String(), Mobile: i.Mobile}}
	}
	deposit := i.Deposit
	day := jalali.DayOf(i.Starts, v.clinic.Zone)
	return view.TableRow{ID: "affected-" + id(i.ID), Cells: []view.TableCell{{Day: day, Note: v.l.T("exception.at", "weekday", v.l.Weekday(day), "clock", v.l.Clock(i.Starts))},
		who, {Text: v.l.Mobile(i.Mobile)}, {Text: joined(v, i.ProviderName, i.ServiceName)}, {Amount: &deposit}}}
}
