package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
)

// claims is, for each insurer and admission, what the books say at the moment
// of $2 and $3: share, moved, written_off and paid. Payments name their
// admission themselves, all other entries are the admission's; what was
// reversed counts as what it reverses. The accounts are found first.
const claims = `
	SELECT c.insurer, c.admission, CAST(SUM(c.share) AS BIGINT) AS share, CAST(SUM(c.moved) AS BIGINT) AS moved,
		CAST(SUM(c.written_off) AS BIGINT) AS written_off, CAST(SUM(c.paid) AS BIGINT) AS paid,
		CAST(SUM(c.share - c.moved - c.written_off - c.paid) AS BIGINT) AS owed
	FROM (
		SELECT k.owner AS insurer, COALESCE(y.admission, e.document) AS admission,
			CASE WHEN COALESCE(o.kind, e.kind) IN ('insurer_payment', 'insurer_deduction', 'transfer') THEN 0 ELSE p.amount END AS share,
			CASE WHEN COALESCE(o.kind, e.kind) = 'transfer' THEN -p.amount ELSE 0 END AS moved,
			CASE WHEN COALESCE(o.kind, e.kind) = 'insurer_deduction' THEN -p.amount ELSE 0 END AS written_off,
			CASE WHEN COALESCE(o.kind, e.kind) = 'insurer_payment' THEN -p.amount ELSE 0 END AS paid
		FROM account k
		CROSS JOIN posting p
		JOIN entry e ON e.clinic = p.clinic AND e.id = p.entry
		LEFT JOIN entry o ON o.clinic = e.clinic AND o.id = e.reverses
		LEFT JOIN insurer_payment y ON y.clinic = e.clinic AND y.id = e.document
		WHERE k.clinic = $1 AND k.kind = 'insurer' AND p.clinic = k.clinic AND p.account = k.id AND p.at < $2 AND p.recorded <= $3`

// Claimed is a claim on an insurer with the words for it.
type Claimed struct {
	clinic.Claim
	Insurer     clinic.InsurerID
	Number      clinic.Number // of the admission
	Status      clinic.AdmissionStatus
	Titles      string // of its services
	PatientName string
	FileNumber  clinic.FileNumber
}

// Claims returns what an insurer owes, or was paid too much, at the moment for
// each admission of which it is not nothing, oldest first, of the people of one
// branch or, with 0, of all.
func (tx *Tx) Claims(ctx context.Context, insurer clinic.InsurerID, branch clinic.BranchID, m Moment) ([]Claimed, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (c Claimed, err error) {
		var first, last string
		err = scan(&c.Insurer, &c.Admission, &c.Patient, &c.Day, &c.Number.Year, &c.Number.Count, &c.Status, &c.Titles, &first, &last, &c.FileNumber,
			&c.Share, &c.Moved, &c.WrittenOff, &c.Paid)
		if c.Moved < 0 { // the insurer took more over than it refused
			c.Share, c.Moved = c.Share-c.Moved, 0
		}
		c.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
		return c, err
	}, `
		SELECT claim.insurer, a.id, a.patient, a.day, a.year, a.number, a.status,
			COALESCE((SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l
				WHERE l.clinic = a.clinic AND l.admission = a.id), ''),
			p.first_name, p.last_name, p.file_number, claim.share, claim.moved, claim.written_off, claim.paid
		FROM (`+claims+` AND k.owner = $4) c GROUP BY c.insurer, c.admission) claim
		CROSS JOIN admission a
		CROSS JOIN patient p
		WHERE claim.owed <> 0 AND a.clinic = $1 AND a.id = claim.admission AND p.clinic = $1 AND p.id = a.patient
			AND (CAST($5 AS BIGINT) = 0 OR p.branch = $5)
		ORDER BY a.at, a.id`, tx.clinic, m.before(), m.knownAt(), insurer, branch)
	if err != nil {
		return nil, fmt.Errorf("claims on insurer %d: %w", insurer, err)
	}
	return found, nil
}

// OpenClaims returns all that insurers owe at the moment with nothing but
// amounts and days, for sums by age.
func (tx *Tx) OpenClaims(ctx context.Context, branch clinic.BranchID, m Moment) ([]Claimed, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (c Claimed, err error) {
		return c, scan(&c.Insurer, &c.Admission, &c.Day, &c.Share, &c.Moved, &c.WrittenOff, &c.Paid)
	}, `
		SELECT claim.insurer, a.id, a.day, claim.share, claim.moved, claim.written_off, claim.paid
		FROM (`+claims+`) c GROUP BY c.insurer, c.admission) claim
		CROSS JOIN admission a
		CROSS JOIN patient p
		WHERE claim.owed <> 0 AND a.clinic = $1 AND a.id = claim.admission AND p.clinic = $1 AND p.id = a.patient
			AND (CAST($4 AS BIGINT) = 0 OR p.branch = $4)`, tx.clinic, m.before(), m.knownAt(), branch)
	if err != nil {
		return nil, fmt.Errorf("claims on insurers: %w", err)
	}
	return found, nil
}

