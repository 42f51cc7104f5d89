package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// Activities is the tab of what was done about a person and what is to be done.
type Activities struct {
	Header
	Rows []store.ActivityShown
}

// Activities returns the tab: the open ones by their day, then the others.
// NotFound patient.none; Forbidden without the right.
func (d *Desk) Activities(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (a Activities, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadActivities, v, &a.Header, func(w work, r store.Range) error {
		a.Rows, err = w.ActivitiesOf(ctx, a.Files, r.Moment)
		return err
	})
	return a, err
}

// The lists of activities.
const (
	ActivitiesMine = ""     // my day: mine and nobody's, due today or overdue
	ActivitiesOpen = "open" // all that are open
	ActivitiesDone = "done" // all that are done, the latest first
)

// The owners that are not a person's id.
const (
	OwnerMe     = "me"
	OwnerNobody = "nobody"
)

// ActivityQuery is a page of the list of activities; a zero field asks for
// nothing.
type ActivityQuery struct {
	View   string // one of those above
	Owner  string // a person's id, OwnerMe or OwnerNobody
	Kind   clinic.ActivityKind
	Cause  clinic.ActivityCause
	Due    string // DueToday, DueWeek or DueOverdue, of open ones
	Cursor string
	Limit  int // 1 to 200; 0 is PageRows
}

// ActivityItem is an activity in the list of all, with the person it is about.
type ActivityItem struct {
	ActivityShown
	Person clinic.Patient // of a merged file, the one that stands for it; without an id the name of a lead
}

// ActivityPage is a page of the list. Count is that of the whole list, whatever
// the page. Of all that the actor may see and that is open, Open counts
// everything, Overdue what is past its day, and Mine what the actor's day holds.
type ActivityPage struct {
	Items               []ActivityItem
	Older               string
	Count               int
	Open, Overdue, Mine int
}

func (p ActivityPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		if i.Person.ID != 0 {
			people = append(people, i.Person.ID)
		}
	}
	return people
}

// ListActivities returns a page of the list, of the people the actor may see.
// Invalid activity.filter, page.limit and page.cursor; Forbidden without the
// right.
func (d *Desk) ListActivities(ctx context.Context, actor clinic.Actor, q ActivityQuery) (ActivityPage, error) {
	if err := actor.May(clinic.ReadActivities); err != nil {
		return ActivityPage{}, err
	}
	return readPatient(ctx, d, actor, "activity.list", func(w work) (ActivityPage, clinic.PatientID, error) {
		page, err := w.listActivities(ctx, q)
		return page, 0, err
	})
}

func (w work) listActivities(ctx context.Context, q ActivityQuery) (p ActivityPage, err error) {
	find, err := w.activityQuery(q)
	if err != nil {
		return p, err
	}
	want := find.Limit
	find.Limit++
	listed, err := w.Tx.ListActivities(ctx, find)
	if err != nil {
		return p, err
	}
	if len(listed) > want {
		listed = listed[:want]
		p.Older = activityCursor(listed[want-1], find.Done)
	}
	all := store.ActivityQuery{People: find.People}
	if p.Open, p.Overdue, err = w.TallyActivities(ctx, all, w.today()); err != nil {
		return p, err
	}
	all.Owner, all.Free, all.Until = w.actor.Staff, true, w.today().Add(1)
	if p.Mine, _, err = w.TallyActivities(ctx, all, w.today()); err != nil {
		return p, err
	}
	if p.Count, _, err = w.TallyActivities(ctx, find, w.today()); err != nil {
		return p, err
	}
	p.Items, err = w.activityItems(ctx, listed)
	return p, err
}

// activityItems are activities with the people they are about.
func (w work) activityItems(ctx context.Context, listed []ActivityShown) (items []ActivityItem, err error) {
	var files []clinic.PatientID
	for _, a := range listed {
		if a.Patient != 0 {
			files = append(files, a.Patient)
		}
	}
	persons, err := w.Persons(ctx, files)
	if err != nil {
		return nil, err
	}
	for _, a := range listed {
		person := persons[a.Patient]
		if a.Patient == 0 {
			person = clinic.Patient{LastName: a.PatientName, Mobile: a.Mobile}
		}
		items = append(items, ActivityItem{a, w.masked(person)})
	}
	return items, nil
}

// ActivityOf returns one activity with the person it is about. NotFound
// activity.none.
func (d *Desk) ActivityOf(ctx context.Context, actor clinic.Actor, id clinic.ActivityID) (ActivityItem, error) {
	if err := actor.May(clinic.ReadActivities); err != nil {
		return ActivityItem{}, err
	}
	return readPatient(ctx, d, actor, "activity.read", func(w work) (i ActivityItem, _ clinic.PatientID, err error) {
		a, err := w.visibleActivity(ctx, id)
		if err != nil {
			return i, 0, err
		}
		items, err := w.activityItems(ctx, []ActivityShown{a})
		if err != nil {
			return i, 0, err
		}
		return items[0], items[0].Person.ID, nil
	})
}

