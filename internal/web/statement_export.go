package web

import (
	"io"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/sheet"
	"daftar/internal/web/view"
)

// exportPath is the account of a patient as a file.
func exportPath(patient clinic.PatientID) string {
	return statementPath(patient, "transactions.csv")
}

// exportURL is the rows on show as a file; "" for tabs that have none.
func (s *server) exportURL(v visit, patient clinic.PatientID, t tab, k look) string {
	if t.key != "transactions" || !v.actor.Can(clinic.ReadMoney) {
		return ""
	}
	k.path, k.cursor, k.order, k.rows = exportPath(patient), "", "", ""
	return k.address()
}

// exportColumns are the columns of the file; their names are export.KEY.
var exportColumns = []string{"day", "iso", "clock", "kind", "number", "text", "method", "debit", "credit", "balance", "user", "branch", "status"}

// GET /patients/{patient}/statement/transactions.csv is every row of the
// filter, oldest first as books are, in Latin digits for spreadsheets.
func (s *server) exportTransactions(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	k := readLook(v, exportPath(patient))
	t, err := s.Desk.ExportTransactions(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return err
	}
	header := v.w.Header()
	header.Set("Content-Type", "text/csv; charset=utf-8")
	header.Set("Content-Disposition", `attachment; filename="statement-`+t.Patient.FileNumber.String()+"-"+string(t.Today)+`.csv"`)
	if err := writeTransactions(v, t); err != nil {
		s.Log.WarnContext(v.r.Context(), "an export was not written whole", "route", v.r.Pattern, "err", err)
	}
	return nil
}

func writeTransactions(v visit, t desk.Transactions) error {
	if _, err := io.WriteString(v.w, "\ufeff"); err != nil { // spreadsheets take it for Persian then
		return err
	}
	names := make([]string, len(exportColumns))
	for i, c := range exportColumns {
		names[i] = v.l.T("export."+c, "unit", v.l.T("unit."+v.clinic.Currency.Code))
	}
	table, err := sheet.NewWriter(v.w, names...)
	for i := len(t.Rows) - 1; i >= 0 && err == nil; i-- {
		err = table.Row(exportCells(v, t.Rows[i])...)
	}
	if err != nil {
		return err
	}
	return table.Close()
}

func exportCells(v visit, r desk.SummaryRow) []string {
	number := func(a money.Amount) string {
		if a == 0 {
			return ""
		}
		return strconv.FormatInt(int64(a), 10)
	}
	status := ""
	if r.Reversed {
		status = v.l.T(view.ReversedName(r.Kind))
	}
	return []string{r.Day.Date().String(), string(r.Day), r.At.In(v.clinic.Zone).Format("15:04"), v.l.T(view.EventName(r.Kind)),
		r.Number.String(), sheet.Text(r.Titles), strings.Join(methodNames(v, r.Methods), " + "), number(max(r.Amount, 0)), number(max(-r.Amount, 0)),
		strconv.FormatInt(int64(r.Running), 10), sheet.Text(r.Staff), sheet.Text(r.Branch), status}
}
