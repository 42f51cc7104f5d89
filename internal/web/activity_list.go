package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// activityParams are what the address of the list holds beside its cursor.
var activityParams = []string{"view", "owner", "kind", "due", "cause"}

// ofDone are the columns that only what is done has something in.
var ofDone = []string{"result", "next"}

// GET /activities is what is to be done about people: first the reader's own
// day.
func (s *server) activityList(v visit) error {
	a := readAddress(v.r, activitiesPath, activityParams...)
	q := desk.ActivityQuery{View: a.get("view"), Owner: a.get("owner"), Kind: clinic.ActivityKind(a.get("kind")), Due: a.get("due"),
		Cause: clinic.ActivityCause(a.get("cause")), Cursor: a.cursor}
	found, err := s.Desk.ListActivities(v.r.Context(), v.actor, q)
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid { // an address that somebody typed
		return redirect(v, activitiesPath)
	}
	if err != nil {
		return err
	}
	title := v.l.T("nav.activities")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "activities", Title: title, Text: v.l.T("activity.list.text." + orAll(q.View)), Action: activitiesPath, Count: found.Count,
		URL: a.url(), Older: a.other(found.Older), Empty: v.l.T("activity.list.empty"), Quiet: v.l.T("activity.list.empty.text")}
	if q.View != desk.ActivitiesMine || len(a.values) > 0 {
		p.Empty, p.Quiet = v.l.T("activity.list.none"), v.l.T("activity.list.none.text")
	}
	if a.cursor != "" {
		p.Newer = a.page("") // the list has one end; there is one way back
	}
	p.Links = []view.TableLink{{Text: v.l.T("report.crm.open"), URL: reportsPath + "/crm", Icon: "chart-column"}}
	if p.Bar, err = s.activityBar(v, a); err != nil {
		return err
	}
	p.Sums = []view.Fact{{Label: v.l.T("activity.sum.mine"), Value: v.l.Number(found.Mine), Tone: "info"}, {Label: v.l.T("activity.sum.open"), Value: v.l.Number(found.Open)},
		{Label: v.l.T("activity.sum.overdue"), Value: v.l.Number(found.Overdue), Tone: lateTone(found.Overdue)}}
	for _, key := range []string{"due", "person", "kind", "subject", "result", "owner", "next", "status", "do"} {
		if q.View == desk.ActivitiesDone || !slices.Contains(ofDone, key) {
			p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("activity." + key), Wide: slices.Contains(activityWide, key)})
		}
	}
	changed, err := s.changedActivity(v, found.Items)
	if err != nil {
		return err
	}
	for _, i := range append(changed, found.Items...) {
		p.Rows = append(p.Rows, s.activityLine(v, a, i))
	}
	return s.show(v, view.TablePageView(p))
}

// lateTone is the tone of how many are late.
func lateTone(n int) string {
	if n > 0 {
		return "debtor"
	}
	return ""
}

// changedActivity is the activity that was just changed from the list, when it
// is not on it any more: it stands first, so that it can be opened again.
func (s *server) changedActivity(v visit, items []desk.ActivityItem) ([]desk.ActivityItem, error) {
	done := number[clinic.ActivityID](v.r.URL.Query().Get(doneParam))
	if done == 0 || slices.ContainsFunc(items, func(i desk.ActivityItem) bool { return i.ID == done }) {
		return nil, nil
	}
	item, err := s.Desk.ActivityOf(v.r.Context(), v.actor, done)
	if fault.Of(err) == fault.NotFound { // an address that somebody typed
		return nil, nil
	}
	return []desk.ActivityItem{item}, err
}

