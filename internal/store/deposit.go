package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// AddDeposit writes a deposit, without movements.
func (tx *Tx) AddDeposit(ctx context.Context, d clinic.Deposit) error {
	const columns = "clinic, id, patient, year, number, branch, amount, purpose, service, provider, appointment, planned, expires, day, at, recorded, staff"
	err := tx.exec(ctx, insert("deposit", columns, 1), tx.clinic, d.ID, d.Patient, d.Number.Year, d.Number.Count, d.Branch, d.Amount,
		d.Purpose, nullID(d.Service), nullID(d.Provider), nullID(d.Appointment), nullMoment(d.Planned), d.Expires, d.Day,
		micros(d.At), micros(d.Recorded), d.Staff)
	if err != nil {
		return fmt.Errorf("add deposit: %w", err)
	}
	return nil
}

// SaveDeposit writes back what a deposit read earlier is for and whether it was
// withdrawn. Conflict deposit.stale if it was written in between.
func (tx *Tx) SaveDeposit(ctx context.Context, d clinic.Deposit) error {
	n, err := tx.change(ctx, `
		UPDATE deposit SET purpose = $4, service = $5, provider = $6, appointment = $7, planned = $8, expires = $9, withdrawn = $10, visit_over = $11,
			visit_by_clinic = $12, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, d.ID, d.Version, d.Purpose, nullID(d.Service), nullID(d.Provider),
		nullID(d.Appointment), nullMoment(d.Planned), d.Expires, nullMoment(d.Withdrawn), nullMoment(d.VisitOver), bit(d.ByClinic))
	if err != nil {
		return fmt.Errorf("save deposit %d: %w", d.ID, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "deposit.stale", "the deposit was changed by someone else")
	}
	return nil
}

// AddDepositMovement writes that something happened to a deposit; unit names
// the command it belongs to, 0 for none.
func (tx *Tx) AddDepositMovement(ctx context.Context, m clinic.DepositMovement, unit int64, day jalali.Day, s Stamp) error {
	const columns = "clinic, id, deposit, patient, kind, amount, admission, reverses, note, unit, day, at, recorded, staff"
	err := tx.exec(ctx, insert("deposit_movement", columns, 1), tx.clinic, m.ID, m.Deposit, m.Patient, m.Kind, m.Amount,
		nullID(m.Admission), nullID(m.Reverses), m.Note, nullID(unit), day, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("movement of deposit %d: %w", m.Deposit, err)
	}
	return nil
}

// depositFields and depositSums are what scanDeposit reads. The sums are made
// of movements v of deposit d.
const (
	depositFields = `d.id, d.patient, d.year, d.number, d.branch, d.amount, d.purpose, COALESCE(d.service, 0), COALESCE(d.provider, 0),
		COALESCE(d.appointment, 0), d.planned, d.visit_over, d.visit_by_clinic, d.expires, d.withdrawn, d.day, d.at, d.recorded, d.staff, d.version,
		COALESCE(v.received, 0), COALESCE(v.applied, 0), COALESCE(v.transferred, 0), COALESCE(v.refunded, 0), COALESCE(v.forfeited, 0),
		COALESCE(v.remaining, 0), v.first`
	depositSums = `deposit,
		CAST(SUM(CASE WHEN kind IN ('receive', 'from_credit') THEN amount ELSE 0 END) AS BIGINT) AS received,
		CAST(SUM(CASE WHEN kind IN ('apply', 'unapply') THEN -amount ELSE 0 END) AS BIGINT) AS applied,
		CAST(SUM(CASE WHEN kind = 'to_account' THEN -amount ELSE 0 END) AS BIGINT) AS transferred,
		CAST(SUM(CASE WHEN kind = 'refund' THEN -amount ELSE 0 END) AS BIGINT) AS refunded,
		CAST(SUM(CASE WHEN kind = 'forfeit' THEN -amount ELSE 0 END) AS BIGINT) AS forfeited,
		CAST(SUM(amount) AS BIGINT) AS remaining,
		MIN(CASE WHEN kind IN ('receive', 'from_credit') AND reverses IS NULL THEN recorded END) AS first`
)

func scanDeposit(scan func(...any) error) (d clinic.Deposit, err error) {
	var planned, over, withdrawn, first sql.NullInt64
	var at, recorded int64
	err = scan(&d.ID, &d.Patient, &d.Number.Year, &d.Number.Count, &d.Branch, &d.Amount, &d.Purpose, &d.Service, &d.Provider, &d.Appointment,
		&planned, &over, &d.ByClinic, &d.Expires, &withdrawn, &d.Day, &at, &recorded, &d.Staff, &d.Version,
		&d.Received, &d.Applied, &d.Transferred, &d.Refunded, &d.Forfeited, &d.Remaining, &first)
	d.VisitOver = someMoment(over)
	d.Planned, d.Withdrawn, d.First = someMoment(planned), someMoment(withdrawn), someMoment(first)
	d.At, d.Recorded = moment(at), moment(recorded)
	return d, err
}

// Deposit returns one deposit with what moved. NotFound deposit.none.
func (tx *Tx) Deposit(ctx context.Context, id clinic.DepositID) (clinic.Deposit, error) {
	d, err := scanDeposit(tx.row(ctx, `
		SELECT `+depositFields+`
		FROM deposit d
		LEFT JOIN (SELECT `+depositSums+` FROM deposit_movement WHERE clinic = $1 AND deposit = $2 GROUP BY deposit) v ON v.deposit = d.id
		WHERE d.clinic = $1 AND d.id = $2`, tx.clinic, id).Scan)
	return d, some(err, "deposit.none", "deposit", id)
}

// HeldDeposit is a deposit in a list, with the names of what it is for and of
// who took it.
type HeldDeposit struct {
	clinic.Deposit
	PatientName  string
	FileNumber   clinic.FileNumber
	ServiceName  string
	ProviderName string
	StaffName    string
	Methods      []string // by which it came
	ReceivedDay  jalali.Day
}

const heldFields = depositFields + `, p.first_name, p.last_name, p.file_number,
		COALESCE(s.name, ''), COALESCE(o.name, ''), f.name, COALESCE(v.received_day, ''),
		COALESCE((SELECT STRING_AGG(m.method, ',' ORDER BY m.line) FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry AND e.kind = 'deposit'
			WHERE m.clinic = d.clinic AND m.document = d.id), '')`

const heldJoins = `
		JOIN patient p ON p.clinic = d.clinic AND p.id = d.patient
		JOIN staff f ON f.clinic = d.clinic AND f.id = d.staff
		LEFT JOIN service s ON s.clinic = d.clinic AND s.id = d.service
		LEFT JOIN provider o ON o.clinic = d.clinic AND o.id = d.provider`

func scanHeldDeposit(scan func(...any) error) (h HeldDeposit, err error) {
	var first, last, methods string
	h.Deposit, err = scanDeposit(func(into ...any) error {
		return scan(append(into, &first, &last, &h.FileNumber, &h.ServiceName, &h.ProviderName, &h.StaffName, &h.ReceivedDay, &methods)...)
	})
	h.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
	if methods != "" {
		h.Methods = strings.Split(methods, ",")
	}
	return h, err
}

// DepositsOf lists the deposits of a person as they were at the moment, newest
// first.
func (tx *Tx) DepositsOf(ctx context.Context, files clinic.Files, m Moment) ([]HeldDeposit, error) {
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	own := among(&args, "patient", files)
	all, err := collect(ctx, tx, scanHeldDeposit, `
		SELECT `+heldFields+`
		FROM deposit d
		LEFT JOIN (SELECT `+depositSums+`, MIN(CASE WHEN kind IN ('receive', 'from_credit') THEN day END) AS received_day
			FROM deposit_movement WHERE clinic = $1 AND `+own+` AND at < $2 AND recorded <= $3 GROUP BY deposit) v ON v.deposit = d.id`+
		heldJoins+`
		WHERE d.clinic = $1 AND `+strings.Replace(own, "patient", "d.patient", 1)+` AND d.at < $2 AND d.recorded <= $3
		ORDER BY d.at DESC, d.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("deposits: %w", err)
	}
	return all, nil
}

