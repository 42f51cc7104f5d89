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

// Key is the place of a row in a statement: newest first by the instant it
// counts, then by id.
type Key struct {
	At time.Time
	ID int64
}

// Before reports whether k comes earlier in time than l.
func (k Key) Before(l Key) bool {
	if !k.At.Equal(l.At) {
		return k.At.Before(l.At)
	}
	return k.ID < l.ID
}

// Range is which rows of a statement are wanted: those of a moment, from an
// instant on, of some kinds, on one side of a key, at most Limit.
type Range struct {
	Moment
	From  time.Time // inclusive; zero: no bound
	Kinds []string  // of entries; nil: all
	Narrow
	Older *Key // rows older than this one, newest first
	Newer *Key // rows newer than this one, newest first
	Limit int
}

func (r Range) from() int64 {
	if r.From.IsZero() {
		return -endOfTime
	}
	return micros(r.From)
}

// where adds the conditions on a row's instant and id to a statement that has
// n arguments already, and says how it is ordered.
func (r Range) where(at, id string, args []any) (condition, order string, all []any) {
	next := func(v any) string {
		args = append(args, v)
		return fmt.Sprintf("$%d", len(args))
	}
	condition = at + " < " + next(r.before()) + " AND " + at + " >= " + next(r.from())
	condition, args = r.Narrow.and(condition, at, args)
	direction := "DESC"
	if r.Older != nil {
		condition += " AND (" + at + ", " + id + ") < (" + next(micros(r.Older.At)) + ", " + next(r.Older.ID) + ")"
	}
	if r.Newer != nil {
		direction = "ASC"
		condition += " AND (" + at + ", " + id + ") > (" + next(micros(r.Newer.At)) + ", " + next(r.Newer.ID) + ")"
	}
	order = " ORDER BY " + at + " " + direction + ", " + id + " " + direction + limitTo(next(r.Limit))
	return condition, order, args
}

// Event is one line of a patient's history that is in the books, with what its
// document says. Amount is the change of what the patient owes, 0 when only
// others' accounts moved.
type Event struct {
	Key
	Kind      string
	Day       jalali.Day
	Recorded  time.Time
	Amount    money.Amount
	Moved     money.Amount // what the entry moved in all, on whatever accounts
	Document  int64
	Number    clinic.Number
	Titles    string   // services of the admission, or of those that a deposit pays; what a deposit is for
	Pays      string   // numbers of the admissions that a deposit pays, or no longer does
	Providers string   // of the admission
	Methods   []string // of the receipt, with repetitions
	To        string   // where a refund went: a Sheba, the end of a card
	Tracking  string   // of a refund
	Insured   money.Amount
	Discount  money.Amount
	Reason    string // of the cancellation, the refund or the void
	Reversed  bool   // undone at the moment that is looked at
	Status    string // of an appointment; of an activity what came of it
	Activity  string // what kind of activity it is
	Cause     string // of an activity that came by itself
	Staff     string
	Branch    string
}

