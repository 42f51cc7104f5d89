package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/web/view"
)

// listAddress is the address of a list: what it shows stands in its query, of
// which only the known names are kept.
type listAddress struct {
	path   string
	names  []string // that a list keeps, without the cursor
	values url.Values
	cursor string
}

// columnsParam holds the columns on show, between commas.
const columnsParam = "cols"

func readAddress(r *http.Request, path string, names ...string) listAddress {
	a := listAddress{path: path, names: names, values: url.Values{}, cursor: r.URL.Query().Get("cursor")}
	for _, name := range names {
		if value := strings.TrimSpace(r.URL.Query().Get(name)); value != "" {
			a.values.Set(name, value)
		}
	}
	return a
}

func (a listAddress) get(name string) string { return a.values.Get(name) }

// number is an id or a number of the query; what is none is 0.
func (a listAddress) number(name string) int64 {
	n, err := strconv.ParseInt(a.get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// query is the query part without a cursor, in one order.
func (a listAddress) query() string { return a.values.Encode() }

// url is the address itself with its cursor.
func (a listAddress) url() string { return a.page(a.cursor) }

// page is the address of another page, of the first for "".
func (a listAddress) page(cursor string) string { return a.with("cursor", cursor) }

// older is page for a cursor that may be none: "" then.
func (a listAddress) other(cursor string) string {
	if cursor == "" {
		return ""
	}
	return a.page(cursor)
}

// with is the address of the first page with other values; "" takes one away.
func (a listAddress) with(pairs ...string) string {
	values := url.Values{}
	for name, v := range a.values {
		values[name] = v
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if values.Del(pairs[i]); pairs[i+1] != "" {
			values.Set(pairs[i], pairs[i+1])
		}
	}
	if len(values) == 0 {
		return a.path
	}
	return a.path + "?" + values.Encode()
}

// kept are the values that a form of the page sends along: all but those it
// asks for itself.
func (a listAddress) kept(but ...string) []view.Choice {
	kept := []view.Choice{}
	for _, name := range a.names {
		if value := a.get(name); value != "" && !slices.Contains(but, name) {
			kept = append(kept, view.Choice{Value: name, Text: value})
		}
	}
	return kept
}

// quick is one chip for each value of a name, the first of which is "".
func (a listAddress) quick(v visit, label, name, texts string, values ...string) view.ChipGroup {
	g := view.ChipGroup{Label: v.l.T(label)}
	for _, value := range values {
		g.Chips = append(g.Chips, view.Chip{Text: v.l.T(texts + orAll(value)), URL: a.with(name, value), On: a.get(name) == value})
	}
	return g
}

// columns are those of the address in the order of all, else the usual ones.
func (a listAddress) columns(all, usual []string) []string {
	chosen := usual
	if text := a.get(columnsParam); text != "" {
		chosen = strings.Split(text, ",")
	}
	return slices.DeleteFunc(slices.Clone(all), func(c string) bool { return c != "name" && !slices.Contains(chosen, c) })
}

// columnsChosen leads the form of columns to the address that it means; false
// when the form was not sent.
func (a listAddress) columnsChosen(r *http.Request, all, usual []string) (string, bool) {
	chosen := r.URL.Query()["col"]
	if len(chosen) == 0 {
		return "", false
	}
	columns := slices.DeleteFunc(slices.Clone(all), func(c string) bool { return c != "name" && !slices.Contains(chosen, c) })
	if slices.Equal(columns, usual) {
		return a.with(columnsParam, ""), true
	}
	return a.with(columnsParam, strings.Join(columns, ",")), true
}

// savedViews are the person's views of the list as chips.
func (s *server) savedViews(v visit, a listAddress, list string) ([]view.ViewChip, error) {
	saved, err := s.Desk.SavedViews(v.r.Context(), v.actor, list)
	chips := make([]view.ViewChip, len(saved))
	for i, w := range saved {
		chips[i] = view.ViewChip{ID: id(w.ID), Name: w.Name, URL: a.path + "?" + w.Query, On: w.Query == a.query()}
	}
	return chips, err
}

// viewRoutes keep and take away views of lists.
func (s *server) viewRoutes() []route {
	return []route{
		form("/views", clinic.ReadPatients, "", s.saveView),
		form("/views/{view}/delete", clinic.ReadPatients, "view", s.deleteView),
	}
}

// POST /views
func (s *server) saveView(v visit) error {
	list := v.r.PostFormValue("list")
	query, err := url.ParseQuery(v.r.PostFormValue("query"))
	if err != nil {
		query = nil
	}
	query.Del("cursor")
	err = s.Desk.SaveView(v.r.Context(), v.actor, clinic.SavedView{List: list, Name: v.r.PostFormValue("name"), Query: query.Encode()})
	if err != nil {
		return err
	}
	return redirect(v, address("/"+list)+"?"+query.Encode())
}

// POST /views/{view}/delete
func (s *server) deleteView(v visit) error {
	n, err := strconv.ParseInt(v.r.PathValue("view"), 10, 64)
	if err != nil {
		n = 0
	}
	if err := s.Desk.DeleteView(v.r.Context(), v.actor, clinic.SavedViewID(n)); err != nil {
		return err
	}
	return redirect(v, from(v.r))
}
