package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// maxPatients is the most that one list or search returns.
const maxPatients = 200

// PatientQuery says which patients to find. With Words it is a search: each
// word is the beginning of a stored word, Exact is an identifier that goes
// first, and order and cursor do not apply. Without words it is a page of the
// whole list, after the patient From or before it when Backward.
//
// A file that was merged into another is not listed; found by a search it
// stands for the file it belongs to.
type PatientQuery struct {
	Conditions
	Words    []string
	Exact    string // in Latin digits; "" none
	Sort     PatientSort
	From     clinic.PatientID
	Backward bool
	Limit    int // 1 to 200
}

func (q PatientQuery) limit() int { return min(max(q.Limit, 1), maxPatients) }

// Found is a patient who was looked for. Alias is the number of the merged file
// that the search met when it did not meet the patient's own.
type Found struct {
	clinic.Patient
	Alias clinic.FileNumber
}

// FindPatients is FindFiles without the aliases.
func (tx *Tx) FindPatients(ctx context.Context, q PatientQuery) (patients []clinic.Patient, more bool, err error) {
	found, more, err := tx.FindFiles(ctx, q)
	for _, f := range found {
		patients = append(patients, f.Patient)
	}
	return patients, more, err
}

// FindFiles returns a page of the list or the best results of a search: exact
// identifiers, then names and numbers that begin with the query, then names
// that have it inside; each by name. more says that there are others behind
// them. NotFound patient.none when From is no patient.
func (tx *Tx) FindFiles(ctx context.Context, q PatientQuery) (found []Found, more bool, err error) {
	if len(q.Words) > 0 || q.Exact != "" {
		found, more, err = tx.searchPatients(ctx, q)
	} else {
		var listed []clinic.Patient
		listed, more, err = tx.listPatients(ctx, q)
		for _, p := range listed {
			found = append(found, Found{Patient: p})
		}
	}
	if err != nil {
		return nil, false, fmt.Errorf("find patients: %w", err)
	}
	return found, more, nil
}

// ranked are the files that a search met, in the order they were met.
type ranked struct {
	ranks map[clinic.PatientID]int // the smaller the better
	ids   []clinic.PatientID
}

func (r *ranked) add(rank int, ids []clinic.PatientID) {
	for _, id := range ids {
		if _, better := r.ranks[id]; !better {
			r.ranks[id] = rank
			r.ids = append(r.ids, id)
		}
	}
}

// searchPatients collects the ids by rank, best first, until there are enough,
// then reads the rows.
func (tx *Tx) searchPatients(ctx context.Context, q PatientQuery) ([]Found, bool, error) {
	met := &ranked{ranks: map[clinic.PatientID]int{}}
	if q.Exact != "" {
		if err := tx.exactPatients(ctx, q, met); err != nil {
			return nil, false, err
		}
	}
	more, err := tx.wordPatients(ctx, q, met)
	if err != nil {
		return nil, false, err
	}
	limit := q.limit()
	if len(met.ids) > limit {
		more, met.ids = true, met.ids[:limit]
	}
	all, err := tx.patientsByID(ctx, padded(met.ids))
	if err != nil {
		return nil, false, err
	}
	found, err := tx.resolve(ctx, q, all, met.ranks)
	if err != nil {
		return nil, false, err
	}
	slices.SortStableFunc(found, func(a, b Found) int { return cmp.Compare(met.ranks[a.ID], met.ranks[b.ID]) })
	return found, more, nil
}

// wordPatients adds those who have the words: together and in any order at the
// beginning of a name, then each at a beginning, then inside.
func (tx *Tx) wordPatients(ctx context.Context, q PatientQuery, met *ranked) (more bool, err error) {
	for _, whole := range together(q.Words) {
		if len(met.ids) > q.limit() {
			return true, nil
		}
		full, err := tx.matchWords(ctx, q, 0, 1, []string{whole}, met)
		if err != nil {
			return false, err
		}
		more = more || full
	}
	if len(met.ids) > q.limit() {
		return true, nil
	}
	words, err := tx.rarestFirst(ctx, q.Words)
	for part := 0; part < 2 && err == nil && len(words) > 0 && len(met.ids) <= q.limit(); part++ {
		var full bool
		full, err = tx.matchWords(ctx, q, part, part+2, words, met)
		more = more || full
	}
	return more, err
}

