package store

import (
	"context"
	"fmt"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
)

// Rows are many rows of one table, to be written at once. Columns are those of
// the table in any order without clinic, which the transaction adds; each row
// has a value for each.
type Rows struct {
	Table   string
	Columns string // "id, kind, owner"
	Values  [][]any
}

// Add adds a row.
func (r *Rows) Add(values ...any) { r.Values = append(r.Values, values) }

// maxParameters is how many values one statement takes. SQLite finds a value
// by its name among all of a statement, so longer ones are slower.
const maxParameters = 400

// Bulk writes rows with few statements and empties the lists. It is for data
// that is made up by the thousand: whoever calls it has kept every rule.
func (tx *Tx) Bulk(ctx context.Context, all ...*Rows) error {
	for _, r := range all {
		if err := tx.bulk(ctx, r); err != nil {
			return fmt.Errorf("bulk %s: %w", r.Table, err)
		}
		r.Values = nil
	}
	return nil
}

// bulk writes the rows of one table, most with one prepared statement.
func (tx *Tx) bulk(ctx context.Context, r *Rows) error {
	columns := "clinic, " + r.Columns
	width := strings.Count(columns, ",") + 1
	most := maxParameters / width
	if len(r.Values) == 0 {
		return nil
	}
	statement, err := tx.tx.PrepareContext(ctx, insert(r.Table, columns, most))
	if err != nil {
		return err
	}
	defer statement.Close()
	args := make([]any, 0, most*width)
	values := r.Values
	for ; len(values) >= most; values = values[most:] {
		if _, err := statement.ExecContext(ctx, tx.arguments(args, values[:most])...); err != nil {
			return err
		}
	}
	if len(values) == 0 {
		return nil
	}
	return tx.exec(ctx, insert(r.Table, columns, len(values)), tx.arguments(args, values)...)
}

// arguments are the values of rows, each after the clinic.
func (tx *Tx) arguments(args []any, rows [][]any) []any {
	for _, row := range rows {
		args = append(append(args, tx.clinic), row...)
	}
	return args
}

// Analyze lets the database look at its tables after a bulk load, so that it
// plans for what they hold now.
func (s *Store) Analyze(ctx context.Context) error {
	if _, err := s.writer.ExecContext(ctx, s.dialect.analyze); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}

// AccountID returns the number of an account and makes it on first use.
func (tx *Tx) AccountID(ctx context.Context, a ledger.Account) (int64, error) {
	return tx.account(ctx, a)
}

// BulkDocuments are the rows of many admissions and receipts with their
// entries, kept until they are written.
type BulkDocuments struct {
	admissions, admissionLines, receipts, moneyLines, funds, allocations, entries, postings Rows
	bulkCalendar
}

// NewBulkDocuments returns empty lists.
func NewBulkDocuments() *BulkDocuments {
	return &BulkDocuments{
		admissions: Rows{Table: "admission", Columns: `id, patient, year, number, branch, day, at, status, gross, base_share,
			supplementary_share, discount, vat, patient_share, recorded, staff, finalized`},
		admissionLines: Rows{Table: "admission_line", Columns: `admission, line, service, section, title, quantity, unit_price,
			gross, base_share, supplementary_share, discount, vat, patient_share, status`},
		receipts:    Rows{Table: "receipt", Columns: "id, patient, year, number, branch, amount, day, at, recorded, staff"},
		moneyLines:  Rows{Table: "money_line", Columns: "document, line, entry, method, amount, place, day, staff"},
		funds:       Rows{Table: "fund", Columns: "id, patient, kind, amount, at, recorded"},
		allocations: Rows{Table: "allocation", Columns: "id, patient, fund, admission, amount, reason, at, recorded, staff"},
		entries:     Rows{Table: "entry", Columns: "id, kind, day, at, recorded, patient, document, staff, branch"},
		postings:    Rows{Table: "posting", Columns: "account, at, entry, recorded, amount"},

		bulkCalendar: newBulkCalendar(),
	}
}

// Admission keeps a final admission of a patient who pays all of it.
func (b *BulkDocuments) Admission(a clinic.Admission) {
	b.admissions.Add(a.ID, a.Patient, a.Number.Year, a.Number.Count, a.Branch, a.Day, micros(a.At), a.Status, a.Gross,
		a.BaseShare, a.SupplementaryShare, a.Discount, a.VAT, a.PatientShare, micros(a.Recorded), a.Staff, micros(a.Recorded))
	for _, l := range a.Lines {
		b.admissionLines.Add(a.ID, l.Line, l.Service, l.Section, l.Title, l.Quantity, l.UnitPrice, l.Gross, l.BaseShare,
			l.SupplementaryShare, l.Discount, l.VAT, l.PatientShare, l.Status)
	}
}

// Receipt keeps a receipt that is in the books by the entry.
func (b *BulkDocuments) Receipt(r clinic.Receipt, entry ledger.EntryID) {
	b.receipts.Add(r.ID, r.Patient, r.Number.Year, r.Number.Count, r.Branch, r.Amount, r.Day, micros(r.At), micros(r.Recorded), r.Staff)
	b.funds.Add(r.ID, r.Patient, clinic.FundReceipt, r.Amount, micros(r.At), micros(r.Recorded))
	for _, l := range r.Lines {
		b.moneyLines.Add(r.ID, l.Line, entry, l.Method, l.Amount, l.Place, r.Day, r.Staff)
	}
}

// Allocation keeps an allocation.
func (b *BulkDocuments) Allocation(id int64, patient clinic.PatientID, a clinic.Allocation, s Stamp) {
	b.allocations.Add(id, patient, a.Fund, a.Admission, a.Amount, a.Reason, micros(s.At), micros(s.Recorded), s.Staff)
}

// Entry keeps an entry whose postings' accounts are known by number.
func (b *BulkDocuments) Entry(e ledger.Entry, p Posted, accounts []int64) {
	b.entries.Add(p.ID, e.Kind, e.Day, micros(p.At), micros(p.Recorded), p.Patient, p.Document, p.Staff, p.Branch)
	for i, posting := range e.Postings {
		b.postings.Add(accounts[i], micros(p.At), p.ID, micros(p.Recorded), posting.Amount)
	}
}

// Flush writes what is kept.
func (b *BulkDocuments) Flush(ctx context.Context, tx *Tx) error {
	return tx.Bulk(ctx, &b.admissions, &b.admissionLines, &b.receipts, &b.entries, &b.postings, &b.moneyLines, &b.funds, &b.allocations,
		&b.appointments, &b.events, &b.spans, &b.units)
}

// Analyze lets the database look at its tables within a long transaction that
// began with empty ones: plans made for empty tables read everything.
func (tx *Tx) Analyze(ctx context.Context) error {
	if _, err := tx.tx.ExecContext(ctx, tx.store.dialect.analyze); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}
