package view

import "net/url"

// count is how many offers there are.
func (p Palette) count() (n int) {
	for _, g := range p.Groups {
		n += len(g.Items)
	}
	return n
}

// searchPath is the list of patients that match a query.
func searchPath(query string) string { return "/patients?q=" + url.QueryEscape(query) }
