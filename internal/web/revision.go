package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// revisionRoutes: changes of admissions that are in the books.
func (s *server) revisionRoutes() (all []route) {
	for _, sheet := range []struct {
		path  string
		right clinic.Permission
		build func(v visit) (moneySheet, error)
	}{
		{"/reopen", clinic.ReopenAdmissions, s.reopenSheet},
		{"/edit", clinic.WriteAdmissions, s.editSheet},
		{"/coverage", clinic.WriteAdmissions, s.coverageSheet},
		{"/lines/{line}/cancel", clinic.CancelAdmissions, s.lineCancelSheet},
		{"/lines/{line}/abandon", clinic.CancelAdmissions, s.abandonSheet},
		{"/lines/{line}/session", clinic.PerformServices, s.sessionSheet},
	} {
		all = append(all, s.sheetRoutes("/admissions/{admission}"+sheet.path, sheet.right, "admission", sheet.build)...)
	}
	return append(all, people(page("/admissions/{admission}/versions", clinic.ReadMoney, "admission", s.versions)))
}

// admissionSheet is what the sheets about an admission begin with.
func (s *server) admissionSheet(v visit, name string) (clinic.Admission, moneySheet, error) {
	id, err := admissionOf(v)
	if err != nil {
		return clinic.Admission{}, moneySheet{}, err
	}
	a, err := s.Desk.AdmissionOf(v.r.Context(), v.actor, id)
	return a, moneySheet{name: name, patient: a.Patient, tab: admissionPage, about: v.l.Document(a.Number.String())}, err
}

// lineSheet is admissionSheet of one line.
func (s *server) lineSheet(v visit, name string) (clinic.Admission, clinic.AdmissionLine, moneySheet, error) {
	a, m, err := s.admissionSheet(v, name)
	if err != nil {
		return a, clinic.AdmissionLine{}, m, err
	}
	n, err := strconv.Atoi(v.r.PathValue("line"))
	if err != nil || n < 1 || n > len(a.Lines) {
		return a, clinic.AdmissionLine{}, m, fault.New(fault.NotFound, "line.none", "there is no such line")
	}
	m.about = a.Lines[n-1].Title + " · " + m.about
	return a, a.Lines[n-1], m, nil
}

// reasoned are the fields of a sheet that only asks why.
func reasoned(t *typed) []view.SettingField { return []view.SettingField{reasonField(t)} }

// revised is what a sheet about an admission did.
func revised(done desk.Admitted, err error) (sheetDone, error) {
	return sheetDone{Effect: done.Effect, number: done.Admission.Number.String()}, err
}

func (s *server) reopenSheet(v visit) (moneySheet, error) {
	a, m, err := s.admissionSheet(v, "reopen")
	m.fields = reasoned
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.ReopenAdmission{Admission: a.ID, Reason: t.text("reason"), Seen: seen, Request: r}
		done, err := revised(s.Desk.ReopenAdmission(v.r.Context(), v.actor, cmd))
		done.notes = []string{v.l.T("sheet.reopen.note")}
		return done, err
	}
	return m, err
}

func (s *server) lineCancelSheet(v visit) (moneySheet, error) {
	a, l, m, err := s.lineSheet(v, "line_cancel")
	m.danger, m.fields = true, reasoned
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.CancelLine{Admission: a.ID, Line: l.Line, Reason: t.text("reason"), Seen: seen, Request: r}
		return revised(s.Desk.CancelLine(v.r.Context(), v.actor, cmd))
	}
	return m, err
}

func (s *server) abandonSheet(v visit) (moneySheet, error) {
	a, l, m, err := s.lineSheet(v, "abandon")
	m.danger, m.fields = true, reasoned
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.AbandonPackage{Admission: a.ID, Line: l.Line, Reason: t.text("reason"), Seen: seen, Request: r}
		return revised(s.Desk.AbandonPackage(v.r.Context(), v.actor, cmd))
	}
	return m, err
}

