package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"daftar/internal/clinic"
)

// PatientSort is the order of the patient list.
type PatientSort string

// The orders: by the Persian index of names, which is also the order of "", by
// file number with the newest first, and by the last admission with the latest
// first and those never admitted behind, by name. The others are the reverse.
const (
	ByName         PatientSort = "name"
	ByNameDown     PatientSort = "name_down"
	ByFileNumber   PatientSort = "file_number"
	ByFileNumberUp PatientSort = "file_number_up"
	ByLast         PatientSort = "last_admission"
)

// PatientSorts lists the orders.
var PatientSorts = []PatientSort{ByName, ByNameDown, ByFileNumber, ByFileNumberUp, ByLast}

// walk is one way through people in the order of a key that ends in a unique
// column: an index has the order, so a page reads no more than it shows and
// skips. A list is one walk after another.
type walk struct {
	from string // FROM and WHERE up to the conditions, with the person as p
	key  string // "column, unique column"
	down bool   // the largest first
	of   string // the key of the person $2; no row when the walk does not pass there
}

const ofPatients = `FROM patient p WHERE p.clinic = $1 AND p.merged_into IS NULL`

func patientWalk(key string, down bool) walk {
	return walk{ofPatients, key, down, `SELECT ` + key + ` FROM patient p WHERE p.clinic = $1 AND p.id = $2`}
}

// lastAdmissions walks admissions, newest first, and stops at those after which
// the person has no other.
var lastAdmissions = walk{`FROM admission a CROSS JOIN patient p
		WHERE a.clinic = $1 AND a.number > 0 AND p.clinic = $1 AND p.id = ` + root("a.patient") + ` AND a.status = 'finalized' AND NOT EXISTS (` + family("p.id") + `
			SELECT 1 FROM family CROSS JOIN admission n
			WHERE n.clinic = $1 AND n.patient = family.id AND n.status = 'finalized' AND (n.at, n.id) > (a.at, a.id))`, "a.at, a.id", true,
	family("CAST($2 AS BIGINT)") + `SELECT a.at, a.id FROM family CROSS JOIN admission a
		WHERE a.clinic = $1 AND a.patient = family.id AND a.status = 'finalized' ORDER BY a.at DESC, a.id DESC LIMIT 1`}

// neverAdmitted walks everybody else by name.
var neverAdmitted = walk{ofPatients + ` AND NOT EXISTS (` + family("p.id") + `
			SELECT 1 FROM family CROSS JOIN admission n
			WHERE n.clinic = $1 AND n.patient = family.id AND n.status = 'finalized')`,
	"p.sort_key, p.id", false, `SELECT p.sort_key, p.id FROM patient p WHERE p.clinic = $1 AND p.id = $2`}

// walksOf are the walks of each order.
var walksOf = map[PatientSort][]walk{
	"":             {patientWalk("p.sort_key, p.id", false)},
	ByName:         {patientWalk("p.sort_key, p.id", false)},
	ByNameDown:     {patientWalk("p.sort_key, p.id", true)},
	ByFileNumber:   {patientWalk("p.file_number, p.id", true)},
	ByFileNumberUp: {patientWalk("p.file_number, p.id", false)},
	ByLast:         {lastAdmissions, neverAdmitted},
}

// place is where a walk goes on: behind the key of a person.
type place struct{ first, second any }

// listPatients returns the page of the list.
func (tx *Tx) listPatients(ctx context.Context, q PatientQuery) ([]clinic.Patient, bool, error) {
	walks := walksOf[q.Sort]
	at, from, err := tx.placeOf(ctx, walks, q.From)
	if err != nil {
		return nil, false, err
	}
	var ids []clinic.PatientID
	want := q.limit() + 1
	for at >= 0 && at < len(walks) && len(ids) < want {
		more, err := tx.walkPatients(ctx, q, walks[at], from, want-len(ids))
		if err != nil {
			return nil, false, err
		}
		ids, from = append(ids, more...), nil
		if q.Backward {
			at--
		} else {
			at++
		}
	}
	more := len(ids) == want
	ids = ids[:min(len(ids), q.limit())]
	if q.Backward {
		slices.Reverse(ids)
	}
	found, err := tx.patientsInOrder(ctx, ids)
	return found, more, err
}