// Events returns a person's history in the books. With moneyOnly only what
// moved the person's own accounts.
func (tx *Tx) Events(ctx context.Context, files clinic.Files, receivables []ledger.Account, r Range, moneyOnly bool) ([]Event, error) {
	accounts, err := tx.accountIDs(ctx, receivables)
	if err != nil {
		return nil, err
	}
	join := "LEFT JOIN"
	if moneyOnly {
		join = "JOIN"
	}
	all := arguments{tx.clinic, r.before(), r.knownAt()}
	ofPatient, ofAccount := among(&all, "e.patient", files), among(&all, "p.account", accounts)
	condition, order, args := r.where("e.at", "e.id", all)
	if len(r.Kinds) > 0 {
		condition += " AND e.kind IN (" + places(len(args)+1, len(r.Kinds)) + ")"
		for _, k := range r.Kinds {
			args = append(args, k)
		}
	}
	direction := "DESC"
	if r.Newer != nil {
		direction = "ASC"
	}
	// The page is cut first, from the index that has its order; only its rows
	// are dressed with what their documents say.
	events, err := collect(ctx, tx, scanEvent, `
		SELECT page.kind, page.id, page.at, page.day, page.recorded, page.amount,
			CAST(COALESCE((SELECT SUM(m.amount) FROM posting m
				WHERE m.clinic = page.clinic AND m.entry = page.id AND m.amount > 0), 0) AS BIGINT), COALESCE(page.document, 0),
			COALESCE(a.year, r.year, d.year, f.year, 0), COALESCE(a.number, r.number, d.number, f.number, 0),
			COALESCE((SELECT STRING_AGG(l.title, '، ' ORDER BY l.line) FROM admission_line l
				WHERE l.clinic = a.clinic AND l.admission = a.id AND l.removed = 0), `+depositTitles+`, ''),
			COALESCE(`+depositPays+`, ''),
			COALESCE((SELECT STRING_AGG(v.name, '، ' ORDER BY v.id) FROM provider v
				WHERE v.clinic = a.clinic AND v.id IN (SELECT l.provider FROM admission_line l
					WHERE l.clinic = a.clinic AND l.admission = a.id AND l.removed = 0)), ''),
			COALESCE((SELECT STRING_AGG(l.method, ',' ORDER BY l.line) FROM money_line l
				WHERE l.clinic = page.clinic AND l.entry = page.id), ''),
			COALESCE((SELECT CASE WHEN l.destination <> '' THEN l.destination ELSE l.last_four END FROM money_line l
				WHERE l.clinic = f.clinic AND l.document = f.id AND l.entry = page.id AND l.line = 1), ''),
			COALESCE((SELECT l.tracking_number FROM money_line l
				WHERE l.clinic = f.clinic AND l.document = f.id AND l.entry = page.id AND l.line = 1), ''),
			COALESCE(a.base_share + a.supplementary_share, 0), COALESCE(a.discount, 0),
			COALESCE(a.cancel_reason, f.reason, (SELECT v.reason FROM voided v
				WHERE v.clinic = page.clinic AND v.document = page.document AND page.kind = 'void'), ''),
			EXISTS (SELECT 1 FROM entry x WHERE x.clinic = page.clinic AND x.reverses = page.id AND x.at < $2 AND x.recorded <= $3),
			s.name, b.name
		FROM (
			SELECT e.clinic, e.kind, e.id, e.at, e.day, e.recorded, e.document, e.staff, e.branch, COALESCE(p.amount, 0) AS amount
			FROM entry e
			`+join+` posting p ON p.clinic = e.clinic AND `+ofAccount+` AND p.at = e.at AND p.entry = e.id
			WHERE e.clinic = $1 AND `+ofPatient+` AND e.recorded <= $3 AND `+condition+order+`) page
		LEFT JOIN remission i ON i.clinic = page.clinic AND i.id = page.document
		LEFT JOIN admission a ON a.clinic = page.clinic AND a.id = COALESCE(i.admission, page.document)
		LEFT JOIN cheque q ON q.clinic = page.clinic AND q.id = page.document
		LEFT JOIN receipt r ON r.clinic = page.clinic AND r.id = COALESCE(q.receipt, page.document)
		LEFT JOIN deposit d ON d.clinic = page.clinic AND d.id = page.document
		LEFT JOIN refund f ON f.clinic = page.clinic AND f.id = page.document
		LEFT JOIN staff s ON s.clinic = page.clinic AND s.id = page.staff
		LEFT JOIN branch b ON b.clinic = page.clinic AND b.id = page.branch
		ORDER BY page.at `+direction+`, page.id `+direction, args...)
	if err != nil {
		return nil, fmt.Errorf("events: %w", err)
	}
	return events, nil
}

func scanEvent(scan func(...any) error) (e Event, err error) {
	var at, recorded int64
	var methods string
	err = scan(&e.Kind, &e.ID, &at, &e.Day, &recorded, &e.Amount, &e.Moved, &e.Document, &e.Number.Year, &e.Number.Count,
		&e.Titles, &e.Pays, &e.Providers, &methods, &e.To, &e.Tracking, &e.Insured, &e.Discount, &e.Reason, &e.Reversed, &e.Staff, &e.Branch)
	e.At, e.Recorded = moment(at), moment(recorded)
	if methods != "" {
		e.Methods = strings.Split(methods, ",")
	}
	return e, err
}

// Movement is one change of an account.
type Movement struct {
	Key
	Amount money.Amount
}