// DepositStep is a movement of a deposit with what its document says: the
// admission that it pays or the refund.
type DepositStep struct {
	clinic.DepositMovement
	Day       jalali.Day
	At        time.Time
	Recorded  time.Time
	StaffName string
	Paid      clinic.Number // of the admission
	Titles    string        // of the admission's services
	Refund    clinic.Number
	Methods   []string // by which money came or went
	Undone    bool     // its mirror stands below it
}

// DepositSteps returns what happened to deposits at the moment, oldest first.
func (tx *Tx) DepositSteps(ctx context.Context, ids []clinic.DepositID, m Moment) (map[clinic.DepositID][]DepositStep, error) {
	steps := map[clinic.DepositID][]DepositStep{}
	if len(ids) == 0 {
		return steps, nil
	}
	args := append(withIDs(tx.clinic, ids), m.before(), m.knownAt())
	n := len(args)
	_, err := collect(ctx, tx, func(scan func(...any) error) (s DepositStep, err error) {
		var at, recorded int64
		var methods string
		err = scan(&s.ID, &s.Deposit, &s.Patient, &s.Kind, &s.Amount, &s.Admission, &s.Reverses, &s.Note, &s.Day, &at, &recorded, &s.StaffName,
			&s.Paid.Year, &s.Paid.Count, &s.Titles, &s.Refund.Year, &s.Refund.Count, &methods, &s.Undone)
		s.At, s.Recorded = moment(at), moment(recorded)
		if methods != "" {
			s.Methods = strings.Split(methods, ",")
		}
		steps[s.Deposit] = append(steps[s.Deposit], s)
		return s, err
	}, `
		SELECT v.id, v.deposit, v.patient, v.kind, v.amount, COALESCE(v.admission, 0), COALESCE(v.reverses, 0), v.note, v.day, v.at, v.recorded, f.name,
			COALESCE(a.year, 0), COALESCE(a.number, 0),
			COALESCE((SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l WHERE l.clinic = a.clinic AND l.admission = a.id), ''),
			COALESCE(r.year, 0), COALESCE(r.number, 0),
			COALESCE((SELECT STRING_AGG(l.method, ',' ORDER BY l.line) FROM money_line l JOIN entry e ON e.clinic = l.clinic AND e.id = l.entry
				WHERE l.clinic = v.clinic AND (v.kind = 'refund' AND l.document = v.id
					OR v.kind = 'receive' AND l.document = v.deposit AND COALESCE(e.unit, 0) = COALESCE(v.unit, 0))), ''),
			EXISTS (SELECT 1 FROM deposit_movement x WHERE x.clinic = v.clinic AND x.reverses = v.id)
		FROM deposit_movement v
		JOIN staff f ON f.clinic = v.clinic AND f.id = v.staff
		LEFT JOIN admission a ON a.clinic = v.clinic AND a.id = v.admission
		LEFT JOIN refund r ON r.clinic = v.clinic AND r.id = v.id
		WHERE v.clinic = $1 AND v.deposit IN (`+places(2, len(ids))+fmt.Sprintf(`) AND v.at < $%d AND v.recorded <= $%d`, n-1, n)+`
		ORDER BY v.deposit, v.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("movements of deposits: %w", err)
	}
	return steps, nil
}

// DepositOut returns the lines of money by which parts of a deposit went back,
// those that were taken back too.
func (tx *Tx) DepositOut(ctx context.Context, id clinic.DepositID) ([]clinic.MoneyLine, error) {
	return collect(ctx, tx, func(scan func(...any) error) (l clinic.MoneyLine, err error) {
		return l, scan(&l.Line, &l.Method, &l.Amount, &l.Place, &l.TrackingNumber, &l.LastFour, &l.Destination)
	}, `
		SELECT m.line, m.method, m.amount, m.place, m.tracking_number, m.last_four, m.destination
		FROM refund r JOIN money_line m ON m.clinic = r.clinic AND m.document = r.id
		WHERE r.clinic = $1 AND r.deposit = $2
		ORDER BY r.id, m.line`, tx.clinic, id)
}

// DepositFunds returns the funds that parts of a deposit became when they were
// applied, oldest first: of one admission, or of all with 0.
func (tx *Tx) DepositFunds(ctx context.Context, d clinic.Deposit, admission clinic.AdmissionID) ([]clinic.Fund, error) {
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.FundID, err error) { return id, scan(&id) }, `
		SELECT f.id FROM deposit_movement v JOIN fund f ON f.clinic = v.clinic AND f.id = v.id
		WHERE v.clinic = $1 AND v.deposit = $2 AND v.kind = 'apply' AND (v.admission = $3 OR CAST($3 AS BIGINT) = 0)
		ORDER BY v.id`, tx.clinic, d.ID, int64(admission))
	if err != nil {
		return nil, fmt.Errorf("funds of deposit %d: %w", d.ID, err)
	}
	funds := make([]clinic.Fund, len(ids))
	for i, id := range ids {
		if funds[i], err = tx.Fund(ctx, d.Patient, id); err != nil {
			return nil, err
		}
	}
	return funds, nil
}

// DepositOfFund returns the deposit and the admission that a fund was made for
// by applying a part of the deposit; 0 when it was made otherwise.
func (tx *Tx) DepositOfFund(ctx context.Context, id clinic.FundID) (d clinic.DepositID, a clinic.AdmissionID, err error) {
	err = tx.row(ctx, `
		SELECT deposit, COALESCE(admission, 0) FROM deposit_movement WHERE clinic = $1 AND id = $2 AND kind = 'apply'`, tx.clinic, id).Scan(&d, &a)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return d, a, err
}

// What the entry of a page of events says of its deposit d: the admissions
// that it paid, or took its money off, and their services; what the deposit is
// for when it came. A command on a deposit writes all it does at one instant.
const (
	depositPaid = `FROM deposit_movement v JOIN admission o ON o.clinic = v.clinic AND o.id = v.admission
		WHERE v.clinic = d.clinic AND v.deposit = d.id AND v.recorded = page.recorded AND v.at = page.at AND page.kind = 'deposit_' || v.kind`
	depositPays   = `(SELECT STRING_AGG(o.year || '-' || o.number, '، ' ORDER BY v.id) ` + depositPaid + `)`
	depositTitles = `(SELECT STRING_AGG(l.title, '، ' ORDER BY l.admission, l.line) FROM admission_line l
		WHERE l.clinic = d.clinic AND l.admission IN (SELECT o.id ` + depositPaid + `)),
		CASE WHEN page.kind IN ('deposit', 'credit_to_deposit') THEN d.purpose END`
)
