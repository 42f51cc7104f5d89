package web

import (
	"io"

	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/sheet"
	"daftar/internal/web/view"
)

// auditColumns are the columns of the export; their names are audit.column.KEY.
var auditColumns = []string{"at", "day", "clock", "user", "action", "file", "patient", "shown", "detail", "origin", "code"}

// GET /settings/audit/export writes the lines that the page shows, all of them,
// as a table for a spreadsheet.
func (s *server) auditExport(v visit) error {
	k := readAuditLook(v)
	k.query.Cursor = ""
	var table *sheet.Writer
	begin := func() (err error) {
		h := v.w.Header()
		h.Set("Content-Type", "text/csv; charset=utf-8")
		h.Set("Content-Disposition", `attachment; filename="audit-`+string(v.l.Today)+`.csv"`)
		if _, err = io.WriteString(v.w, "\ufeff"); err != nil { // spreadsheets take it for Persian then
			return err
		}
		names := make([]string, len(auditColumns))
		for i, c := range auditColumns {
			names[i] = v.l.T("audit.column." + c)
		}
		table, err = sheet.NewWriter(v.w, names...)
		return err
	}
	more, err := s.Desk.ExportAudit(v.r.Context(), v.actor, k.query, func(r desk.AuditRow) error {
		if table == nil {
			if err := begin(); err != nil {
				return err
			}
		}
		return table.Row(auditCells(v, r)...)
	})
	if table == nil && err == nil {
		err = begin()
	}
	if table == nil {
		return err // nothing was written yet
	}
	if err == nil && more {
		err = table.Row(v.l.T("audit.export.more"))
	}
	if err == nil {
		err = table.Close()
	}
	if err != nil {
		s.Log.WarnContext(v.r.Context(), "an export was not written whole", "route", v.r.Pattern, "err", err)
	}
	return nil
}

func auditCells(v visit, r desk.AuditRow) []string {
	row := auditRow(v, r)
	file, name := "", ""
	if row.Person != nil {
		file, name = row.Person.File, sheet.Text(row.Person.Name)
	}
	shown := ""
	if r.Shown > 0 || r.Everybody {
		shown = row.List
	}
	at := r.At.In(v.l.Zone)
	return []string{at.Format("2006-01-02T15:04:05Z07:00"), jalali.DayOf(r.At, v.l.Zone).Date().String(), at.Format("15:04:05"), sheet.Text(row.Staff),
		view.AuditAction(v.l, r.Action), file, name, shown, sheet.Text(r.Detail + r.About), sheet.Text(r.Origin), r.Action}
}
