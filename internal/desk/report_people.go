package desk

import (
	"cmp"
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

// PeopleQuery is a page of a list of people with money: debtors, creditors,
// deposits. A zero field asks for nothing.
type PeopleQuery struct {
	Text   string // a part of the name, the file number or the mobile
	Branch clinic.BranchID
	Min    money.Amount // at least so much
	Age    string       // "1" to "4": something is so old
	Sort   string       // amount (the most first), age (the oldest first) or name
	Cursor string       // from an earlier page
	Limit  int          // 1 to 200; 0 is 50
	All    bool         // everything on one page, for a file
	AsOf   View         // of which the day and the instant count
}

// PersonMoney is one person of such a list.
type PersonMoney struct {
	PatientItem
	Amount money.Amount // what is owed, the credit, what deposits hold; above nothing
	Aged   clinic.Aged
	Credit money.Amount       // of a debtor: money that pays nothing; Amount = Aged − Credit
	Oldest jalali.Day         // since when something is due
	Only   clinic.AdmissionID // that alone is open; 0 for several
	Parts  []WhyPart          // of a creditor: what the credit is
}

// PeopleMoney is a page of the list with the totals of all of it. Ledger is
// what the books say the total is, nil where the list leaves people out.
type PeopleMoney struct {
	Items  []PersonMoney
	Count  int
	Total  PersonMoney
	Ledger *money.Amount
	Older  string
	Newer  string
	Bounds [clinic.Future - 1]int // of the ages, in days
}

func (p PeopleMoney) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Patient.ID)
	}
	return people
}

// Debtors returns who owes the clinic, the most first, by the age of what is
// open. Invalid list.sort, page.limit, page.cursor.
func (d *Desk) Debtors(ctx context.Context, actor clinic.Actor, q PeopleQuery) (PeopleMoney, error) {
	return d.peopleMoney(ctx, actor, q, "debtor.list", work.debtors)
}

// Creditors returns whom the clinic owes, with the money that it is.
func (d *Desk) Creditors(ctx context.Context, actor clinic.Actor, q PeopleQuery) (PeopleMoney, error) {
	return d.peopleMoney(ctx, actor, q, "creditor.list", work.creditors)
}

func (d *Desk) peopleMoney(ctx context.Context, actor clinic.Actor, q PeopleQuery, action string,
	list func(w work, ctx context.Context, q PeopleQuery, m store.Moment) (PeopleMoney, error)) (p PeopleMoney, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return p, err
	}
	return readPatient(ctx, d, actor, action, func(w work) (PeopleMoney, clinic.PatientID, error) {
		m, err := w.moment(q.AsOf)
		if err == nil {
			q, err = w.checkPeople(q)
		}
		if err != nil {
			return p, 0, err
		}
		p, err := list(w, ctx, q, m)
		p.Bounds = w.clinic.Rules.Aging
		return p, 0, err
	})
}