// AddSettlement writes a settlement with its lines; unit names the command.
func (tx *Tx) AddSettlement(ctx context.Context, s clinic.Settlement, unit int64) error {
	err := tx.exec(ctx, insert("settlement", "clinic, id, insurer, year, number, branch, received, deducted, bank, note, unit, day, at, recorded, staff", 1),
		tx.clinic, s.ID, s.Insurer, s.Number.Year, s.Number.Count, s.Branch, s.Received, s.Deducted, nullID(s.Bank), s.Note, nullID(unit),
		s.Day, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("settlement: %w", err)
	}
	const columns, most = "clinic, settlement, line, admission, patient, kind, amount, document", 500
	for from := 0; from < len(s.Lines); from += most {
		part := s.Lines[from:min(from+most, len(s.Lines))]
		var args []any
		for _, l := range part {
			args = append(args, tx.clinic, s.ID, l.Line, l.Admission, l.Patient, l.Kind, l.Amount, l.Document)
		}
		if err := tx.exec(ctx, insert("settlement_line", columns, len(part)), args...); err != nil {
			return fmt.Errorf("lines of a settlement: %w", err)
		}
	}
	return nil
}

// SettlementRow is a settlement in a list, with who wrote it down and whether it
// still holds.
type SettlementRow struct {
	clinic.Settlement
	Unit      int64
	StaffName string
	Undone    time.Time // zero: it holds
	Lines     []SettledLine
}

// SettledLine is a line of a settlement with the words for its admission.
type SettledLine struct {
	clinic.SettlementLine
	Number      clinic.Number
	PatientName string
	FileNumber  clinic.FileNumber
}

// Settlements returns the settlements of an insurer that a branch wrote down
// or, with 0, all of them, newest first, at most limit.
func (tx *Tx) Settlements(ctx context.Context, insurer clinic.InsurerID, branch clinic.BranchID, limit int) ([]SettlementRow, error) {
	return tx.settlements(ctx, "s.insurer = $2 AND (CAST($3 AS BIGINT) = 0 OR s.branch = $3) ORDER BY s.at DESC, s.id DESC LIMIT $4", insurer, branch, limit)
}

// Settlement returns one settlement with its lines. NotFound settlement.none.
func (tx *Tx) Settlement(ctx context.Context, id clinic.SettlementID) (SettlementRow, error) {
	found, err := tx.settlements(ctx, "s.id = $2", id)
	if err != nil || len(found) == 0 {
		return SettlementRow{}, some(orMissing(err), "settlement.none", "settlement", id)
	}
	s := found[0]
	s.Lines, err = collect(ctx, tx, func(scan func(...any) error) (l SettledLine, err error) {
		var first, last string
		err = scan(&l.Line, &l.Admission, &l.Patient, &l.Kind, &l.Amount, &l.Document, &l.Number.Year, &l.Number.Count, &first, &last, &l.FileNumber)
		l.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
		s.Settlement.Lines = append(s.Settlement.Lines, l.SettlementLine)
		return l, err
	}, `
		SELECT l.line, l.admission, l.patient, l.kind, l.amount, l.document, a.year, a.number, p.first_name, p.last_name, p.file_number
		FROM settlement_line l
		JOIN admission a ON a.clinic = l.clinic AND a.id = l.admission
		JOIN patient p ON p.clinic = l.clinic AND p.id = l.patient
		WHERE l.clinic = $1 AND l.settlement = $2 ORDER BY l.line`, tx.clinic, id)
	return s, err
}

func (tx *Tx) settlements(ctx context.Context, which string, args ...any) ([]SettlementRow, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (s SettlementRow, err error) {
		var at, recorded, undone int64
		err = scan(&s.ID, &s.Insurer, &s.Settlement.Number.Year, &s.Settlement.Number.Count, &s.Branch, &s.Received, &s.Deducted, &s.Bank, &s.Note, &s.Unit, &s.Day, &at, &recorded,
			&s.Staff, &s.StaffName, &undone)
		s.At, s.Recorded = moment(at), moment(recorded)
		if undone != 0 {
			s.Undone = moment(undone)
		}
		return s, err
	}, `
		SELECT s.id, s.insurer, s.year, s.number, s.branch, s.received, s.deducted, COALESCE(s.bank, 0), s.note, COALESCE(s.unit, 0), s.day, s.at, s.recorded,
			s.staff, f.name, COALESCE((SELECT v.at FROM voided v WHERE v.clinic = s.clinic AND v.document = s.id), 0)
		FROM settlement s JOIN staff f ON f.clinic = s.clinic AND f.id = s.staff
		WHERE s.clinic = $1 AND `+which, append([]any{tx.clinic}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("settlements: %w", err)
	}
	return found, nil
}

// InsurerAccount is the account of an insurer now: what it holds and the
// version that a stale screen is told by.
func (tx *Tx) InsurerAccount(ctx context.Context, a ledger.Account) (AccountBalance, error) {
	return tx.Balance(ctx, []ledger.Account{a}, Moment{})
}
