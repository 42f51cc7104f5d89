package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// Voided is a document that no longer holds. ID is the spending that took its
// money off the account.
type Voided struct {
	Document int64
	ID       clinic.SpendingID
	Reason   string
	Day      jalali.Day
}

// AddVoided writes that a document no longer holds. Conflict voided.exists when
// it does not hold already.
func (tx *Tx) AddVoided(ctx context.Context, v Voided, s Stamp) error {
	return tx.add(ctx, "voided", "clinic, document, id, reason, day, at, recorded, staff",
		tx.clinic, v.Document, v.ID, v.Reason, v.Day, micros(s.At), micros(s.Recorded), s.Staff)
}

// IsVoided reports whether a document no longer holds.
func (tx *Tx) IsVoided(ctx context.Context, document int64) (bool, error) {
	var n int
	err := tx.row(ctx, `SELECT COUNT(*) FROM voided WHERE clinic = $1 AND document = $2`, tx.clinic, document).Scan(&n)
	return n > 0, err
}

// AddReceiptTransfer writes that a receipt was moved to another patient.
func (tx *Tx) AddReceiptTransfer(ctx context.Context, t clinic.ReceiptTransfer, day jalali.Day, s Stamp) error {
	return tx.add(ctx, "receipt_transfer", "clinic, id, receipt, patient, receiver, amount, reason, day, at, recorded, staff",
		tx.clinic, t.ID, t.Receipt, t.From, t.To, t.Amount, t.Reason, day, micros(s.At), micros(s.Recorded), s.Staff)
}

// HolderOf is whose the money of a receipt is and by which fund, when it was
// moved to somebody; 0 when it never was. Transfers that were undone do not
// count.
func (tx *Tx) HolderOf(ctx context.Context, r clinic.ReceiptID) (patient clinic.PatientID, fund clinic.FundID, err error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (f clinic.Fund, err error) {
		return f, scan(&f.Patient, &f.ID)
	}, `
		SELECT t.receiver, t.id FROM receipt_transfer t
		WHERE t.clinic = $1 AND t.receipt = $2 AND NOT EXISTS (
			SELECT 1 FROM voided v WHERE v.clinic = t.clinic AND v.document = t.id)
		ORDER BY t.id DESC LIMIT 1`, tx.clinic, r)
	if err != nil || len(found) == 0 {
		return 0, 0, err
	}
	return found[0].Patient, found[0].ID, nil
}

// Transfer is a receipt that was moved, with when. Undone: it was taken back.
type Transfer struct {
	clinic.ReceiptTransfer
	Day          jalali.Day
	At, Recorded time.Time
	Undone       bool
}

// ReceiptTransfer returns one transfer. NotFound receipt.none.
func (tx *Tx) ReceiptTransfer(ctx context.Context, id clinic.TransferID) (Transfer, error) {
	t, err := scanTransfer(tx.row(ctx, `SELECT `+transferFields+` FROM receipt_transfer t WHERE t.clinic = $1 AND t.id = $2`, tx.clinic, id).Scan)
	return t, some(err, "receipt.none", "transfer", id)
}

