package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// CashGroups are what a report of cash can be by.
var CashGroups = []string{"method", "user", "section", "day", "shift", "branch"}

// ReportQuery is which days a report is about, both inclusive; without days it
// is today. A reader of one branch sees that branch whatever is asked for.
type ReportQuery struct {
	From, To jalali.Day
	By       string
	Branch   clinic.BranchID // 0: all that the actor may see
	KnownAt  time.Time       // zero: now
}

// CashReport is the money that came and went in some days. Its total is what
// the books say of the accounts of money.
type CashReport struct {
	From, To jalali.Day
	By       string
	Branch   clinic.BranchID // 0: the whole clinic
	KnownAt  time.Time
	Lines    []CashLine
	Total    clinic.CashFigures
	Ledger   money.Amount // by the postings; the same as Total.Net
}

// CashLine is one group of the report. Key "" is what no group has.
type CashLine struct {
	Key  string
	Name string // of a person, section, shift or branch
	Day  jalali.Day
	clinic.CashFigures
}

// Agrees reports whether the lines are what the books say.
func (r CashReport) Agrees() bool { return r.Total.Net() == r.Ledger }

// CashReport returns what money came and went in the days. Facts of days add
// up, so that the report of a closed day never changes. Forbidden permission,
// also for another branch; Invalid report.by, date.syntax, view.range.
func (d *Desk) CashReport(ctx context.Context, actor clinic.Actor, q ReportQuery) (r CashReport, err error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return r, err
	}
	err = d.read(ctx, actor, func(w work) error {
		days, err := w.days(q)
		if err != nil {
			return err
		}
		r, err = w.cashReport(ctx, days, q.By)
		return err
	})
	return r, err
}

// days checks the days and the branch of a report.
func (w work) days(q ReportQuery) (d store.Days, err error) {
	d = store.Days{From: q.From, To: q.To, KnownAt: q.KnownAt, Branch: q.Branch}
	if d.From == "" && d.To == "" {
		d.From = w.today()
	}
	if d.To == "" {
		d.To = max(d.From, w.today())
	}
	if d.From == "" {
		d.From = d.To
	}
	for _, day := range []jalali.Day{d.From, d.To} {
		if !day.Valid() {
			return d, fault.New(fault.Invalid, "date.syntax", "%q is no day", day).At("from")
		}
	}
	if d.From > d.To {
		return d, fault.New(fault.Invalid, "view.range", "%s is after %s", d.From, d.To).At("from")
	}
	if own := w.branch(); own != 0 {
		if d.Branch != 0 && d.Branch != own {
			return d, fault.New(fault.Forbidden, "permission", "the report is of another branch").With("permission", string(clinic.AllBranches))
		}
		d.Branch = own
	}
	return d, nil
}

func (w work) cashReport(ctx context.Context, d store.Days, by string) (r CashReport, err error) {
	by = cmp.Or(by, "method")
	if !slices.Contains(CashGroups, by) {
		return r, fault.New(fault.Invalid, "report.by", "a report of cash is not by %q", by).At("by")
	}
	r = CashReport{From: d.From, To: d.To, By: by, Branch: d.Branch, KnownAt: d.KnownAt}
	column := by
	if by == "section" {
		column = "method"
	}
	sums, err := w.CashSums(ctx, d, column)
	if err != nil {
		return r, err
	}
	for _, s := range sums {
		if len(r.Lines) == 0 || r.Lines[len(r.Lines)-1].Key != s.Key {
			r.Lines = append(r.Lines, CashLine{Key: s.Key})
		}
		line := &r.Lines[len(r.Lines)-1]
		line.CashFigures = line.Add(clinic.CashClassOf(s.Kind, s.Of), s.In, s.Out, s.Count)
	}
	for _, l := range r.Lines {
		r.Total = r.Total.Plus(l.CashFigures)
	}
	if by == "section" {
		if r.Lines, err = w.cashBySection(ctx, d, r.Total); err != nil {
			return r, err
		}
	}
	if err := w.nameCash(ctx, &r); err != nil {
		return r, err
	}
	r.Ledger, err = w.CashPosted(ctx, d)
	return r, err
}

