package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// PersonSum is what the accounts of one kind of a person hold, all files
// together.
type PersonSum struct {
	Patient clinic.PatientID
	Branch  clinic.BranchID
	Amount  money.Amount
}

// PersonSums sums the accounts of a kind of every person of the branch, of all
// for 0, where they are not nothing: debits less credits.
func (tx *Tx) PersonSums(ctx context.Context, kind string, unit ledger.Unit, branch clinic.BranchID, m Moment) ([]PersonSum, error) {
	rows, err := collect(ctx, tx, func(scan func(...any) error) (s fileSum, err error) {
		return s, scan(&s.Patient, &s.Branch, &s.merged, &s.Amount)
	}, `
		SELECT p.id, p.branch, p.merged_into IS NOT NULL, s.amount
		FROM (
			SELECT a.owner, (SELECT CAST(COALESCE(SUM(b.amount), 0) AS BIGINT) FROM posting b
				WHERE b.clinic = a.clinic AND b.account = a.id AND b.at < $4 AND b.recorded <= $5) AS amount
			FROM account a
			WHERE a.clinic = $1 AND a.kind = $2 AND a.unit = $3) s
		JOIN patient p ON p.clinic = $1 AND p.id = s.owner
		WHERE s.amount <> 0`, tx.clinic, kind, unit, m.before(), m.knownAt())
	if err != nil {
		return nil, fmt.Errorf("sums of %s: %w", kind, err)
	}
	return tx.personSums(ctx, rows, branch)
}

// fileSum is what one file adds to its person.
type fileSum struct {
	PersonSum
	merged bool
}

// personSums adds merged files to the person they belong to. The branch is that
// of the file that stands for the person.
func (tx *Tx) personSums(ctx context.Context, rows []fileSum, branch clinic.BranchID) ([]PersonSum, error) {
	var merged []clinic.PatientID
	for _, r := range rows {
		if r.merged {
			merged = append(merged, r.Patient)
		}
	}
	persons, err := tx.PersonsOf(ctx, merged)
	if err != nil {
		return nil, err
	}
	var sums []PersonSum
	at := map[clinic.PatientID]int{}
	for _, r := range rows {
		if p, ok := persons[r.Patient]; ok {
			r.Patient, r.Branch = p.ID, p.Branch
		}
		if branch != 0 && r.Branch != branch {
			continue
		}
		i, met := at[r.Patient]
		if !met {
			i = len(sums)
			at[r.Patient], sums = i, append(sums, PersonSum{Patient: r.Patient, Branch: r.Branch})
		}
		sums[i].Amount += r.Amount
	}
	return sums, nil
}

// PersonsOf is Persons for any number of files.
func (tx *Tx) PersonsOf(ctx context.Context, files []clinic.PatientID) (map[clinic.PatientID]clinic.Patient, error) {
	const most = 256
	all := map[clinic.PatientID]clinic.Patient{}
	for len(files) > 0 {
		n := min(most, len(files))
		some, err := tx.Persons(ctx, files[:n])
		if err != nil {
			return nil, err
		}
		for file, p := range some {
			all[file] = p
		}
		files = files[n:]
	}
	return all, nil
}

// OpenPart is what is left of an admission at a moment, with its day.
type OpenPart struct {
	Patient clinic.PatientID // whose file it is
	Day     jalali.Day
	Left    money.Amount
}

// OpenParts lists what is left of the live admissions of everybody whose
// account is not nothing. It is Dues for all of them at once.
func (tx *Tx) OpenParts(ctx context.Context, unit ledger.Unit, m Moment) ([]OpenPart, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (o OpenPart, err error) {
		return o, scan(&o.Patient, &o.Day, &o.Left)
	}, `
		SELECT d.patient, d.day, d.open
		FROM (
			SELECT a.patient, a.day, CAST(a.patient_share
				+ COALESCE((SELECT SUM(CASE WHEN t.to_insurer IS NULL THEN t.amount ELSE 0 END)
					- SUM(CASE WHEN t.from_insurer IS NULL THEN t.amount ELSE 0 END) FROM share_transfer t
					WHERE t.clinic = a.clinic AND t.admission = a.id AND t.at < $2 AND t.recorded <= $3), 0)
				- COALESCE((SELECT SUM(r.amount) FROM remission r
					WHERE r.clinic = a.clinic AND r.admission = a.id AND r.at < $2 AND r.recorded <= $3), 0)
				- COALESCE((SELECT SUM(l.amount) FROM allocation l
					WHERE l.clinic = a.clinic AND l.admission = a.id AND l.at < $2 AND l.recorded <= $3), 0) AS BIGINT) AS open
			FROM (
				SELECT c.owner FROM account c
				WHERE c.clinic = $1 AND c.kind = $4 AND c.unit = $5 AND (
					SELECT COALESCE(SUM(b.amount), 0) FROM posting b
					WHERE b.clinic = c.clinic AND b.account = c.id AND b.at < $2 AND b.recorded <= $3) <> 0) o
			CROSS JOIN admission a
			WHERE a.clinic = $1 AND a.patient = o.owner AND a.status <> 'draft' AND a.at < $2 AND a.finalized <= $3
				AND (a.cancelled IS NULL OR a.cancelled >= $2 OR a.cancel_recorded > $3)) d
		WHERE d.open <> 0`, tx.clinic, m.before(), m.knownAt(), clinic.AccountReceivable, unit)
	if err != nil {
		return nil, fmt.Errorf("what is open: %w", err)
	}
	return found, nil
}

// HeldAll lists every deposit that holds something, of the people of a branch,
// of all for 0, oldest first. Held.ID is the deposit's.
func (tx *Tx) HeldAll(ctx context.Context, branch clinic.BranchID, m Moment) ([]HeldOf, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (h HeldOf, err error) {
		h.Held, err = scanHeld(func(into ...any) error { return scan(append(into, &h.Patient)...) })
		return h, err
	}, `
		SELECT d.id, 'deposit', d.year, d.number, d.purpose, d.day, COALESCE(s.name, ''), d.amount, held.amount, d.expires, held.patient
		FROM (
			SELECT deposit, patient, CAST(SUM(amount) AS BIGINT) AS amount FROM deposit_movement
			WHERE clinic = $1 AND at < $2 AND recorded <= $3
			GROUP BY deposit, patient HAVING SUM(amount) <> 0) held
		JOIN deposit d ON d.clinic = $1 AND d.id = held.deposit
		LEFT JOIN staff s ON s.clinic = $1 AND s.id = d.staff
		ORDER BY d.at, d.id`, tx.clinic, m.before(), m.knownAt())
	if err != nil {
		return nil, fmt.Errorf("deposits: %w", err)
	}
	var files []clinic.PatientID
	for _, h := range found {
		files = append(files, h.Patient)
	}
	persons, err := tx.PersonsOf(ctx, files)
	if err != nil {
		return nil, err
	}
	kept := found[:0]
	for _, h := range found {
		if h.Person = persons[h.Patient]; branch == 0 || h.Person.Branch == branch {
			kept = append(kept, h)
		}
	}
	return kept, nil
}

// HeldOf is something held of a person.
type HeldOf struct {
	Held
	Patient clinic.PatientID // whose file it is
	Person  clinic.Patient
}
