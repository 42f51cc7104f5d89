package desk

import (
	"context"
	"maps"
	"slices"
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
	PatientFilter
	Text   string // names in any order, file number, national code, phone, last digits of the mobile
	Sort   string // one of store.PatientSorts; "" is name, the index of names
	Cursor string // from an earlier page; it knows its side
	Limit  int    // 1 to 200; 0 is 50, and 16 of a search
}

// The orders of the list; see store.PatientSort.
const (
	ByName         = string(store.ByName)
	ByNameDown     = string(store.ByNameDown)
	ByFileNumber   = string(store.ByFileNumber)
	ByFileNumberUp = string(store.ByFileNumberUp)
	ByLast         = string(store.ByLast)
)

// PatientItem is one row of the list. Balance is 0 for an actor without the
// permission to read money, and of phones an actor without the permission for
// them gets the last digits. Alias is the number of the merged file by which a
// search found the person.
type PatientItem struct {
	Patient       clinic.Patient
	Alias         clinic.FileNumber
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
	Short        bool   // of a search: less than two letters or four digits
	Suggest      string // nothing found: the text as typed on a Persian keyboard, which may be what was meant
}

const (
	pageOfPatients = 50
	pageOfFound    = 16 // of a search: who has more types on
	mostCounted    = 10_000
	notCounted     = -1
)

// Patients returns a page of the list or the results of a search, best first,
// of the people the actor may see. The audit has one line for it. Invalid
// patient.filter, patient.sort and page.cursor; Forbidden permission for a
// filter by money or by another branch that the actor may not see.
func (d *Desk) Patients(ctx context.Context, actor clinic.Actor, q PatientQuery) (PatientPage, error) {
	if err := q.allowed(actor); err != nil {
		return PatientPage{}, err
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
	if find.Branch != 0 && q.Branch == 0 {
		if find.Branch, err = w.searched(ctx); err != nil {
			return PatientPage{}, err
		}
	}
	if find.From != 0 {
		p, err := w.Patient(ctx, find.From)
		if err == nil {
			err = w.visible(p) // a cursor tells nobody who is known elsewhere
		}
		if err != nil {
			return PatientPage{}, err
		}
	}
	search := strings.TrimSpace(q.Text) != ""
	if search && len(find.Words) == 0 && find.Exact == "" {
		return PatientPage{Short: true}, nil // nothing to search by is nothing found
	}
	found, more, err := w.FindFiles(ctx, find)
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
	case q.PatientFilter == PatientFilter{Branch: q.Branch}:
		page.Count, err = w.CountPatients(ctx, find.Branch, mostCounted)
	}
	page.Newer, page.Older = pageCursors(found, find, more)
	return page, err
}

// pageCursors are those of the pages on both sides: there is one on the side we
// came from, and one ahead when there is more.
func pageCursors(found []store.Found, q store.PatientQuery, more bool) (newer, older string) {
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
func (w work) patientQuery(q PatientQuery) (find store.PatientQuery, err error) {
	find.Sort, find.Limit = store.PatientSort(q.Sort), q.Limit
	find.Words, find.Exact = searchWords(q.Text)
	switch {
	case find.Limit <= 0 && len(find.Words) > 0:
		find.Limit = pageOfFound
	case find.Limit <= 0:
		find.Limit = pageOfPatients
	}
	if find.Conditions, err = w.conditions(q.PatientFilter); err != nil {
		return find, err
	}
	if find.Sort != "" && !slices.Contains(store.PatientSorts, find.Sort) {
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
	return find, nil
}

// searchWords returns the words to search for. A number typed in whatever
// digits, with spaces or dashes, is one word and an identifier to try first.
// Less than two letters or four digits are no words: they would find everybody.
func searchWords(text string) (words []string, exact string) {
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -+()\u00a0\u200c\u200e\u200f", r) {
			return -1
		}
		return r
	}, farsi.Digits(text))
	if number == "" || strings.Trim(number, "0123456789") != "" {
		words = farsi.QueryWords(text)
		if !enough(words...) {
			words = nil
		}
		return words, ""
	}
	if mobile, err := farsi.Mobile(text); err == nil {
		return []string{mobile}, mobile
	}
	if code, err := farsi.NationalCode(number); err == nil && len(number) < len(code) {
		return []string{number}, code // typed without its leading zeros
	}
	if !enough(number) {
		return nil, number
	}
	return []string{number}, number
}

// enough reports whether the words are worth a search: two letters, four
// digits, or as much of both.
func enough(words ...string) bool {
	weight := 0
	for _, word := range words {
		for _, r := range word {
			if weight++; r < '0' || r > '9' {
				weight++
			}
		}
	}
	return weight >= 4
}

// patientItems adds to each patient what the list shows beside the name.
func (w work) patientItems(ctx context.Context, found []store.Found) ([]PatientItem, error) {
	ids := make([]clinic.PatientID, len(found))
	for i, f := range found {
		ids[i] = f.ID
	}
	belongs, err := w.Aliases(ctx, ids)
	if err != nil {
		return nil, err
	}
	files := slices.Concat(ids, slices.Collect(maps.Keys(belongs)))
	for _, id := range ids {
		belongs[id] = id
	}
	insurers, err := w.InsurersOf(ctx, ids, w.today())
	if err != nil {
		return nil, err
	}
	admissions, err := w.LastAdmissions(ctx, files)
	if err != nil {
		return nil, err
	}
	last := map[clinic.PatientID]jalali.Day{}
	for file, day := range admissions {
		last[belongs[file]] = max(last[belongs[file]], day)
	}
	balances, err := w.balancesOf(ctx, files, belongs)
	if err != nil {
		return nil, err
	}
	items := make([]PatientItem, len(found))
	for i, f := range found {
		items[i] = PatientItem{Patient: w.masked(f.Patient), Alias: f.Alias, Insurance: insurers[f.ID],
			LastAdmission: last[f.ID], Balance: balances[f.ID]}
	}
	return items, nil
}

// balancesOf is what each person owes on all files; nothing to an actor who may
// not see it.
func (w work) balancesOf(ctx context.Context, files []clinic.PatientID, belongs map[clinic.PatientID]clinic.PatientID) (map[clinic.PatientID]money.Amount, error) {
	sums := map[clinic.PatientID]money.Amount{}
	if !w.actor.Can(clinic.ReadMoney) {
		return sums, nil
	}
	owners := make([]int64, len(files))
	for i, id := range files {
		owners[i] = int64(id)
	}
	balances, err := w.BalancesOf(ctx, clinic.AccountReceivable, w.clinic.Unit(), owners, store.Moment{})
	for owner, b := range balances {
		sums[belongs[clinic.PatientID(owner)]] += b.Amount
	}
	return sums, err
}

// masked is the patient with the ends of the phones only, for an actor who may
// not read them whole.
func (w work) masked(p clinic.Patient) clinic.Patient {
	for _, number := range []*string{&p.Mobile, &p.SecondMobile, &p.Landline, &p.EmergencyPhone} {
		*number = w.maskedNumber(*number)
	}
	return p
}

// maskedNumber is a telephone number as the actor may see it: its end, without
// the right to the whole.
func (w work) maskedNumber(number string) string {
	if n := len(number); n > 4 && !w.actor.Can(clinic.ReadMobile) {
		return strings.Repeat("•", 3) + number[n-4:]
	}
	return number
}
