package desk

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// LeadShown is a lead with names.
type LeadShown = store.LeadShown

// LeadStep is one thing that happened to a lead.
type LeadStep = store.LeadStep

// LeadsOpen asks a list for the leads of which something may still come.
const LeadsOpen = "open"

// LeadQuery is which leads a list or the board shows; a zero field asks for
// nothing.
type LeadQuery struct {
	State      string // one of clinic.LeadStatuses, or LeadsOpen
	Owner      string // a person's id, OwnerMe or OwnerNobody
	Source     string
	Introducer clinic.PatientID
	Service    clinic.ServiceID
	Channel    clinic.LeadChannel
	Text       string // of the name or the mobile
	Cursor     string
	Limit      int // 1 to 200; 0 is PageRows
}

// LeadPage is a page of the list. Counts are those of the whole list by state,
// whatever the page and the state that is asked for.
type LeadPage struct {
	Items  []LeadShown
	Older  string
	Count  int
	Counts map[clinic.LeadStatus]int
}

func (p LeadPage) shown() []clinic.PatientID { return leadPeople(p.Items) }

// leadPeople are the patients among leads.
func leadPeople(leads []LeadShown) (people []clinic.PatientID) {
	for _, l := range leads {
		if l.Patient != 0 {
			people = append(people, l.Patient)
		}
	}
	return people
}

// ListLeads returns a page of the list, of the leads that the actor may see.
// Invalid lead.filter, page.limit and page.cursor; Forbidden without the right.
func (d *Desk) ListLeads(ctx context.Context, actor clinic.Actor, q LeadQuery) (LeadPage, error) {
	if err := actor.May(clinic.ReadLeads); err != nil {
		return LeadPage{}, err
	}
	return readPatient(ctx, d, actor, "lead.list", func(w work) (p LeadPage, _ clinic.PatientID, err error) {
		find, err := w.leadQuery(q)
		if err != nil {
			return p, 0, err
		}
		want := find.Limit
		find.Limit++
		if p.Items, err = w.Tx.ListLeads(ctx, find); err != nil {
			return p, 0, err
		}
		if len(p.Items) > want {
			p.Items = p.Items[:want]
			p.Older = leadCursor(p.Items[want-1])
		}
		w.maskLeads(p.Items)
		asked := find.Statuses
		find.Statuses = nil
		if p.Counts, err = w.CountLeads(ctx, find); err != nil {
			return p, 0, err
		}
		for status, n := range p.Counts {
			if len(asked) == 0 || slices.Contains(asked, status) {
				p.Count += n
			}
		}
		return p, 0, nil
	})
}

// maskLeads shortens the mobiles that the actor may not see whole.
func (w work) maskLeads(leads []LeadShown) {
	for i := range leads {
		leads[i].Mobile = w.maskedNumber(leads[i].Mobile)
	}
}

// LeadBoard is the board: the latest leads of each state, and how many there
// are.
type LeadBoard struct {
	Columns []LeadColumn
}

// LeadColumn is one state on the board.
type LeadColumn struct {
	Status clinic.LeadStatus
	Count  int
	Items  []LeadShown
}

func (b LeadBoard) shown() (people []clinic.PatientID) {
	for _, c := range b.Columns {
		people = append(people, leadPeople(c.Items)...)
	}
	return people
}

// columnCards is how many leads a column of the board shows.
const columnCards = 20

// LeadBoard returns the board of the leads that the actor may see. Invalid
// lead.filter; Forbidden without the right.
func (d *Desk) LeadBoard(ctx context.Context, actor clinic.Actor, q LeadQuery) (LeadBoard, error) {
	if err := actor.May(clinic.ReadLeads); err != nil {
		return LeadBoard{}, err
	}
	return readPatient(ctx, d, actor, "lead.list", func(w work) (b LeadBoard, _ clinic.PatientID, err error) {
		q.State, q.Cursor, q.Limit = "", "", columnCards
		find, err := w.leadQuery(q)
		if err != nil {
			return b, 0, err
		}
		counts, err := w.CountLeads(ctx, find)
		if err != nil {
			return b, 0, err
		}
		for _, status := range clinic.LeadStatuses {
			c := LeadColumn{Status: status, Count: counts[status]}
			if c.Count > 0 {
				find.Statuses = []clinic.LeadStatus{status}
				if c.Items, err = w.Tx.ListLeads(ctx, find); err != nil {
					return b, 0, err
				}
			}
			w.maskLeads(c.Items)
			b.Columns = append(b.Columns, c)
		}
		return b, 0, nil
	})
}