// ReceiptTransfers returns every transfer of the receipts, those of each oldest
// first.
func (tx *Tx) ReceiptTransfers(ctx context.Context, receipts ...clinic.ReceiptID) ([]Transfer, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, scanTransfer, `SELECT `+transferFields+` FROM receipt_transfer t
		WHERE t.clinic = $1 AND `+among(&args, "t.receipt", receipts)+` ORDER BY t.receipt, t.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("transfers of receipts: %w", err)
	}
	return found, nil
}

const transferFields = `t.id, t.receipt, t.patient, t.receiver, t.amount, t.reason, t.day, t.at, t.recorded,
	CASE WHEN EXISTS (SELECT 1 FROM voided v WHERE v.clinic = t.clinic AND v.document = t.id) THEN 1 ELSE 0 END`

func scanTransfer(scan func(...any) error) (t Transfer, err error) {
	var at, recorded int64
	var undone int
	err = scan(&t.ID, &t.Receipt, &t.From, &t.To, &t.Amount, &t.Reason, &t.Day, &at, &recorded, &undone)
	t.At, t.Recorded, t.Undone = moment(at), moment(recorded), undone == 1
	return t, err
}

// TakenReceipts returns who took each of the receipts in a shift of which
// state, and which are void; by their ids. Whose they are is not looked up.
func (tx *Tx) TakenReceipts(ctx context.Context, ids []clinic.ReceiptID) (map[clinic.ReceiptID]clinic.TakenReceipt, error) {
	args := arguments{tx.clinic}
	taken := map[clinic.ReceiptID]clinic.TakenReceipt{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.ReceiptID, err error) {
		var r clinic.TakenReceipt
		var void int
		err = scan(&id, &r.By, &r.In.Status, &void)
		r.Void = void == 1
		taken[id] = r
		return id, err
	}, `
		SELECT r.id, r.staff, COALESCE((SELECT s.status FROM money_line m
				JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry AND e.kind = 'receipt'
				JOIN shift s ON s.clinic = m.clinic AND s.id = m.shift
				WHERE m.clinic = r.clinic AND m.document = r.id ORDER BY m.line LIMIT 1), ''),
			CASE WHEN EXISTS (SELECT 1 FROM voided v WHERE v.clinic = r.clinic AND v.document = r.id) THEN 1 ELSE 0 END
		FROM receipt r WHERE r.clinic = $1 AND `+among(&args, "r.id", ids), args...)
	if err != nil {
		return nil, fmt.Errorf("taken receipts: %w", err)
	}
	return taken, nil
}

// LivingMoney is a line of money with its document and the shift that it counts
// in.
type LivingMoney struct {
	clinic.MoneyLine
	Document int64
	Shift    clinic.ShiftID
}

// LinesOfEntry returns the lines of money of one entry in their order.
func (tx *Tx) LinesOfEntry(ctx context.Context, e ledger.EntryID) ([]LivingMoney, error) {
	return collect(ctx, tx, func(scan func(...any) error) (l LivingMoney, err error) {
		return l, scan(&l.Document, &l.Shift, &l.Line, &l.Method, &l.Amount, &l.Place, &l.TrackingNumber, &l.LastFour, &l.Destination)
	}, `
		SELECT document, COALESCE(shift, 0), line, method, amount, place, tracking_number, last_four, destination
		FROM money_line WHERE clinic = $1 AND entry = $2 ORDER BY line`, tx.clinic, e)
}

// ShiftOfReceipt is the shift in which a receipt was taken; the zero shift when
// it was outside shifts.
func (tx *Tx) ShiftOfReceipt(ctx context.Context, r clinic.ReceiptID) (clinic.Shift, error) {
	s, err := scanShift(tx.row(ctx, `SELECT `+shiftFields+` FROM shift s
		WHERE s.clinic = $1 AND s.id = (SELECT m.shift FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
			WHERE m.clinic = $1 AND m.document = $2 AND e.kind = 'receipt' ORDER BY m.line LIMIT 1)`, tx.clinic, r).Scan)
	if err = some(err, "shift.none", "shift of receipt", r); fault.Of(err) == fault.NotFound {
		return clinic.Shift{}, nil
	}
	return s, err
}

// ChequesOfReceipt returns the cheques of a receipt in the order of its lines.
func (tx *Tx) ChequesOfReceipt(ctx context.Context, r clinic.ReceiptID) ([]clinic.Cheque, error) {
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.ChequeID, err error) {
		return id, scan(&id)
	}, `SELECT id FROM cheque WHERE clinic = $1 AND receipt = $2 ORDER BY line`, tx.clinic, r)
	if err != nil {
		return nil, fmt.Errorf("cheques of receipt: %w", err)
	}
	var all []clinic.Cheque
	for _, id := range ids {
		q, err := tx.Cheque(ctx, id)
		if err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	return all, nil
}

// NoteCheque writes what happened to a cheque.
func (tx *Tx) NoteCheque(ctx context.Context, id int64, q clinic.Cheque, note string, day jalali.Day, s Stamp) error {
	return tx.add(ctx, "cheque_event", "clinic, id, cheque, status, note, day, at, recorded, staff",
		tx.clinic, id, q.ID, q.Status, note, day, micros(s.At), micros(s.Recorded), s.Staff)
}

// AddRefund writes a refund.
func (tx *Tx) AddRefund(ctx context.Context, r clinic.Refund, s Stamp) error {
	return tx.add(ctx, "refund", "clinic, id, patient, year, number, branch, deposit, amount, reason, day, at, recorded, staff",
		tx.clinic, r.ID, r.Patient, r.Number.Year, r.Number.Count, r.Branch, nullID(r.Deposit), r.Amount, r.Reason, r.Day,
		micros(s.At), micros(s.Recorded), s.Staff)
}

// MethodsOfFund are the ways by which the money of a fund came, once each;
// none when nobody knows.
func (tx *Tx) MethodsOfFund(ctx context.Context, id clinic.FundID) ([]clinic.Method, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (m clinic.Method, err error) {
		return m, scan(&m)
	}, `
		SELECT m.method FROM money_line m
		WHERE m.clinic = $1 AND m.document IN (
			SELECT r.id FROM receipt r WHERE r.clinic = $1 AND r.id = $2
			UNION ALL
			SELECT t.receipt FROM receipt_transfer t WHERE t.clinic = $1 AND t.id = $2
			UNION ALL
			SELECT v.deposit FROM deposit_movement v WHERE v.clinic = $1 AND v.id = $2)
		GROUP BY m.method HAVING SUM(m.amount) > 0
		ORDER BY SUM(m.amount) DESC, m.method`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("methods of fund: %w", err)
	}
	return found, nil
}

// AddRemission writes a remission; unit names the command it belongs to.
func (tx *Tx) AddRemission(ctx context.Context, r clinic.Remission, unit int64, day jalali.Day, s Stamp) error {
	return tx.add(ctx, "remission", "clinic, id, admission, patient, kind, amount, reason, reverses, unit, day, at, recorded, staff",
		tx.clinic, r.ID, r.Admission, r.Patient, r.Kind, r.Amount, r.Reason, nullID(r.Reverses), nullID(unit), day,
		micros(s.At), micros(s.Recorded), s.Staff)
}

const remissionFields = `m.id, m.admission, m.patient, m.kind, m.amount, m.reason, COALESCE(m.reverses, 0),
	EXISTS (SELECT 1 FROM remission x WHERE x.clinic = m.clinic AND x.reverses = m.id)`

func scanRemission(scan func(...any) error) (r clinic.Remission, err error) {
	return r, scan(&r.ID, &r.Admission, &r.Patient, &r.Kind, &r.Amount, &r.Reason, &r.Reverses, &r.Undone)
}

// Remissions returns what was ever let off of an admission, oldest first.
func (tx *Tx) Remissions(ctx context.Context, id clinic.AdmissionID) ([]clinic.Remission, error) {
	return collect(ctx, tx, scanRemission, `SELECT `+remissionFields+` FROM remission m
		WHERE m.clinic = $1 AND m.admission = $2 ORDER BY m.id`, tx.clinic, id)
}

// WrittenOff returns the person's admissions of which a debt was written off
// and has not been recovered, oldest first, with how much.
func (tx *Tx) WrittenOff(ctx context.Context, files clinic.Files) ([]Due, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, func(scan func(...any) error) (d Due, err error) {
		var amount money.Amount
		d.Admission, err = scanAdmission(func(into ...any) error { return scan(append(into, &d.Titles, &amount)...) })
		d.Share = amount
		return d, err
	}, `
		SELECT `+admissionFields+`,
			COALESCE((SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l
				WHERE l.clinic = a.clinic AND l.admission = a.id), ''), written.amount
		FROM (
			SELECT admission, CAST(SUM(amount) AS BIGINT) AS amount FROM remission
			WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND kind IN ('write_off', 'recovery')
			GROUP BY admission HAVING SUM(amount) > 0) written
		JOIN admission a ON a.clinic = $1 AND a.id = written.admission
		WHERE a.status = 'finalized'
		ORDER BY a.at, a.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("written off: %w", err)
	}
	return found, nil
}
