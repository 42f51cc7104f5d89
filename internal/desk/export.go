package desk

import (
	"bufio"
	"context"
	"io"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// JournalQuery says which part of the books is exported and how. Days are
// inclusive; "" is open.
type JournalQuery struct {
	Format   string // "hledger", "csv" or "jsonl"; "" is hledger
	From, To jalali.Day
}

// journal is one format. Entries come in the order of (at, id).
type journal interface {
	open(accounts []namedAccount, from jalali.Day) error
	entry(e store.JournalEntry) error
	close() error
}

// namedAccount is an account with its name in exports.
type namedAccount struct {
	store.JournalAccount
	name string
}

// ExportJournal writes the books of the actor's clinic, as one snapshot, in the
// order in which things count. hledger output declares what it uses, begins
// with the balances brought forward when From is set, and asserts the balance
// at the last posting of every account.
//
// Forbidden without the right to export; Invalid export.format, date.syntax.
func (d *Desk) ExportJournal(ctx context.Context, actor clinic.Actor, to io.Writer, q JournalQuery) error {
	if err := actor.May(clinic.ExportBooks); err != nil {
		return err
	}
	for _, day := range []jalali.Day{q.From, q.To} {
		if day != "" && !day.Valid() {
			return fault.New(fault.Invalid, "date.syntax", "%q is no day", day)
		}
	}
	out := bufio.NewWriterSize(to, 1<<16)
	settings, err := d.settings(ctx, actor.Clinic)
	if err != nil {
		return err
	}
	format, err := newJournal(q.Format, out, settings)
	if err != nil {
		return err
	}
	err = d.write(ctx, actor, func(w work) error { return w.auditRead(ctx, "export.journal", 0, store.Everybody) })
	if err != nil {
		return err
	}
	err = d.read(ctx, actor, func(w work) error { return w.writeJournal(ctx, format, q) })
	if err != nil {
		return err
	}
	return out.Flush()
}

// writeJournal writes the entries of the days.
func (w work) writeJournal(ctx context.Context, to journal, q JournalQuery) error {
	var span store.Span
	if q.From != "" {
		span.From, _ = q.From.Bounds(w.clinic.Zone)
	}
	if q.To != "" {
		_, span.Until = q.To.Bounds(w.clinic.Zone)
	}
	found, err := w.JournalAccounts(ctx, span)
	if err != nil {
		return err
	}
	accounts := make([]namedAccount, len(found))
	for i, a := range found {
		name, err := clinic.AccountName(a.Kind, a.Label)
		if err != nil {
			return err
		}
		accounts[i] = namedAccount{a, name}
	}
	if err := to.open(accounts, q.From); err != nil {
		return err
	}
	if err := w.Journal(ctx, span, to.entry); err != nil {
		return err
	}
	return to.close()
}

func newJournal(format string, to *bufio.Writer, c clinic.Clinic) (journal, error) {
	switch format {
	case "", "hledger":
		return &hledger{to: to, clinic: c}, nil
	case "csv":
		return &journalCSV{to: to}, nil
	case "jsonl":
		return &journalLines{to: to}, nil
	}
	return nil, fault.New(fault.Invalid, "export.format", "the format %q is none of hledger, csv and jsonl", format)
}

// plainAmount is an amount in an account's unit, in machine form.
func plainAmount(a namedAccount, amount money.Amount) string {
	return money.Currency{Code: string(a.Unit), Scale: a.Unit.Scale()}.Plain(amount)
}

// instant is how machine output writes instants.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
