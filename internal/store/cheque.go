package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

const chequeFields = `q.id, q.receipt, q.line, q.patient, q.amount, q.status, q.sayad_id, q.number, q.bank, q.bank_branch, q.due_date,
	q.owner_name, q.owner_national_code, q.confirmed, q.place, q.version`

func scanCheque(scan func(...any) error) (q clinic.Cheque, err error) {
	return q, scan(chequeInto(&q)...)
}

func chequeInto(q *clinic.Cheque) []any {
	return []any{&q.ID, &q.Receipt, &q.Line, &q.Patient, &q.Amount, &q.Status, &q.SayadID, &q.Number, &q.Bank, &q.BankBranch, &q.Due,
		&q.OwnerName, &q.OwnerNationalCode, (*flag)(&q.Confirmed), &q.Place, &q.Version}
}

// flag is a truth that is stored as 0 or 1.
type flag bool

// Scan implements sql.Scanner.
func (f *flag) Scan(v any) error {
	n, ok := v.(int64)
	if !ok {
		return fmt.Errorf("%v is no flag", v)
	}
	*f = n != 0
	return nil
}

// AddCheque writes a cheque that came in a receipt line. Conflict cheque.exists
// when one with its Sayad id is held already.
func (tx *Tx) AddCheque(ctx context.Context, q clinic.Cheque) error {
	if q.SayadID != "" {
		var held int64
		err := tx.row(ctx, `SELECT COUNT(*) FROM cheque WHERE clinic = $1 AND sayad_id = $2 AND sayad_id <> '' AND status IN ('in_hand', 'banked')`,
			tx.clinic, q.SayadID).Scan(&held)
		if err != nil {
			return fmt.Errorf("cheques of a Sayad id: %w", err)
		}
		if held > 0 {
			return clinic.ChequeExists()
		}
	}
	err := tx.exec(ctx, insert("cheque", `clinic, id, receipt, line, patient, amount, status, sayad_id, number, bank, bank_branch, due_date,
		owner_name, owner_national_code, confirmed, place`, 1),
		tx.clinic, q.ID, q.Receipt, q.Line, q.Patient, q.Amount, q.Status, q.SayadID, q.Number, q.Bank, q.BankBranch, q.Due,
		q.OwnerName, q.OwnerNationalCode, bit(q.Confirmed), q.Place)
	if err != nil && tx.store.dialect.duplicate(err) {
		return clinic.ChequeExists()
	}
	if err != nil {
		return fmt.Errorf("add cheque: %w", err)
	}
	return nil
}

// Cheque returns one cheque. NotFound cheque.none.
func (tx *Tx) Cheque(ctx context.Context, id clinic.ChequeID) (clinic.Cheque, error) {
	q, err := scanCheque(tx.row(ctx, `SELECT `+chequeFields+` FROM cheque q WHERE q.clinic = $1 AND q.id = $2`, tx.clinic, id).Scan)
	return q, some(err, "cheque.none", "cheque", id)
}

// ChequesOfFiles returns all cheques of a person, by their due date.
func (tx *Tx) ChequesOfFiles(ctx context.Context, files clinic.Files) ([]clinic.Cheque, error) {
	args := arguments{tx.clinic}
	return collect(ctx, tx, scanCheque, `SELECT `+chequeFields+` FROM cheque q
		WHERE q.clinic = $1 AND `+among(&args, "q.patient", files)+` ORDER BY q.due_date, q.id`, args...)
}

