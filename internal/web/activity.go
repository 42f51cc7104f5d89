package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

func (s *server) activityRoutes() []route {
	sheets := s.sheetRoutes(activityPath, clinic.WriteActivities, "patient", s.activitySheet)
	for _, sheet := range []struct {
		verb  string
		build func(v visit) (moneySheet, error)
	}{
		{"complete", s.completeActivitySheet},
		{"next", s.nextActivitySheet},
		{"reschedule", s.rescheduleActivitySheet},
		{"cancel", s.cancelActivitySheet},
		{"reopen", s.reopenActivitySheet},
	} {
		sheets = append(sheets, s.sheetRoutes("/activities/{activity}/"+sheet.verb, clinic.WriteActivities, "activity", sheet.build)...)
	}
	return append(unpaid(sheets), people(page(activitiesPath, clinic.ReadActivities, "", s.activityList)),
		page(activityRulesPath, clinic.WriteSettings, "", s.activityRulesForm), form(activityRulesPath, clinic.WriteSettings, "", s.saveActivityRules))
}

// unpaid marks the routes of sheets that move no money.
func unpaid(routes []route) []route {
	for i := range routes {
		routes[i].Money = false
	}
	return routes
}

const (
	activityPath      = "/patients/{patient}/activities/new"
	activitiesPath    = "/activities"
	activityRulesPath = "/settings/activities"
	crmTab            = "crm"
)

// activityWide are the columns for which a phone has no room: how late it is
// stands under the day.
var activityWide = []string{"kind", "owner", "next", "status"}

// activityTones are the tones of the pills of the states.
var activityTones = map[clinic.ActivityStatus]string{clinic.ActivityOpen: "info", clinic.ActivityDone: "ok", clinic.ActivityCancelled: "plain"}

