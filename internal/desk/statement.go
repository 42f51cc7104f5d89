package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// View is which part of a statement is looked at. Days are inclusive. AsOf
// shows the account as it stood at the end of that day, KnownAt as it was
// recorded at that instant.
type View struct {
	From, To jalali.Day
	AsOf     jalali.Day
	KnownAt  time.Time
	Kind     string // a key of EventKinds; "": everything
	Narrow   store.Narrow
	Oldest   bool   // begin with the oldest rows; pages stay newest first
	Cursor   string // from Newer or Older of another page
	Limit    int    // 0: PageRows; at most 200
}

// EventKinds are the filters of the summary and which entries each shows.
var EventKinds = map[string][]string{
	"money":        nil, // everything that moved the patient's account
	"admission":    {clinic.EntryAdmission, clinic.EntryAdmissionCancel, clinic.EntryAdmissionChange, clinic.EntryAdmissionReopen, clinic.EntryAdmissionAgain},
	"receipt":      {clinic.EntryReceipt, clinic.EntryChequeClear},
	"refund":       {clinic.EntryRefund, clinic.EntryDepositRefund},
	"deposit":      {clinic.EntryDeposit, clinic.EntryDepositApply, clinic.EntryDepositAccount, clinic.EntryDepositUnapply, clinic.EntryDepositRefund, clinic.EntryDepositForfeit, clinic.EntryCreditToDeposit},
	"discount":     {clinic.EntryLateDiscount, clinic.EntryWriteOff, clinic.EntryRecovery},
	"cheque":       {clinic.EntryChequeClear, clinic.EntryChequeBounce, clinic.EntryChequeReturn, clinic.EntryChequeSwap},
	"correction":   {clinic.EntryVoid, clinic.EntryMethodChange, clinic.EntryReceiptTransfer},
	RowAppointment: {RowAppointment}, // none is in the books
	RowActivity:    {RowActivity},    // nor these
	"insurance":    {clinic.EntryShareTransfer, clinic.EntryInsurerPayment, clinic.EntryInsurerDeduction},
}

// moment is the moment the view looks from. Invalid date.syntax, and
// view.future for a day that has not come.
func (w work) moment(v View) (m store.Moment, err error) {
	if v.AsOf != "" {
		if !v.AsOf.Valid() {
			return m, fault.New(fault.Invalid, "date.syntax", "%q is no day", v.AsOf).At("as_of")
		}
		if v.AsOf > w.today() {
			return m, fault.New(fault.Invalid, "view.future", "%s has not come yet", v.AsOf).At("as_of")
		}
		_, m.Before = v.AsOf.Bounds(w.clinic.Zone)
	}
	m.KnownAt = v.KnownAt
	return m, nil
}

