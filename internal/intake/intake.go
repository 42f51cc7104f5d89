// Package intake brings data in: the public Synthea set, the open CSV format of
// docs/import.md, and made-up clinics for showing and measuring. Everything goes
// through the rules of the desk, all or nothing.
package intake

import (
	"sort"
)

// Options of an import.
type Options struct {
	// DryRun checks and counts everything and keeps nothing.
	DryRun bool
	// Progress, when set, is told how many of the rows are done.
	Progress func(done, total int)
}

func (o Options) progress(done, total int) {
	if o.Progress != nil {
		o.Progress(done, total)
	}
}

// Count is one named number of a report.
type Count struct {
	Name  string
	Value string
}

// Report says what an import brought in, in the order it is printed. New is the
// number of records that were not there before; Known that of records of an
// earlier run.
type Report struct {
	New, Known int
	Counts     []Count
}

func (r *Report) add(name, value string) { r.Counts = append(r.Counts, Count{name, value}) }

// sortedKeys are the keys of m in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// grown tells, of the i-th of many, that so many more are there than at the
// last time that the database should look at its tables.
func grown(i int) bool { return i == 20 || i == 100 || i == 500 || i > 0 && i%5_000 == 0 }
