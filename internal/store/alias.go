package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
)

// padded repeats the last id until there is a round number of them. Lists of
// ids in statements then have few lengths, so that few texts are kept compiled.
func padded[T any](ids []T) []T {
	n := 1
	for n < len(ids) {
		n *= 2
	}
	all := append(make([]T, 0, n), ids...)
	for len(all) > 0 && len(all) < n {
		all = append(all, ids[len(ids)-1])
	}
	return all
}

// root is the SQL for the file that stands for a file: the end of its chain of
// merges, or the file itself.
func root(file string) string {
	return `(WITH RECURSIVE chain(id, next) AS (
		SELECT c.id, c.merged_into FROM patient c WHERE c.clinic = $1 AND c.id = ` + file + `
		UNION ALL
		SELECT c.id, c.merged_into FROM chain CROSS JOIN patient c WHERE c.clinic = $1 AND c.id = chain.next)
		SELECT chain.id FROM chain WHERE chain.next IS NULL)`
}

// family is the SQL, to stand before a SELECT, that names a file and all files
// merged into it family(id). Tables beside it are joined by CROSS JOIN, after
// which SQLite looks into the few files first and not into the large table.
func family(file string) string {
	return `WITH RECURSIVE family(id) AS (
		SELECT ` + file + `
		UNION ALL
		SELECT m.id FROM family CROSS JOIN patient m WHERE m.clinic = $1 AND m.merged_into = family.id) `
}

// Roots returns, for those of the files that were merged into another, the
// file that stands for them.
func (tx *Tx) Roots(ctx context.Context, ids []clinic.PatientID) (map[clinic.PatientID]clinic.PatientID, error) {
	return tx.filePairs(ctx, "roots of files", `
		SELECT p.id, `+root("p.id")+` FROM patient p
		WHERE p.clinic = $1 AND p.merged_into IS NOT NULL AND p.id IN (`, ids)
}

// Aliases returns, for each file that was merged into one of the files, the one
// that it belongs to, through however many merges.
func (tx *Tx) Aliases(ctx context.Context, ids []clinic.PatientID) (map[clinic.PatientID]clinic.PatientID, error) {
	return tx.filePairs(ctx, "aliases", `
		WITH RECURSIVE alias(id, belongs) AS (
			SELECT m.id, m.merged_into FROM patient m
			WHERE m.clinic = $1 AND m.merged_into IN (`, ids, `)
			UNION ALL
			SELECT m.id, alias.belongs FROM alias CROSS JOIN patient m WHERE m.clinic = $1 AND m.merged_into = alias.id)
		SELECT id, belongs FROM alias WHERE (1 = 1`)
}

// filePairs reads pairs of files from a statement whose text goes on after a
// list of ids and ends in an open bracket.
func (tx *Tx) filePairs(ctx context.Context, what, before string, ids []clinic.PatientID, after ...string) (map[clinic.PatientID]clinic.PatientID, error) {
	pairs := map[clinic.PatientID]clinic.PatientID{}
	if len(ids) == 0 {
		return pairs, nil
	}
	ids = padded(ids)
	text := before + places(2, len(ids))
	for _, more := range after {
		text += more
	}
	_, err := collect(ctx, tx, func(scan func(...any) error) (id clinic.PatientID, err error) {
		var to clinic.PatientID
		err = scan(&id, &to)
		pairs[id] = to
		return id, err
	}, text+`)`, withIDs(tx.clinic, ids)...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return pairs, nil
}
