package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// PatientFilter keeps the patients whose account stands so; "" keeps all.
type PatientFilter string

// The filters of the patient list. Settled owes nothing and is owed nothing.
const (
	Debtor   PatientFilter = "debtor"
	Creditor PatientFilter = "creditor"
	Settled  PatientFilter = "settled"
)

// PatientSort is the order of the patient list.
type PatientSort string

// The orders: by the Persian index of names, which is also the order of "",
// and by file number with the newest first.
const (
	ByName       PatientSort = "name"
	ByFileNumber PatientSort = "file_number"
)

// maxPatients is the most that one list or search returns.
const maxPatients = 200

// PatientQuery says which patients to find. With Words it is a search: each
// word is the beginning of a stored word, Exact is an identifier that goes
// first, and order and cursor do not apply. Without words it is a page of the
// whole list, after the patient From or before it when Backward.
type PatientQuery struct {
	Words    []string
	Exact    string // in Latin digits; "" none
	Filter   PatientFilter
	Unit     ledger.Unit // of the accounts that Filter looks at
	Sort     PatientSort
	From     clinic.PatientID
	Backward bool
	Limit    int // 1 to 200
}

func (q PatientQuery) limit() int { return min(max(q.Limit, 1), maxPatients) }

// FindPatients returns a page of the list or the best results of a search:
// exact identifiers, then names and numbers that begin with the query, then
// names that have it inside; each by name. more says that there are others
// behind them. NotFound patient.none when From is no patient.
func (tx *Tx) FindPatients(ctx context.Context, q PatientQuery) (found []clinic.Patient, more bool, err error) {
	if len(q.Words) > 0 || q.Exact != "" {
		found, more, err = tx.searchPatients(ctx, q)
	} else {
		found, more, err = tx.listPatients(ctx, q)
	}
	if err != nil {
		return nil, false, fmt.Errorf("find patients: %w", err)
	}
	return found, more, nil
}

// patientOrders is the key of each order, which ends in a unique column, and
// whether the largest goes first.
var patientOrders = map[PatientSort]struct {
	columns    string
	descending bool
}{
	"":           {"sort_key, id", false},
	ByName:       {"sort_key, id", false},
	ByFileNumber: {"file_number, id", true},
}

func (tx *Tx) listPatients(ctx context.Context, q PatientQuery) ([]clinic.Patient, bool, error) {
	args := arguments{tx.clinic}
	where := "clinic = $1" + filterClause(q, "patient.id", &args)
	order := patientOrders[q.Sort]
	if order.columns == "" {
		order = patientOrders[ByName]
	}
	down := order.descending != q.Backward
	compare, direction := ">", ""
	if down {
		compare, direction = "<", " DESC"
	}
	if q.From != 0 {
		key, err := tx.patientKey(ctx, strings.Split(order.columns, ", ")[0], q.From)
		if err != nil {
			return nil, false, err
		}
		where += " AND (" + order.columns + ") " + compare + " (" + args.add(key) + ", " + args.add(q.From) + ")"
	}
	limit := q.limit()
	found, err := collect(ctx, tx, scanPatient, `
		SELECT `+patientColumns+` FROM patient
		WHERE `+where+`
		ORDER BY `+strings.ReplaceAll(order.columns, ",", direction+",")+direction+`
		LIMIT `+args.add(limit+1), args...)
	if err != nil {
		return nil, false, err
	}
	more := len(found) > limit
	found = found[:min(len(found), limit)]
	if q.Backward {
		slices.Reverse(found)
	}
	return found, more, nil
}

