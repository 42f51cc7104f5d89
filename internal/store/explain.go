package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ByKind is what entries of one kind did to accounts.
type ByKind struct {
	Kind   string
	Amount money.Amount
	Count  int
}

// KindSums is what accounts hold at the moment, by the kinds of entry that made
// it, the kind that came first first. Together it is Balance.
func (tx *Tx) KindSums(ctx context.Context, accounts []ledger.Account, m Moment) ([]ByKind, error) {
	ids, err := tx.accountIDs(ctx, accounts)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	found, err := collect(ctx, tx, scanByKind, `
		SELECT e.kind, CAST(SUM(p.amount) AS BIGINT), COUNT(*)
		FROM posting p JOIN entry e ON e.clinic = p.clinic AND e.id = p.entry
		WHERE p.clinic = $1 AND `+among(&args, "p.account", ids)+` AND p.at < $2 AND p.recorded <= $3
		GROUP BY e.kind ORDER BY MIN(p.at), e.kind`, args...)
	if err != nil {
		return nil, fmt.Errorf("sums by kind: %w", err)
	}
	return found, nil
}

func scanByKind(scan func(...any) error) (k ByKind, err error) {
	return k, scan(&k.Kind, &k.Amount, &k.Count)
}

// InsurerKinds is InsurerDue by the kinds of entry that made it.
func (tx *Tx) InsurerKinds(ctx context.Context, files clinic.Files, m Moment) ([]ByKind, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt(), clinic.AccountInsurer, clinic.EntryReceipt, clinic.EntryChequeClear}
	found, err := collect(ctx, tx, scanByKind, `
		SELECT e.kind, CAST(SUM(p.amount) AS BIGINT), COUNT(*)
		FROM entry e
		CROSS JOIN posting p
		CROSS JOIN account a
		WHERE e.clinic = $1 AND `+among(&args, "e.patient", files)+` AND e.at < $2 AND e.recorded <= $3 AND e.kind NOT IN ($5, $6)
			AND p.clinic = $1 AND p.entry = e.id AND a.clinic = $1 AND a.id = p.account AND a.kind = $4
		GROUP BY e.kind ORDER BY MIN(e.at), e.kind`, args...)
	if err != nil {
		return nil, fmt.Errorf("insurers' due by kind: %w", err)
	}
	return found, nil
}