// activityQuery translates what was asked for into what the store looks for.
func (w work) activityQuery(q ActivityQuery) (find store.ActivityQuery, err error) {
	wrong := func(field, value string) error {
		return fault.New(fault.Invalid, "activity.filter", "there is no %s %q", field, value).At(field)
	}
	find = store.ActivityQuery{Kind: q.Kind, Cause: q.Cause, People: w.branch(), Limit: q.Limit}
	today := w.today()
	switch q.View {
	case ActivitiesMine:
		find.Owner, find.Free, find.Until = w.actor.Staff, true, today.Add(1)
	case ActivitiesOpen:
	case ActivitiesDone:
		find.Done = true
	default:
		return find, wrong("view", q.View)
	}
	switch id, err := strconv.ParseInt(q.Owner, 10, 64); {
	case q.Owner == "":
	case q.Owner == OwnerMe:
		find.Owner, find.Free = w.actor.Staff, false
	case q.Owner == OwnerNobody:
		find.Owner, find.Free = 0, true
	case err != nil || id <= 0:
		return find, wrong("owner", q.Owner)
	default:
		find.Owner, find.Free = clinic.StaffID(id), false
	}
	if q.Kind != "" && !slices.Contains(clinic.ActivityKinds, q.Kind) {
		return find, wrong("kind", string(q.Kind))
	}
	if q.Cause != "" && !slices.Contains(clinic.ActivityCauses, q.Cause) {
		return find, wrong("cause", string(q.Cause))
	}
	switch q.Due {
	case "":
	case DueToday:
		find.From, find.Until = today, today.Add(1)
	case DueWeek:
		find.From, find.Until = today, today.Add(7)
	case DueOverdue:
		find.Until = today
	default:
		return find, wrong("due", q.Due)
	}
	if find.Limit == 0 {
		find.Limit = PageRows
	}
	if find.Limit < 0 || find.Limit > 200 {
		return find, fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	find.After, err = readActivityCursor(q.Cursor, find.Done)
	return find, err
}

// activityCursor is the place of an activity in its list.
func activityCursor(a ActivityShown, done bool) string {
	place := string(a.Due)
	if done {
		place = strconv.FormatInt(a.Done.UnixMicro(), 10)
	}
	return place + "." + strconv.FormatInt(int64(a.ID), 10)
}

// readActivityCursor reads what activityCursor wrote. Invalid page.cursor.
func readActivityCursor(text string, done bool) (*store.ActivityKey, error) {
	if text == "" {
		return nil, nil
	}
	place, id, ok := strings.Cut(text, ".")
	n, err := strconv.ParseInt(id, 10, 64)
	key := store.ActivityKey{ID: clinic.ActivityID(n)}
	if done {
		at, wrong := strconv.ParseInt(place, 10, 64)
		key.Done, ok = time.UnixMicro(at).UTC(), ok && wrong == nil
	} else {
		key.Due = jalali.Day(place)
		ok = ok && key.Due.Valid()
	}
	if !ok || err != nil {
		return nil, fault.New(fault.Invalid, "page.cursor", "this is no cursor").At("cursor")
	}
	return &key, nil
}

// ActivityOffer is what the forms of activities offer: who may come to one about
// the person, of lists of all who may come to any that the actor sees, and the
// services it may be about.
type ActivityOffer struct {
	Owners   []Named
	Services []Named
}

// ActivityOffer returns it; patient 0 is for lists of all. NotFound patient.none.
func (d *Desk) ActivityOffer(ctx context.Context, actor clinic.Actor, patient clinic.PatientID) (o ActivityOffer, err error) {
	if err := actor.May(clinic.ReadActivities); err != nil {
		return o, err
	}
	err = d.read(ctx, actor, func(w work) error {
		var p clinic.Patient
		if patient != 0 {
			if p, err = w.person(ctx, patient); err != nil {
				return err
			}
		}
		staff, err := w.AllStaff(ctx)
		if err != nil {
			return err
		}
		for _, s := range staff {
			if patient == 0 {
				p.Branch = cmp.Or(w.branch(), s.Branch)
			}
			if worksOn(s, p) {
				o.Owners = append(o.Owners, Named{ID: int64(s.ID), Name: s.Name})
			}
		}
		services, err := offered(w.Services(ctx))
		for _, s := range services {
			o.Services = append(o.Services, Named{ID: int64(s.ID), Name: s.Name})
		}
		return err
	})
	return o, err
}