// patientKey returns the value that a patient is ordered by.
func (tx *Tx) patientKey(ctx context.Context, column string, id clinic.PatientID) (key any, err error) {
	err = tx.row(ctx, `SELECT `+column+` FROM patient WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan(&key)
	return key, some(err, "patient.none", "patient", id)
}

// arguments collects the values of a statement that is put together.
type arguments []any

// add appends a value and returns its place, "$7".
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return "$" + strconv.Itoa(len(*a))
}

// filterClause is " AND …" for the filter on the patient's account, "" for
// none. The sum is that of Balance.
func filterClause(q PatientQuery, patient string, args *arguments) string {
	compare := map[PatientFilter]string{Debtor: "> 0", Creditor: "< 0", Settled: "= 0"}[q.Filter]
	if compare == "" {
		return ""
	}
	return ` AND (
		SELECT COALESCE(SUM(b.amount), 0)
		FROM account a JOIN posting b ON b.clinic = a.clinic AND b.account = a.id
		WHERE a.clinic = $1 AND a.kind = ` + args.add(clinic.AccountReceivable) + ` AND a.owner = ` + patient +
		` AND a.unit = ` + args.add(q.Unit) + `) ` + compare
}

// searchPatients collects the ids by rank, best first, then reads the rows.
func (tx *Tx) searchPatients(ctx context.Context, q PatientQuery) ([]clinic.Patient, bool, error) {
	ranks := map[clinic.PatientID]int{}
	if q.Exact != "" {
		if err := tx.exactPatients(ctx, q, ranks); err != nil {
			return nil, false, err
		}
	}
	words, err := tx.rarestFirst(ctx, q.Words)
	if err != nil {
		return nil, false, err
	}
	limit := q.limit()
	more := false
	for part := 0; part < 2 && len(words) > 0 && len(ranks) <= limit; part++ {
		full, err := tx.matchWords(ctx, q, part, words, ranks)
		if err != nil {
			return nil, false, err
		}
		more = more || full
	}
	ids := make([]clinic.PatientID, 0, len(ranks))
	for id := range ranks {
		ids = append(ids, id)
	}
	found, err := tx.patientsByID(ctx, ids)
	if err != nil {
		return nil, false, err
	}
	slices.SortStableFunc(found, func(a, b clinic.Patient) int { return cmp.Compare(ranks[a.ID], ranks[b.ID]) })
	more = more || len(found) > limit
	return found[:min(len(found), limit)], more, nil
}

// exactPatients ranks 0 those whose file number, national code or mobile is
// the query.
func (tx *Tx) exactPatients(ctx context.Context, q PatientQuery, ranks map[clinic.PatientID]int) error {
	// Each arm uses its index; an OR or a sorted UNION would not everywhere.
	args := arguments{tx.clinic}
	text := args.add(q.Exact)
	arms := []string{"national_code = " + text, "mobile = " + text}
	if n, err := strconv.ParseInt(q.Exact, 10, 64); err == nil {
		arms = append(arms, "file_number = "+args.add(n))
	}
	filter := filterClause(q, "patient.id", &args)
	for i := range arms {
		arms[i] = "SELECT id FROM patient WHERE clinic = $1 AND " + arms[i] + filter
	}
	ids, err := collect(ctx, tx, scanPatientID, strings.Join(arms, " UNION ALL ")+" LIMIT "+args.add(q.limit()), args...)
	for _, id := range ids {
		ranks[id] = 0
	}
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
				WHERE clinic = $1 AND part IN (0, 1) AND word >= $2 AND word < $3 LIMIT $4) AS few`,
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

// matchWords ranks the patients with the first word in the part, 0 the
// beginning or 1 the inside of a name, and with all other words anywhere. It
// reports whether it stopped before the last.
func (tx *Tx) matchWords(ctx context.Context, q PatientQuery, part int, words []string, ranks map[clinic.PatientID]int) (bool, error) {
	args := arguments{tx.clinic}
	where := "w.clinic = $1 AND w.part = " + args.add(part) + " AND w.word >= " + args.add(words[0]) +
		" AND w.word < " + args.add(afterPrefix(words[0]))
	for _, other := range words[1:] {
		where += ` AND EXISTS (
			SELECT 1 FROM patient_word o
			WHERE o.clinic = $1 AND o.patient = w.patient AND o.word >= ` + args.add(other) + ` AND o.word < ` + args.add(afterPrefix(other)) + `)`
	}
	where += filterClause(q, "w.patient", &args)
	// A patient has a word or two with the same beginning, so three times the
	// limit holds enough different ones.
	scan := 3 * (q.limit() + 1)
	ids, err := collect(ctx, tx, scanPatientID, `
		SELECT w.patient FROM patient_word w
		WHERE `+where+`
		ORDER BY w.word, w.patient
		LIMIT `+args.add(scan), args...)
	for _, id := range ids {
		if _, better := ranks[id]; !better {
			ranks[id] = part + 1
		}
	}
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

// CountPatients counts the patients of the clinic, at most up to limit.
func (tx *Tx) CountPatients(ctx context.Context, limit int) (int, error) {
	var n int
	err := tx.row(ctx, `
		SELECT COUNT(*) FROM (SELECT 1 FROM patient WHERE clinic = $1 LIMIT $2) AS few`, tx.clinic, limit).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count patients: %w", err)
	}
	return n, nil
}

// LastAdmissions returns the last day on which each of the patients was
// admitted; those who never were are not in it.
func (tx *Tx) LastAdmissions(ctx context.Context, ids []clinic.PatientID) (map[clinic.PatientID]jalali.Day, error) {
	last := map[clinic.PatientID]jalali.Day{}
	if len(ids) == 0 {
		return last, nil
	}
	args := arguments{tx.clinic}
	for _, id := range ids {
		args = append(args, id)
	}
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