// placeOf finds the walk that passes a person, and where.
func (tx *Tx) placeOf(ctx context.Context, walks []walk, id clinic.PatientID) (int, *place, error) {
	if id == 0 {
		return 0, nil, nil
	}
	for i, w := range walks {
		found, err := collect(ctx, tx, func(scan func(...any) error) (p place, err error) {
			return p, scan(&p.first, &p.second)
		}, w.of, tx.clinic, id)
		if err != nil {
			return 0, nil, fmt.Errorf("place in the list: %w", err)
		}
		if len(found) > 0 {
			return i, &found[0], nil
		}
	}
	return 0, nil, some(sql.ErrNoRows, "patient.none", "patient", id)
}

// walkPatients takes the next people of a walk that meet the conditions.
func (tx *Tx) walkPatients(ctx context.Context, q PatientQuery, w walk, from *place, limit int) ([]clinic.PatientID, error) {
	args := arguments{tx.clinic}
	text := `SELECT p.id ` + w.from + q.where(&args)
	first, second, _ := strings.Cut(w.key, ", ")
	compare, direction := ">", ""
	if w.down != q.Backward {
		compare, direction = "<", " DESC"
	}
	if from != nil {
		text += " AND (" + w.key + ") " + compare + " (" + args.add(from.first) + ", " + args.add(from.second) + ")"
	}
	return collect(ctx, tx, scanPatientID, text+` ORDER BY `+first+direction+`, `+second+direction+limitTo(args.add(limit)), args...)
}

// patientsInOrder reads the patients with the ids, in their order.
func (tx *Tx) patientsInOrder(ctx context.Context, ids []clinic.PatientID) ([]clinic.Patient, error) {
	all, err := tx.patientsByID(ctx, padded(ids))
	if err != nil {
		return nil, err
	}
	places := make(map[clinic.PatientID]int, len(ids))
	for i, id := range ids {
		places[id] = i
	}
	slices.SortFunc(all, func(a, b clinic.Patient) int { return places[a.ID] - places[b.ID] })
	return all, nil
}

// CountPatients counts the people of a branch, of all branches for 0, at most
// up to limit. A person with merged files counts once.
func (tx *Tx) CountPatients(ctx context.Context, branch clinic.BranchID, limit int) (int, error) {
	args := arguments{tx.clinic}
	of := ""
	if branch != 0 {
		of = " AND p.branch = " + args.add(branch)
	}
	// An index alone answers both; whether a file is merged is in none of the
	// whole.
	var merged, n int
	err := tx.row(ctx, `SELECT COUNT(*) FROM patient p WHERE p.clinic = $1 AND p.merged_into IS NOT NULL`+of, args...).Scan(&merged)
	if err == nil {
		err = tx.row(ctx, `
			SELECT COUNT(*) FROM (SELECT 1 FROM patient p WHERE p.clinic = $1`+of+limitTo(args.add(limit+merged))+`) AS few`, args...).Scan(&n)
	}
	if err != nil {
		return 0, fmt.Errorf("count patients: %w", err)
	}
	return n - merged, nil
}

// AcquisitionSources lists what people said of how they found the clinic, each
// once, at most limit.
func (tx *Tx) AcquisitionSources(ctx context.Context, limit int) ([]string, error) {
	// From one to the next by the index, which has few different among many.
	found, err := collect(ctx, tx, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, `
		WITH RECURSIVE source(name) AS (
			SELECT MIN(p.acquisition_source) FROM patient p
			WHERE p.clinic = $1 AND p.acquisition_source <> '' AND p.acquisition_source > ''
			UNION ALL
			SELECT (SELECT MIN(p.acquisition_source) FROM patient p
				WHERE p.clinic = $1 AND p.acquisition_source <> '' AND p.acquisition_source > source.name)
			FROM source WHERE source.name IS NOT NULL)
		SELECT name FROM source WHERE name IS NOT NULL LIMIT $2`, tx.clinic, limit)
	if err != nil {
		return nil, fmt.Errorf("sources: %w", err)
	}
	return found, nil
}