// together are some words as one, in every order: who types a whole name is
// answered at once, however many share its parts.
func together(words []string) (wholes []string) {
	if len(words) < 2 || len(words) > 3 {
		return nil
	}
	for i, first := range words {
		rest := slices.Concat(words[:i], words[i+1:])
		if len(rest) == 1 {
			wholes = append(wholes, first+rest[0])
			continue
		}
		for _, tail := range together(rest) {
			wholes = append(wholes, first+tail)
		}
	}
	return wholes
}

// resolve puts in the place of each merged file the one that it belongs to, if
// that meets the conditions, and gives it the better rank of the two.
func (tx *Tx) resolve(ctx context.Context, q PatientQuery, all []clinic.Patient, ranks map[clinic.PatientID]int) ([]Found, error) {
	aliases := map[clinic.PatientID]clinic.Patient{}
	var found []Found
	for _, p := range all {
		if p.MergedInto != 0 {
			aliases[p.ID] = p
		} else {
			found = append(found, Found{Patient: p})
		}
	}
	if len(aliases) == 0 {
		return found, nil
	}
	roots, err := tx.Roots(ctx, slices.Collect(maps.Keys(aliases)))
	if err != nil {
		return nil, err
	}
	met := map[clinic.PatientID]clinic.FileNumber{} // by which alias
	for _, a := range all {
		root, merged := roots[a.ID]
		rank, known := ranks[root]
		if merged && (!known || ranks[a.ID] < rank) {
			ranks[root], met[root] = ranks[a.ID], a.FileNumber
		}
	}
	standing, err := tx.meeting(ctx, q, slices.Collect(maps.Keys(met)))
	if err != nil {
		return nil, err
	}
	found = slices.DeleteFunc(found, func(f Found) bool { return met[f.ID] != 0 })
	for _, p := range standing {
		found = append(found, Found{p, met[p.ID]})
	}
	slices.SortFunc(found, func(a, b Found) int { return byName(a.Patient, b.Patient) })
	return found, nil
}

// byName compares in the Persian index of names.
func byName(a, b clinic.Patient) int {
	return cmp.Or(bytes.Compare(sortKey(a), sortKey(b)), cmp.Compare(a.ID, b.ID))
}

// meeting reads those of the patients who meet the conditions.
func (tx *Tx) meeting(ctx context.Context, q PatientQuery, ids []clinic.PatientID) ([]clinic.Patient, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	ids = padded(ids)
	args := arguments(withIDs(tx.clinic, ids))
	kept, err := collect(ctx, tx, scanPatientID, `
		SELECT p.id FROM patient p
		WHERE p.clinic = $1 AND p.id IN (`+places(2, len(ids))+`)`+q.where(&args), args...)
	if err != nil {
		return nil, err
	}
	return tx.patientsByID(ctx, padded(kept))
}

// amongFiles is " AND …" that keeps of the files p what meets the conditions, and
// all merged ones: it is their persons who have to.
func (q PatientQuery) amongFiles(args *arguments) string {
	if q.none() {
		return ""
	}
	return " AND (p.merged_into IS NOT NULL OR 1 = 1" + q.where(args) + ")"
}

// exactPatients adds those whose file number, national code or mobile is
// the query.
func (tx *Tx) exactPatients(ctx context.Context, q PatientQuery, met *ranked) error {
	// Each arm uses its index; an OR or a sorted UNION would not everywhere.
	args := arguments{tx.clinic}
	text := args.add(q.Exact)
	arms := []string{"p.national_code = " + text, "p.mobile = " + text}
	if n, err := strconv.ParseInt(q.Exact, 10, 64); err == nil {
		arms = append(arms, "p.file_number = "+args.add(n))
	}
	kept := q.amongFiles(&args)
	for i := range arms {
		arms[i] = "SELECT p.id FROM patient p WHERE p.clinic = $1 AND " + arms[i] + kept
	}
	ids, err := collect(ctx, tx, scanPatientID, strings.Join(arms, " UNION ALL ")+limitTo(args.add(q.limit())), args...)
	met.add(0, ids)
	return err
}