func (s *server) coverageSheet(v visit) (moneySheet, error) {
	a, m, err := s.admissionSheet(v, "coverage")
	if err != nil {
		return m, err
	}
	offer, err := s.Desk.Offer(v.r.Context(), v.actor, a.Patient)
	m.values = map[string]string{"base_insurer": optional(a.BaseInsurer), "supplementary_insurer": optional(a.SupplementaryInsurer)}
	m.fields = func(t *typed) []view.SettingField { return insurerFields(t, offer) }
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.CoverAdmission{Admission: a.ID, Insurers: typedInsurers(t), Seen: seen, Request: r}
		return revised(s.Desk.CoverAdmission(v.r.Context(), v.actor, cmd))
	}
	return m, err
}

// insurerFields choose who bears a part.
func insurerFields(t *typed, offer desk.Offer) []view.SettingField {
	base, more := []view.Choice{{Text: t.v.l.T("admit.self_pay")}}, []view.Choice{{Text: t.v.l.T("admit.uncovered")}}
	for _, i := range offer.Insurers {
		c := view.Choice{Value: id(i.ID), Text: t.v.l.T("admit.insurer", "name", i.Name, "percent", t.v.l.Digits(clinic.PercentText(i.Share)))}
		if i.Kind == clinic.BaseInsurance {
			base = append(base, c)
		} else {
			more = append(more, c)
		}
	}
	return []view.SettingField{choiceField(t, "base_insurer", base...), choiceField(t, "supplementary_insurer", more...)}
}

func typedInsurers(t *typed) desk.Insurers {
	return desk.Insurers{Base: clinic.InsurerID(t.id("base_insurer")), Supplementary: clinic.InsurerID(t.id("supplementary_insurer"))}
}

// GET /admissions/{admission}/versions shows what an admission was.
func (s *server) versions(v visit) error {
	id, err := admissionOf(v)
	if err != nil {
		return err
	}
	found, err := s.Desk.AdmissionVersions(v.r.Context(), v.actor, id)
	if err != nil {
		return err
	}
	number := v.l.Document(found.Now.Number.String())
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("versions.title", "number", number)), Name: "versions", Title: v.l.T("versions.title", "number", number),
		Text: v.l.T("versions.text"), Columns: versionColumns(v), Rows: versionRows(found.Now), Totals: versionTotals(v, found.Now), Count: -1,
		Links: []view.TableLink{{Text: v.l.T("versions.back"), URL: statementPath(found.Now.Patient, admissionPage), Icon: "undo-2"}}, Print: true}
	for i := len(found.Earlier) - 1; i >= 0; i-- {
		e := found.Earlier[i]
		title := v.l.T("versions.until", "n", v.l.Number(i+1), "day", v.l.Day(v.clinic.Day(e.Until)), "clock", v.l.Clock(e.Until),
			"change", v.l.T("change."+string(e.Change)), "user", e.StaffName)
		if e.Reason != "" {
			title += " — " + e.Reason
		}
		p.Groups = append(p.Groups, view.TableGroup{Title: title, Columns: versionColumns(v), Rows: versionRows(e.Admission), Totals: versionTotals(v, e.Admission)})
	}
	return s.show(v, view.TablePageView(p))
}

func versionColumns(v visit) []view.TableColumn {
	columns := []view.TableColumn{{Text: v.l.T("line.service")}, {Text: v.l.T("line.quantity"), Amount: true}}
	for _, key := range []string{"line.price", "line.discount", "line.base", "line.supplementary", "line.patient"} {
		columns = append(columns, view.TableColumn{Text: v.l.T(key), Amount: true, Wide: key == "line.base" || key == "line.supplementary"})
	}
	return columns
}

func versionRows(a clinic.Admission) (rows []view.TableRow) {
	for i := range a.Lines {
		l := &a.Lines[i]
		rows = append(rows, view.TableRow{ID: "line-" + strconv.Itoa(l.Line), Off: l.Removed, Cells: []view.TableCell{{Text: l.Title},
			{Text: strconv.FormatInt(l.Quantity, 10)}, {Amount: &l.UnitPrice}, {Amount: &l.Discount}, {Amount: &l.BaseShare},
			{Amount: &l.SupplementaryShare}, {Amount: &l.PatientShare}}})
	}
	return rows
}

func versionTotals(v visit, a clinic.Admission) []view.TableCell {
	return []view.TableCell{{Text: v.l.T("status." + string(a.Status))}, {}, {Amount: &a.Gross}, {Amount: &a.Discount}, {Amount: &a.BaseShare},
		{Amount: &a.SupplementaryShare}, {Amount: &a.PatientShare}}
}
