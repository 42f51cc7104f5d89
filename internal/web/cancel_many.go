package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const cancelManyPath = "/appointments/cancel-many"

// cancelManyRoutes: all appointments of a stretch of time are cancelled.
func (s *server) cancelManyRoutes() []route {
	return append(namingSheet(s.sheetRoutes(cancelManyPath, clinic.CancelManyAppointments, "", s.cancelManySheet)),
		people(page(cancelManyPath+"/done", clinic.CancelManyAppointments, "", s.manyCancelled)))
}

// cancelManyOf is the form, filled in from an exception.
func cancelManyOf(v visit, e clinic.Exception) string {
	pairs := []string{"provider_id", id(e.Provider), "branch_id", id(e.Branch), "first", v.l.DayInput(e.First), "last", v.l.DayInput(e.Last), "reason", e.Reason}
	if e.From != 0 || e.Until != minutesOfDay {
		pairs = append(pairs, "from", clockText(v, e.From), "until", clockText(v, e.Until))
	}
	return address(cancelManyPath, pairs...)
}

func (s *server) cancelManySheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	reasons, err := s.words(v, clinic.CancelReasons)
	m := moneySheet{name: "cancel_many", back: exceptionsPath, danger: true, values: map[string]string{"first": v.l.DayInput(v.l.Today)}}
	if !v.actor.Can(clinic.WriteSchedules) {
		m.back = "/"
	}
	m.fields = func(t *typed) []view.SettingField {
		first, last, reason := rosterField(t, "first", view.DateField), rosterField(t, "last", view.DateField), sheetField(t, "reason", view.ChoiceField)
		first.Required, last.Hint, reason.Label = true, v.l.T("exception.last.hint"), v.l.T("cancel_many.reason")
		reason.Choices = []view.Choice{{Text: v.l.T("cancel_many.reason.other")}}
		first.Wide, last.Wide = false, false
		known := false
		for _, word := range reasons {
			reason.Choices, known = append(reason.Choices, view.Choice{Value: word, Text: word}), known || word == t.text("reason")
		}
		if !known && t.text("reason") != "" { // of an exception: its own words
			reason.Choices = append(reason.Choices, view.Choice{Value: t.text("reason"), Text: t.text("reason")})
		}
		leave := rosterField(t, "leave", view.SwitchField)
		leave.Hint = v.l.T("cancel_many.leave.hint")
		from := clockField(t, "from")
		from.Hint = v.l.T("exception.from.hint")
		return []view.SettingField{rosterChoice(t, "provider_id", providerChoices(plan, v.l.T("cancel_many.everybody"), t.text("provider_id"))),
			rosterChoice(t, "branch_id", branchChoices(v, plan, v.l.T("exception.everywhere"), t.text("branch_id"))), first, last, from, clockField(t, "until"),
			reason, rosterField(t, "words", ""), leave}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) { return s.cancelMany(v, t, r) }
	return m, err
}

// cancelMany carries the form out.
func (s *server) cancelMany(v visit, t *typed, r desk.Request) (done sheetDone, err error) {
	cmd := desk.CancelMany{Provider: clinic.ProviderID(t.id("provider_id")), Branch: clinic.BranchID(t.id("branch_id")), First: t.planDay("first"),
		Last: t.optionalDay("last"), From: t.clockOf("from"), Until: t.clockOf("until"), Reason: t.text("reason"), Leave: t.on("leave"), Request: r}
	if words := strings.TrimSpace(t.text("words")); words != "" {
		cmd.Reason = words
	}
	if len(t.problems) > 0 {
		return done, nil
	}
	if cmd.Last == "" {
		cmd.Last = cmd.First
	}
	affected := clinic.Exception{Kind: clinic.Leave, Provider: cmd.Provider, Branch: cmd.Branch, First: cmd.First, Last: cmd.Last, From: cmd.From, Until: cmd.Until}
	if cmd.Provider == 0 {
		affected.Kind = clinic.Closure
	}
	if affected.From > 0 && affected.Until == 0 {
		affected.Until = minutesOfDay
	}
	if done, err = s.wouldHit(v, t, affected, r); err != nil {
		return done, err
	}
	done.warnings = nil
	found, err := s.Desk.CancelMany(v.r.Context(), v.actor, cmd)
	done.notes = []string{v.l.T("cancel_many.does", "n", len(found.Appointments)), v.l.T("cancel_many.messages", "n", found.Messages),
		v.l.T("cancel_many.follow_up", "n", len(found.Appointments))}
	if cmd.Leave {
		done.notes = append(done.notes, v.l.T("cancel_many.leave.does"))
	}
	done.next = address(cancelManyPath+"/done", "provider", id(cmd.Provider), "first", string(cmd.First), "last", string(cmd.Last),
		"cancelled", id(int64(len(found.Appointments))), "messages", id(int64(found.Messages)))
	if e, ok := fault.As(err); ok && e.Field == "reason" {
		err = e.At("words")
	}
	return done, err
}

// GET /appointments/cancel-many/done lists whom the clinic has cancelled on
// those days, so that somebody calls them.
func (s *server) manyCancelled(v visit) error {
	query := v.r.URL.Query()
	first, err := v.day(query.Get("first"))
	if err != nil {
		return redirect(v, cancelManyPath)
	}
	last, err := v.day(query.Get("last"))
	if err != nil {
		last = first
	}
	q := desk.AppointmentQuery{From: first, To: last, Provider: number[clinic.ProviderID](query.Get("provider")),
		Status: string(clinic.CancelledByClinic), Cursor: query.Get("cursor"), Limit: 100}
	found, err := s.Desk.ListAppointments(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	title := v.l.T("cancel_many.done")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "cancelled", Title: title, Text: v.l.T("cancel_many.done.text"), Action: cancelManyPath + "/done",
		Count: -1, Empty: v.l.T("cancel_many.nobody"), Print: true, Links: []view.TableLink{{Text: v.l.T("cancel_many.again"), URL: cancelManyPath}}}
	for _, key := range []string{"cancelled", "messages"} {
		if n := number[int64](query.Get(key)); query.Has(key) {
			p.Sums = append(p.Sums, view.Fact{Label: v.l.T("cancel_many.sum." + key), Value: v.l.Number(int(n))})
		}
	}
	if v.actor.Can(clinic.WriteSchedules) {
		p.Links = append(p.Links, view.TableLink{Text: v.l.T("exception.title"), URL: exceptionsPath, Icon: "calendar-off"})
	}
	list := affectedTable(v, found.Items)
	p.Columns, p.Rows = list.Columns, list.Rows
	for i, item := range found.Items {
		p.Rows[i].Cells[0].Note = joined(v, p.Rows[i].Cells[0].Note, item.Reason)
	}
	if found.Next != "" {
		p.Older = address(cancelManyPath+"/done", "provider", query.Get("provider"), "first", query.Get("first"), "last", query.Get("last"), "cursor", found.Next)
	}
	return s.show(v, view.TablePageView(p))
}
