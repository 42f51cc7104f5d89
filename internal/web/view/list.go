package view

import (
	"slices"

	"github.com/a-h/templ"
)

// wideOnly are the columns for which a phone has no room.
var wideOnly = map[string]bool{"national": true, "age": true, "insurance": true, "last": true, "source": true, "tags": true, "branch": true,
	"section": true, "providers": true, "gross": true, "discount": true, "insurers": true, "share": true, "paid": true, "user": true, "at": true}

// sorted tells of a column that can be sorted how it is.
func sorted(c ListColumn) templ.Attributes {
	if c.Sorted == "" {
		return nil
	}
	return templ.Attributes{"aria-sort": c.Sorted}
}

// named reports whether a saved view is on.
func (b ListBar) named() bool {
	return slices.ContainsFunc(b.Views, func(v ViewChip) bool { return v.On })
}

// wrong reports whether a field could not be read.
func (b ListBar) wrong() bool {
	return slices.ContainsFunc(b.Fields, func(f ListField) bool { return f.Problem != "" })
}