// checkPeople checks what was asked for and keeps a reader to the own branch.
func (w work) checkPeople(q PeopleQuery) (PeopleQuery, error) {
	q.Sort = cmp.Or(q.Sort, "amount")
	switch {
	case !slices.Contains([]string{"amount", "age", "name"}, q.Sort):
		return q, fault.New(fault.Invalid, "report.sort", "the list has no order %q", q.Sort).At("sort")
	case !slices.Contains([]string{"", "1", "2", "3", "4", "5"}, q.Age):
		return q, fault.New(fault.Invalid, "report.age", "there is no age %q", q.Age).At("age")
	case q.Limit < 0 || q.Limit > 200:
		return q, fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	q.Limit = cmp.Or(q.Limit, PageRows)
	if own := w.branch(); own != 0 {
		if q.Branch != 0 && q.Branch != own {
			return q, fault.New(fault.Forbidden, "permission", "the list is of another branch").With("permission", string(clinic.AllBranches))
		}
		q.Branch = own
	}
	return q, nil
}

func (w work) debtors(ctx context.Context, q PeopleQuery, m store.Moment) (p PeopleMoney, err error) {
	if m == (store.Moment{}) {
		return w.peopleNow(ctx, q, false)
	}
	sums, err := w.PersonSums(ctx, clinic.AccountReceivable, w.clinic.Unit(), q.Branch, m)
	if err != nil {
		return p, err
	}
	var all []PersonMoney
	at := map[clinic.PatientID]int{} // by file
	for _, s := range sums {
		if s.Amount > 0 {
			for _, file := range append(s.Files, s.Patient) {
				at[file] = len(all)
			}
			all = append(all, PersonMoney{PatientItem: PatientItem{Patient: clinic.Patient{ID: s.Patient}}, Amount: s.Amount})
		}
	}
	if err := w.age(ctx, all, at, q.Branch, m); err != nil {
		return p, err
	}
	p, err = w.pageOfPeople(ctx, q, all)
	if err == nil && !q.narrow() && q.Branch == 0 && q.Cursor == "" {
		p.Ledger, _, err = w.inBooks(ctx, sums, m)
	}
	return p, err
}

// age fills in how old what is open is, and the credit beside it. Instalments
// are as old as their days, like those that are overdue in the header.
func (w work) age(ctx context.Context, all []PersonMoney, at map[clinic.PatientID]int, branch clinic.BranchID, m store.Moment) error {
	open, err := w.OpenParts(ctx, slices.Sorted(maps.Keys(at)), m)
	if err != nil {
		return err
	}
	plans, err := w.schedules(ctx, branch, m)
	if err != nil {
		return err
	}
	w.aged(all, at, open, plans, w.dayOf(m))
	return nil
}

// aged puts what is open where its age is; at says whose it is.
func (w work) aged(all []PersonMoney, at map[clinic.PatientID]int, open []store.OpenPart, plans map[clinic.AdmissionID]*clinic.Schedule, today jalali.Day) {
	seen := map[int]bool{}
	for _, o := range open {
		i := at[o.Patient]
		if all[i].Only = o.Admission; seen[i] {
			all[i].Only = 0
		}
		seen[i] = true
		for _, part := range clinic.DueParts(o.Day, o.Left, plans[o.Admission]) {
			all[i].Aged[w.clinic.Rules.AgeOf(part.From, today)] += part.Left
			if part.From <= today && (all[i].Oldest == "" || part.From < all[i].Oldest) {
				all[i].Oldest = part.From
			}
		}
	}
	for i := range all {
		all[i].Credit = all[i].Aged.Sum() - all[i].Amount
	}
}

func (w work) creditors(ctx context.Context, q PeopleQuery, m store.Moment) (p PeopleMoney, err error) {
	if m == (store.Moment{}) {
		p, err = w.peopleNow(ctx, q, true)
	} else {
		p, err = w.creditorsThen(ctx, q, m)
	}
	if err != nil {
		return p, err
	}
	for i := range p.Items {
		files, _, err := w.files(ctx, p.Items[i].Patient.ID, m)
		if err != nil {
			return p, err
		}
		held, err := w.FundsHeld(ctx, files, m)
		if err != nil {
			return p, err
		}
		p.Items[i].Parts = fundParts(held)
	}
	return p, nil
}

func (w work) creditorsThen(ctx context.Context, q PeopleQuery, m store.Moment) (p PeopleMoney, err error) {
	sums, err := w.PersonSums(ctx, clinic.AccountReceivable, w.clinic.Unit(), q.Branch, m)
	if err != nil {
		return p, err
	}
	var all []PersonMoney
	for _, s := range sums {
		if s.Amount < 0 {
			all = append(all, PersonMoney{PatientItem: PatientItem{Patient: clinic.Patient{ID: s.Patient}}, Amount: -s.Amount})
		}
	}
	p, err = w.pageOfPeople(ctx, q, all)
	if err == nil && !q.narrow() && q.Branch == 0 && q.Cursor == "" {
		_, p.Ledger, err = w.inBooks(ctx, sums, m)
	}
	return p, err
}

// narrow reports whether the list leaves people out.
func (q PeopleQuery) narrow() bool { return q.Text != "" || q.Min != 0 || q.Age != "" }

// inBooks is what debtors owe by the accounts in the books, given what creditors
// have: another reading of the postings than the list's own. Debts less credits
// are what all accounts hold.
func (w work) inBooks(ctx context.Context, sums []store.PersonSum, m store.Moment) (owed, credit *money.Amount, err error) {
	all, err := w.KindTotal(ctx, clinic.AccountReceivable, w.clinic.Unit(), m)
	if err != nil {
		return nil, nil, err
	}
	owed, credit = new(money.Amount), new(money.Amount)
	for _, s := range sums {
		*owed -= min(0, s.Amount)
		*credit += max(0, s.Amount)
	}
	*owed, *credit = *owed+all, *credit-all
	return owed, credit, nil
}

// pageOfPeople keeps who was asked for, orders them, totals all and dresses a
// page.
func (w work) pageOfPeople(ctx context.Context, q PeopleQuery, all []PersonMoney) (p PeopleMoney, err error) {
	if q.Text != "" || q.Sort == "name" {
		if all, err = w.namedPeople(ctx, q.Text, all); err != nil {
			return p, err
		}
	}
	all = slices.DeleteFunc(all, func(i PersonMoney) bool {
		if q.Age != "" && i.Aged[int(q.Age[0]-'1')] == 0 {
			return true
		}
		return i.Amount < q.Min
	})
	slices.SortFunc(all, func(a, b PersonMoney) int {
		by := map[string]int{"amount": cmp.Compare(b.Amount, a.Amount), "age": cmp.Compare(a.Oldest, b.Oldest),
			"name": strings.Compare(farsi.Key(a.Patient.LastName+" "+a.Patient.FirstName), farsi.Key(b.Patient.LastName+" "+b.Patient.FirstName))}
		return cmp.Or(by[q.Sort], cmp.Compare(b.Amount, a.Amount), cmp.Compare(a.Patient.ID, b.Patient.ID))
	})
	for _, i := range all {
		p.Total.Amount += i.Amount
		p.Total.Aged = p.Total.Aged.Plus(i.Aged)
		p.Total.Credit += i.Credit
	}
	p.Count = len(all)
	from, err := offset(q.Cursor)
	if err != nil {
		return p, err
	}
	from = min(from, len(all))
	to := min(from+q.Limit, len(all))
	if q.All {
		from, to = 0, len(all)
	}
	p.Newer, p.Older = pagesAround(from, to, len(all), q.Limit)
	p.Items = all[from:to]
	return p, w.dressPeople(ctx, p.Items)
}

// pagesAround are the cursors of the pages before and after rows of a list that
// is counted.
func pagesAround(from, to, count, limit int) (newer, older string) {
	if from > 0 {
		newer = "n" + strconv.Itoa(max(0, from-limit))
	}
	if to < count {
		older = "n" + strconv.Itoa(to)
	}
	return newer, older
}

// offset reads the cursor of a list that is counted: "n50". Invalid
// page.cursor.
func offset(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(cursor, "n"))
	if err != nil || n < 0 || cursor[0] != 'n' {
		return 0, fault.New(fault.Invalid, "page.cursor", "the cursor is damaged").At("cursor")
	}
	return n, nil
}

