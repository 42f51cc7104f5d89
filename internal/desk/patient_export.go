package desk

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/sheet"
	"daftar/internal/store"
)

// PatientExport is which people go into a file: those of a list or a search, or
// of them only the chosen.
type PatientExport struct {
	PatientFilter
	Text   string
	Sort   string
	Chosen []clinic.PatientID // nil: all
	Header func(column string) string
}

// ExportColumns are the columns of the file in their order; balance is only in
// that of an actor who may read money.
var ExportColumns = []string{"file_number", "first_name", "last_name", "father_name", "national_code", "mobile", "birth_date", "gender",
	"insurance", "last_admission", "balance", "source", "tags", "branch"}

// exportPage is how many people are read at once.
const exportPage = 200

// byteOrderMark tells spreadsheets that the file is UTF-8.
const byteOrderMark = "\ufeff"

// ExportPatients writes the people that the actor may see as CSV, from one
// snapshot, page by page. The audit has a line before the first byte is
// written. Forbidden permission; faults are
// those of Patients.
func (d *Desk) ExportPatients(ctx context.Context, actor clinic.Actor, to io.Writer, e PatientExport) error {
	if err := actor.May(clinic.ExportPatients); err != nil {
		return err
	}
	if err := e.allowed(actor); err != nil {
		return err
	}
	return d.read(ctx, actor, func(w work) error {
		find, err := w.patientQuery(PatientQuery{PatientFilter: e.PatientFilter, Text: e.Text, Sort: e.Sort, Limit: exportPage})
		if err != nil {
			return err
		}
		if strings.TrimSpace(e.Text) != "" && len(find.Words) == 0 && find.Exact == "" {
			e.Chosen = []clinic.PatientID{} // nothing to search by is nobody
		}
		if e.Chosen == nil && (len(find.Words) > 0 || find.Exact != "") {
			_, more, err := w.FindFiles(ctx, find)
			if err == nil && more {
				err = fault.New(fault.Refused, "export.search", "the search finds more than %d people", exportPage).With("limit", strconv.Itoa(exportPage))
			}
			if err != nil {
				return err
			}
		}
		find.Only = e.Chosen
		shown := store.Everybody
		if e.Chosen != nil {
			shown = store.ShownTo(e.Chosen)
		}
		err = d.write(ctx, actor, func(w work) error { return w.auditRead(ctx, "patient.export", 0, shown) })
		if err != nil {
			return err
		}
		return w.exportPatients(ctx, to, find, e)
	})
}

func (w work) exportPatients(ctx context.Context, to io.Writer, find store.PatientQuery, e PatientExport) error {
	columns := slices.Clone(ExportColumns)
	if !w.actor.Can(clinic.ReadMoney) {
		columns = slices.DeleteFunc(columns, func(c string) bool { return c == "balance" })
	}
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = e.Header(c)
	}
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return err
	}
	file, err := sheet.NewWriter(to, header...)
	if err != nil {
		return err
	}
	branches, err := w.branchNames(ctx)
	if err != nil {
		return err
	}
	for more := true; more; {
		var found []store.Found
		if found, more, err = w.FindFiles(ctx, find); err != nil {
			return err
		}
		if len(found) > 0 {
			find.From = found[len(found)-1].ID
		}
		// A search has one page; its cursor means nothing.
		more = more && len(find.Words) == 0 && find.Exact == ""
		items, err := w.patientItems(ctx, found)
		if err != nil {
			return err
		}
		for _, i := range items {
			if err := file.Row(exportRow(columns, i, w.clinic.Currency, branches[i.Patient.Branch])...); err != nil {
				return err
			}
		}
	}
	return file.Close()
}

// branchNames are the names of the branches.
func (w work) branchNames(ctx context.Context) (map[clinic.BranchID]string, error) {
	all, err := w.Branches(ctx)
	names := map[clinic.BranchID]string{}
	for _, b := range all {
		names[b.ID] = b.Name
	}
	return names, err
}

// exportRow writes an item in machine form; what people typed cannot become a
// formula.
func exportRow(columns []string, i PatientItem, c money.Currency, branch string) []string {
	p := i.Patient
	birth := string(p.BirthDate)
	if birth == "" && p.BirthYear != 0 {
		birth = strconv.Itoa(p.BirthYear)
	}
	cells := map[string]string{"file_number": p.FileNumber.String(), "first_name": p.FirstName, "last_name": p.LastName,
		"father_name": p.FatherName, "national_code": p.NationalCode, "mobile": p.Mobile, "birth_date": birth, "gender": p.Gender,
		"insurance": i.Insurance, "last_admission": string(i.LastAdmission), "source": p.AcquisitionSource,
		"tags": strings.Join(p.Tags, " | "), "branch": branch}
	row := make([]string, len(columns))
	for n, column := range columns {
		if row[n] = sheet.Text(cells[column]); column == "balance" {
			row[n] = c.Plain(i.Balance)
		}
	}
	return row
}
