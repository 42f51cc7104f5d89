package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/money"
	"daftar/internal/store"
)

// peopleNow lists who owes the clinic now, or is owed, by what the database
// keeps of balances; verify proves that these are the sums of the postings. A
// list by amount reads no more people than its page, and sums for its totals.
func (w work) peopleNow(ctx context.Context, q PeopleQuery, credit bool) (p PeopleMoney, err error) {
	r := store.PeopleRange{Unit: w.clinic.Unit(), Branch: q.Branch, Credit: credit, Min: q.Min}
	if q.Text == "" && q.Age == "" && q.Min == 0 && q.Sort == "amount" {
		p, err = w.cutPeople(ctx, q, r)
	} else {
		p, err = w.sortPeople(ctx, q, r)
	}
	if err == nil && !q.narrow() && q.Branch == 0 && q.Cursor == "" {
		var kept money.Amount
		_, kept, err = w.MoneyOfPeople(ctx, r)
		kept = kept.Abs()
		p.Ledger = &kept
	}
	return p, err
}

// cutPeople reads one page of the list and totals the rest where it lies.
func (w work) cutPeople(ctx context.Context, q PeopleQuery, r store.PeopleRange) (p PeopleMoney, err error) {
	from, err := offset(q.Cursor)
	if err != nil {
		return p, err
	}
	if p.Count, p.Total.Amount, err = w.MoneyOfPeople(ctx, r); err != nil {
		return p, err
	}
	p.Total.Amount = p.Total.Amount.Abs()
	from = min(from, p.Count)
	to := min(from+q.Limit, p.Count)
	if q.All {
		from, to = 0, p.Count
	}
	p.Newer, p.Older = pagesAround(from, to, p.Count, q.Limit)
	if from < to {
		r.Skip, r.Limit = from, to-from
		if p.Items, err = w.peopleWithMoney(ctx, r); err != nil {
			return p, err
		}
	}
	if !r.Credit {
		days, err := w.OpenDays(ctx, r)
		if err != nil {
			return p, err
		}
		for _, o := range days {
			p.Total.Aged[w.clinic.Rules.AgeOf(o.Day, w.today())] += o.Left
		}
		planned, err := w.AllPlanned(ctx, q.Branch, store.Moment{})
		if err != nil {
			return p, err
		}
		for _, o := range planned { // as old as their instalments, not as their admission
			left := max(0, o.Left())
			p.Total.Aged[w.clinic.Rules.AgeOf(o.Admission.Day, w.today())] -= left
			s := o.Plan.Schedule(o.Share, o.Paid, w.today())
			for _, part := range clinic.DueParts(o.Admission.Day, left, &s) {
				p.Total.Aged[w.clinic.Rules.AgeOf(part.From, w.today())] += part.Left
			}
		}
		p.Total.Credit = p.Total.Aged.Sum() - p.Total.Amount
		if err := w.ageNow(ctx, q.Branch, p.Items, idsOfMoney(p.Items)); err != nil {
			return p, err
		}
	}
	return p, w.dressPeople(ctx, p.Items)
}

// sortPeople reads everybody with money, to look for names or ages.
func (w work) sortPeople(ctx context.Context, q PeopleQuery, r store.PeopleRange) (p PeopleMoney, err error) {
	all, err := w.peopleWithMoney(ctx, r)
	if err == nil && !r.Credit {
		err = w.ageNow(ctx, q.Branch, all, nil)
	}
	if err != nil {
		return p, err
	}
	return w.pageOfPeople(ctx, q, all)
}

// peopleWithMoney reads them with what they owe or are owed.
func (w work) peopleWithMoney(ctx context.Context, r store.PeopleRange) (all []PersonMoney, err error) {
	sums, err := w.PeopleWithMoney(ctx, r)
	for _, s := range sums {
		all = append(all, PersonMoney{PatientItem: PatientItem{Patient: clinic.Patient{ID: s.Patient}}, Amount: s.Amount.Abs()})
	}
	return all, err
}

func idsOfMoney(people []PersonMoney) []clinic.PatientID {
	ids := make([]clinic.PatientID, len(people))
	for i, p := range people {
		ids[i] = p.Patient.ID
	}
	return ids
}

// ageNow is age for now; who names the people whose open admissions are read,
// everybody for nil.
func (w work) ageNow(ctx context.Context, branch clinic.BranchID, all []PersonMoney, who []clinic.PatientID) error {
	parts, err := w.OpenOf(ctx, who)
	if err != nil {
		return err
	}
	at := make(map[clinic.PatientID]int, len(all))
	for i, p := range all {
		at[p.Patient.ID] = i
	}
	known := parts[:0]
	for _, o := range parts {
		if _, ok := at[o.Patient]; ok {
			known = append(known, o)
		}
	}
	plans, err := w.schedules(ctx, branch, store.Moment{})
	if err != nil {
		return err
	}
	w.aged(all, at, known, plans, w.today())
	return nil
}