// Running returns the balance of the accounts just before the key from, and
// every movement from it to the key to, oldest first: enough to say the balance
// after each.
func (tx *Tx) Running(ctx context.Context, accounts []ledger.Account, from, to Key, m Moment) (before money.Amount, moved []Movement, err error) {
	ids, err := tx.accountIDs(ctx, accounts)
	if err != nil {
		return 0, nil, err
	}
	args := arguments{tx.clinic, micros(from.At), from.ID, m.knownAt()}
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM posting
		WHERE clinic = $1 AND `+among(&args, "account", ids)+` AND (at, entry) < ($2, $3) AND recorded <= $4`, args...).Scan(&before)
	if err != nil {
		return 0, nil, fmt.Errorf("running balance: %w", err)
	}
	args = arguments{tx.clinic, micros(from.At), from.ID, micros(to.At), to.ID, m.knownAt()}
	moved, err = collect(ctx, tx, func(scan func(...any) error) (v Movement, err error) {
		var at int64
		err = scan(&at, &v.ID, &v.Amount)
		v.At = moment(at)
		return v, err
	}, `
		SELECT at, entry, amount FROM posting
		WHERE clinic = $1 AND `+among(&args, "account", ids)+` AND (at, entry) >= ($2, $3) AND (at, entry) <= ($4, $5) AND recorded <= $6
		ORDER BY at, entry`, args...)
	return before, moved, err
}

// Totals are the sums of an account over a range: opening + debits − credits =
// closing.
type Totals struct {
	Opening, Debits, Credits, Closing money.Amount
	Count                             int
}

// Totals sums the accounts over the days of the range.
func (tx *Tx) Totals(ctx context.Context, accounts []ledger.Account, r Range) (t Totals, err error) {
	ids, err := tx.accountIDs(ctx, accounts)
	if err != nil {
		return t, err
	}
	args := arguments{tx.clinic, r.from(), r.before(), r.knownAt()}
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(amount) FILTER (WHERE at < $2), 0) AS BIGINT),
			CAST(COALESCE(SUM(amount) FILTER (WHERE at >= $2 AND amount > 0), 0) AS BIGINT),
			CAST(COALESCE(-SUM(amount) FILTER (WHERE at >= $2 AND amount < 0), 0) AS BIGINT),
			COUNT(*) FILTER (WHERE at >= $2)
		FROM posting
		WHERE clinic = $1 AND `+among(&args, "account", ids)+` AND at < $3 AND recorded <= $4`, args...).Scan(&t.Opening, &t.Debits, &t.Credits, &t.Count)
	t.Closing = t.Opening + t.Debits - t.Credits
	return t, err
}

// Counts are how many rows the tabs have.
type Counts struct {
	Entries, Drafts, Admissions, Transactions int
}

// Counts counts the rows of a person at a moment.
func (tx *Tx) Counts(ctx context.Context, files clinic.Files, receivables []ledger.Account, m Moment) (c Counts, err error) {
	ids, err := tx.accountIDs(ctx, receivables)
	if err != nil {
		return c, err
	}
	args := arguments{tx.clinic, m.before(), m.knownAt()}
	patient, account := among(&args, "patient", files), among(&args, "account", ids)
	err = tx.row(ctx, `
		SELECT
			(SELECT COUNT(*) FROM entry WHERE clinic = $1 AND `+patient+` AND at < $2 AND recorded <= $3),
			(SELECT COUNT(*) FROM admission WHERE clinic = $1 AND `+patient+` AND at < $2 AND recorded <= $3 AND status = 'draft'),
			(SELECT COUNT(*) FROM admission WHERE clinic = $1 AND `+patient+` AND at < $2 AND recorded <= $3),
			(SELECT COUNT(*) FROM posting WHERE clinic = $1 AND `+account+` AND at < $2 AND recorded <= $3)`, args...).
		Scan(&c.Entries, &c.Drafts, &c.Admissions, &c.Transactions)
	if err != nil {
		return c, fmt.Errorf("counts: %w", err)
	}
	return c, nil
}

// Listed is an admission in a list, with what is paid, whose it is and who
// took it in.
type Listed struct {
	Due
	Remitted    money.Amount // what the clinic let the patient off since
	PatientName string
	FileNumber  clinic.FileNumber
	StaffName   string
	BranchName  string
}

// AdmissionFilter is which admissions a list shows.
type AdmissionFilter struct {
	Files  clinic.Files           // of one person; nil: everybody's
	Status clinic.AdmissionStatus // "": all
}

