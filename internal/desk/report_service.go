package desk

import (
	"cmp"
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ServiceGroups are what a report of services can be by.
var ServiceGroups = []string{"service", "section", "provider"}

// ServiceSum is a line of it.
type ServiceSum = store.ServiceSum

// ServiceReport is what was charged in some days. Total.Gross −
// Total.Cancelled is what the accounts of income rose by, Total.Discount what
// those of discounts did.
type ServiceReport struct {
	From, To jalali.Day
	By       string
	Branch   clinic.BranchID
	Lines    []store.ServiceSum
	Total    store.ServiceSum
	Changed  money.Amount // what no line says: nothing
	Ledger   money.Amount // what income rose by in the books
	// Discounts are what discounts rose by in the books.
	Discounts money.Amount
}

// Agrees reports whether the lines are what the books say.
func (r ServiceReport) Agrees() bool {
	return r.Changed == 0 && r.Total.Discount == r.Discounts
}

// ServiceReport returns what was charged in the days by service, section or
// provider. Forbidden permission; Invalid report.by_service, date.syntax,
// view.range.
func (d *Desk) ServiceReport(ctx context.Context, actor clinic.Actor, q ReportQuery) (r ServiceReport, err error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return r, err
	}
	err = d.read(ctx, actor, func(w work) error {
		days, err := w.days(q)
		if err != nil {
			return err
		}
		r = ServiceReport{From: days.From, To: days.To, By: cmp.Or(q.By, "service"), Branch: days.Branch}
		if !slices.Contains(ServiceGroups, r.By) {
			return fault.New(fault.Invalid, "report.by_service", "a report of services is not by %q", r.By).At("by")
		}
		if r.Lines, err = w.ServiceSums(ctx, days, r.By); err != nil {
			return err
		}
		if err := w.addLateDiscounts(ctx, days, &r); err != nil {
			return err
		}
		for _, l := range r.Lines {
			r.Total.Quantity += l.Quantity
			r.Total.Gross += l.Gross
			r.Total.Discount += l.Discount
			r.Total.Insurers += l.Insurers
			r.Total.VAT += l.VAT
			r.Total.Share += l.Share
			r.Total.Cancelled += l.Cancelled
		}
		if r.Discounts, err = w.Posted(ctx, days, clinic.AccountDiscount); err != nil {
			return err
		}
		income, err := w.Posted(ctx, days, clinic.AccountIncome)
		r.Ledger = -income
		r.Changed = r.Ledger - r.Total.Gross + r.Total.Cancelled
		return err
	})
	return r, err
}

// addLateDiscounts shares discounts after the bill out to the services that
// they were given for: the clinic bears more of them, the patient less.
func (w work) addLateDiscounts(ctx context.Context, days store.Days, r *ServiceReport) error {
	given, err := w.LateDiscounts(ctx, days, r.By)
	if err != nil {
		return err
	}
	for len(given) > 0 {
		n := 1
		for n < len(given) && given[n].Entry == given[0].Entry {
			n++
		}
		weights := make([]money.Amount, n)
		for i, g := range given[:n] {
			weights[i] = g.Weight
		}
		for i, part := range clinic.SplitBy(given[0].Amount, weights) {
			at := slices.IndexFunc(r.Lines, func(l ServiceSum) bool { return l.Key == given[i].Key })
			if at < 0 {
				at, r.Lines = len(r.Lines), append(r.Lines, ServiceSum{Key: given[i].Key, Name: given[i].Name})
			}
			r.Lines[at].Discount += part
			r.Lines[at].Share -= part
		}
		given = given[n:]
	}
	return nil
}

// HeldDepositRow is a deposit that holds something.
type HeldDepositRow struct {
	store.HeldOf
	Days int // since it was taken
}

// DepositReport is what deposits hold, by age and purpose.
type DepositReport struct {
	Items    []HeldDepositRow
	Count    int
	Total    money.Amount
	Aged     clinic.Aged
	Bounds   [clinic.Future - 1]int
	Purposes []PurposeSum
	Ledger   *money.Amount // by the books; of the whole clinic only
	Newer    string
	Older    string
}

// PurposeSum is what deposits of one purpose hold.
type PurposeSum struct {
	Purpose string
	Amount  money.Amount
	Count   int
}

func (r DepositReport) shown() (people []clinic.PatientID) {
	for _, i := range r.Items {
		people = append(people, i.Person.ID)
	}
	return people
}

// DepositReport returns the deposits that hold something, the oldest first.
// Forbidden permission; Invalid page.limit, page.cursor, date.syntax.
func (d *Desk) DepositReport(ctx context.Context, actor clinic.Actor, q PeopleQuery) (DepositReport, error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return DepositReport{}, err
	}
	return readPatient(ctx, d, actor, "deposit.report", func(w work) (DepositReport, clinic.PatientID, error) {
		m, err := w.moment(q.AsOf)
		if err == nil {
			q, err = w.checkPeople(q)
		}
		if err != nil {
			return DepositReport{}, 0, err
		}
		r, err := w.depositReport(ctx, q, m)
		return r, 0, err
	})
}

func (w work) depositReport(ctx context.Context, q PeopleQuery, m store.Moment) (r DepositReport, err error) {
	r.Bounds = w.clinic.Rules.Aging
	held, err := w.HeldAll(ctx, q.Branch, m)
	if err != nil {
		return r, err
	}
	at := map[string]int{}
	var all []HeldDepositRow
	for _, h := range held {
		h.Person = w.masked(h.Person)
		all = append(all, HeldDepositRow{h, w.today().Sub(h.Day)})
		r.Total += h.Left
		r.Aged[w.clinic.Rules.AgeOf(h.Day, w.today())] += h.Left
		i, met := at[h.Text]
		if !met {
			i = len(r.Purposes)
			at[h.Text], r.Purposes = i, append(r.Purposes, PurposeSum{Purpose: h.Text})
		}
		r.Purposes[i].Amount += h.Left
		r.Purposes[i].Count++
	}
	r.Count = len(all)
	from, err := offset(q.Cursor)
	if err != nil {
		return r, err
	}
	from, to := min(from, len(all)), min(from+q.Limit, len(all))
	if q.All {
		from, to = 0, len(all)
	}
	r.Newer, r.Older = pagesAround(from, to, len(all), q.Limit)
	r.Items = all[from:max(from, to)]
	if q.Branch != 0 {
		return r, nil
	}
	balances, err := w.Tx.Balances(ctx, m)
	if err != nil {
		return r, err
	}
	var ledger money.Amount
	for _, b := range balances {
		if b.Account.Kind == clinic.AccountDeposit {
			ledger -= b.Amount
		}
	}
	r.Ledger = &ledger
	return r, nil
}
