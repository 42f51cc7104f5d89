package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"daftar/internal/clinic"
)

// Audit is one line of who did or saw what. It holds links, no patient data.
type Audit struct {
	ID      int64
	At      time.Time
	Staff   clinic.StaffID // 0: nobody we know
	Action  string         // "receipt.write", "statement.read"
	Patient clinic.PatientID
	Object  int64 // the record, 0 for none
	Origin  string
	Shown   Shown  // whom a list showed
	Detail  string // of a refusal: what was tried and why not
}

// Key is the place of the line among all lines.
func (a Audit) Key() Key { return Key{At: a.At, ID: a.ID} }

// Shown is whom a list showed, as it is stored: eight bytes for each, so that
// a list of fifty is one line of the audit and not fifty.
type Shown []byte

// Everybody is what an export of the whole clinic shows.
var Everybody = Shown{0}

// ShownTo packs the people of a list; nobody is nil.
func ShownTo(people []clinic.PatientID) Shown {
	if len(people) == 0 {
		return nil
	}
	s := make(Shown, 0, 8*len(people))
	for _, p := range people {
		s = binary.BigEndian.AppendUint64(s, uint64(p))
	}
	return s
}

// All reports whether everybody was shown.
func (s Shown) All() bool { return slices.Equal(s, Everybody) }

// Len is how many were shown; 0 for everybody.
func (s Shown) Len() int { return len(s) / 8 }

// People are those who were shown, in the order of the list.
func (s Shown) People() []clinic.PatientID {
	people := make([]clinic.PatientID, 0, s.Len())
	for ; len(s) >= 8; s = s[8:] {
		people = append(people, clinic.PatientID(binary.BigEndian.Uint64(s)))
	}
	return people
}

// Has reports whether one of the ids was shown.
func (s Shown) Has(ids []clinic.PatientID) bool {
	if s.All() {
		return true
	}
	for ; len(s) >= 8; s = s[8:] {
		if slices.Contains(ids, clinic.PatientID(binary.BigEndian.Uint64(s))) {
			return true
		}
	}
	return false
}

// Audit writes one line.
func (tx *Tx) Audit(ctx context.Context, a Audit) error {
	err := tx.exec(ctx, `
		INSERT INTO audit (clinic, id, at, staff, action, patient, object, origin, seen, detail)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.clinic, a.ID, micros(a.At), a.Staff, a.Action, nullID(a.Patient), nullID(a.Object), a.Origin, []byte(a.Shown), a.Detail)
	if err != nil {
		return fmt.Errorf("audit %s: %w", a.Action, err)
	}
	return nil
}

const auditColumns = `id, at, staff, action, COALESCE(patient, 0), COALESCE(object, 0), origin, seen, detail`

func scanAudit(scan func(...any) error) (a Audit, err error) {
	var at int64
	err = scan(&a.ID, &at, &a.Staff, &a.Action, &a.Patient, &a.Object, &a.Origin, (*[]byte)(&a.Shown), &a.Detail)
	a.At = moment(at)
	return a, err
}

// Audits returns the newest lines, newest first.
func (tx *Tx) Audits(ctx context.Context, limit int) ([]Audit, error) {
	all, err := collect(ctx, tx, scanAudit, `
		SELECT `+auditColumns+`
		FROM audit
		WHERE clinic = $1
		ORDER BY id DESC
		LIMIT $2`, tx.clinic, limit)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return all, nil
}

// AuditLine returns one line. NotFound audit.none.
func (tx *Tx) AuditLine(ctx context.Context, id int64) (Audit, error) {
	a, err := scanAudit(tx.row(ctx, `SELECT `+auditColumns+` FROM audit WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan)
	return a, some(err, "audit.none", "line of the audit", id)
}

// AuditRange is which lines are walked through, newest first: of a span of
// time, of one patient or of one member of staff, older than a key. Lists are
// only the lines that showed people.
type AuditRange struct {
	From, Until time.Time // from inclusive, until exclusive; zero: no bound
	Patient     clinic.PatientID
	Staff       clinic.StaffID
	Lists       bool
	Older       *Key
	Limit       int
}

// WalkAudit hands the lines of the range to see, newest first, until it says
// that it has enough.
func (tx *Tx) WalkAudit(ctx context.Context, r AuditRange, see func(a Audit) (enough bool, err error)) error {
	args := []any{tx.clinic}
	condition := "clinic = $1"
	next := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	switch {
	case r.Patient != 0:
		condition += " AND patient = " + next(r.Patient)
	case r.Staff != 0:
		condition += " AND staff = " + next(r.Staff)
	}
	if r.Lists {
		condition += " AND seen IS NOT NULL"
	}
	within, order, args := Range{Moment: Moment{Before: r.Until}, From: r.From, Older: r.Older, Limit: r.Limit}.where("at", "id", args)
	rows, err := tx.query(ctx, `SELECT `+auditColumns+` FROM audit WHERE `+condition+` AND `+within+order, args...)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		a, err := scanAudit(rows.Scan)
		if err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		if enough, err := see(a); enough || err != nil {
			return err
		}
	}
	return rows.Err()
}