// Admissions lists admissions as they were at the moment, without lines.
func (tx *Tx) Admissions(ctx context.Context, f AdmissionFilter, r Range) ([]Listed, error) {
	condition, order, args := r.where("a.at", "a.id", []any{tx.clinic, r.before(), r.knownAt()})
	if f.Files != nil {
		all := arguments(args)
		condition += " AND " + among(&all, "a.patient", f.Files)
		args = all
	}
	if f.Status != "" {
		args = append(args, f.Status)
		condition += fmt.Sprintf(" AND a.status = $%d", len(args))
	}
	listed, err := collect(ctx, tx, scanListed, `
		SELECT `+admissionFields+`,
			CASE WHEN a.cancelled < $2 AND a.cancel_recorded <= $3 THEN 1 ELSE 0 END,
			CAST(`+shareThen+` + COALESCE((
				SELECT SUM(CASE WHEN t.to_insurer IS NULL THEN t.amount ELSE 0 END)
					- SUM(CASE WHEN t.from_insurer IS NULL THEN t.amount ELSE 0 END)
				FROM share_transfer t
				WHERE t.clinic = a.clinic AND t.admission = a.id AND t.at < $2 AND t.recorded <= $3), 0)
				- COALESCE((SELECT SUM(m.amount) FROM remission m
				WHERE m.clinic = a.clinic AND m.admission = a.id AND m.at < $2 AND m.recorded <= $3), 0) AS BIGINT),
			CAST(COALESCE((
				SELECT SUM(l.amount) FROM allocation l
				WHERE l.clinic = a.clinic AND l.admission = a.id AND l.at < $2 AND l.recorded <= $3), 0) AS BIGINT),
			CAST(COALESCE((SELECT SUM(m.amount) FROM remission m
				WHERE m.clinic = a.clinic AND m.admission = a.id AND m.at < $2 AND m.recorded <= $3), 0) AS BIGINT),
			p.first_name, p.last_name, p.file_number, s.name, b.name
		FROM admission a
		JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
		JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
		JOIN branch b ON b.clinic = a.clinic AND b.id = a.branch
		WHERE a.clinic = $1 AND a.recorded <= $3 AND `+condition+order, args...)
	if err != nil {
		return nil, fmt.Errorf("admissions: %w", err)
	}
	return listed, nil
}

func scanListed(scan func(...any) error) (l Listed, err error) {
	var cancelled int
	var first, last string
	l.Admission, err = scanAdmission(func(into ...any) error {
		return scan(append(into, &cancelled, &l.Share, &l.Paid, &l.Remitted, &first, &last, &l.FileNumber, &l.StaffName, &l.BranchName)...)
	})
	l.PatientName = clinic.Patient{FirstName: first, LastName: last}.Name()
	if l.Admission.Status == clinic.Cancelled && cancelled == 0 {
		l.Admission.Status = clinic.Finalized // it was not cancelled yet
	}
	return l, err
}

// BalancesAt returns the balance of the accounts before each of the instants,
// which rise, as known at the moment.
func (tx *Tx) BalancesAt(ctx context.Context, accounts []ledger.Account, bounds []time.Time, m Moment) ([]money.Amount, error) {
	ids, err := tx.accountIDs(ctx, accounts)
	if err != nil {
		return nil, err
	}
	args := arguments{tx.clinic, m.knownAt()}
	account := among(&args, "account", ids)
	parts := make([]string, len(bounds))
	sums := make([]money.Amount, len(bounds))
	into := make([]any, len(bounds))
	for i, b := range bounds {
		args = append(args, micros(b))
		parts[i] = fmt.Sprintf("CAST(COALESCE(SUM(CASE WHEN at < $%d THEN amount END), 0) AS BIGINT)", len(args))
		into[i] = &sums[i]
	}
	err = tx.row(ctx, `SELECT `+strings.Join(parts, ", ")+` FROM posting
		WHERE clinic = $1 AND recorded <= $2 AND `+account, args...).Scan(into...)
	if err != nil {
		return nil, fmt.Errorf("balances: %w", err)
	}
	return sums, nil
}

// LastAdmission is the day of the person's newest admission that is in the
// books, "" when there is none.
func (tx *Tx) LastAdmission(ctx context.Context, files clinic.Files) (day jalali.Day, err error) {
	args := arguments{tx.clinic}
	err = tx.row(ctx, `
		SELECT COALESCE(MAX(day), '') FROM admission
		WHERE clinic = $1 AND `+among(&args, "patient", files)+` AND status = 'finalized'`, args...).Scan(&day)
	return day, err
}
