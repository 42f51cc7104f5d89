package web

import (
	"net/url"

	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// openShiftPath is the page that opens a shift and leads back to a path of ours.
func openShiftPath(then string) string { return address("/shifts/open", "then", then) }

// shiftProblem says why a form was refused without a shift, with the way to open
// one that comes back to the form with what was typed; then is its address.
func shiftProblem(v visit, e *fault.Error, then string) view.FieldProblem {
	return view.FieldProblem{Text: sentence(v, e), URL: openShiftPath(then), Link: v.l.T("shift.open.do")}
}

// wayOut gives a sheet that was refused for want of a shift the way to one.
func (t *typed) wayOut(m moneySheet, e *fault.Error) {
	if e.Code != "shift.none" {
		return
	}
	kept := url.Values{}
	for _, f := range single(m.fields(&typed{v: t.v, values: t.values})) {
		if value := t.text(f.Name); value != "" {
			kept.Set(f.Name, value)
		}
	}
	for _, name := range []string{"tab", "then"} {
		if value := t.text(name); value != "" {
			kept.Set(name, value)
		}
	}
	then := t.v.r.URL.Path
	if len(kept) > 0 {
		then += "?" + kept.Encode()
	}
	t.problems[len(t.problems)-1] = shiftProblem(t.v, e, then)
}

// retype fills a fresh sheet with what its address says was typed.
func (t *typed) retype(m moneySheet) {
	query := t.v.r.URL.Query()
	t.values["then"] = localThen(query.Get("then"))
	for _, f := range single(m.fields(&typed{v: t.v, values: t.values})) {
		if query.Has(f.Name) && f.Name != "then" {
			t.values[f.Name] = query.Get(f.Name)
		}
	}
}

// localThen is a path of ours to go on to, "" for none.
func localThen(then string) string {
	if then == "" {
		return ""
	}
	return localPath(then)
}

// doneParam marks in the address of a list which of its rows was just changed.
const doneParam = "done"

// withoutDone is the address of a list without the mark, for who comes back
// without having changed anything.
func withoutDone(path string) string {
	to, err := url.Parse(path)
	if err != nil {
		return path
	}
	query := to.Query()
	query.Del(doneParam)
	to.RawQuery, to.Fragment = query.Encode(), ""
	return to.String()
}