// leadQuery translates what was asked for into what the store looks for.
func (w work) leadQuery(q LeadQuery) (find store.LeadQuery, err error) {
	wrong := func(field, value string) error {
		return fault.New(fault.Invalid, "lead.filter", "there is no %s %q", field, value).At(field)
	}
	find = store.LeadQuery{Source: q.Source, Introducer: q.Introducer, Service: q.Service, Channel: q.Channel, Branch: w.branch(), Staff: w.ownLeads(),
		Limit: cmp.Or(q.Limit, PageRows)}
	switch status := clinic.LeadStatus(q.State); {
	case q.State == "":
	case q.State == LeadsOpen:
		find.Statuses = clinic.OpenLeads
	case slices.Contains(clinic.LeadStatuses, status):
		find.Statuses = []clinic.LeadStatus{status}
	default:
		return find, wrong("state", q.State)
	}
	switch id, err := strconv.ParseInt(q.Owner, 10, 64); {
	case q.Owner == "":
	case q.Owner == OwnerMe:
		find.Owner = w.actor.Staff
	case q.Owner == OwnerNobody:
		find.Free = true
	case err != nil || id <= 0:
		return find, wrong("owner", q.Owner)
	default:
		find.Owner = clinic.StaffID(id)
	}
	if q.Channel != "" && q.Channel != clinic.LeadByStaff && q.Channel != clinic.LeadByForm {
		return find, wrong("channel", string(q.Channel))
	}
	find.Text = leadText(q.Text)
	if digits := strings.Trim(find.Text, "0123456789") == "" && find.Text != ""; digits && len(find.Text) != 11 && !w.actor.Can(clinic.ReadMobile) {
		return find, wrong("q", q.Text) // a number that is not shown is not found out digit by digit
	}
	if find.Limit < 0 || find.Limit > 200 {
		return find, fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	find.After, err = readLeadCursor(q.Cursor)
	return find, err
}

// leadText is a text as clinic.Lead.SearchKey writes it: a number is part of a
// mobile, anything else of a name.
func leadText(text string) string {
	number := strings.NewReplacer(" ", "", "-", "").Replace(farsi.Digits(text))
	if mobile, err := farsi.Mobile(text); err == nil {
		return mobile
	}
	if number != "" && strings.Trim(number, "0123456789") == "" {
		return number
	}
	return farsi.Key(text)
}

// leadCursor is the place of a lead in its list.
func leadCursor(l LeadShown) string {
	return strconv.FormatInt(l.Recorded.UnixMicro(), 10) + "." + strconv.FormatInt(int64(l.ID), 10)
}

// readLeadCursor reads what leadCursor wrote. Invalid page.cursor.
func readLeadCursor(text string) (*store.LeadKey, error) {
	if text == "" {
		return nil, nil
	}
	place, id, ok := strings.Cut(text, ".")
	at, late := strconv.ParseInt(place, 10, 64)
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || late != nil || err != nil {
		return nil, fault.New(fault.Invalid, "page.cursor", "this is no cursor").At("cursor")
	}
	return &store.LeadKey{Recorded: time.UnixMicro(at).UTC(), ID: clinic.LeadID(n)}, nil
}

// LeadFile is a lead with everything about it. Known are patients of the
// register who have its mobile, while it is nobody's; Others are further leads of
// the same mobile of which something may still come.
type LeadFile struct {
	LeadShown
	Person     clinic.Patient // of the register; without an id nobody
	Events     []LeadStep
	Activities []ActivityShown
	Visit      *clinic.Appointment // that came of it; nil: none
	Known      []clinic.Patient
	Others     []LeadShown
}

func (f LeadFile) shown() []clinic.PatientID { return append(idsOf(f.Known), leadPeople(f.Others)...) }

// wholeMobile is a mobile number within a story.
var wholeMobile = regexp.MustCompile(`09\d{9}`)

// mostEvents bounds the story of a lead that is shown.
const mostEvents = 200

// Lead returns one lead. NotFound lead.none; Forbidden without the right.
func (d *Desk) Lead(ctx context.Context, actor clinic.Actor, id clinic.LeadID) (LeadFile, error) {
	if err := actor.May(clinic.ReadLeads); err != nil {
		return LeadFile{}, err
	}
	return readPatient(ctx, d, actor, "lead.read", func(w work) (f LeadFile, whom clinic.PatientID, err error) {
		if f.LeadShown, err = w.visibleLead(ctx, id); err != nil {
			return f, 0, err
		}
		if f.Events, err = w.LeadEvents(ctx, id, mostEvents); err != nil {
			return f, 0, err
		}
		if w.actor.Can(clinic.ReadActivities) {
			if f.Activities, err = w.ActivitiesOfLead(ctx, id); err != nil {
				return f, 0, err
			}
		}
		if f.Appointment != 0 && w.actor.Can(clinic.ReadAppointments) {
			a, err := w.Tx.Appointment(ctx, f.Appointment)
			if err != nil {
				return f, 0, err
			}
			f.Visit = &a
		}
		if f.Others, err = w.otherLeads(ctx, f.Lead); err != nil {
			return f, 0, err
		}
		if f.Patient != 0 {
			f.Person, err = w.person(ctx, f.Patient)
			f.Person = w.read(f.Person)
		} else {
			f.Known, err = w.knownBy(ctx, f.Mobile)
		}
		f.Lead = w.toldLead(f.Lead)
		for i, e := range f.Events {
			f.Events[i].Reason = wholeMobile.ReplaceAllStringFunc(e.Reason, w.maskedNumber)
		}
		return f, f.Patient, err
	})
}

// otherLeads are the open leads with the mobile of a lead that the actor may see.
func (w work) otherLeads(ctx context.Context, l clinic.Lead) (others []LeadShown, err error) {
	open, err := w.OpenLeadsOfMobile(ctx, l.Mobile)
	for _, o := range open {
		if o.ID != l.ID && (w.branch() == 0 || o.Branch == w.branch()) && (w.ownLeads() == 0 || o.Staff == w.ownLeads()) {
			others = append(others, o)
		}
	}
	w.maskLeads(others)
	return others, err
}

// knownBy are the people with a mobile whom the actor may see.
func (w work) knownBy(ctx context.Context, mobile string) ([]clinic.Patient, error) {
	found, err := w.PatientsWithMobile(ctx, mobile)
	if err != nil {
		return nil, err
	}
	people, err := w.seen(ctx, found, 0)
	for i, p := range people {
		people[i] = w.read(p)
	}
	return people, err
}

// LeadOffer is what the forms of leads offer.
type LeadOffer struct {
	Owners    []Named
	Services  []Named
	Referrers []Named
	Marketers []clinic.Patient
}

func (o LeadOffer) shown() []clinic.PatientID { return idsOf(o.Marketers) }

// LeadOffer returns it. Forbidden without the right to see leads.
func (d *Desk) LeadOffer(ctx context.Context, actor clinic.Actor) (LeadOffer, error) {
	if err := actor.May(clinic.ReadLeads); err != nil {
		return LeadOffer{}, err
	}
	return readPatient(ctx, d, actor, "marketer.list", func(w work) (o LeadOffer, _ clinic.PatientID, err error) {
		staff, err := w.AllStaff(ctx)
		if err != nil {
			return o, 0, err
		}
		for _, s := range staff {
			if worksOnLeads(s, cmp.Or(w.branch(), s.Branch)) {
				o.Owners = append(o.Owners, Named{ID: int64(s.ID), Name: s.Name})
			}
		}
		services, err := offered(w.Services(ctx))
		if err != nil {
			return o, 0, err
		}
		for _, s := range services {
			o.Services = append(o.Services, Named{ID: int64(s.ID), Name: s.Name})
		}
		choices, err := w.formChoices(ctx)
		for _, r := range choices.Referrers {
			o.Referrers = append(o.Referrers, Named{ID: int64(r.ID), Name: r.Label()})
		}
		o.Marketers = choices.Marketers
		return o, 0, err
	})
}

// NewLeads counts the leads that nobody has worked on, of those that the actor
// may see.
func (d *Desk) NewLeads(ctx context.Context, actor clinic.Actor) (n int, err error) {
	if err := actor.May(clinic.ReadLeads); err != nil {
		return 0, err
	}
	err = d.read(ctx, actor, func(w work) error {
		find, err := w.leadQuery(LeadQuery{State: string(clinic.LeadNew)})
		if err != nil {
			return err
		}
		counts, err := w.CountLeads(ctx, find)
		n = counts[clinic.LeadNew]
		return err
	})
	return n, err
}
