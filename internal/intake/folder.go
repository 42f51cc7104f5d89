package intake

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/sheet"
)

// folder is the folder that is imported, with what is wrong in its files.
type folder struct {
	dir      string
	problems sheet.Problems
}

// read reads one file; one that is not there is a problem when it is needed.
func (f *folder) read(name string, needed bool, columns sheet.Columns) ([]sheet.Row, error) {
	file, err := os.Open(filepath.Join(f.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		if needed {
			f.problems.Add(sheet.Problem{File: name, Reason: "the file is missing"})
		}
		return nil, nil
	}
	if err != nil {
		return nil, fault.New(fault.Unavailable, "import.open", "%v", err).Because(err)
	}
	defer file.Close() // it was only read
	return sheet.Read(name, file, columns, &f.problems)
}

// digest is the content of rows, to tell whether they were changed.
func digest(rows ...sheet.Row) []byte {
	h := sha256.New()
	for _, r := range rows {
		for _, cell := range r.Cells() {
			// The length keeps "a","b" apart from "ab","".
			h.Write([]byte(strconv.Itoa(len(cell)) + ":" + cell))
		}
		h.Write([]byte{'\n'})
	}
	return h.Sum(nil)
}

// at says where in the files a fault of a rule lies: "file:line:column: text".
// Other errors stay as they are.
func at(row sheet.Row, column string, err error) error {
	wrong, ok := fault.As(err)
	if !ok || wrong.Args[located] != "" {
		return err
	}
	if column == "" {
		column = wrong.Field
	}
	return fault.New(wrong.Kind, wrong.Code, "%s", row.Wrong(column, "%s", wrong.Text).String()).
		With(located, row.File)
}

// located is the value of faults that know where they lie.
const located = "file"

// dollars reads an amount of USD; "" is 0.
func dollars(text string) (money.Amount, error) {
	if text == "" {
		return 0, nil
	}
	return money.USD.Parse(text)
}
