package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// CashRow is a line of money with its document.
type CashRow struct {
	store.CashRow
	Person clinic.Patient // of another branch, nobody
	Class  clinic.CashClass
}

// CashRows is a page of the lines of money behind a report, the oldest first.
type CashRows struct {
	Rows         []CashRow
	Newer, Older string
}

func (p CashRows) shown() (people []clinic.PatientID) {
	for _, r := range p.Rows {
		if r.Person.ID != 0 {
			people = append(people, r.Person.ID)
		}
	}
	return people
}

// cashRowsShown is how many lines of money a page has.
const cashRowsShown = 100

// CashRows returns the lines of money of the days in a group of the report, of
// all groups for "". Forbidden permission; Invalid report.by, date.syntax,
// view.range, page.cursor.
func (d *Desk) CashRows(ctx context.Context, actor clinic.Actor, q ReportQuery, key, cursor string) (CashRows, error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return CashRows{}, err
	}
	return readPatient(ctx, d, actor, "report.cash", func(w work) (p CashRows, none clinic.PatientID, err error) {
		days, err := w.days(q)
		if err != nil {
			return p, 0, err
		}
		if !slices.Contains(CashGroups, q.By) || q.By == "section" && key != "" {
			return p, 0, fault.New(fault.Invalid, "report.by", "lines of money are not by %q", q.By).At("by")
		}
		if q.By == "section" {
			q.By = "method"
		}
		from, err := offset(cursor)
		if err != nil {
			return p, 0, err
		}
		rows, err := w.Tx.CashRows(ctx, days, q.By, key, from, cashRowsShown+1)
		if err != nil {
			return p, 0, err
		}
		p.Newer, p.Older = pagesAround(from, from+cashRowsShown, from+len(rows), cashRowsShown)
		p.Rows, err = w.dressCash(ctx, rows[:min(len(rows), cashRowsShown)])
		return p, 0, err
	})
}

// dressCash names whom lines of money concern.
func (w work) dressCash(ctx context.Context, rows []store.CashRow) (dressed []CashRow, err error) {
	var files []clinic.PatientID
	for _, r := range rows {
		if r.Patient != 0 {
			files = append(files, r.Patient)
		}
	}
	persons, err := w.PersonsOf(ctx, files)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		row := CashRow{CashRow: r, Class: clinic.CashClassOf(r.Kind, r.Of)}
		if p := persons[r.Patient]; p.ID != 0 && w.visible(p) == nil {
			row.Person = w.masked(p)
		}
		dressed = append(dressed, row)
	}
	return dressed, nil
}
