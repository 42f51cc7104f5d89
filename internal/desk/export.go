package desk

import (
	"context"
	"io"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// JournalQuery says which part of the books is exported and how. Days are
// inclusive; "" is open.
type JournalQuery struct {
	Format   string // "hledger", "csv" or "jsonl"
	From, To jalali.Day
}

// ExportJournal writes the books.
func (d *Desk) ExportJournal(ctx context.Context, actor clinic.Actor, w io.Writer, q JournalQuery) error {
	return nil
}
