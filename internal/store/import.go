package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"

	"daftar/internal/fault"
)

// ImportRow names a row of an imported file: where it came from, what it is,
// its name there, a digest of its content and what it became here.
type ImportRow struct {
	Source, Kind, Key string
	Digest            []byte
	ID                int64
}

// Imported returns what a row became, 0 when it is new. Conflict
// import.changed when it was imported with other content.
func (tx *Tx) Imported(ctx context.Context, r ImportRow) (id int64, err error) {
	var digest []byte
	err = tx.row(ctx, `
		SELECT id, digest FROM import_row
		WHERE clinic = $1 AND source = $2 AND kind = $3 AND key = $4`, tx.clinic, r.Source, r.Kind, r.Key).Scan(&id, &digest)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("import row: %w", err)
	case !bytes.Equal(digest, r.Digest):
		return 0, fault.New(fault.Conflict, "import.changed", "%s %s was imported before with other content", r.Kind, r.Key)
	}
	return id, nil
}

// AddImportRow keeps what a row became.
func (tx *Tx) AddImportRow(ctx context.Context, r ImportRow) error {
	return tx.add(ctx, "import_row", "clinic, source, kind, key, digest, id", tx.clinic, r.Source, r.Kind, r.Key, r.Digest, r.ID)
}
