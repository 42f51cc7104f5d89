package sheet

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// Limits of what is read: a file that breaks them is somebody's mistake.
const (
	maxField = 64 << 10
	maxRows  = 5_000_000
)

// Columns says which columns a table has.
type Columns struct {
	Required []string // missing ones are a problem
	Optional []string // others than these two are a problem, unless Any
	Any      bool
}

// Row is one row of a table.
type Row struct {
	File  string
	Line  int // of its first value; the header is line 1
	index map[string]int
	cells []string
}

// Get is the value of a column, "" when the table has no such column.
func (r Row) Get(column string) string {
	if i, ok := r.index[column]; ok {
		return r.cells[i]
	}
	return ""
}

// Cells are all values in the order of the file.
func (r Row) Cells() []string { return r.cells }

// Wrong is the problem that a value of the row has; column may be "".
func (r Row) Wrong(column, reason string, args ...any) Problem {
	if len(args) > 0 {
		reason = fmt.Sprintf(reason, args...)
	}
	return Problem{r.File, r.Line, column, reason}
}

// Read reads a table: UTF-8 with or without byte order mark, comma separated,
// the first row is the header. What is wrong with it goes to problems, and the
// rows that are right are returned. The error is one of reading.
func Read(file string, from io.Reader, columns Columns, problems *Problems) ([]Row, error) {
	source := bufio.NewReader(from)
	if mark, err := source.Peek(3); err == nil && string(mark) == "\ufeff" {
		if _, err := source.Discard(3); err != nil {
			return nil, err
		}
	}
	reader := csv.NewReader(source)
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		problems.Add(Problem{File: file, Reason: "the file has no header"})
		return nil, nil
	}
	if err != nil {
		return nil, syntax(file, err, problems)
	}
	index, ok := readHeader(file, header, columns, problems)
	if !ok {
		return nil, nil
	}
	var rows []Row
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, syntax(file, err, problems)
		}
		line, _ := reader.FieldPos(0)
		row := Row{file, line, index, cells}
		if len(rows) == maxRows {
			problems.Add(row.Wrong("", "more than %d rows", maxRows))
			return rows, nil
		}
		if row.check(header, problems) {
			rows = append(rows, row)
		}
	}
}

// syntax turns what is wrong with the CSV itself into a problem; other errors
// are those of reading.
func syntax(file string, err error, problems *Problems) error {
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		problems.Add(Problem{File: file, Line: wrong.Line, Reason: wrong.Err.Error()})
		return nil
	}
	return fmt.Errorf("%s: %w", file, err)
}

// readHeader maps the names of the columns to their places.
func readHeader(file string, header []string, columns Columns, problems *Problems) (index map[string]int, ok bool) {
	index = map[string]int{}
	ok = true
	wrong := func(column, reason string) {
		problems.Add(Problem{file, 1, column, reason})
		ok = false
	}
	for i, name := range header {
		if _, twice := index[name]; twice {
			wrong(name, "the column is there twice")
		}
		if !columns.Any && !slices.Contains(columns.Required, name) && !slices.Contains(columns.Optional, name) {
			wrong(name, "there is no such column")
		}
		index[name] = i
	}
	for _, name := range columns.Required {
		if _, found := index[name]; !found {
			wrong(name, "the column is missing")
		}
	}
	return index, ok
}

// check looks at what every value must be.
func (r Row) check(header []string, problems *Problems) bool {
	for i, cell := range r.cells {
		switch {
		case len(cell) > maxField:
			problems.Add(r.Wrong(header[i], "the value is longer than %d bytes", maxField))
			return false
		case !utf8.ValidString(cell):
			problems.Add(r.Wrong(header[i], "the value is not UTF-8"))
			return false
		}
	}
	return true
}

// With is the row with only the one value.
func (r Row) With(column, value string) Row {
	return Row{r.File, r.Line, map[string]int{column: 0}, []string{value}}
}
