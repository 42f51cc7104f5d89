package desk

import (
	"context"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// PatientQuery is a page of the patient list, or a search when Text is given.
type PatientQuery struct {
	Text   string // names in any order, file number, national code, phone, last digits of the mobile
	Filter string // "", debtor, creditor, settled
	Sort   string // "" and name: the index of names; file_number: the newest first
	Cursor string // from an earlier page; it knows its side
	Limit  int    // 1 to 200; 0 is 50
}

// PatientItem is one row of the list. Balance is 0 for an actor without the
// permission to read money.
type PatientItem struct {
	Patient       clinic.Patient
	Insurance     string     // who covers the patient today, by name
	LastAdmission jalali.Day // "" never
	Balance       money.Amount
}

// PatientPage is a page of the list. Newer and Older are the cursors of the
// page before and the page after, "" where there is none. Count is how
// many patients there are, at most 10,000 counted, -1 when not known.
type PatientPage struct {
	Items        []PatientItem
	Newer, Older string
	Count        int
	More         bool   // of a search: others match as well
	Suggest      string // nothing found: the text as typed on a Persian keyboard, which may be what was meant
}

const (
	pageOfPatients = 50
	mostCounted    = 10_000
	notCounted     = -1
)

// Patients returns a page of the list or the results of a search, best first.
// The audit has one line for it. Invalid patient.filter, patient.sort and
// page.cursor.
func (d *Desk) Patients(ctx context.Context, actor clinic.Actor, q PatientQuery) (PatientPage, error) {
	if q.Filter != "" {
		if err := actor.May(clinic.ReadMoney); err != nil {
			return PatientPage{}, err
		}
	}
	return readPatient(ctx, d, actor, "patient.list", func(w work) (PatientPage, clinic.PatientID, error) {
		page, err := w.patients(ctx, q)
		return page, 0, err
	})
}

func (w work) patients(ctx context.Context, q PatientQuery) (PatientPage, error) {
	find, err := w.patientQuery(q)
	if err != nil {
		return PatientPage{}, err
	}
	search := strings.TrimSpace(q.Text) != ""
	if search && len(find.Words) == 0 && find.Exact == "" {
		return PatientPage{}, nil // nothing to search by is nothing found
	}
	found, more, err := w.FindPatients(ctx, find)
	if err != nil {
		return PatientPage{}, err
	}
	page := PatientPage{Count: notCounted}
	if page.Items, err = w.patientItems(ctx, found); err != nil {
		return PatientPage{}, err
	}
	switch {
	case search:
		page.More = more
		if !more {
			page.Count = len(found)
		}
		if len(found) == 0 {
			page.Suggest = farsi.Keyboard(q.Text)
		}
		return page, nil
	case q.Filter == "":
		page.Count, err = w.CountPatients(ctx, mostCounted)
	}
	page.Newer, page.Older = pageCursors(found, find, more)
	return page, err
}

// pageCursors are those of the pages on both sides: there is one on the side we
// came from, and one ahead when there is more.
func pageCursors(found []clinic.Patient, q store.PatientQuery, more bool) (newer, older string) {
	if len(found) == 0 {
		return "", ""
	}
	before, after := q.From != 0, more
	if q.Backward {
		before, after = more, true
	}
	if before {
		newer = "n." + strconv.FormatInt(int64(found[0].ID), 36)
	}
	if after {
		older = "o." + strconv.FormatInt(int64(found[len(found)-1].ID), 36)
	}
	return newer, older
}

// patientQuery translates what was asked for into what the store looks for.
func (w work) patientQuery(q PatientQuery) (store.PatientQuery, error) {
	find := store.PatientQuery{Filter: store.PatientFilter(q.Filter), Sort: store.PatientSort(q.Sort),
		Unit: w.clinic.Unit(), Limit: q.Limit}
	if find.Limit <= 0 {
		find.Limit = pageOfPatients
	}
	switch find.Filter {
	case "", store.Debtor, store.Creditor, store.Settled:
	default:
		return find, fault.New(fault.Invalid, "patient.filter", "there is no filter %q", q.Filter)
	}
	switch find.Sort {
	case "", store.ByName, store.ByFileNumber:
	default:
		return find, fault.New(fault.Invalid, "patient.sort", "there is no order %q", q.Sort)
	}
	if q.Cursor != "" {
		side, rest, _ := strings.Cut(q.Cursor, ".")
		id, err := strconv.ParseInt(rest, 36, 64)
		if err != nil || id <= 0 || side != "n" && side != "o" {
			return find, fault.New(fault.Invalid, "page.cursor", "the cursor is none of ours").At("cursor")
		}
		find.From, find.Backward = clinic.PatientID(id), side == "n"
	}
	find.Words, find.Exact = searchWords(q.Text)
	return find, nil
}

// searchWords returns the words to search for. A number typed in whatever
// digits, with spaces or dashes, is one word and an identifier to try first.
func searchWords(text string) (words []string, exact string) {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -+()\u00a0\u200c\u200e\u200f", r) {
			return -1
		}
		return r
	}, farsi.Digits(text))
	if number == "" || strings.Trim(number, "0123456789") != "" {
		return farsi.QueryWords(text), ""
	}
	if mobile, err := farsi.Mobile(text); err == nil {
		return []string{mobile}, mobile
	}
	if code, err := farsi.NationalCode(number); err == nil && len(number) < len(code) {
		return []string{number}, code // typed without its leading zeros
	}
	return []string{number}, number
}

// patientItems adds to each patient what the list shows beside the name.
func (w work) patientItems(ctx context.Context, found []clinic.Patient) ([]PatientItem, error) {
	ids := make([]clinic.PatientID, len(found))
	owners := make([]int64, len(found))
	for i, p := range found {
		ids[i], owners[i] = p.ID, int64(p.ID)
	}
	insurers, err := w.InsurersOf(ctx, ids, w.today())
	if err != nil {
		return nil, err
	}
	last, err := w.LastAdmissions(ctx, ids)
	if err != nil {
		return nil, err
	}
	balances := map[int64]store.AccountBalance{}
	if w.actor.Can(clinic.ReadMoney) {
		balances, err = w.BalancesOf(ctx, clinic.AccountReceivable, w.clinic.Unit(), owners, store.Moment{})
		if err != nil {
			return nil, err
		}
	}
	items := make([]PatientItem, len(found))
	for i, p := range found {
		items[i] = PatientItem{Patient: p, Insurance: insurers[p.ID], LastAdmission: last[p.ID], Balance: balances[int64(p.ID)].Amount}
	}
	return items, nil
}