// span is the rows the view wants. Invalid date.syntax, view.range, view.kind,
// page.limit, page.cursor.
func (w work) span(v View) (r store.Range, err error) {
	if r.Moment, err = w.moment(v); err != nil {
		return r, err
	}
	for _, d := range []struct {
		name string
		day  jalali.Day
	}{{"from", v.From}, {"to", v.To}} {
		if d.day != "" && !d.day.Valid() {
			return r, fault.New(fault.Invalid, "date.syntax", "%q is no day", d.day).At(d.name)
		}
	}
	if v.From != "" && v.To != "" && v.From > v.To {
		return r, fault.New(fault.Invalid, "view.range", "%s is after %s", v.From, v.To).At("from")
	}
	if v.From != "" {
		r.From, _ = v.From.Bounds(w.clinic.Zone)
	}
	if v.To != "" {
		if _, until := v.To.Bounds(w.clinic.Zone); r.Before.IsZero() || until.Before(r.Before) {
			r.Before = until
		}
	}
	if v.Limit < 0 || v.Limit > 200 {
		return r, fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	if r.Limit = v.Limit; r.Limit == 0 {
		r.Limit = PageRows
	}
	if v.Kind != "" {
		kinds, ok := EventKinds[v.Kind]
		if !ok {
			return r, fault.New(fault.Invalid, "view.kind", "there is no kind %q", v.Kind).At("kind")
		}
		r.Kinds = kinds
	}
	r.Narrow = v.Narrow
	r.Older, r.Newer, err = readCursor(v.Cursor)
	if v.Oldest && v.Cursor == "" {
		r.Newer = &store.Key{} // everything is newer than this
	}
	return r, err
}

// Header is what the window always shows. Everything in it is computed from
// the books on the same snapshot as the rows below it.
type Header struct {
	Patient       clinic.Patient
	Files         clinic.Files // of the person
	Merged        []MergedFile // the aliases among them
	Insurance     []string     // names of today's insurers
	Position      Position
	Instalments   Instalments
	Open          []store.Due // live admissions with something left, oldest first
	Credit        money.Amount
	Cheques       money.Amount // in hand, not cleared
	LastAdmission jalali.Day
	Events        int // rows of the summary
	Admissions    int
	Transactions  int
	Deposited     int                      // deposits, whatever became of them
	Expected      []store.AppointmentShown // appointments that are not over, the next first
	Appointments  store.PatientAppointments
	Activities    store.ActivityCounts
	Club          ClubStanding // while the club is on, for who may see it
	Year          []YearPoint
	Now           time.Time
	Today         jalali.Day
	Standing
}

// MergedFile is a file that is an alias of the person's, and the link.
type MergedFile struct {
	Patient clinic.Patient
	Link    clinic.Merge
}

// YearPoint is the balance at the end of a day.
type YearPoint struct {
	Day     jalali.Day
	Balance money.Amount
}

// header reads the header of a patient.
func (w work) header(ctx context.Context, id clinic.PatientID, m store.Moment) (h Header, err error) {
	h.Today, h.Now = w.today(), w.now
	if h.Patient, err = w.person(ctx, id); err != nil {
		return h, err
	}
	merges := []clinic.Merge(nil)
	if h.Files, merges, err = w.files(ctx, h.Patient.ID, m); err != nil {
		return h, err
	}
	for _, link := range merges {
		alias, err := w.Patient(ctx, link.Loser)
		if err != nil {
			return h, err
		}
		h.Merged = append(h.Merged, MergedFile{alias, link})
	}
	h.Patient = w.masked(h.Patient)
	if h.Insurance, err = w.insuranceNames(ctx, h.Files); err != nil {
		return h, err
	}
	counts, err := w.Counts(ctx, h.Files, w.clinic.Receivables(h.Files), m)
	if err != nil {
		return h, err
	}
	h.Events = len(h.Files) + len(h.Merged) + counts.Entries + counts.Drafts // each file was registered, each alias merged
	h.Admissions, h.Transactions = counts.Admissions, counts.Transactions
	if h.Deposited, err = w.CountDeposits(ctx, h.Files, m); err != nil {
		return h, err
	}
	if h.Position, err = w.position(ctx, h.Files, m); err != nil {
		return h, err
	}
	if h.Open, err = w.Dues(ctx, h.Files, m); err != nil {
		return h, err
	}
	if h.Instalments, err = w.instalments(ctx, h.Files, m); err != nil {
		return h, err
	}
	h.Credit = -h.Position.Balance
	for _, d := range h.Open {
		h.Credit += d.Left()
	}
	cheques, err := w.UnclearedCheques(ctx, h.Files)
	if err != nil {
		return h, err
	}
	h.Cheques = money.Amount(cheques)
	if h.Standing, err = w.around(ctx, h.Files, m); err != nil {
		return h, err
	}
	if h.Year, err = w.year(ctx, h.Files, h.Position.Balance, m); err != nil {
		return h, err
	}
	if h.LastAdmission, err = w.LastAdmission(ctx, h.Files); err != nil {
		return h, err
	}
	return h, w.ahead(ctx, &h, m)
}

// insuranceNames are the names of the insurers that cover the person today.
func (w work) insuranceNames(ctx context.Context, files clinic.Files) (names []string, err error) {
	holding, err := w.coverages(ctx, files)
	if err != nil {
		return nil, err
	}
	for _, c := range holding {
		insurer, err := w.Insurer(ctx, c.Insurer)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(names, insurer.Name) {
			names = append(names, insurer.Name)
		}
	}
	return names, nil
}

// year is the balance at the ends of the last twelve months and at the moment.
func (w work) year(ctx context.Context, files clinic.Files, now money.Amount, m store.Moment) ([]YearPoint, error) {
	last := w.today()
	if !m.Before.IsZero() {
		last = w.clinic.Day(m.Before.Add(-time.Microsecond))
	}
	date := last.Date()
	var days []jalali.Day
	for back := 12; back >= 1; back-- {
		year, month := date.Year, date.Month-back
		for month < 1 {
			year, month = year-1, month+12
		}
		_, end := jalali.MonthRange(year, month)
		days = append(days, end)
	}
	var bounds []time.Time
	for _, d := range days {
		_, until := d.Bounds(w.clinic.Zone)
		bounds = append(bounds, until)
	}
	sums, err := w.BalancesAt(ctx, w.clinic.Receivables(files), bounds, m)
	if err != nil {
		return nil, err
	}
	var points []YearPoint
	for i, d := range days {
		points = append(points, YearPoint{d, sums[i]})
	}
	return append(points, YearPoint{last, now}), nil
}

// Summary is the tab of everything in the order of time.
type Summary struct {
	Header
	Rows         []SummaryRow
	Newer, Older string // cursors; "" at an end
	Extent
}

// The kinds of rows that are not in the books.
const (
	RowRegistration = "registration"
	RowDraft        = "admission_draft"
	RowMerge        = "merge"
	RowAppointment  = "appointment"
	RowActivity     = "activity" // one that is done
	RowLead         = "lead"
)

// SummaryRow is one event. Running is the balance after it when the patient's
// account moved.
type SummaryRow struct {
	store.Event
	Running money.Amount
}

// Summary returns the tab. NotFound patient.none; Forbidden without the right.
func (d *Desk) Summary(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (s Summary, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadStatement, v, &s.Header, func(w work, r store.Range) error {
		rows, more, err := w.events(ctx, s.Header, r, v.Kind)
		if err != nil {
			return err
		}
		if s.Rows, err = w.run(ctx, s.Files, rows, r.Moment); err != nil {
			return err
		}
		s.Newer, s.Older = cursors(r, rows, func(e store.Event) store.Key { return e.Key }, more)
		s.Extent, err = w.extent(ctx, s.Header, r, v, false, rows)
		return err
	})
	return s, err
}

// Transactions is the tab of the patient's account: what moved it, and the
// totals of the range.
type Transactions struct {
	Header
	Rows         []SummaryRow
	Receipts     map[int64]ReceiptOfRow // by the ids of rows
	Totals       store.Totals
	Newer, Older string
	Extent
}

// Transactions returns the tab. NotFound patient.none; Forbidden without the
// right to see money.
func (d *Desk) Transactions(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (t Transactions, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadMoney, v, &t.Header, func(w work, r store.Range) error {
		want := r.Limit
		r.Limit++
		rows, err := w.Events(ctx, t.Files, w.clinic.Receivables(t.Files), r, true)
		if err != nil {
			return err
		}
		rows, more := page(r, rows, want)
		if t.Rows, err = w.run(ctx, t.Files, rows, r.Moment); err != nil {
			return err
		}
		if t.Receipts, err = w.receiptsOfRows(ctx, t.Rows); err != nil {
			return err
		}
		t.Newer, t.Older = cursors(r, rows, func(e store.Event) store.Key { return e.Key }, more)
		if t.Extent, err = w.extent(ctx, t.Header, r, v, true, rows); err != nil {
			return err
		}
		t.Totals, err = w.Totals(ctx, w.clinic.Receivables(t.Files), r)
		return err
	})
	return t, err
}

// Admissions is the tab of admissions.
type Admissions struct {
	Header
	Rows         []AdmissionRow
	Newer, Older string
}

// AdmissionRow is one admission with its lines and what pays it.
type AdmissionRow struct {
	store.Listed
	Lines     []clinic.AdmissionLine
	Payments  []store.Payment
	Providers map[clinic.ProviderID]string
	Section   string
}

// Admissions returns the tab. NotFound patient.none; Forbidden without the
// right.
func (d *Desk) Admissions(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (a Admissions, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadStatement, v, &a.Header, func(w work, r store.Range) error {
		a.Rows, a.Newer, a.Older, err = w.admissionRows(ctx, store.AdmissionFilter{Files: a.Files}, r)
		return err
	})
	return a, err
}

// statement opens a tab: the right, one snapshot for header and rows, and a
// line in the audit that this person was looked at.
func (d *Desk) statement(ctx context.Context, actor clinic.Actor, id clinic.PatientID, right clinic.Permission, v View,
	h *Header, rows func(w work, r store.Range) error) error {
	if err := actor.May(right); err != nil {
		return err
	}
	err := d.read(ctx, actor, func(w work) (err error) {
		r, err := w.span(v)
		if err != nil {
			return err
		}
		// The header shows the whole account at the moment, whatever the range.
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		if *h, err = w.header(ctx, id, m); err != nil {
			return err
		}
		return rows(w, r)
	})
	if err != nil {
		return err
	}
	return d.seen(ctx, actor, string(right), h.Patient.ID)
}

// seen audits that a person was looked at. The answer is not given before the
// line is written.
func (d *Desk) seen(ctx context.Context, actor clinic.Actor, action string, id clinic.PatientID) error {
	return d.write(ctx, actor, func(w work) error { return w.audit(ctx, action, id, 0) })
}