// activityLine is an activity of the list with the person it is about.
func (s *server) activityLine(v visit, a listAddress, i desk.ActivityItem) view.TableRow {
	i.Patient = i.Person.ID
	row := activityRow(v, i.ActivityShown, v.l.T("activity.kind."+string(i.Kind)))
	person := view.TableCell{Patient: &view.TablePatient{Row: "activity-" + id(i.ID), ID: id(i.Person.ID), Name: i.Person.Name(), File: i.Person.FileNumber.String(),
		Mobile: i.Person.Mobile}, Note: v.l.Mobile(i.Person.Mobile)}
	if i.Person.ID == 0 { // of a lead that is nobody's patient yet
		person = view.TableCell{Text: i.Person.Name(), URL: leadPath(i.Lead), Note: v.l.Mobile(i.Person.Mobile)}
	}
	if a.get("view") != desk.ActivitiesDone {
		row.Cells = slices.Delete(slices.Delete(row.Cells, 5, 6), 3, 4) // see ofDone
	}
	row.Cells = slices.Insert(row.Cells, 1, person)
	row.Changed = v.r.URL.Query().Get(doneParam) == id(i.ID)
	if !v.actor.Can(clinic.WriteActivities) {
		return row
	}
	then := a.with("cursor", a.cursor, doneParam, id(i.ID)) + "#row-activity-" + id(i.ID)
	links, more := activityLinks(v, i.ActivityShown, "then", then)
	if i.Status == clinic.ActivityOpen {
		result := links[0]
		result.Text, result.Code = v.l.T("activity.do.result"), "KeyR"
		links[0].URL, links[0].Request, links[0].Then = "/activities/"+id(i.ID)+"/complete", s.RequestKey(), then
		links[0].Main, links[0].Code, links[0].Says = true, "KeyD", v.l.T("activity.do.complete.of", "subject", activitySubject(v, i.Activity), "name", i.Person.Name())
		links = slices.Insert(links, 1, result)
	}
	do := &row.Cells[len(row.Cells)-1]
	if do.Links, do.More = links, more; i.Status == clinic.ActivityDone && row.Changed { // a mistake is taken back without looking for it
		do.Links, do.More = more, nil
	}
	return row
}

// activityBar arranges what the list can be limited to; all of it is a link.
func (s *server) activityBar(v visit, a listAddress) (*view.ListBar, error) {
	offer, err := s.Desk.ActivityOffer(v.r.Context(), v.actor, 0)
	if err != nil {
		return nil, err
	}
	b := &view.ListBar{L: v.l, List: "activities", Action: a.path}
	kinds := []string{""}
	for _, kind := range clinic.ActivityKinds {
		kinds = append(kinds, string(kind))
	}
	b.Quick = []view.ChipGroup{a.quick(v, "activity.view", "view", "activity.view.", desk.ActivitiesMine, desk.ActivitiesOpen, desk.ActivitiesDone),
		a.quick(v, "activity.kind", "kind", "activity.kind.", kinds...)}
	owners := []view.Choice{{Text: v.l.T("list.any")}, {Value: desk.OwnerMe, Text: v.l.T("activity.owner.me")}, {Value: desk.OwnerNobody, Text: v.l.T("activity.owner.nobody")}}
	owners = append(owners, named(v, offer.Owners)[1:]...)
	dues := []view.Choice{{Text: v.l.T("list.any")}}
	for _, due := range []string{desk.DueOverdue, desk.DueToday, desk.DueWeek} {
		dues = append(dues, view.Choice{Value: due, Text: v.l.T("cheque.due." + due)})
	}
	causes := []view.Choice{{Text: v.l.T("list.any")}}
	for _, cause := range clinic.ActivityCauses {
		causes = append(causes, view.Choice{Value: string(cause), Text: v.l.T("activity.cause." + string(cause))})
	}
	b.Fields = []view.ListField{{Name: "owner", Label: v.l.T("activity.owner"), Value: a.get("owner"), Choices: owners},
		{Name: "due", Label: v.l.T("activity.due"), Value: a.get("due"), Choices: dues},
		{Name: "cause", Label: v.l.T("activity.by_itself"), Value: a.get("cause"), Choices: causes}}
	finishBar(v, a, b)
	return b, nil
}
