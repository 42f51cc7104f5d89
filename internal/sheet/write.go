package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// Text is a cell that holds what people typed: one that a spreadsheet would
// take for a formula is written with an apostrophe before it.
func Text(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	if s != "" && strings.ContainsRune("=+-@\t\r\uff1d\uff0b\uff0d\uff20", first) {
		return "'" + s
	}
	return s
}

// Writer writes a table in CSV. Cells that hold people's text go through Text.
type Writer struct{ csv *csv.Writer }

// NewWriter writes the header and returns the writer for the rows.
func NewWriter(to io.Writer, header ...string) (*Writer, error) {
	w := &Writer{csv.NewWriter(to)}
	return w, w.csv.Write(header)
}

// Row writes one row.
func (w *Writer) Row(cells ...string) error { return w.csv.Write(cells) }

// Close writes what is still held back.
func (w *Writer) Close() error {
	w.csv.Flush()
	return w.csv.Error()
}
