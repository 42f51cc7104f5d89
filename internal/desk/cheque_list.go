package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// The questions about due dates that a list of cheques answers.
const (
	DueToday   = "today"
	DueWeek    = "week"    // today and the six days after
	DueOverdue = "overdue" // before today
)

// ChequeQuery is a page of the list of cheques. Status is one of
// clinic.ChequeStatuses, "all", or "" for those that are not money yet.
type ChequeQuery struct {
	Status string
	Due    string     // one of the questions above; "": whenever
	Before jalali.Day // due before this day; "": whenever
	Cursor string
	Limit  int // 0: PageRows; at most 200
}

// ChequeItem is a cheque with the person it is of and the newest of its story.
type ChequeItem struct {
	store.ListedCheque
	Person clinic.Patient
	Last   store.ChequeEvent
}

// ChequeSum is how many cheques are in a state and how much they are.
type ChequeSum = store.ChequeSum

// ChequePage is a page of the list by due date. Sums are those of the whole
// list by state, Held those of all cheques that are not money yet: in hand and
// at the bank, which is what the account of cheques holds.
type ChequePage struct {
	Items []ChequeItem
	Sums  []ChequeSum
	Held  []ChequeSum
	Older string // cursor of the next page
}

func (p ChequePage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Person.ID)
	}
	return people
}

// Cheques returns a page of the cheques of the people the actor may see.
// Invalid cheque.filter, page.cursor, page.limit.
func (d *Desk) Cheques(ctx context.Context, actor clinic.Actor, q ChequeQuery) (ChequePage, error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return ChequePage{}, err
	}
	return readPatient(ctx, d, actor, "cheque.list", func(w work) (ChequePage, clinic.PatientID, error) {
		page, err := w.listCheques(ctx, q)
		return page, 0, err
	})
}

func (w work) listCheques(ctx context.Context, q ChequeQuery) (p ChequePage, err error) {
	find, err := w.chequeQuery(q)
	if err != nil {
		return p, err
	}
	want := find.Limit
	find.Limit++
	listed, err := w.ListCheques(ctx, find)
	if err != nil {
		return p, err
	}
	if len(listed) > want {
		listed = listed[:want]
		last := listed[want-1]
		p.Older = string(last.Due) + "." + strconv.FormatInt(int64(last.ID), 10)
	}
	if p.Sums, err = w.SumCheques(ctx, find); err != nil {
		return p, err
	}
	held := store.ChequeQuery{Statuses: []string{clinic.ChequeInHand, clinic.ChequeBanked}, People: find.People}
	if p.Held, err = w.SumCheques(ctx, held); err != nil {
		return p, err
	}
	ids, files := make([]clinic.ChequeID, len(listed)), make([]clinic.PatientID, len(listed))
	for i, l := range listed {
		ids[i], files[i] = l.ID, l.Patient
	}
	persons, err := w.Persons(ctx, files)
	if err != nil {
		return p, err
	}
	last, err := w.LastChequeEvents(ctx, ids...)
	if err != nil {
		return p, err
	}
	for _, l := range listed {
		p.Items = append(p.Items, ChequeItem{l, w.masked(persons[l.Patient]), last[l.ID]})
	}
	return p, nil
}

// chequeQuery translates what was asked for into what the store looks for.
func (w work) chequeQuery(q ChequeQuery) (find store.ChequeQuery, err error) {
	find = store.ChequeQuery{Statuses: []string{q.Status}, Until: q.Before, People: w.branch(), Limit: q.Limit}
	switch {
	case q.Status == "":
		find.Statuses = []string{clinic.ChequeInHand, clinic.ChequeBanked}
	case q.Status == "all":
		find.Statuses = clinic.ChequeStatuses
	case !slices.Contains(clinic.ChequeStatuses, q.Status):
		return find, fault.New(fault.Invalid, "cheque.filter", "there is no status %q", q.Status).At("status")
	}
	today := w.today()
	switch q.Due {
	case "":
	case DueToday:
		find.From, find.Until = today, today.Add(1)
	case DueWeek:
		find.From, find.Until = today, today.Add(7)
	case DueOverdue:
		find.Until = today
	default:
		return find, fault.New(fault.Invalid, "cheque.filter", "there is no due date %q", q.Due).At("due")
	}
	if find.Until != "" && find.From == "" {
		find.From = "0001-01-01" // one that was imported has no due date
	}
	if find.Limit == 0 {
		find.Limit = PageRows
	}
	if find.Limit < 0 || find.Limit > 200 {
		return find, fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	if q.Cursor == "" {
		return find, nil
	}
	due, id, ok := strings.Cut(q.Cursor, ".")
	n, err := strconv.ParseInt(id, 10, 64)
	if day := jalali.Day(due); !ok || err != nil || day != "" && !day.Valid() {
		return find, fault.New(fault.Invalid, "page.cursor", "this is no cursor")
	}
	find.After = &store.ChequeKey{Due: jalali.Day(due), ID: clinic.ChequeID(n)}
	return find, nil
}

// ChequesOf returns all cheques of a person, by due date. NotFound
// patient.none.
func (d *Desk) ChequesOf(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (items []ChequeItem, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		files, _, err := w.files(ctx, p.ID, store.Moment{})
		if err != nil {
			return err
		}
		all, err := w.ChequesOfFiles(ctx, files)
		if err != nil {
			return err
		}
		items, err = w.chequeItems(ctx, all, p)
		return err
	})
	return items, err
}

// ChequeOf returns a cheque of a person whom the actor may see. NotFound
// cheque.none.
func (d *Desk) ChequeOf(ctx context.Context, actor clinic.Actor, id clinic.ChequeID) (i ChequeItem, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return i, err
	}
	err = d.read(ctx, actor, func(w work) error {
		q, err := w.visibleCheque(ctx, id)
		if err != nil {
			return err
		}
		p, err := w.person(ctx, q.Patient)
		if err != nil {
			return err
		}
		items, err := w.chequeItems(ctx, []clinic.Cheque{q}, p)
		if err == nil {
			i = items[0]
		}
		return err
	})
	if err != nil {
		return ChequeItem{}, err
	}
	return i, d.seen(ctx, actor, "cheque.read", i.Person.ID)
}

// chequeItems are cheques of a person with the newest of their stories.
func (w work) chequeItems(ctx context.Context, all []clinic.Cheque, p clinic.Patient) (items []ChequeItem, err error) {
	ids := make([]clinic.ChequeID, len(all))
	for i, q := range all {
		ids[i] = q.ID
	}
	last, err := w.LastChequeEvents(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for _, q := range all {
		r, err := w.Receipt(ctx, q.Receipt)
		if err != nil {
			return nil, err
		}
		items = append(items, ChequeItem{store.ListedCheque{Cheque: q, Number: r.Number}, w.masked(p), last[q.ID]})
	}
	return items, nil
}
