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
	Files   clinic.Files // that hold something
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

// KindTotal is what all accounts of a kind hold together at the moment.
func (tx *Tx) KindTotal(ctx context.Context, kind string, unit ledger.Unit, m Moment) (sum money.Amount, err error) {
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(b.amount), 0) AS BIGINT) FROM account a CROSS JOIN posting b
		WHERE a.clinic = $1 AND a.kind = $2 AND a.unit = $3 AND b.clinic = $1 AND b.account = a.id AND b.at < $4 AND b.recorded <= $5`,
		tx.clinic, kind, unit, m.before(), m.knownAt()).Scan(&sum)
	if err != nil {
		return 0, fmt.Errorf("total of %s: %w", kind, err)
	}
	return sum, nil
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
		file := r.Patient
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
		sums[i].Files = append(sums[i].Files, file)
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
	Admission clinic.AdmissionID
	Patient   clinic.PatientID // whose file it is
	Day       jalali.Day
	Left      money.Amount
}

// OpenParts lists what is left of the live admissions of files. It is Dues for
// many people at once.
func (tx *Tx) OpenParts(ctx context.Context, files []clinic.PatientID, m Moment) (all []OpenPart, err error) {
	const most = 512
	for len(files) > 0 {
		n := min(most, len(files))
		args := arguments{tx.clinic, m.before(), m.knownAt()}
		found, err := collect(ctx, tx, func(scan func(...any) error) (o OpenPart, err error) {
			return o, scan(&o.Admission, &o.Patient, &o.Day, &o.Left)
		}, `
			SELECT open.id, open.patient, open.day, open.amount
			FROM (
				SELECT a.id, a.patient, a.day, CAST(a.patient_share
					+ COALESCE((SELECT SUM(CASE WHEN t.to_insurer IS NULL THEN t.amount ELSE 0 END)
						- SUM(CASE WHEN t.from_insurer IS NULL THEN t.amount ELSE 0 END) FROM share_transfer t
						WHERE t.clinic = a.clinic AND t.admission = a.id AND t.at < $2 AND t.recorded <= $3), 0)
					- COALESCE((SELECT SUM(r.amount) FROM remission r
						WHERE r.clinic = a.clinic AND r.admission = a.id AND r.at < $2 AND r.recorded <= $3), 0)
					- COALESCE((SELECT SUM(l.amount) FROM allocation l
						WHERE l.clinic = a.clinic AND l.admission = a.id AND l.at < $2 AND l.recorded <= $3), 0) AS BIGINT) AS amount
				FROM admission a
				WHERE a.clinic = $1 AND `+among(&args, "a.patient", padded(files[:n]))+` AND a.status <> 'draft' AND a.at < $2 AND a.finalized <= $3
					AND (a.cancelled IS NULL OR a.cancelled >= $2 OR a.cancel_recorded > $3)) open
			WHERE open.amount <> 0`, args...)
		if err != nil {
			return nil, fmt.Errorf("what is open: %w", err)
		}
		all, files = append(all, found...), files[n:]
	}
	return all, nil
}

// HeldAll lists every deposit that holds something, of the people of a branch,
// of all for 0, oldest first. Held.ID is the deposit's.
func (tx *Tx) HeldAll(ctx context.Context, branch clinic.BranchID, m Moment) ([]HeldOf, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (h HeldOf, err error) {
		h.Held, err = scanHeld(func(into ...any) error { return scan(append(into, &h.Patient)...) })
		return h, err
	}, `
		SELECT d.id, 'deposit', d.year, d.number, d.purpose, d.day, COALESCE(s.name, ''), d.amount, held.amount, d.expires, d.id, held.patient
		FROM (
			SELECT deposit, patient, CAST(SUM(amount) AS BIGINT) AS amount FROM deposit_movement
			WHERE clinic = $1 AND at < $2 AND recorded <= $3
			GROUP BY deposit, patient HAVING SUM(amount) <> 0) held
		CROSS JOIN deposit d
		LEFT JOIN staff s ON s.clinic = $1 AND s.id = d.staff
		WHERE d.clinic = $1 AND d.id = held.deposit
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
