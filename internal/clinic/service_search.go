package clinic

import (
	"slices"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// OfferedService is a service with the name of its section and its free price
// of a day.
type OfferedService struct {
	Service
	SectionName string
	Price       money.Amount
}

// SearchServices returns the services in which every word of the text occurs,
// in the name, the code or the section's name, however it is spelt: those whose
// code or name it is first, then those that begin with it. No words find all.
func SearchServices(all []OfferedService, text string) []OfferedService {
	words, whole := farsi.QueryWords(text), farsi.Key(text)
	var ranks [4][]OfferedService
	for _, s := range all {
		if r := rank(s, words, whole); r < len(ranks) {
			ranks[r] = append(ranks[r], s)
		}
	}
	return slices.Concat(ranks[:]...)
}

// rank is how well a service fits: 0 is it, 3 has the words somewhere, 4 not
// at all.
func rank(s OfferedService, words []string, whole string) int {
	name, code := farsi.Key(s.Name), farsi.Key(s.Code)
	switch {
	case whole != "" && (code == whole || name == whole):
		return 0
	case whole != "" && (strings.HasPrefix(name, whole) || strings.HasPrefix(code, whole)):
		return 1
	}
	inName, anywhere := true, name+" "+code+" "+farsi.Key(s.SectionName)
	for _, w := range words {
		if !strings.Contains(anywhere, w) {
			return 4
		}
		inName = inName && strings.Contains(name, w)
	}
	if inName {
		return 2
	}
	return 3
}

// ServiceNamed is the one service that a person means by the text: the only one
// with this code or name, else the only one found by it. Invalid service.empty,
// service.none, and service.unclear with the first few that it may be.
func ServiceNamed(all []OfferedService, text string) (OfferedService, error) {
	whole := farsi.Key(text)
	if whole == "" {
		return OfferedService{}, fault.New(fault.Invalid, "service.empty", "a service is needed").At("service")
	}
	found := SearchServices(all, text)
	if len(found) == 0 {
		return OfferedService{}, fault.New(fault.Invalid, "service.none", "there is no service %q", text).At("service")
	}
	first := rank(found[0], nil, whole) == 0
	if len(found) == 1 || first && rank(found[1], nil, whole) != 0 {
		return found[0], nil
	}
	const few = 4
	var names []string
	for _, s := range found[:min(few, len(found))] {
		names = append(names, s.Name+" ("+s.Code+")")
	}
	return OfferedService{}, fault.New(fault.Invalid, "service.unclear", "%d services fit", len(found)).
		With("names", strings.Join(names, " · ")).At("service")
}
