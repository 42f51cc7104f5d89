// Package scenario reads acceptance scenarios from text files and plays them
// through the JSON API: one step a line, then the figures expected after it.
// After every step it checks that the books balance and that every place that
// shows a balance shows the same one. docs/scenarios.md is the language.
package scenario

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// File is one scenario that was read.
type File struct {
	Name   string // of the file
	Title  string
	steps  []step
	shifts map[string]bool // who opens a shift
}

// step is one line, or the lines of a meanwhile block as one.
type step struct {
	line  int
	text  string
	still bool // nothing moved: a given, a time or an expectation
	do    func(w *world) error
	// together are the steps of a meanwhile block.
	together []step
}

// Wrong is the first thing in a scenario that is not as it says.
type Wrong struct {
	File string
	Line int
	Text string // of the line
	Err  error
}

// Error implements error: "S02.scenario:9: balance of A is 1, want 2".
func (e *Wrong) Error() string {
	return fmt.Sprintf("%s:%d: %v (%s)", e.File, e.Line, e.Err, strings.TrimSpace(e.Text))
}

// Unwrap returns the cause.
func (e *Wrong) Unwrap() error { return e.Err }

// Load reads one file. A line that is not understood is a *Wrong.
func Load(path string) (File, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return File{}, err
	}
	return Parse(filepath.Base(path), string(text))
}

// Files lists the scenario files of a folder in order.
func Files(dir string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(dir, "*.scenario"))
	slices.Sort(found)
	return found, err
}

// Parse reads the text of a file. A line that is not understood is a *Wrong.
func Parse(name, text string) (File, error) {
	f := File{Name: name, shifts: map[string]bool{}}
	p := parser{actors: map[string]bool{}, patients: map[string]bool{}, admissions: map[string]bool{}, shifts: f.shifts}
	lines := bufio.NewScanner(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	var block *step
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		wrong := func(err error) error { return &Wrong{name, n, line, err} }
		tokens, err := split(line)
		if err != nil {
			return f, wrong(err)
		}
		if len(tokens) == 0 {
			continue
		}
		w := &words{tokens: tokens}
		if f.Title == "" {
			if err := w.need("scenario"); err != nil {
				return f, wrong(err)
			}
			f.Title = w.text()
			continue
		}
		switch {
		case block == nil && w.accept("meanwhile"):
			block = &step{line: n, text: line}
		case block != nil && w.accept("end"):
			f.steps = append(f.steps, *block)
			block = nil
		default:
			s, err := p.step(w, block != nil)
			if err != nil {
				return f, wrong(err)
			}
			s.line, s.text = n, line
			if block != nil {
				block.together = append(block.together, s)
			} else {
				f.steps = append(f.steps, s)
			}
			continue
		}
		if err := w.end(); err != nil {
			return f, wrong(err)
		}
	}
	if block != nil {
		return f, &Wrong{name, block.line, block.text, fmt.Errorf("the block has no end")}
	}
	return f, f.complete(p)
}

// complete refuses files that prove nothing.
func (f File) complete(p parser) error {
	switch {
	case f.Title == "":
		return &Wrong{f.Name, 1, "", fmt.Errorf("the first line is: scenario NAME")}
	case !p.dated:
		return &Wrong{f.Name, 1, f.Title, fmt.Errorf("a scenario says when it happens: at 1405/09/02 10:00")}
	case !p.expects:
		return &Wrong{f.Name, 1, f.Title, fmt.Errorf("a scenario expects something")}
	}
	return nil
}