func scanPatientID(scan func(...any) error) (id clinic.PatientID, err error) { return id, scan(&id) }

// rarestFirst puts the word in front that the fewest stored words begin with:
// the search starts from it and only verifies the others. It returns none when
// nothing begins with one of them, for then nobody has them all.
func (tx *Tx) rarestFirst(ctx context.Context, words []string) ([]string, error) {
	if len(words) < 2 {
		return words, nil
	}
	const enough = 1000 // beyond it, no word is rare
	counts := map[string]int{}
	for _, w := range words {
		var n int
		err := tx.row(ctx, `
			SELECT COUNT(*) FROM (
				SELECT 1 FROM patient_word
				WHERE clinic = $1 AND part IN (0, 1) AND word >= $2 AND word < $3`+limitTo("$4")+`) AS few`,
			tx.clinic, w, afterPrefix(w), enough).Scan(&n)
		if err != nil || n == 0 {
			return nil, err
		}
		counts[w] = n
	}
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	return words, nil
}

// matchWords adds the patients with the first word in the part, 0 the beginning
// or 1 the inside of a name, and with all other words anywhere. It reports
// whether it stopped before the last.
func (tx *Tx) matchWords(ctx context.Context, q PatientQuery, part, rank int, words []string, met *ranked) (bool, error) {
	args := arguments{tx.clinic}
	where := "w.clinic = $1 AND w.part = " + args.add(part) + " AND w.word >= " + args.add(words[0]) +
		" AND w.word < " + args.add(afterPrefix(words[0]))
	for _, other := range words[1:] {
		where += ` AND EXISTS (
			SELECT 1 FROM patient_word o
			WHERE o.clinic = $1 AND o.patient = w.patient AND o.word >= ` + args.add(other) + ` AND o.word < ` + args.add(afterPrefix(other)) + `)`
	}
	who := ""
	if kept := q.amongFiles(&args); kept != "" {
		// The few words first, whatever the database knows of its tables.
		who = " CROSS JOIN patient p"
		where += " AND p.clinic = $1 AND p.id = w.patient" + kept
	}
	// A patient has a word or two with the same beginning, so three times the
	// limit holds enough different ones.
	scan := 3 * (q.limit() + 1)
	ids, err := collect(ctx, tx, scanPatientID, `
		SELECT w.patient FROM patient_word w`+who+`
		WHERE `+where+`
		ORDER BY w.word, w.patient
		`+limitTo(args.add(scan)), args...)
	met.add(rank, ids)
	return len(ids) == scan, err
}

// afterPrefix is the smallest text that is larger than every text beginning
// with prefix, in the order of bytes.
func afterPrefix(prefix string) string {
	for prefix != "" {
		last, size := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-size]
		if last == 0xd7ff {
			last = 0xdfff // what follows is no character
		}
		if last < utf8.MaxRune {
			return prefix + string(last+1)
		}
	}
	return string(utf8.MaxRune)
}

// LastAdmissions returns the last day on which each of the files had an
// admission; those that never had are not in it.
func (tx *Tx) LastAdmissions(ctx context.Context, ids []clinic.PatientID) (map[clinic.PatientID]jalali.Day, error) {
	last := map[clinic.PatientID]jalali.Day{}
	if len(ids) == 0 {
		return last, nil
	}
	ids = padded(ids)
	args := withIDs(tx.clinic, ids)
	rows, err := tx.query(ctx, `
		SELECT patient, MAX(day) FROM admission
		WHERE clinic = $1 AND patient IN (`+places(2, len(ids))+`) AND status = 'finalized'
		GROUP BY patient`, args...)
	if err != nil {
		return nil, fmt.Errorf("last admissions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id clinic.PatientID
		var day jalali.Day
		if err := rows.Scan(&id, &day); err != nil {
			return nil, fmt.Errorf("last admissions: %w", err)
		}
		last[id] = day
	}
	return last, rows.Err()
}