// InsurerDues is InsurerDue by insurer.
func (tx *Tx) InsurerDues(ctx context.Context, files clinic.Files, m Moment) ([]Held, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt(), clinic.AccountInsurer, clinic.EntryReceipt, clinic.EntryChequeClear}
	found, err := collect(ctx, tx, func(scan func(...any) error) (h Held, err error) {
		return h, scan(&h.ID, &h.Text, &h.Left)
	}, `
		SELECT i.id, i.name, CAST(SUM(p.amount) AS BIGINT)
		FROM entry e
		CROSS JOIN posting p
		CROSS JOIN account a
		CROSS JOIN insurer i
		WHERE i.clinic = $1 AND i.id = a.owner AND e.clinic = $1 AND `+among(&args, "e.patient", files)+` AND e.at < $2 AND e.recorded <= $3 AND e.kind NOT IN ($5, $6)
			AND p.clinic = $1 AND p.entry = e.id AND a.clinic = $1 AND a.id = p.account AND a.kind = $4
		GROUP BY i.id, i.name HAVING SUM(p.amount) <> 0 ORDER BY i.name, i.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("insurers' due: %w", err)
	}
	return found, nil
}

// Held is something of a person that holds an amount: a fund, a deposit, a
// cheque, what an insurer owes.
type Held struct {
	ID      int64
	Kind    string // of a fund; the status of a cheque
	Number  clinic.Number
	Text    string // the purpose of a deposit, the bank of a cheque, the insurer
	Day     jalali.Day
	Staff   string // who recorded it
	Amount  money.Amount
	Left    money.Amount
	Expires jalali.Day // of a deposit; the due day of a cheque
	// Document is the one whose entries brought it; 0 where there are many.
	Document int64
}

func scanHeld(scan func(...any) error) (h Held, err error) {
	return h, scan(&h.ID, &h.Kind, &h.Number.Year, &h.Number.Count, &h.Text, &h.Day, &h.Staff, &h.Amount, &h.Left, &h.Expires, &h.Document)
}

// FundsHeld are the person's funds of which something was left at the moment,
// oldest first. What is left is Fund's.
func (tx *Tx) FundsHeld(ctx context.Context, files clinic.Files, m Moment) ([]Held, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	patient, payer := among(&args, "patient", files), among(&args, "payer", files)
	found, err := collect(ctx, tx, scanHeld, `
		SELECT f.id, f.kind, COALESCE(r.year, d.year, 0), COALESCE(r.number, d.number, 0), '', COALESCE(r.day, v.day, ''),
			COALESCE((SELECT s.name FROM staff s WHERE s.clinic = $1 AND s.id = COALESCE(r.staff, v.staff,
				(SELECT MIN(e.staff) FROM entry e WHERE e.clinic = $1 AND e.document = f.id))), ''),
			f.amount, CAST(f.amount - COALESCE(l.used, 0) AS BIGINT), '', COALESCE(d.id, t.receipt, f.id)
		FROM fund f
		LEFT JOIN (
			SELECT fund, SUM(amount) AS used FROM (
				SELECT fund, amount FROM allocation WHERE clinic = $1 AND `+patient+` AND payer IS NULL AND at < $2 AND recorded <= $3
				UNION ALL
				SELECT fund, amount FROM allocation WHERE clinic = $1 AND `+payer+` AND at < $2 AND recorded <= $3) parts
			GROUP BY fund) l ON l.fund = f.id
		LEFT JOIN receipt r ON r.clinic = $1 AND r.id = f.id
		LEFT JOIN deposit_movement v ON v.clinic = $1 AND v.id = f.id
		LEFT JOIN deposit d ON d.clinic = $1 AND d.id = v.deposit
		LEFT JOIN receipt_transfer t ON t.clinic = $1 AND t.id = f.id
		WHERE f.clinic = $1 AND f.`+patient+` AND f.at < $2 AND f.recorded <= $3 AND f.amount <> COALESCE(l.used, 0)
		ORDER BY f.at, f.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("funds held: %w", err)
	}
	return found, nil
}

// DepositsHeld are the person's deposits that held something at the moment,
// oldest first.
func (tx *Tx) DepositsHeld(ctx context.Context, files clinic.Files, m Moment) ([]Held, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	found, err := collect(ctx, tx, scanHeld, `
		SELECT d.id, 'deposit', d.year, d.number, d.purpose, d.day, COALESCE(s.name, ''), d.amount, held.amount, d.expires, d.id
		FROM (
			SELECT deposit, CAST(SUM(amount) AS BIGINT) AS amount FROM deposit_movement
			WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND at < $2 AND recorded <= $3
			GROUP BY deposit HAVING SUM(amount) <> 0) held
		CROSS JOIN deposit d
		LEFT JOIN staff s ON s.clinic = $1 AND s.id = d.staff
		WHERE d.clinic = $1 AND d.id = held.deposit
		ORDER BY d.at, d.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("deposits held: %w", err)
	}
	return found, nil
}

// ChequesHeld are the person's cheques that are not money yet, the first due
// first.
func (tx *Tx) ChequesHeld(ctx context.Context, files clinic.Files) ([]Held, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, scanHeld, `
		SELECT q.id, q.status, r.year, r.number, q.bank, r.day, COALESCE(s.name, ''), q.amount, q.amount, q.due_date, r.id
		FROM cheque q
		JOIN receipt r ON r.clinic = q.clinic AND r.id = q.receipt
		LEFT JOIN staff s ON s.clinic = q.clinic AND s.id = r.staff
		WHERE q.clinic = $1 AND `+among(&args, "q.patient", files)+` AND q.status IN ('in_hand', 'banked')
		ORDER BY q.due_date, q.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("cheques held: %w", err)
	}
	return found, nil
}