// cashBySection splits what was allocated to admissions in the days by what
// their sections earned of them in the books. What paid no admission is a line
// without a section, so that the total stays that of the money.
func (w work) cashBySection(ctx context.Context, d store.Days, total clinic.CashFigures) (lines []CashLine, err error) {
	from, _ := d.From.Bounds(w.clinic.Zone)
	_, until := d.To.Bounds(w.clinic.Zone)
	rows, err := w.SectionsPaid(ctx, d, store.Span{From: from, Until: until})
	if err != nil {
		return nil, err
	}
	sums := map[clinic.SectionID]clinic.CashFigures{}
	var order []clinic.SectionID
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && rows[n].Admission == rows[0].Admission {
			n++
		}
		earned := make([]money.Amount, n)
		for i, r := range rows[:n] {
			earned[i] = r.Earned
		}
		paid, taken := clinic.SplitBy(rows[0].Paid, earned), clinic.SplitBy(rows[0].Taken, earned)
		for i, r := range rows[:n] {
			if _, met := sums[r.Section]; !met {
				order = append(order, r.Section)
			}
			sums[r.Section] = sums[r.Section].Plus(clinic.CashFigures{In: paid[i], Corrected: taken[i], Count: 1})
		}
		rows = rows[n:]
	}
	slices.Sort(order)
	rest := total
	rest.Count = 0
	for _, s := range order {
		f := sums[s]
		rest.In, rest.Corrected = rest.In-f.In, rest.Corrected-f.Corrected
		lines = append(lines, CashLine{Key: strconv.FormatInt(int64(s), 10), CashFigures: f})
	}
	if rest != (clinic.CashFigures{}) {
		lines = append(lines, CashLine{CashFigures: rest})
	}
	return lines, nil
}

// nameCash names the groups of a report and puts them in order.
func (w work) nameCash(ctx context.Context, r *CashReport) error {
	names := map[string]string{}
	key := func(id int64) string { return strconv.FormatInt(id, 10) }
	switch r.By {
	case "user":
		staff, err := w.AllStaff(ctx)
		if err != nil {
			return err
		}
		for _, s := range staff {
			names[key(int64(s.ID))] = s.Name
		}
	case "section":
		sections, err := w.Sections(ctx)
		if err != nil {
			return err
		}
		for _, s := range sections {
			names[key(int64(s.ID))] = s.Name
		}
	case "branch":
		branches, err := w.branchNames(ctx)
		if err != nil {
			return err
		}
		for id, name := range branches {
			names[key(int64(id))] = name
		}
	case "shift":
		return w.nameShifts(ctx, r)
	case "method":
		order := []clinic.Method{clinic.Cash, clinic.POS, clinic.CardToCard, clinic.BankTransfer, clinic.ByCheque, clinic.Gateway}
		slices.SortStableFunc(r.Lines, func(a, b CashLine) int {
			return slices.Index(order, clinic.Method(a.Key)) - slices.Index(order, clinic.Method(b.Key))
		})
	}
	for i, l := range r.Lines {
		if r.Lines[i].Name = names[l.Key]; r.By == "day" {
			r.Lines[i].Day = jalali.Day(l.Key)
		}
	}
	return nil
}

func (w work) nameShifts(ctx context.Context, r *CashReport) error {
	var ids []int64
	for i, l := range r.Lines {
		id, err := strconv.ParseInt(l.Key, 10, 64)
		if err != nil || id == 0 {
			r.Lines[i].Key = ""
			continue
		}
		ids = append(ids, id)
	}
	names, err := w.ShiftNames(ctx, ids)
	if err != nil {
		return err
	}
	for i, l := range r.Lines {
		if id, err := strconv.ParseInt(l.Key, 10, 64); err == nil {
			r.Lines[i].Name, r.Lines[i].Day = names[id].Staff+" — "+names[id].Desk, names[id].Day
		}
	}
	return nil
}
