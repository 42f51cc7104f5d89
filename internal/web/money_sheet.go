package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// moneySheet is the form of one command of money. Its texts are
// sheet.NAME.title, .submit and .done; the last says what was done with
// {number}. One that is about no patient is a page of its own.
type moneySheet struct {
	name    string
	patient clinic.PatientID // over whose window it lies; 0: a page of its own
	tab     string           // the tab under it when the address names none
	about   string           // which document it is about
	back    string           // where a page of its own leads back to
	danger  bool
	free    bool // it moves no money: what the account shows does not matter
	// none says why there is nothing to do, with ways is what can be done instead;
	// "" when there is.
	none   string
	ways   []view.RowAction
	values map[string]string // of a fresh form
	// arrive completes a fresh form from what its address says; nil for nothing.
	arrive func(t *typed)
	picked map[string][]string // of its fields of several values
	// fields are the form's as it was typed.
	fields func(t *typed) []view.SettingField
	// extra is what the form has beside its fields, with the names of the fields
	// in it; nil for nothing.
	extra  func(t *typed) templ.Component
	extras []string
	files  bool // the form may hold files
	// do reads what was typed and carries it out. Where something cannot be
	// read it notes the problem and may return a zero answer: it is not asked
	// for then.
	do func(t *typed, r desk.Request, seen *int64) (sheetDone, error)
}

// sheetDone is what a sheet did or would do.
type sheetDone struct {
	desk.Effect
	number   string   // of the document, for the toast
	notes    []string // what else it does
	warnings []string
	quiet    bool              // no figure moves: none is shown
	title    string            // of the toast; "" is the sheet's
	above    view.Body         // what is said above the tab once; nil for nothing
	times    []view.FreeTime   // that are free in place of the one that is not
	drawer   bool              // say what is in the drawer although nothing moved
	next     string            // where a page of its own goes on to; "" is back
	tables   []view.TableGroup // whom it concerns, also where it is refused
	seen     string            // names what the tables hold
}

// sheetRoutes are the three routes of a sheet: the form at path, what it would
// do at path/preview, and the command itself. build loads what the path names.
func (s *server) sheetRoutes(path string, right clinic.Permission, object string, build func(v visit) (moneySheet, error)) []route {
	open := page(path, right, object, func(v visit) error { return s.openSheet(v, build) })
	do := paying(form(path, right, object, func(v visit) error { return s.submitSheet(v, build) }))
	preview := form(path+"/preview", right, object, func(v visit) error { return s.previewSheet(v, build) })
	if object == "" {
		return []route{open, do, preview}
	}
	return []route{people(open), people(do), people(preview)}
}

// openSheet shows a fresh form.
func (s *server) openSheet(v visit, build func(v visit) (moneySheet, error)) error {
	m, err := build(v)
	if err != nil {
		return err
	}
	t := &typed{v: v, values: m.values, picked: m.picked}
	if t.values == nil {
		t.values = map[string]string{}
	}
	t.retype(m)
	if m.arrive != nil {
		m.arrive(t)
	}
	t.values["tab"], t.values["request"] = v.r.URL.Query().Get("tab"), s.RequestKey()
	return s.showSheet(v, m, t, http.StatusOK, "", true)
}

// previewSheet answers what the form would do.
func (s *server) previewSheet(v visit, build func(v visit) (moneySheet, error)) error {
	m, err := build(v)
	if err != nil {
		return err
	}
	v.l.InToman = formUnit(v) == money.IRT // the sheet above it still shows its own unit
	return s.show(v, view.EffectShown(s.sheetEffect(v, m, readTyped(v))))
}

