package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// AuditQuery is which lines of the audit are wanted. Days are inclusive.
type AuditQuery struct {
	Patient  clinic.PatientID // what was done to the person and who saw them, in lists as well
	Staff    clinic.StaffID
	Group    string // one of AuditGroups; "": all
	From, To jalali.Day
	Cursor   string // Older of another page
	Limit    int    // 0: 50; at most 200
	Scan     int    // how many lines a page looks through at most; 0: 30,000
}

// The bounds of a page of the audit, and of an export of it.
const (
	auditLimit  = 50
	auditScan   = 30_000
	auditExport = 100_000
)

// AuditGroups are the kinds of lines in the order of the page. What moved money
// is a write as well.
var AuditGroups = []string{"reads", "writes", "money", "sign_ins", "refused", "exports"}

// AuditGroup is the kind of an action.
func AuditGroup(action string) string {
	ends := func(suffixes ...string) bool {
		return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(action, s) })
	}
	first, _, _ := strings.Cut(action, ".")
	switch {
	case first == "denied" || strings.HasPrefix(action, "session.refused"):
		return "refused"
	case first == "session" || first == "token":
		return "sign_ins"
	case first == "export" || ends(".export", ".print"):
		return "exports"
	case first == "statement" || ends(".read", ".list", ".preview"):
		return "reads"
	case first == "receipt" || first == "admission" || first == "insurer" || first == "commission":
		return "money"
	}
	return "writes"
}

// inGroup reports whether a line with the action is wanted.
func (q AuditQuery) inGroup(action string) bool {
	group := AuditGroup(action)
	return q.Group == "" || q.Group == group || q.Group == "writes" && group == "money"
}

// AuditRow is one line as it is read. A person whom the reader may not see has
// no id and no name.
type AuditRow struct {
	ID        int64
	At        time.Time
	Staff     clinic.StaffID // 0: nobody we know
	StaffName string
	Action    string
	Patient   clinic.Patient // only with what names a person; ID 0: none, or one who is hidden
	Hidden    bool           // the person is one of another branch
	Object    int64
	About     string // the member of staff who was changed, by name
	Shown     int    // how many a list showed
	Everybody bool   // an export of the whole clinic
	Origin    string
	Detail    string
}

// AuditPage is a page of the audit, newest first. Older is the cursor of the
// next one, "" at the end; a page may hold few rows, and none, when many lines
// had to be looked through, and then Until is how far it got.
type AuditPage struct {
	Rows   []AuditRow
	Older  string
	Until  time.Time
	Person clinic.Patient // whom the query names
	Staff  []clinic.Staff // whose lines the reader may ask for
}

// AuditLog returns a page of the audit. A reader without the right to all
// branches sees what their own branch did, and of a person of it what anybody
// did. That it was read is a line of the audit itself.
//
// Forbidden without the right; NotFound patient.none and staff.none for one who
// is hidden; Invalid audit.group, date.syntax, view.range, page.limit,
// page.cursor.
func (d *Desk) AuditLog(ctx context.Context, actor clinic.Actor, q AuditQuery) (page AuditPage, err error) {
	if err := actor.May(clinic.ReadAudit); err != nil {
		return page, err
	}
	err = d.read(ctx, actor, func(w work) error {
		r, err := w.auditReader(ctx, q)
		if err != nil {
			return err
		}
		page, err = r.page(ctx)
		return err
	})
	if err != nil {
		return AuditPage{}, err
	}
	err = d.write(ctx, actor, func(w work) error {
		return w.auditRead(ctx, "audit.read", q.Patient, store.ShownTo(page.people()))
	})
	if err != nil {
		return AuditPage{}, err
	}
	return page, nil
}

// people are those whom the page names.
func (p AuditPage) people() (people []clinic.PatientID) {
	for _, r := range p.Rows {
		if id := r.Patient.ID; id != 0 && !slices.Contains(people, id) {
			people = append(people, id)
		}
	}
	return people
}

// AuditLine returns one line and the people that it showed, those of other
// branches left out. That it was read is a line as well. Forbidden without the
// right; NotFound audit.none.
func (d *Desk) AuditLine(ctx context.Context, actor clinic.Actor, id int64) (row AuditRow, people []clinic.Patient, err error) {
	if err := actor.May(clinic.ReadAudit); err != nil {
		return row, nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		r, err := w.auditReader(ctx, AuditQuery{})
		if err != nil {
			return err
		}
		line, err := w.AuditLine(ctx, id)
		if err != nil {
			return err
		}
		if !r.mine(line) {
			return fault.New(fault.NotFound, "audit.none", "there is no line %d", id)
		}
		if row, err = r.row(ctx, line); err != nil {
			return err
		}
		people = nil
		for _, id := range line.Shown.People() {
			p, _, err := r.patient(ctx, id)
			if err != nil {
				return err
			}
			if p.ID != 0 {
				people = append(people, p)
			}
		}
		return nil
	})
	if err != nil {
		return AuditRow{}, nil, err
	}
	err = d.write(ctx, actor, func(w work) error {
		return w.auditRead(ctx, "audit.read", row.Patient.ID, shownIn(people))
	})
	return row, people, err
}

// ExportAudit hands every line of the query to each, newest first, up to
// 100,000; more says that there are others. Faults are those of AuditLog.
func (d *Desk) ExportAudit(ctx context.Context, actor clinic.Actor, q AuditQuery, each func(AuditRow) error) (more bool, err error) {
	if err := actor.May(clinic.ReadAudit); err != nil {
		return false, err
	}
	shown := store.Everybody
	if q.Patient != 0 {
		shown = nil
	}
	err = d.write(ctx, actor, func(w work) error {
		if _, err := w.auditReader(ctx, q); err != nil {
			return err
		}
		return w.auditRead(ctx, "audit.export", q.Patient, shown)
	})
	if err != nil {
		return false, err
	}
	err = d.read(ctx, actor, func(w work) error {
		q.Limit = 200
		r, err := w.auditReader(ctx, q)
		if err != nil {
			return err
		}
		more, err = r.export(ctx, each)
		return err
	})
	return more, err
}

func (r *auditReader) export(ctx context.Context, each func(AuditRow) error) (more bool, err error) {
	for written := 0; ; {
		page, err := r.page(ctx)
		if err != nil {
			return false, err
		}
		for _, row := range page.Rows {
			if err := each(row); err != nil {
				return false, err
			}
		}
		written += len(page.Rows)
		if page.Older == "" || written >= auditExport {
			return page.Older != "", nil
		}
		if r.span.Older, _, err = readCursor(page.Older); err != nil {
			return false, err
		}
	}
}
