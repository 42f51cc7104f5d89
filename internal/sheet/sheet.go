// Package sheet reads and writes tables in CSV. Reading knows where each value
// stood, so that whoever looks at the value can say what is wrong where;
// writing keeps text from being taken for a formula by a spreadsheet.
package sheet

import (
	"fmt"
	"strings"

	"daftar/internal/fault"
)

// Problem is one thing that is wrong with a file. Line 0 is the whole file;
// Column is the name in the header, "" for the whole line.
type Problem struct {
	File   string
	Line   int
	Column string
	Reason string
}

// String is "file:line:column: reason".
func (p Problem) String() string {
	place := p.File
	if p.Line > 0 {
		place += fmt.Sprintf(":%d", p.Line)
	}
	if p.Column != "" {
		place += ":" + p.Column
	}
	return place + ": " + p.Reason
}

// maxProblems is how many problems are kept: enough to see what is going on.
const maxProblems = 20

// Problems collects what is wrong, the first twenty of it. The zero value is
// ready.
type Problems struct {
	kept []Problem
	more int
}

// Add notes a problem.
func (p *Problems) Add(one Problem) {
	if len(p.kept) == maxProblems {
		p.more++
		return
	}
	p.kept = append(p.kept, one)
}

// None reports that nothing was wrong so far.
func (p *Problems) None() bool { return len(p.kept) == 0 }

// Err is nil when nothing was wrong, or Invalid import.rows with one line of
// text for each problem.
func (p *Problems) Err() error {
	if p.None() {
		return nil
	}
	lines := make([]string, 0, len(p.kept)+1)
	for _, one := range p.kept {
		lines = append(lines, one.String())
	}
	if p.more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", p.more))
	}
	return fault.New(fault.Invalid, "import.rows", "%s", strings.Join(lines, "\n"))
}
