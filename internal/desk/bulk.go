package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
	"daftar/internal/store"
)

// Bulk makes up documents by the thousand. The rules are those of the desk, but
// they work on what the batch itself made, and rows are written together. It is
// for data that nobody has seen yet: benchmarks.
type Bulk struct {
	Batch
	rows     *store.BulkDocuments
	accounts map[ledger.Account]int64
	numbers  map[series]int64 // last given
	places   map[clinic.Method]clinic.PlaceID
	funds    []clinic.Fund // of the patient at hand
	open     []clinic.OpenAdmission
}

// series is one series of document numbers.
type series struct {
	kind string
	year int
}

// Bulk runs do in one transaction. do may run more than once.
func (d *Desk) Bulk(ctx context.Context, actor clinic.Actor, do func(b *Bulk) error) error {
	return d.Batch(ctx, actor, false, func(batch Batch) error {
		b := &Bulk{Batch: batch, rows: store.NewBulkDocuments(), accounts: map[ledger.Account]int64{}, numbers: map[series]int64{},
			places: map[clinic.Method]clinic.PlaceID{}}
		if err := do(b); err != nil {
			return err
		}
		for s, last := range b.numbers {
			if err := b.w.NumberTaken(ctx, s.kind, s.year, last); err != nil {
				return err
			}
		}
		return b.rows.Flush(ctx, b.w.Tx)
	})
}

// Analyze lets the database look at its tables after bulk loads.
func (d *Desk) Analyze(ctx context.Context) error { return d.store.Analyze(ctx) }

// Patient registers a patient; the documents that follow are theirs.
func (b *Bulk) Patient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	b.funds, b.open = nil, nil
	return b.Batch.Patient(ctx, p)
}

// Open is what the patient at hand has left to pay, oldest first.
func (b *Bulk) Open() []clinic.OpenAdmission { return b.open }

// Admission adds a final admission of the patient at hand, who has no insurer,
// after everything before it, and returns it as it is then.
func (b *Bulk) Admission(ctx context.Context, a clinic.Admission) (clinic.Admission, error) {
	w := b.w
	a, err := a.Total(a.Lines)
	if err != nil {
		return a, err
	}
	a.ID, a.Day, a.Recorded, a.Staff, a.Branch = clinic.AdmissionID(w.id()), w.clinic.Day(a.At), a.At, w.actor.Staff, w.actor.Branch
	a.Status = clinic.Draft
	if a.Number, err = b.number(ctx, store.AdmissionNumbers, a.Day.Date().Year); err != nil {
		return a, err
	}
	a, entries, err := clinic.Finalize(w.clinic, a, a.Day)
	if err != nil {
		return a, err
	}
	b.rows.Admission(a)
	for _, e := range entries {
		if err := b.post(ctx, e, a.At, a.Patient, int64(a.ID)); err != nil {
			return a, err
		}
	}
	if a.PatientShare > 0 {
		b.open = append(b.open, clinic.OpenAdmission{ID: a.ID, Left: a.PatientShare})
	}
	b.settle(a.Patient, a.At, clinic.FromCredit)
	return a, nil
}

// Receipt adds a receipt of the patient at hand.
func (b *Bulk) Receipt(ctx context.Context, r clinic.Receipt) error {
	w := b.w
	r, err := clinic.CheckReceipt(r, clinic.DeskMethods)
	if err != nil {
		return err
	}
	for i := range r.Lines {
		if r.Lines[i].Place, err = b.place(ctx, r.Lines[i]); err != nil {
			return err
		}
	}
	r.ID, r.Day, r.Recorded, r.Staff, r.Branch = clinic.ReceiptID(w.id()), w.clinic.Day(r.At), r.At, w.actor.Staff, w.actor.Branch
	if r.Number, err = b.number(ctx, store.BranchSeries(store.ReceiptNumbers, r.Branch), r.Day.Date().Year); err != nil {
		return err
	}
	entry, err := clinic.Receive(w.clinic, r)
	if err != nil {
		return err
	}
	id := ledger.EntryID(w.id())
	if err := b.posted(ctx, id, entry, r.At, r.Patient, int64(r.ID)); err != nil {
		return err
	}
	b.rows.Receipt(r, id)
	b.funds = append(b.funds, clinic.Fund{ID: clinic.FundID(r.ID), Left: r.Amount})
	b.settle(r.Patient, r.At, clinic.OldestFirst)
	return nil
}

// place is where the money of a line is kept, looked up once.
func (b *Bulk) place(ctx context.Context, l clinic.MoneyLine) (id clinic.PlaceID, err error) {
	if id = b.places[l.Method]; id == 0 {
		id, err = b.w.place(ctx, l)
		b.places[l.Method] = id
	}
	return id, err
}

// settle lets the patient's money pay what is open.
func (b *Bulk) settle(patient clinic.PatientID, at time.Time, reason clinic.AllocationReason) {
	for _, made := range clinic.Allocate(b.funds, b.open, reason) {
		b.rows.Allocation(b.w.id(), patient, made, store.Stamp{At: at, Recorded: at, Staff: b.w.actor.Staff})
		for i := range b.funds {
			if b.funds[i].ID == made.Fund {
				b.funds[i].Left -= made.Amount
			}
		}
		for i := range b.open {
			if b.open[i].ID == made.Admission {
				b.open[i].Left -= made.Amount
			}
		}
	}
	b.funds = slices.DeleteFunc(b.funds, func(f clinic.Fund) bool { return f.Left == 0 })
	b.open = slices.DeleteFunc(b.open, func(o clinic.OpenAdmission) bool { return o.Left == 0 })
}

// number is the next of a series, counted here between first use and the end.
func (b *Bulk) number(ctx context.Context, kind string, year int) (n clinic.Number, err error) {
	s := series{kind, year}
	last, begun := b.numbers[s]
	if begun {
		last++
	} else if last, err = b.w.NextNumber(ctx, kind, year); err != nil {
		return n, err
	}
	b.numbers[s] = last
	return clinic.Number{Year: year, Count: last}, nil
}

// post keeps an entry.
func (b *Bulk) post(ctx context.Context, e ledger.Entry, at time.Time, patient clinic.PatientID, document int64) error {
	return b.posted(ctx, ledger.EntryID(b.w.id()), e, at, patient, document)
}

// posted keeps an entry under an id.
func (b *Bulk) posted(ctx context.Context, id ledger.EntryID, e ledger.Entry, at time.Time, patient clinic.PatientID, document int64) error {
	accounts := make([]int64, len(e.Postings))
	for i, p := range e.Postings {
		id, known := b.accounts[p.Account]
		if !known {
			var err error
			if id, err = b.w.AccountID(ctx, p.Account); err != nil {
				return err
			}
			b.accounts[p.Account] = id
		}
		accounts[i] = id
	}
	b.rows.Entry(e, store.Posted{ID: id, At: at, Recorded: at, Patient: patient, Document: document,
		Staff: b.w.actor.Staff, Branch: b.w.actor.Branch}, accounts)
	return nil
}

// Analyze lets the database look at what a long batch has written so far; call
// it now and then, when the amount has grown several times over.
func (b Batch) Analyze(ctx context.Context) error { return b.w.Tx.Analyze(ctx) }
