package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

func (s *server) patientRoutes() []route {
	return []route{
		people(page("/patients", clinic.ReadPatients, "", s.patients)),
		people(page("/patients/export", clinic.ExportPatients, "", s.exportPatients)),
	}
}

// What the address of the list holds beside its cursor, and its columns: all
// of them in their order, and those on show unless others are chosen.
var (
	patientParams  = []string{"q", "filter", "unseen", "birthday", "source", "tag", "provider", "insurer", "branch", "sort", columnsParam}
	patientColumns = []string{"file", "name", "national", "mobile", "age", "insurance", "last", "source", "tags", "balance"}
	usualColumns   = []string{"file", "name", "national", "mobile", "age", "insurance", "last", "balance"}
)

// GET /patients
func (s *server) patients(v visit) error {
	a := readAddress(v.r, "/patients", patientParams...)
	if to, ok := a.columnsChosen(v.r, patientColumns, usualColumns); ok {
		return redirect(v, to)
	}
	q := patientQuery(a)
	page, err := s.Desk.Patients(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	p := view.Patients{Chrome: view.Chrome{L: v.l}, Query: q.Text, Count: page.Count, More: page.More, Short: page.Short,
		URL: a.url(), Newer: a.other(page.Newer), Older: a.other(page.Older), Clear: a.with("q", "")}
	if p.Bar, err = s.patientBar(v, a); err != nil {
		return err
	}
	p.Columns = slices.DeleteFunc(slices.Clone(p.Bar.Columns), func(c view.ListColumn) bool { return !c.On })
	p.Rows = patientRows(v, a, page.Items)
	if q.Text == "" && v.actor.Can(clinic.WriteCampaigns) {
		p.Campaign = address(campaignsPath+"/new", queryPairs(a.values)...)
	}
	if v.actor.Can(clinic.WritePatients) {
		p.New = address("/patients/new", "q", q.Text)
	}
	if page.Suggest != "" {
		p.Suggest, p.Meant = a.with("q", page.Suggest), page.Suggest
	}
	if v.actor.Can(clinic.ExportPatients) {
		p.Export = a.kept(columnsParam)
	}
	if q.Text != "" && !page.Short && len(page.Items) == 0 {
		if err := s.leadsInstead(v, &p); err != nil {
			return err
		}
	}
	if byScript(v.r) {
		return s.show(v, view.PatientsList(p)) // as it is typed
	}
	p.Chrome = s.chrome(v, v.l.T("patients.title"))
	p.Chrome.Query, p.Chrome.Finds = q.Text, true
	return s.show(v, view.PatientsPage(p))
}

// leadsInstead says what a search that finds no patient finds among leads, and
// lets one be recorded with what was looked for.
func (s *server) leadsInstead(v visit, p *view.Patients) error {
	if v.actor.Can(clinic.ReadLeads) {
		found, err := s.Desk.ListLeads(v.r.Context(), v.actor, desk.LeadQuery{Text: p.Query, Limit: 1})
		if err != nil && fault.Code(err) != "lead.filter" {
			return err
		}
		if p.LeadsOf = found.Count; p.LeadsOf > 0 {
			p.Leads = address(leadsPath, "view", leadList, "q", p.Query)
		}
	}
	if v.actor.Can(clinic.AddLeads) {
		field := "name"
		if _, err := farsi.Mobile(p.Query); err == nil {
			field = "mobile"
		}
		p.NewLead = address(newLeadPath, field, p.Query)
	}
	return nil
}

func patientQuery(a listAddress) desk.PatientQuery {
	return desk.PatientQuery{Text: a.get("q"), Sort: a.get("sort"), Cursor: a.cursor, PatientFilter: desk.PatientFilter{
		Filter: a.get("filter"), Unseen: int(min(a.number("unseen"), 1000)), Birthday: a.get("birthday"), Source: a.get("source"), Tag: a.get("tag"),
		Provider: clinic.ProviderID(a.number("provider")), Insurer: clinic.InsurerID(a.number("insurer")), Branch: clinic.BranchID(a.number("branch"))}}
}

// patientBar arranges what the list can be limited to.
func (s *server) patientBar(v visit, a listAddress) (view.ListBar, error) {
	b := view.ListBar{L: v.l, List: "patients", Action: a.path, Query: a.query()}
	options, err := s.Desk.ListOptions(v.r.Context(), v.actor)
	if err != nil {
		return b, err
	}
	if !v.l.NoMoney {
		b.Quick = append(b.Quick, a.quick(v, "patients.filter", "filter", "patients.filter.", "", "debtor", "creditor", "settled"))
	}
	months := []view.Choice{{Text: v.l.T("list.any")}}
	for _, n := range []int{1, 3, 6, 12, 24} {
		months = append(months, view.Choice{Value: strconv.Itoa(n), Text: v.l.T("list.months", "n", n)})
	}
	sources := []view.Choice{{Text: v.l.T("list.any")}}
	for _, source := range options.Sources {
		sources = append(sources, view.Choice{Value: source.Code, Text: sourceName(v, source.Code, source.Name)})
	}
	b.Fields = []view.ListField{
		{Name: "unseen", Label: v.l.T("list.unseen"), Value: a.get("unseen"), Choices: months},
		{Name: "birthday", Label: v.l.T("list.birthday"), Value: a.get("birthday"), Choices: []view.Choice{{Text: v.l.T("list.any")}, {Value: "week", Text: v.l.T("list.birthday.week")}}},
		{Name: "source", Label: v.l.T("patients.source"), Value: a.get("source"), Choices: sources},
		{Name: "tag", Label: v.l.T("list.tag"), Value: a.get("tag")},
		{Name: "provider", Label: v.l.T("list.provider"), Value: a.get("provider"), Choices: named(v, options.Providers)},
		{Name: "insurer", Label: v.l.T("patients.insurance"), Value: a.get("insurer"), Choices: named(v, options.Insurers)},
	}
	if v.actor.Can(clinic.AllBranches) && len(options.Branches) > 1 {
		b.Fields = append(b.Fields, view.ListField{Name: "branch", Label: v.l.T("list.branch"), Value: a.get("branch"), Choices: named(v, options.Branches)})
	}
	finishBar(v, a, &b)
	b.Columns, b.Kept2 = patientColumnsOf(v, a), a.kept(columnsParam)
	b.Views, err = s.savedViews(v, a, "patients")
	return b, err
}

// finishBar fills in what follows from the fields: what is on, and what the
// form keeps.
func finishBar(v visit, a listAddress, b *view.ListBar) {
	var asked []string
	for _, f := range b.Fields {
		asked = append(asked, f.Name)
		if f.Value == "" {
			continue
		}
		text := f.Value
		for _, c := range f.Choices {
			if c.Value == f.Value {
				text = c.Text
			}
		}
		b.Active = append(b.Active, view.Chip{Text: v.l.T("list.is", "field", f.Label, "value", v.l.Digits(text)), URL: a.with(f.Name, ""), On: true})
	}
	b.Kept = a.kept(asked...)
	if len(b.Active) > 0 {
		var none []string
		for _, name := range asked {
			none = append(none, name, "")
		}
		b.Clear = a.with(none...)
	}
}

// named are choices of ids by name, the first of which is any.
func named(v visit, all []desk.Named) []view.Choice {
	choices := []view.Choice{{Text: v.l.T("list.any")}}
	for _, n := range all {
		choices = append(choices, view.Choice{Value: strconv.FormatInt(n.ID, 10), Text: n.Name})
	}
	return choices
}

// sourceName is how somebody found the clinic, in words.
func sourceName(v visit, code, name string) string {
	if name == "" && (clinic.ListItem{List: clinic.AcquisitionSources, Code: code}).Shipped() {
		return v.l.Item(string(clinic.AcquisitionSources), code, "")
	}
	if name == "" {
		return code
	}
	return name
}

// sorts are the orders of the columns that have one, the usual direction first.
var sorts = map[string][]string{"name": {desk.ByName, desk.ByNameDown}, "file": {desk.ByFileNumber, desk.ByFileNumberUp}, "last": {desk.ByLast}}

// patientColumnsOf are the columns with the links that sort by them.
func patientColumnsOf(v visit, a listAddress) (columns []view.ListColumn) {
	on := a.columns(patientColumns, usualColumns)
	now := a.get("sort")
	if now == "" {
		now = desk.ByName
	}
	texts := map[string]string{"file": "patients.file", "name": "patients.name", "national": "patients.national", "mobile": "patients.mobile",
		"age": "patients.age", "insurance": "patients.insurance", "last": "patients.last", "source": "patients.source", "tags": "patients.tags"}
	for _, key := range patientColumns {
		c := view.ListColumn{Key: key, Text: v.l.T("patients.balance", "unit", v.l.Unit()), On: slices.Contains(on, key)}
		if key == "balance" && v.l.NoMoney {
			continue
		}
		if text, ok := texts[key]; ok {
			c.Text = v.l.T(text)
		}
		if orders := sorts[key]; orders != nil && a.get("q") == "" {
			sortLink(a, now, orders, &c)
		}
		columns = append(columns, c)
	}
	return columns
}

// sortLink leads to the order of a column, and from it to its reverse.
func sortLink(a listAddress, now string, orders []string, c *view.ListColumn) {
	next := orders[0]
	switch at := slices.Index(orders, now); {
	case at >= 0 && at+1 < len(orders):
		next = orders[at+1]
	case at >= 0 && len(orders) == 1:
		next = ""
	}
	if next == desk.ByName {
		next = ""
	}
	c.Sort = a.with("sort", next)
	switch now {
	case desk.ByName, desk.ByFileNumberUp:
		c.Sorted = "ascending"
	case desk.ByNameDown, desk.ByFileNumber, desk.ByLast:
		c.Sorted = "descending"
	}
	if !slices.Contains(orders, now) {
		c.Sorted = "none"
	}
}

// address is a path with those of the query's names and values that are given.
func address(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	if len(query) == 0 {
		return path
	}
	return path + "?" + query.Encode()
}

func orAll(name string) string {
	if name == "" {
		return "all"
	}
	return name
}

func patientRows(v visit, a listAddress, items []desk.PatientItem) []view.PatientRow {
	rows := make([]view.PatientRow, 0, len(items))
	for _, i := range items {
		p := i.Patient
		row := view.PatientRow{ID: id(p.ID), File: p.FileNumber.String(), Name: p.Name(), NationalCode: p.NationalCode,
			Mobile: p.Mobile, Age: p.Age(v.l.Today), Insurance: i.Insurance, LastAdmission: i.LastAdmission, Balance: i.Balance,
			Source: sourceName(v, p.AcquisitionSource, "")}
		if i.Alias != 0 {
			row.Alias = i.Alias.String()
		}
		for _, tag := range p.Tags {
			row.Tags = append(row.Tags, view.Chip{Text: tag, URL: a.with("tag", tag, "q", "")})
		}
		rows = append(rows, row)
	}
	return rows
}

// GET /patients/export
func (s *server) exportPatients(v visit) error {
	a := readAddress(v.r, "/patients", patientParams...)
	q := patientQuery(a)
	e := desk.PatientExport{PatientFilter: q.PatientFilter, Text: q.Text, Sort: q.Sort, Header: func(c string) string { return v.l.T("patients.export." + c) }}
	for _, text := range v.r.URL.Query()["id"] {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil && len(e.Chosen) < mostChosen {
			e.Chosen = append(e.Chosen, clinic.PatientID(n))
		}
	}
	out := &download{v: v, name: "patients-" + strings.ReplaceAll(string(v.l.Today), "/", "-") + ".csv"}
	err := s.Desk.ExportPatients(v.r.Context(), v.actor, out, e)
	if err != nil && out.begun {
		s.Log.WarnContext(v.r.Context(), "an export was not written whole", "route", v.r.Pattern, "err", err)
		return nil
	}
	return err
}

// mostChosen bounds how many rows are chosen by hand.
const mostChosen = 200

// download is an answer that becomes a file with its first byte; before it an
// error can still be shown.
type download struct {
	v     visit
	name  string
	begun bool
}

func (d *download) Write(b []byte) (int, error) {
	if !d.begun {
		d.begun = true
		d.v.w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		d.v.w.Header().Set("Content-Disposition", `attachment; filename="`+d.name+`"`)
	}
	return d.v.w.Write(b)
}