// namedPeople names everybody and keeps those that the text may mean.
func (w work) namedPeople(ctx context.Context, text string, all []PersonMoney) (kept []PersonMoney, err error) {
	ids := make([]clinic.PatientID, len(all))
	for i, p := range all {
		ids[i] = p.Patient.ID
	}
	persons, err := w.PersonsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(farsi.Key(text))
	for _, p := range all {
		p.Patient = persons[p.Patient.ID]
		hay := farsi.Key(p.Patient.Name()) + " " + p.Patient.FileNumber.String()
		if w.actor.Can(clinic.ReadMobile) {
			hay += " " + p.Patient.Mobile
		}
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(hay, farsi.Digits(word)) }) {
			kept = append(kept, p)
		}
	}
	return kept, nil
}

// dressPeople fills in what a list of patients says of each.
func (w work) dressPeople(ctx context.Context, page []PersonMoney) error {
	const most = 200
	for len(page) > 0 {
		n := min(most, len(page))
		ids := make([]clinic.PatientID, n)
		for i, p := range page[:n] {
			ids[i] = p.Patient.ID
		}
		persons, err := w.PersonsOf(ctx, ids)
		if err != nil {
			return err
		}
		found := make([]store.Found, n)
		for i, id := range ids {
			found[i] = store.Found{Patient: persons[id]}
		}
		items, err := w.patientItems(ctx, found)
		if err != nil {
			return err
		}
		for i := range items {
			page[i].PatientItem = items[i]
		}
		page = page[n:]
	}
	return nil
}