// SaveCheque writes back a cheque read earlier. Conflict cheque.stale if it
// was written in between, cheque.exists when it would be held beside another
// with its Sayad id.
func (tx *Tx) SaveCheque(ctx context.Context, q clinic.Cheque) error {
	n, err := tx.change(ctx, `
		UPDATE cheque SET status = $4, place = $5, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, q.ID, q.Version, q.Status, q.Place)
	if err != nil && tx.store.dialect.duplicate(err) {
		return clinic.ChequeExists()
	}
	if err != nil {
		return fmt.Errorf("save cheque %d: %w", q.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "cheque.stale", "the cheque was changed by someone else")
	}
	return nil
}

// UnclearedCheques is the sum of the person's cheques that are not money yet.
func (tx *Tx) UnclearedCheques(ctx context.Context, files clinic.Files) (sum int64, err error) {
	args := arguments{tx.clinic}
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM cheque
		WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND status IN ('in_hand', 'banked')`, args...).Scan(&sum)
	return sum, err
}

// BouncedCheques counts the person's cheques that bounced and were not given
// back.
func (tx *Tx) BouncedCheques(ctx context.Context, files clinic.Files) (n int, err error) {
	args := arguments{tx.clinic}
	err = tx.row(ctx, `SELECT COUNT(*) FROM cheque WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND status = 'bounced'`, args...).Scan(&n)
	return n, err
}

// ChequeEvent is something that happened to a cheque: what it became.
type ChequeEvent struct {
	ID     int64
	Cheque clinic.ChequeID
	Status string
	Place  clinic.PlaceID
	Note   string
	Day    jalali.Day
	Unit   int64
	Staff  string // the name
}

// AddChequeEvent writes what a cheque became.
func (tx *Tx) AddChequeEvent(ctx context.Context, e ChequeEvent, s Stamp) error {
	err := tx.exec(ctx, insert("cheque_event", "clinic, id, cheque, status, place, note, day, unit, at, recorded, staff", 1),
		tx.clinic, e.ID, e.Cheque, e.Status, e.Place, e.Note, e.Day, nullID(e.Unit), micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("cheque event: %w", err)
	}
	return nil
}

const chequeEventFields = `v.id, v.cheque, v.status, v.place, v.note, v.day, COALESCE(v.unit, 0), COALESCE(s.name, '')`

func scanChequeEvent(scan func(...any) error) (e ChequeEvent, err error) {
	return e, scan(&e.ID, &e.Cheque, &e.Status, &e.Place, &e.Note, &e.Day, &e.Unit, &e.Staff)
}

// ChequeEvents returns the story of a cheque, the newest first.
func (tx *Tx) ChequeEvents(ctx context.Context, id clinic.ChequeID) ([]ChequeEvent, error) {
	return collect(ctx, tx, scanChequeEvent, `
		SELECT `+chequeEventFields+` FROM cheque_event v LEFT JOIN staff s ON s.clinic = v.clinic AND s.id = v.staff
		WHERE v.clinic = $1 AND v.cheque = $2 ORDER BY v.at DESC, v.id DESC`, tx.clinic, id)
}

// LastChequeEvents returns the newest event of each of the cheques.
func (tx *Tx) LastChequeEvents(ctx context.Context, ids ...clinic.ChequeID) (map[clinic.ChequeID]ChequeEvent, error) {
	last := map[clinic.ChequeID]ChequeEvent{}
	if len(ids) == 0 {
		return last, nil
	}
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, scanChequeEvent, `
		SELECT `+chequeEventFields+` FROM cheque_event v LEFT JOIN staff s ON s.clinic = v.clinic AND s.id = v.staff
		WHERE v.clinic = $1 AND `+among(&args, "v.cheque", padded(ids))+` ORDER BY v.at, v.id`, args...)
	for _, e := range found {
		last[e.Cheque] = e
	}
	return last, err
}

// ShiftOfLine is the open shift in which a line of money came, 0 when there is
// none.
func (tx *Tx) ShiftOfLine(ctx context.Context, document int64, line int) (id clinic.ShiftID, err error) {
	err = tx.row(ctx, `
		SELECT COALESCE(MAX(s.id), 0) FROM money_line m
		JOIN shift s ON s.clinic = m.clinic AND s.id = m.shift AND s.status = 'open'
		WHERE m.clinic = $1 AND m.document = $2 AND m.line = $3`, tx.clinic, document, line).Scan(&id)
	return id, err
}