// activities fetches the tab of what was done about a person and what is to be.
func (s *server) activities(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Activities(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	t := view.Activities{L: v.l, Table: view.TableGroup{Title: v.l.T("tab.crm")}}
	for _, key := range []string{"due", "kind", "subject", "result", "owner", "next", "status", "do"} {
		t.Table.Columns = append(t.Table.Columns, view.TableColumn{Text: v.l.T("activity." + key), Wide: slices.Contains(activityWide, key)})
	}
	writes := v.actor.Can(clinic.WriteActivities) && !k.inPast()
	if writes {
		t.New = address(strings.Replace(activityPath, "{patient}", id(patient), 1), "tab", crmTab)
	}
	keyed := false
	for _, a := range found.Rows {
		row := activityRow(v, a, v.l.T("activity.kind."+string(a.Kind)))
		if writes {
			do := &row.Cells[len(row.Cells)-1]
			do.Links, do.More = activityLinks(v, a, "tab", crmTab)
			for i := range do.Links {
				do.Links[i].Sheet = true
			}
			for i := range do.More {
				do.More[i].Sheet = true
			}
			if a.Status == clinic.ActivityOpen && !keyed { // the first of what is to be done has the key
				do.Links[0].Key, keyed = "KeyD", true
			}
		}
		t.Table.Rows = append(t.Table.Rows, row)
	}
	return found.Header, view.ActivitiesTab(t), nil
}

// activityRow is one activity; the last cell is for what may be done with it.
func activityRow(v visit, a desk.ActivityShown, kind string) view.TableRow {
	owner := a.OwnerName
	if owner == "" {
		owner = v.l.T("activity.owner.nobody")
	}
	row := view.TableRow{ID: "activity-" + id(a.ID), Off: a.Status == clinic.ActivityCancelled, Cells: []view.TableCell{{Day: a.Due}, {Text: kind},
		activityAbout(v, a), activityResult(v, a), {Text: owner}, activityAfter(v, a),
		{Text: v.l.T("activity.status." + string(a.Status)), Tone: activityTones[a.Status]}, {}}}
	if a.Overdue(v.l.Today) {
		status := &row.Cells[len(row.Cells)-2]
		status.Text, status.Tone = v.l.T("activity.overdue"), "due"
		row.Cells[0].Note = v.l.T("activity.late", "days", v.l.Today.Sub(a.Due))
	}
	return row
}

// activityAbout is what an activity is about: why it is here, when it came by
// itself, its service and what should be known.
func activityAbout(v visit, a desk.ActivityShown) view.TableCell {
	why := ""
	if a.Cause != "" {
		why = v.l.T("activity.why."+string(a.Cause), "n", activityPart(a.Activity))
	}
	c := view.TableCell{Text: activitySubject(v, a.Activity), Note: joined(v, why, a.ServiceName, a.Note), URL: activityCauseURL(v, a.Activity)}
	if a.Lead != 0 && v.actor.Can(clinic.ReadLeads) {
		c.URL = leadPath(a.Lead)
	}
	return c
}

// activityPart is the number in the sentence that says why an activity is here.
func activityPart(a clinic.Activity) int {
	if a.Cause == clinic.CauseSession {
		return clinic.SessionOf(a.Part)
	}
	return int(a.Part)
}

// activityCauseURL is where in the account that stands which an activity came
// from; "" when it is nothing of the account, or the actor does not see it.
func activityCauseURL(v visit, a clinic.Activity) string {
	tab, anchor := "", ""
	switch a.Cause {
	case clinic.CauseNoShow, clinic.CauseCancelled:
		tab = appointmentTab
	case clinic.CauseBounced:
		tab, anchor = "transactions", "#row-cheque-"+id(a.Object)
	case clinic.CauseInstalment:
		tab, anchor = "transactions", "#plan-"+id(a.Object)
	case clinic.CauseDeposit:
		tab, anchor = depositTab, "#deposit-"+id(a.Object)
	case clinic.CauseSession, clinic.CauseUnseen, clinic.CauseSatisfaction:
		tab, anchor = "admissions", "#admission-"+id(a.Object)
	}
	if right := clinic.ReadMoney; tab == "" || (tab == "transactions" || tab == depositTab) && !v.actor.Can(right) {
		return ""
	}
	return statementPath(a.Patient, tab) + anchor
}

// activityResult is what came of an activity, or why it was cancelled.
func activityResult(v visit, a desk.ActivityShown) view.TableCell {
	var parts []string
	if a.Outcome != "" {
		parts = append(parts, v.l.T("activity.outcome."+string(a.Outcome)))
	}
	parts = append(parts, a.Result, a.Reason)
	c := view.TableCell{Text: joined(v, parts...)}
	if c.Text == "" {
		c.Text = v.l.T("word.none")
	}
	if !a.Done.IsZero() {
		c.Note = joined(v, a.DoneByName, v.l.Day(v.clinic.Day(a.Done)))
	}
	return c
}

// activityAfter is the activity that comes after one.
func activityAfter(v visit, a desk.ActivityShown) view.TableCell {
	if a.Next.ID == 0 {
		return view.TableCell{Text: v.l.T("word.none")}
	}
	return view.TableCell{Day: a.Next.Due, Note: joined(v, v.l.T("activity.kind."+string(a.Next.Kind)), a.Next.OwnerName)}
}

// activityLinks are what may be done with an activity, the likeliest first, and
// what is done rarely; where are the names and values that each address carries.
func activityLinks(v visit, a desk.ActivityShown, where ...string) (links, more []view.TableLink) {
	link := func(verb string) view.TableLink {
		return view.TableLink{Text: v.l.T("activity.do." + verb), URL: address("/activities/"+id(a.ID)+"/"+verb, where...)}
	}
	open := a.Status == clinic.ActivityOpen
	if open {
		links = append(links, link("complete"))
		if a.Kind != clinic.Social && a.Patient != 0 && v.actor.Can(clinic.WriteAppointments) {
			service := ""
			if a.Service != 0 {
				service = id(a.Service)
			}
			links = append(links, view.TableLink{Text: v.l.T("activity.do.book"),
				URL: address(bookPath(a.Patient), append([]string{"activity", id(a.ID), "service", service}, where...)...)})
		}
	}
	if a.Next.ID == 0 && a.Status != clinic.ActivityCancelled {
		more = append(more, link("next"))
	}
	if open {
		more = append(more, link("reschedule"), link("cancel"))
	}
	if _, err := a.Reopen(); err == nil {
		more = append(more, link("reopen"))
	}
	return links, more
}

// activitySubject is what an activity is about; one that came by itself is
// named by its cause.
func activitySubject(v visit, a clinic.Activity) string {
	if a.Subject == "" && a.Cause != "" {
		return v.l.T("activity.cause." + string(a.Cause))
	}
	return a.Subject
}
