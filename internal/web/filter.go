package web

import (
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
	asOfIn, knownIn string
	asOf, known     jalali.Day
	view            desk.View
	problems        []view.FieldProblem
}

// readLook reads ?from=&to=&as_of=&known_at=&kind=&cursor=. Days are Jalali in
// all forms or ISO; known_at may be an instant as well.
func readLook(v visit, path string) look {
	query := v.r.URL.Query()
	k := look{path: path, kind: query.Get("kind"), cursor: query.Get("cursor"), from: query.Get("from"), to: query.Get("to"),
		asOfIn: query.Get("as_of"), knownIn: query.Get("known_at")}
	k.view = desk.View{Kind: k.kind, Cursor: k.cursor}
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

// url is the address of the look with another kind and cursor.
func (k look) url(kind, cursor string) string {
	return address(k.path, "from", k.from, "to", k.to, "as_of", k.asOfIn, "known_at", k.knownIn, "kind", kind, "cursor", cursor)
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

// admission is where an admission of the patient stands in its tab.
func (k look) admission(patient clinic.PatientID, admission int64) string {
	return k.other(statementPath(patient, "admissions")) + "#admission-" + id(admission)
}

// filtered reports whether rows are left out.
func (k look) filtered() bool { return k.from != "" || k.to != "" || k.kind != "" }

// inPast reports whether the account is shown as it is not now.
func (k look) inPast() bool { return k.asOf != "" || k.known != "" }

// filter is the look as the filter bar shows it, with a chip for each kind.
func (k look) filter(v visit, kinds []string) view.Filter {
	f := view.Filter{Action: k.path, Kind: k.kind, From: k.from, To: k.to, AsOfIn: k.asOfIn, KnownIn: k.knownIn,
		AsOf: k.asOf, Known: k.known, Problem: k.problems,
		Now: address(k.path, "from", k.from, "to", k.to, "kind", k.kind)}
	if k.filtered() {
		f.Clear = k.other(k.path)
	}
	if len(kinds) > 0 {
		kinds = append([]string{""}, kinds...)
	}
	for _, kind := range kinds {
		f.Kinds = append(f.Kinds, view.Chip{Text: v.l.T("filter.kind." + orAll(kind)), URL: k.url(kind, ""), On: kind == k.kind})
	}
	return f
}
