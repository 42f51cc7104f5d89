package clinic

import (
	"slices"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// SavedViewID names a saved view.
type SavedViewID int64

// SavedView is a list as a person wants to see it again, under a name of their
// own. Query is the query part of the list's address, without a cursor.
type SavedView struct {
	ID    SavedViewID
	Staff StaffID
	List  string // patients or admissions
	Name  string
	Query string
}

// SavedLists are the lists that can be saved.
var SavedLists = []string{"patients", "admissions"}

// Check cleans the name. Invalid saved_view.name, saved_view.list,
// saved_view.query.
func (v SavedView) Check() (SavedView, error) {
	name, err := farsi.Clean(v.Name, 40)
	if err != nil {
		return v, at(err, "name")
	}
	v.Name = name
	switch {
	case v.Name == "":
		return v, fault.New(fault.Invalid, "saved_view.name", "a view needs a name").At("name")
	case !slices.Contains(SavedLists, v.List):
		return v, fault.New(fault.Invalid, "saved_view.list", "there is no list %q", v.List).At("list")
	case len(v.Query) > 1000:
		return v, fault.New(fault.Invalid, "saved_view.query", "the view is too long").At("query")
	}
	return v, nil
}
