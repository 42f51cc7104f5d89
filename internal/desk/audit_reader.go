package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// auditReader reads the audit for one question.
type auditReader struct {
	work
	query  AuditQuery
	span   store.AuditRange // the days and the cursor
	whom   clinic.Patient
	files  clinic.Files // of whom
	staff  map[clinic.StaffID]clinic.Staff
	people map[clinic.PatientID]clinic.Patient // that were named already; ID 0: hidden or gone
	hidden map[clinic.PatientID]bool
}

// auditReader checks a question. Faults are those of AuditLog.
func (w work) auditReader(ctx context.Context, q AuditQuery) (*auditReader, error) {
	if q.Group != "" && !slices.Contains(AuditGroups, q.Group) {
		return nil, fault.New(fault.Invalid, "audit.group", "there is no group %q", q.Group).At("group")
	}
	span, err := w.span(View{From: q.From, To: q.To, Cursor: q.Cursor, Limit: q.Limit})
	if err != nil {
		return nil, err
	}
	if q.Limit, q.Scan = orDefault(q.Limit, auditLimit), orDefault(q.Scan, auditScan); span.Newer != nil {
		return nil, fault.New(fault.Invalid, "page.cursor", "the audit is read from the newest on").At("cursor")
	}
	r := &auditReader{work: w, query: q, staff: map[clinic.StaffID]clinic.Staff{}, people: map[clinic.PatientID]clinic.Patient{},
		hidden: map[clinic.PatientID]bool{}, span: store.AuditRange{From: span.From, Until: span.Before, Older: span.Older}}
	all, err := w.AllStaff(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		r.staff[s.ID] = s
	}
	if q.Staff != 0 {
		if s, ok := r.staff[q.Staff]; !ok || w.branch() != 0 && s.Branch != w.branch() {
			return nil, fault.New(fault.NotFound, "staff.none", "there is no staff %d", q.Staff)
		}
	}
	if q.Patient != 0 {
		if r.whom, err = w.person(ctx, q.Patient); err != nil {
			return nil, err
		}
		if r.files, _, err = w.files(ctx, r.whom.ID, store.Moment{}); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func orDefault(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}

// mine reports whether the line is of what the reader's branch did.
func (r *auditReader) mine(a store.Audit) bool {
	return r.branch() == 0 || a.Staff == 0 || r.staff[a.Staff].Branch == r.branch()
}

// wanted reports whether the line answers the question.
func (r *auditReader) wanted(a store.Audit) bool {
	q := r.query
	return q.inGroup(a.Action) && (q.Staff == 0 || a.Staff == q.Staff) && (q.Patient != 0 || r.mine(a))
}

// sources are the lines that the question looks through: those of a person are
// the lines about each of their files and the lists that showed one of them.
func (r *auditReader) sources() []store.AuditRange {
	var all []store.AuditRange
	for _, file := range r.files {
		of := r.span
		of.Patient = file
		all = append(all, of)
	}
	rest := r.span
	rest.Staff, rest.Lists = r.query.Staff, len(r.files) > 0
	return append(all, rest)
}

// page reads a page. Each source is looked through until the page is full or
// the bound is reached; nothing older than the place where one of them stopped
// early is shown, so that no line is ever left out.
func (r *auditReader) page(ctx context.Context) (page AuditPage, err error) {
	var found []store.Audit
	var stop *store.Key // the newest place where a source stopped early
	for _, source := range r.sources() {
		source.Limit = r.query.Scan + 1
		seen, matched := 0, 0
		var last store.Key
		err := r.WalkAudit(ctx, source, func(a store.Audit) (bool, error) {
			if seen == r.query.Scan || matched == r.query.Limit {
				if stop == nil || stop.Before(last) {
					at := last
					stop = &at
				}
				return true, nil
			}
			seen, last = seen+1, a.Key()
			// A list that is about one of the files has been met already.
			if source.Lists && (slices.Contains(r.files, a.Patient) || !a.Shown.Has(r.files)) || !r.wanted(a) {
				return false, nil
			}
			matched++
			found = append(found, a)
			return false, nil
		})
		if err != nil {
			return page, err
		}
	}
	slices.SortFunc(found, func(a, b store.Audit) int {
		if a.Key().Before(b.Key()) {
			return 1
		}
		return -1
	})
	if stop != nil {
		found = slices.DeleteFunc(found, func(a store.Audit) bool { return a.Key().Before(*stop) })
	}
	if len(found) > r.query.Limit {
		found = found[:r.query.Limit]
		at := found[len(found)-1].Key()
		stop = &at
	}
	if stop != nil {
		page.Older, page.Until = writeCursor("o", *stop), stop.At
	}
	for _, a := range found {
		row, err := r.row(ctx, a)
		if err != nil {
			return page, err
		}
		page.Rows = append(page.Rows, row)
	}
	page.Person = r.whom
	for _, s := range r.staff {
		if r.branch() == 0 || s.Branch == r.branch() {
			page.Staff = append(page.Staff, s)
		}
	}
	slices.SortFunc(page.Staff, func(a, b clinic.Staff) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return page, nil
}

// row names who and whom.
func (r *auditReader) row(ctx context.Context, a store.Audit) (row AuditRow, err error) {
	row = AuditRow{ID: a.ID, At: a.At, Staff: a.Staff, StaffName: r.staff[a.Staff].Name, Action: a.Action, Object: a.Object,
		Shown: a.Shown.Len(), Everybody: a.Shown.All(), Origin: a.Origin, Detail: a.Detail}
	if first, _, _ := strings.Cut(a.Action, "."); first == "staff" || first == "token" || first == "factor" {
		row.About = r.staff[clinic.StaffID(a.Object)].Name
	}
	if a.Patient != 0 {
		row.Patient, row.Hidden, err = r.patient(ctx, a.Patient)
	}
	return row, err
}

// patient names a person whom the reader may see; hidden is one of another
// branch. One who does not exist has no id either.
func (r *auditReader) patient(ctx context.Context, id clinic.PatientID) (p clinic.Patient, hidden bool, err error) {
	if p, ok := r.people[id]; ok {
		return p, r.hidden[id], nil
	}
	p, err = r.person(ctx, id)
	if fault.Of(err) == fault.NotFound {
		_, err = r.Patient(ctx, id)
		hidden = err == nil
		if fault.Of(err) == fault.NotFound {
			err = nil
		}
		p = clinic.Patient{}
	}
	if err != nil {
		return p, false, err
	}
	r.people[id], r.hidden[id] = p, hidden
	return p, hidden, nil
}
