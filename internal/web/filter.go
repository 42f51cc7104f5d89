package web

import (
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// look is which part of a statement is looked at, as typed and as read. What
// could not be read is a problem and is left out.
type look struct {
	path            string // of the tab
	kind, cursor    string
	from, to        string // as typed
	staff, branch   string // ids
	order, rows     string // "asc": the oldest first; rows of a page
	asOfIn, knownIn string
	asOf, known     jalali.Day
	view            desk.View
	problems        []view.FieldProblem
}

// readLook reads ?from=&to=&as_of=&known_at=&kind=&staff=&branch=&order=&rows=
// &cursor=. Days are as people type them or ISO; known_at may be an instant as
// well.
func readLook(v visit, path string) look {
	query := v.r.URL.Query()
	k := look{path: path, kind: query.Get("kind"), cursor: query.Get("cursor"), from: query.Get("from"), to: query.Get("to"),
		asOfIn: query.Get("as_of"), knownIn: query.Get("known_at"), staff: query.Get("staff"), branch: query.Get("branch")}
	if query.Get("order") == "asc" {
		k.order = "asc"
	}
	if n, err := strconv.Atoi(query.Get("rows")); err == nil && n > 0 && n <= mostRows {
		k.rows = strconv.Itoa(n)
		k.view.Limit = n
	}
	k.view.Kind, k.view.Cursor, k.view.Oldest = k.kind, k.cursor, k.order == "asc"
	k.view.Narrow.Staff, k.view.Narrow.Branch = clinic.StaffID(whole(k.staff)), clinic.BranchID(whole(k.branch))
	k.view.From = k.day(v, "filter-from", k.from)
	k.view.To = k.day(v, "filter-to", k.to)
	k.asOf = k.day(v, "travel-as_of", k.asOfIn)
	k.view.AsOf = k.asOf
	k.knowing(v)
	return k
}

// knowing reads known_at: an instant, or a day that is known to its end.
func (k *look) knowing(v visit) {
	if at, err := time.Parse(time.RFC3339, k.knownIn); err == nil {
		k.view.KnownAt, k.known = at, jalali.DayOf(at, v.l.Zone)
		return
	}
	if k.known = k.day(v, "travel-known_at", k.knownIn); k.known != "" {
		_, until := k.known.Bounds(v.l.Zone)
		k.view.KnownAt = until.Add(-time.Microsecond)
	}
}

// day reads a typed day; one that is none is a problem of its field.
func (k *look) day(v visit, field, typed string) jalali.Day {
	if typed == "" {
		return ""
	}
	day, err := v.day(typed)
	if e, ok := fault.As(err); ok {
		k.problems = append(k.problems, view.FieldProblem{Field: field, Text: message.Fault(v.l.Lang, e)})
		return ""
	}
	return day
}

// refused reports whether err is about a day of the look, which is then a
// problem of its field and left out, so that the rest can be shown.
func (k *look) refused(v visit, err error) bool {
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid {
		return false
	}
	field := ""
	switch {
	case e.Field == "as_of" && k.asOf != "":
		field, k.asOf, k.view.AsOf = "travel-as_of", "", ""
	case e.Field == "from" && k.view.From != "":
		field, k.view.From, k.view.To = "filter-from", "", ""
	default:
		return false
	}
	k.problems = append(k.problems, view.FieldProblem{Field: field, Text: message.Fault(v.l.Lang, e)})
	return true
}

// end is the day that the look counts to: the one asked for, else today.
func (k look) end(today jalali.Day) jalali.Day {
	if k.asOf != "" {
		return k.asOf
	}
	return today
}

// mostRows is the longest page that can be asked for.
const mostRows = 200

// url is the address of the look with another kind and cursor.
func (k look) url(kind, cursor string) string {
	k.kind, k.cursor = kind, cursor
	return k.address()
}

// address is where the look stands.
func (k look) address() string {
	return address(k.path, "from", k.from, "to", k.to, "as_of", k.asOfIn, "known_at", k.knownIn, "kind", k.kind,
		"staff", k.staff, "branch", k.branch, "order", k.order, "rows", k.rows, "cursor", k.cursor)
}

// page is the address of another page, "" for no cursor.
func (k look) page(cursor string) string {
	if cursor == "" {
		return ""
	}
	return k.url(k.kind, cursor)
}

// other is the address of another path that looks at the same moment.
func (k look) other(path string, pairs ...string) string {
	return address(path, append(pairs, "as_of", k.asOfIn, "known_at", k.knownIn)...)
}

// row is where a row stands in another tab: on the first page when that has
// all, else on the one that begins with its key.
func (k look) row(h desk.Header, tab string, count int, key desk.RowKey, anchor string) string {
	cursor := ""
	if count > desk.PageRows {
		cursor = desk.PageFrom(key)
	}
	return k.other(statementPath(h.Patient.ID, tab), "cursor", cursor) + "#" + anchor
}

// admission is where an admission of the patient stands in its tab. key is
// that of the admission or of something that came after it.
func (k look) admission(h desk.Header, admission int64, key desk.RowKey) string {
	return k.row(h, "admissions", h.Admissions, key, "admission-"+id(admission))
}

// filtered reports whether rows are left out.
func (k look) filtered() bool {
	return k.from != "" || k.to != "" || k.kind != "" || k.staff != "" || k.branch != ""
}

// partial reports whether rows are left out between the first and the last, so
// that the totals of the account are not theirs.
func (k look) partial() bool { return k.kind != "" || k.staff != "" || k.branch != "" }

// inPast reports whether the account is shown as it is not now.
func (k look) inPast() bool { return k.asOf != "" || k.known != "" }

// filter is the look as the filter bar shows it, with a chip for each kind.
func (k look) filter(v visit, t tab, h desk.Header) view.Filter {
	f := view.Filter{Action: k.path, Kind: k.kind, From: k.from, To: k.to, AsOfIn: k.asOfIn, KnownIn: k.knownIn,
		AsOf: k.asOf, Known: k.known, Problem: k.problems, Order: k.order, Rows: k.rows}
	now := k
	now.asOfIn, now.knownIn, now.cursor = "", "", ""
	f.Now = now.address()
	if k.filtered() {
		f.Clear = k.other(k.path, "order", k.order)
	}
	if len(t.kinds) > 0 {
		for _, kind := range append([]string{""}, t.kinds...) {
			if kind == "money" && v.l.NoMoney || kind == desk.RowActivity && !v.actor.Can(clinic.ReadActivities) {
				continue
			}
			f.Kinds = append(f.Kinds, view.Chip{Text: v.l.T("filter.kind." + orAll(kind)), URL: k.url(kind, ""), On: kind == k.kind})
		}
		f.Staff = choices(v, "filter.staff.all", h.Recorders, k.staff)
		f.Branches = choices(v, "filter.branch.all", h.RecordedAt, k.branch)
		f.StaffOn, f.BranchOn = k.staff, k.branch
		f.Turned = k.turned()
	}
	f.Says = k.says(v, f)
	return f
}

// turned is the look from the other end.
func (k look) turned() string {
	k.cursor = ""
	k.order = map[string]string{"": "asc"}[k.order]
	return k.address()
}

// choices are those of a select; where there is nothing to choose there are
// none, unless something was chosen.
func choices(v visit, all string, named []desk.Named, on string) []view.Choice {
	if len(named) < 2 && on == "" {
		return nil
	}
	list := []view.Choice{{Text: v.l.T(all)}}
	for _, n := range named {
		list = append(list, view.Choice{Value: id(n.ID), Text: n.Name})
	}
	return list
}

// says is the filter in words, for paper.
func (k look) says(v visit, f view.Filter) string {
	var parts []string
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, v.l.T(key)+": "+value)
		}
	}
	if k.kind != "" {
		add("filter.kind", v.l.T("filter.kind."+k.kind))
	}
	add("filter.from", v.l.DayInput(k.view.From))
	add("filter.to", v.l.DayInput(k.view.To))
	add("filter.staff", chosen(f.Staff, k.staff))
	add("filter.branch", chosen(f.Branches, k.branch))
	add("filter.asof", v.l.DayInput(k.asOf))
	add("filter.known", v.l.DayInput(k.known))
	return strings.Join(parts, " · ")
}

// chosen is the text of the choice that is on.
func chosen(list []view.Choice, on string) string {
	for _, c := range list {
		if c.Value == on && on != "" {
			return c.Text
		}
	}
	return ""
}