// submitSheet carries the form out. A refusal shows the same sheet with
// everything that was typed.
func (s *server) submitSheet(v visit, build func(v visit) (moneySheet, error)) error {
	m, err := build(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	seen, key, err := t.sent(m.patient != 0 && !m.free)
	if err != nil {
		return err
	}
	var done sheetDone
	if m.fields(t); len(t.problems) == 0 { // unread fields note themselves
		done, err = m.do(t, desk.Request{Key: key}, seen)
	}
	if err == nil && len(t.problems) == 0 {
		return s.sheetIsDone(v, m, t, done)
	}
	code := http.StatusUnprocessableEntity
	stale := ""
	if err != nil {
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Invalid && e.Kind != fault.Conflict && e.Kind != fault.Refused && (e.Kind != fault.NotFound || e.Field == "") {
			return err
		}
		if e.Kind == fault.Conflict {
			code = http.StatusConflict
		}
		if e.Code == "account.stale" && m.patient != 0 {
			now, err := s.Desk.Balance(v.r.Context(), v.actor, m.patient, desk.View{})
			if err != nil {
				return err
			}
			t.values["seen_version"] = id(now.Version)
			stale = v.l.T("cashier.stale") + " " + v.l.T("cashier.stale.now", "now", positionIn(v, now.Balance))
		} else {
			t.problem(m.field(t, e.Field), sentence(v, e))
			t.wayOut(m, e)
		}
	}
	return s.showSheet(v, m, t, code, stale, false)
}

// field is the field of the form that a fault belongs to, "" when the form has
// no such field.
func (m moneySheet) field(t *typed, name string) string {
	if slices.Contains(m.extras, name) {
		return name
	}
	for _, f := range single(m.fields(t)) {
		if f.Name == name {
			return name
		}
	}
	return ""
}

// single are the fields with those of groups.
func single(fields []view.SettingField) (all []view.SettingField) {
	for _, f := range fields {
		if f.Kind == view.GroupField {
			all = append(all, single(f.Group)...)
		} else {
			all = append(all, f)
		}
	}
	return all
}

// sent is the version that was seen, nil on a page of its own, and the form's
// name. Invalid request.key without one of them.
func (t *typed) sent(window bool) (seen *int64, key string, err error) {
	key = t.text("request")
	if window {
		n, err := strconv.ParseInt(t.text("seen_version"), 10, 64)
		if err != nil {
			return nil, "", fault.New(fault.Invalid, "request.key", "the form has no name")
		}
		seen = &n
	}
	if key == "" {
		return nil, "", fault.New(fault.Invalid, "request.key", "the form has no name")
	}
	return seen, key, nil
}

// sheetEffect asks the desk what the form would do, without doing it.
func (s *server) sheetEffect(v visit, m moneySheet, t *typed) view.EffectView {
	e := view.EffectView{L: v.l}
	probe := &typed{v: v, values: t.values, picked: t.picked}
	m.fields(probe)
	var done sheetDone
	var err error
	if len(probe.problems) == 0 {
		done, err = m.do(probe, desk.Request{DryRun: true}, nil)
	}
	if len(probe.problems) > 0 {
		e.Problem = probe.problems[0].Text
		return e
	}
	e = effectView(v, done, m.patient != 0, err)
	e.Tables, e.Seen = done.tables, done.seen
	return e
}

// effectView shows what a command would do, or why it would be refused; of a
// person also to the balance and the deposits.
func effectView(v visit, done sheetDone, person bool, err error) view.EffectView {
	e := view.EffectView{L: v.l}
	if err != nil {
		e.Problem, e.Times = v.l.T("cashier.unknown"), done.times
		if found, ok := fault.As(err); ok {
			e.Problem = sentence(v, found)
		}
		return e
	}
	e.Shown, e.Notes, e.Warnings = true, done.notes, done.warnings
	if done.quiet {
		return e
	}
	if person && !v.l.NoMoney {
		e.Changes = append(e.Changes, view.Change{Key: "balance", Before: done.Before.Balance, After: done.After.Balance, Balance: true})
	} else {
		done.Before.Deposits, done.After.Deposits = 0, 0
	}
	e.Changes = append(e.Changes, watchedChanges(done.Effect, done.drawer)...)
	return e
}

// watchedChanges are what a command does to deposits and drawer, as far as
// there is something of them to see; drawer shows the cash in any case.
func watchedChanges(e desk.Effect, drawer bool) (all []view.Change) {
	if e.Before.Deposits != 0 || e.After.Deposits != 0 {
		all = append(all, view.Change{Key: "deposits", Before: e.Before.Deposits, After: e.After.Deposits})
	}
	if d := e.Drawer; d != nil && (drawer || d.Before != d.After) {
		all = append(all, view.Change{Key: "drawer", Before: d.Before, After: d.After})
	}
	return all
}

// showSheet shows the form over the window, or as a page. A fresh form that is
// not complete yet is not told what it lacks.
func (s *server) showSheet(v visit, m moneySheet, t *typed, code int, stale string, fresh bool) error {
	sheet := view.MoneySheet{L: v.l, Name: m.name, About: m.about, Danger: m.danger, Back: m.back, Request: t.text("request"), Stale: stale,
		Action: v.r.URL.Path, Preview: v.r.URL.Path + "/preview", Files: m.files}
	sheet.Then = localThen(t.text("then"))
	if fresh && m.none != "" {
		sheet.None, sheet.Ways, m.fields = m.none, m.ways, func(*typed) []view.SettingField { return nil }
	}
	if sheet.None == "" {
		sheet.After = s.sheetEffect(v, m, t)
	}
	if fresh || len(t.problems) > 0 {
		sheet.After.Problem, sheet.After.Times = "", nil // it is said above, and at its field
	}
	sheet.Fields, sheet.Problems = m.fields(&typed{v: v, values: t.values, picked: t.picked}), t.problems
	focusFirst(sheet.Fields, sheet.Problems)
	if m.extra != nil {
		sheet.Extra = m.extra(t)
	}
	if m.patient == 0 {
		s.write(v, code, view.MoneySheetPage(s.chrome(v, v.l.T("sheet."+m.name+".title")), sheet))
		return nil
	}
	key := t.text("tab")
	if _, ok := s.tab(key); !ok {
		key = m.tab
	}
	under := s.tabUnder(key)
	w, h, err := s.window(v, m.patient, under, look{path: statementPath(m.patient, under.key)})
	if err != nil {
		return err
	}
	sheet.Tab, sheet.Back, sheet.Seen = under.key, statementPath(m.patient, under.key), t.text("seen_version")
	if sheet.Then != "" {
		sheet.Back = withoutDone(sheet.Then)
	}
	if fresh {
		sheet.Seen, sheet.InPast = id(h.Position.Version), readLook(v, "").inPast()
	}
	w.Sheet = view.MoneySheetView(sheet)
	s.showStatement(v, code, w)
	return nil
}

// focusFirst gives the focus to the first field, unless one has it or has to be
// mended.
func focusFirst(fields []view.SettingField, problems []view.FieldProblem) {
	if len(fields) == 0 || len(problems) > 0 {
		return
	}
	first := -1
	for i, f := range fields {
		if f.Focus {
			return
		}
		if first < 0 && f.Kind != view.HiddenField && f.Kind != view.PartField && f.Kind != view.GroupField && f.Kind != view.FixedField {
			first = i
		}
	}
	if first >= 0 {
		fields[first].Focus = true
	}
}

// sheetIsDone shows the window after the command, or the page it goes on to.
func (s *server) sheetIsDone(v visit, m moneySheet, t *typed, done sheetDone) error {
	if m.patient == 0 {
		if then := localThen(t.text("then")); then != "" {
			done.next = then
		}
		if done.next == "" {
			done.next = m.back
		}
		return redirect(v, done.next)
	}
	key := t.text("tab")
	if _, ok := s.tab(key); !ok {
		key = m.tab
	}
	path := statementPath(m.patient, s.tabUnder(key).key)
	if then := localThen(t.text("then")); then != "" {
		if byScript(v.r) {
			v.w.Header().Set("HX-Redirect", then)
			v.w.WriteHeader(http.StatusNoContent)
			return nil
		}
		path = then
	}
	if !byScript(v.r) {
		return redirect(v, path)
	}
	w, h, err := s.window(v, m.patient, s.tabUnder(key), look{path: path})
	if err != nil {
		return err
	}
	w.Toast = &view.Toast{Tone: "ok", Title: done.title}
	if done.title == "" {
		w.Toast.Title = v.l.T("sheet."+m.name+".done", "number", v.l.Document(done.number))
	}
	if done.above != nil {
		w.Body = templ.Join(done.above, w.Body)
	}
	if !v.l.NoMoney && !done.quiet {
		w.Toast.Text = v.l.T("admissions.done.balance", "balance", v.l.Position(h.Position.Balance))
	}
	s.offerUndo(v, w.Toast, done.Unit, m.patient, key)
	v.w.Header().Set("HX-Trigger", "account-changed")
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// sheetField is a field of a sheet; its label is field.NAME.
func sheetField(t *typed, name, kind string) view.SettingField {
	f := view.SettingField{Input: view.Input{Name: name, Label: t.v.l.T("field."+name, "unit", t.v.l.Unit()), Value: t.text(name), Wide: true}, Kind: kind}
	if kind == view.AmountField {
		f.Amount = t.amount(name)
		f.Value = t.text(name)
	}
	return f
}

// choiceField is a field with a few known values.
func choiceField(t *typed, name string, choices ...view.Choice) view.SettingField {
	f := sheetField(t, name, view.ChoiceField)
	f.Choices = choices
	return f
}

// reasonField is the field for a reason that is kept.
func reasonField(t *typed) view.SettingField {
	f := sheetField(t, "reason", "")
	f.Required = true
	return f
}

// methodField is how the money comes or goes.
func methodField(t *typed, methods ...clinic.Method) view.SettingField {
	var choices []view.Choice
	for _, m := range methods {
		choices = append(choices, view.Choice{Value: string(m), Text: t.v.l.T("method." + string(m))})
	}
	return choiceField(t, "method", choices...)
}
