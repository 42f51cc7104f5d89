package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// mostExported bounds the rows of one exported statement.
const mostExported = 20_000

// ExportTransactions returns every row of the account that the view holds,
// whatever page it asks for, and writes in the audit that the rows left the
// program. NotFound patient.none; Forbidden without the right to see money;
// Refused statement.long when there are too many rows for one file.
func (d *Desk) ExportTransactions(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (t Transactions, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return t, err
	}
	v.Cursor, v.Limit, v.Oldest = "", 0, false
	err = d.read(ctx, actor, func(w work) error {
		r, err := w.span(v)
		if err != nil {
			return err
		}
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		if t.Header, err = w.header(ctx, id, m); err != nil {
			return err
		}
		r.Limit = mostExported + 1
		rows, err := w.Events(ctx, t.Files, w.clinic.Receivables(t.Files), r, true)
		if err != nil {
			return err
		}
		if len(rows) > mostExported {
			return fault.New(fault.Refused, "statement.long", "the statement has more than %d rows", mostExported).At("from")
		}
		if t.Rows, err = w.run(ctx, t.Files, rows, r.Moment); err != nil {
			return err
		}
		t.Extent = Extent{Count: len(rows)}
		t.Totals, err = w.Totals(ctx, w.clinic.Receivables(t.Files), r)
		return err
	})
	if err != nil {
		return t, err
	}
	return t, d.seen(ctx, actor, "statement.export", t.Patient.ID)
}
