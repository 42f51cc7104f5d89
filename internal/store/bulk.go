package store

import (
	"context"
	"fmt"
	"strings"
)

// Rows are many rows of one table, to be written at once. Columns are those of
// the table in any order without clinic, which the transaction adds; each row
// has a value for each.
type Rows struct {
	Table   string
	Columns string // "id, kind, owner"
	Values  [][]any
}

// Add adds a row.
func (r *Rows) Add(values ...any) { r.Values = append(r.Values, values) }

// maxParameters is how many values one statement takes: both databases take
// more, but longer statements are no faster.
const maxParameters = 16_000

// Bulk writes rows with few statements and empties the lists. It is for data
// that is made up by the thousand: whoever calls it has kept every rule.
func (tx *Tx) Bulk(ctx context.Context, all ...*Rows) error {
	for _, r := range all {
		columns := "clinic, " + r.Columns
		width := strings.Count(columns, ",") + 1
		most := maxParameters / width
		for len(r.Values) > 0 {
			n := min(most, len(r.Values))
			args := make([]any, 0, n*width)
			for _, row := range r.Values[:n] {
				args = append(append(args, tx.clinic), row...)
			}
			if err := tx.exec(ctx, insert(r.Table, columns, n), args...); err != nil {
				return fmt.Errorf("bulk %s: %w", r.Table, err)
			}
			r.Values = r.Values[n:]
		}
		r.Values = nil
	}
	return nil
}

// Analyze lets the database look at its tables after a bulk load, so that it
// plans for what they hold now.
func (s *Store) Analyze(ctx context.Context) error {
	if _, err := s.writer.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}
