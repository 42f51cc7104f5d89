package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// DepositQuery is a page of the list of deposits; a zero field asks for
// nothing.
type DepositQuery struct {
	State    string     // of clinic.DepositStatus, or held or expired
	From, To jalali.Day // inclusive, of the day it was asked for or taken
	Cursor   string
	Limit    int // 1 to 200; 0 is 50
}

// DepositItem is a deposit in the list of all, with the person it is of.
type DepositItem struct {
	DepositShown
	Person clinic.Patient // of a merged file, the one that stands for it
}

// DepositPage is a page of the list, newest first. Count and Totals are those of
// the whole list; what all deposits hold is the deposit account of the books.
type DepositPage struct {
	Items        []DepositItem
	Newer, Older string
	Count        int
	Totals       clinic.DepositSums
}

func (p DepositPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Person.ID)
	}
	return people
}

// ListDeposits returns a page of the list, of the people the actor may see.
// Invalid deposit.filter, date.syntax, view.range, page.limit and page.cursor;
// Forbidden without the right to see money.
func (d *Desk) ListDeposits(ctx context.Context, actor clinic.Actor, q DepositQuery) (DepositPage, error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return DepositPage{}, err
	}
	return readPatient(ctx, d, actor, "deposit.list", func(w work) (p DepositPage, _ clinic.PatientID, err error) {
		p, err = w.listDeposits(ctx, q)
		return p, 0, err
	})
}

func (w work) listDeposits(ctx context.Context, q DepositQuery) (p DepositPage, err error) {
	find := store.DepositQuery{State: store.DepositState(q.State), Today: w.today(), People: w.branch()}
	if !find.State.Valid() {
		return p, fault.New(fault.Invalid, "deposit.filter", "there is no state %q", q.State).At("status")
	}
	r, err := w.span(View{From: q.From, To: q.To, Cursor: q.Cursor, Limit: q.Limit})
	if err != nil {
		return p, err
	}
	find.From, find.Until, find.Older, find.Newer, find.Limit = r.From, r.Before, r.Older, r.Newer, r.Limit+1
	held, err := w.Tx.ListDeposits(ctx, find)
	if err != nil {
		return p, err
	}
	held, more := page(r, held, r.Limit)
	p.Newer, p.Older = cursors(r, held, func(h store.HeldDeposit) store.Key { return store.Key{At: h.At, ID: int64(h.ID)} }, more)
	if p.Totals, p.Count, err = w.DepositTotals(ctx, find); err != nil {
		return p, err
	}
	files := make([]clinic.PatientID, len(held))
	for i, h := range held {
		files[i] = h.Patient
	}
	persons, err := w.Persons(ctx, files)
	if err != nil {
		return p, err
	}
	for _, h := range held {
		row := DepositShown{HeldDeposit: h, Status: h.Status(), Expired: h.Expired(w.today()), Proposed: h.ProposeForfeit(w.clinic, w.now)}
		p.Items = append(p.Items, DepositItem{row, w.masked(persons[h.Patient])})
	}
	return p, nil
}

// Deposit returns one deposit with its life and the person it is of. NotFound
// deposit.none; Forbidden without the right to see money.
func (d *Desk) Deposit(ctx context.Context, actor clinic.Actor, id clinic.DepositID) (DepositItem, error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return DepositItem{}, err
	}
	return readPatient(ctx, d, actor, "deposit.read", func(w work) (i DepositItem, _ clinic.PatientID, err error) {
		found, err := w.visibleDeposit(ctx, id)
		if err != nil {
			return i, 0, err
		}
		held, err := w.DepositNamed(ctx, found.ID)
		if err != nil {
			return i, 0, err
		}
		rows, err := w.depositRows(ctx, []store.HeldDeposit{held}, store.Range{})
		if err != nil {
			return i, 0, err
		}
		i.DepositShown = rows[0]
		person, err := w.person(ctx, found.Patient)
		i.Person = w.masked(person)
		return i, person.ID, err
	})
}