// ShareChange is what changed a patient's share of an admission after it was
// final: a transfer from or to an insurer, or a remission.
type ShareChange struct {
	ID        int64
	Admission clinic.AdmissionID
	Kind      string // "transfer" or the kind of the remission
	Amount    money.Amount
	Reason    string
	At        time.Time
	Staff     string
}

// ShareChanges returns the changes of the admissions at the moment, oldest
// first.
func (tx *Tx) ShareChanges(ctx context.Context, ids []clinic.AdmissionID, m Moment) ([]ShareChange, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	of := among(&args, "x.admission", padded(ids))
	found, err := collect(ctx, tx, func(scan func(...any) error) (c ShareChange, err error) {
		var at int64
		err = scan(&c.ID, &c.Admission, &c.Kind, &c.Amount, &c.Reason, &at, &c.Staff)
		c.At = moment(at)
		return c, err
	}, `
		SELECT changed.id, changed.admission, changed.kind, changed.amount, changed.reason, changed.at, COALESCE(s.name, '')
		FROM (
			SELECT x.id, x.admission, 'transfer' AS kind, CASE WHEN x.to_insurer IS NULL THEN x.amount ELSE -x.amount END AS amount,
				x.reason, x.at, x.staff
			FROM share_transfer x WHERE x.clinic = $1 AND `+of+` AND x.at < $2 AND x.recorded <= $3
				AND (x.to_insurer IS NULL OR x.from_insurer IS NULL)
			UNION ALL
			SELECT x.id, x.admission, x.kind, -x.amount, x.reason, x.at, x.staff
			FROM remission x WHERE x.clinic = $1 AND `+of+` AND x.at < $2 AND x.recorded <= $3) changed
		LEFT JOIN staff s ON s.clinic = $1 AND s.id = changed.staff
		ORDER BY changed.at, changed.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("changes of shares: %w", err)
	}
	return found, nil
}

// Told is an entry with all that is known of it.
type Told struct {
	ID         ledger.EntryID
	Kind       string
	Day        jalali.Day
	At         time.Time
	Recorded   time.Time
	Patient    clinic.PatientID
	Document   int64
	Number     clinic.Number
	Unit       int64
	Reverses   ledger.EntryID
	ReversedBy ledger.EntryID // 0: it holds
	Undone     jalali.Day     // the day of the reversal
	Staff      string
	Branch     string
	Postings   []ToldPosting
}

// ToldPosting is a posting to an account whose owner is named.
type ToldPosting struct {
	Kind   string
	Owner  int64
	Label  string
	Amount money.Amount
}

// EntryTold returns one entry at the moment. NotFound entry.none.
func (tx *Tx) EntryTold(ctx context.Context, id ledger.EntryID, m Moment) (Told, error) {
	found, err := tx.told(ctx, "e.id = $4", int64(id), m, 1)
	if err == nil && len(found) == 0 {
		return Told{}, some(orMissing(nil), "entry.none", "entry", id)
	}
	if err != nil {
		return Told{}, err
	}
	return found[0], nil
}

// DocumentTold returns the entries of a document at the moment, oldest first,
// at most limit.
func (tx *Tx) DocumentTold(ctx context.Context, document int64, m Moment, limit int) ([]Told, error) {
	return tx.told(ctx, "e.document = $4", document, m, limit)
}

// InsurersTold returns the entries of a file that changed what insurers owe for
// it at the moment, oldest first, at most limit.
func (tx *Tx) InsurersTold(ctx context.Context, file clinic.PatientID, m Moment, limit int) ([]Told, error) {
	return tx.told(ctx, `e.patient = $4 AND EXISTS (SELECT 1 FROM posting p JOIN account k ON k.clinic = p.clinic AND k.id = p.account
		WHERE p.clinic = e.clinic AND p.entry = e.id AND k.kind = 'insurer')`, int64(file), m, limit)
}

// UnitTold returns what one command posted.
func (tx *Tx) UnitTold(ctx context.Context, unit int64, m Moment, limit int) ([]Told, error) {
	return tx.told(ctx, "e.unit = $4", unit, m, limit)
}

func (tx *Tx) told(ctx context.Context, keep string, of int64, m Moment, limit int) ([]Told, error) {
	entries, err := collect(ctx, tx, scanTold, `
		SELECT e.id, e.kind, e.day, e.at, e.recorded, COALESCE(e.patient, 0), COALESCE(e.document, 0), COALESCE(e.unit, 0),
			COALESCE(a.year, r.year, d.year, f.year, 0), COALESCE(a.number, r.number, d.number, f.number, 0),
			COALESCE(e.reverses, 0), COALESCE(x.id, 0), COALESCE(x.day, ''), COALESCE(s.name, ''), COALESCE(b.name, '')
		FROM entry e
		LEFT JOIN entry x ON x.clinic = e.clinic AND x.reverses = e.id AND x.at < $2 AND x.recorded <= $3
		LEFT JOIN admission a ON a.clinic = e.clinic AND a.id = e.document
		LEFT JOIN cheque q ON q.clinic = e.clinic AND q.id = e.document
		LEFT JOIN receipt r ON r.clinic = e.clinic AND r.id = COALESCE(q.receipt, e.document)
		LEFT JOIN deposit d ON d.clinic = e.clinic AND d.id = e.document
		LEFT JOIN refund f ON f.clinic = e.clinic AND f.id = e.document
		LEFT JOIN staff s ON s.clinic = e.clinic AND s.id = e.staff
		LEFT JOIN branch b ON b.clinic = e.clinic AND b.id = e.branch
		WHERE e.clinic = $1 AND `+keep+` AND e.at < $2 AND e.recorded <= $3
		ORDER BY e.at, e.id LIMIT $5`, tx.clinic, m.before(), m.knownAt(), of, limit)
	if err != nil {
		return nil, fmt.Errorf("entries: %w", err)
	}
	for i := range entries {
		if entries[i].Postings, err = tx.toldPostings(ctx, entries[i].ID); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

func scanTold(scan func(...any) error) (e Told, err error) {
	var at, recorded int64
	err = scan(&e.ID, &e.Kind, &e.Day, &at, &recorded, &e.Patient, &e.Document, &e.Unit, &e.Number.Year, &e.Number.Count,
		&e.Reverses, &e.ReversedBy, &e.Undone, &e.Staff, &e.Branch)
	e.At, e.Recorded = moment(at), moment(recorded)
	return e, err
}

// toldPostings reads the postings of an entry, debits first.
func (tx *Tx) toldPostings(ctx context.Context, e ledger.EntryID) ([]ToldPosting, error) {
	return collect(ctx, tx, func(scan func(...any) error) (p ToldPosting, err error) {
		err = scan(&p.Kind, &p.Owner, &p.Label, &p.Amount)
		p.Label = strings.TrimSpace(p.Label)
		return p, err
	}, `
		SELECT a.kind, a.owner, `+accountLabel+`, t.amount
		FROM posting t JOIN account a ON a.clinic = t.clinic AND a.id = t.account
		`+accountOwners+`
		WHERE t.clinic = $1 AND t.entry = $2
		ORDER BY CASE WHEN t.amount > 0 THEN 0 ELSE 1 END, t.account`, tx.clinic, e)
}

// accountLabel names the owner of the account a in words, with the joins of
// accountOwners.
const (
	accountLabel = `COALESCE(p.first_name || ' ' || p.last_name, c.name, t1.name, b1.name, i.name, s.name, '')`

	accountOwners = `LEFT JOIN patient p ON a.kind IN ('receivable', 'deposit', 'club') AND p.clinic = a.clinic AND p.id = a.owner
		LEFT JOIN cash_desk c ON a.kind = 'cash' AND c.clinic = a.clinic AND c.id = a.owner
		LEFT JOIN terminal t1 ON a.kind = 'pos' AND t1.clinic = a.clinic AND t1.id = a.owner
		LEFT JOIN bank_account b1 ON a.kind = 'bank' AND b1.clinic = a.clinic AND b1.id = a.owner
		LEFT JOIN insurer i ON a.kind = 'insurer' AND i.clinic = a.clinic AND i.id = a.owner
		LEFT JOIN section s ON a.kind = 'income' AND s.clinic = a.clinic AND s.id = a.owner`
)

// ToldReceipt is a receipt with who took it and whether it still holds.
type ToldReceipt struct {
	clinic.Receipt
	StaffName string
	Voided    jalali.Day // "": it holds
	VoidedBy  string
	Reason    string
}

// ReceiptTold returns one receipt. NotFound receipt.none.
func (tx *Tx) ReceiptTold(ctx context.Context, id clinic.ReceiptID, m Moment) (t ToldReceipt, err error) {
	if t.Receipt, err = tx.Receipt(ctx, id); err != nil {
		return t, err
	}
	err = tx.row(ctx, `
		SELECT COALESCE(s.name, ''), COALESCE(v.day, ''), COALESCE(o.name, ''), COALESCE(v.reason, '')
		FROM receipt r
		LEFT JOIN staff s ON s.clinic = r.clinic AND s.id = r.staff
		LEFT JOIN voided v ON v.clinic = r.clinic AND v.document = r.id AND v.at < $3 AND v.recorded <= $4
		LEFT JOIN staff o ON o.clinic = v.clinic AND o.id = v.staff
		WHERE r.clinic = $1 AND r.id = $2`, tx.clinic, id, m.before(), m.knownAt()).Scan(&t.StaffName, &t.Voided, &t.VoidedBy, &t.Reason)
	if err != nil {
		return t, fmt.Errorf("receipt %d: %w", id, err)
	}
	return t, nil
}

// Use is what a fund is used for at a moment: an admission that it pays or a
// spending that took it.
type Use struct {
	Admission clinic.AdmissionID
	Spending  int64
	Kind      string // of the entry of the spending
	Number    clinic.Number
	Amount    money.Amount
}

// FundUses are the uses of a fund at the moment, those that came first first;
// what was taken back is gone.
func (tx *Tx) FundUses(ctx context.Context, patient clinic.PatientID, fund clinic.FundID, m Moment) ([]Use, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (u Use, err error) {
		return u, scan(&u.Admission, &u.Spending, &u.Kind, &u.Number.Year, &u.Number.Count, &u.Amount)
	}, `
		SELECT COALESCE(uses.admission, 0), COALESCE(uses.spending, 0),
			COALESCE((SELECT MIN(e.kind) FROM entry e WHERE e.clinic = $1 AND e.document = uses.spending), ''),
			COALESCE(a.year, g.year, d.year, 0), COALESCE(a.number, g.number, d.number, 0), uses.amount
		FROM (
			SELECT admission, spending, MIN(id) AS first, CAST(SUM(amount) AS BIGINT) AS amount FROM (
				SELECT id, admission, spending, amount FROM allocation
				WHERE clinic = $1 AND patient = $4 AND fund = $5 AND payer IS NULL AND at < $2 AND recorded <= $3
				UNION ALL
				SELECT id, admission, spending, amount FROM allocation
				WHERE clinic = $1 AND payer = $4 AND fund = $5 AND at < $2 AND recorded <= $3) parts
			GROUP BY admission, spending HAVING SUM(amount) <> 0) uses
		LEFT JOIN admission a ON a.clinic = $1 AND a.id = uses.admission
		LEFT JOIN refund g ON g.clinic = $1 AND g.id = uses.spending
		LEFT JOIN deposit d ON d.clinic = $1 AND d.id = uses.spending
		ORDER BY uses.first`, tx.clinic, m.before(), m.knownAt(), patient, fund)
	if err != nil {
		return nil, fmt.Errorf("uses of fund %d: %w", fund, err)
	}
	return found, nil
}
