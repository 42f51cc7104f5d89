package arch_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the prefix of our own import paths.
const module = "daftar/"

// source is one file of the repository. Its path is relative to the root, with
// slashes. file and set are nil unless it is a Go file.
type source struct {
	path string
	text string
	file *ast.File
	set  *token.FileSet
}

// rule returns what is wrong in a source, each fault as "path:line: sentence".
type rule func(source) []string

// skipped folders hold nothing that we wrote.
var skipped = []string{".git", ".build", ".bench", "bin", "node_modules", "dist", "dist.new", "testdata"}

// sources returns every file of the repository whose name ends with one of
// endings, parsed when it is Go.
func sources(t *testing.T, endings ...string) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var all []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(skipped, d.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains(endings, filepath.Ext(name)) {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		s, err := parse(filepath.ToSlash(rel), string(text))
		all = append(all, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatalf("no file ends with %v: the walk is broken", endings)
	}
	return all
}

// parse makes a source of a text, which need not be on disk.
func parse(name, text string) (source, error) {
	s := source{path: name, text: text}
	if path.Ext(name) != ".go" {
		return s, nil
	}
	s.set = token.NewFileSet()
	file, err := parser.ParseFile(s.set, name, text, parser.ParseComments)
	s.file = file
	return s, err
}

// folder is the package path below the module: "internal/money".
func (s source) folder() string { return path.Dir(s.path) }

func (s source) isTest() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) isGenerated() bool { return s.file != nil && ast.IsGenerated(s.file) }

// under reports whether the file lies in one of the folders or below it.
func (s source) under(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(s.path, f+"/") })
}

// at formats a fault at a position of a Go file.
func (s source) at(pos token.Pos, text string, args ...any) string {
	return s.line(s.set.Position(pos).Line, text, args...)
}

// line formats a fault at a line.
func (s source) line(n int, text string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", s.path, n, fmt.Sprintf(text, args...))
}

// targets returns the import paths of a Go file.
func (s source) targets() (found []string) {
	for _, spec := range s.file.Imports {
		found = append(found, strings.Trim(spec.Path.Value, `"`))
	}
	return found
}

// imported returns the import path that a name stands for in a Go file, or "".
func (s source) imported(name string) string {
	for _, spec := range s.file.Imports {
		target := strings.Trim(spec.Path.Value, `"`)
		if spec.Name != nil && spec.Name.Name == name || spec.Name == nil && path.Base(target) == name {
			return target
		}
	}
	return ""
}

// obey reports every fault that the rule finds in the files.
func obey(t *testing.T, r rule, files []source) {
	t.Helper()
	for _, s := range files {
		for _, wrong := range r(s) {
			t.Error(wrong)
		}
	}
}

// example is a source made up to try a rule. want is part of the one fault that
// must be found; empty means that the source is right.
type example struct {
	path string
	text string
	want string
}

// notice tries a rule on examples, each under the sentence it stands for.
func notice(t *testing.T, r rule, examples map[string]example) {
	t.Helper()
	for sentence, e := range examples {
		t.Run(sentence, func(t *testing.T) {
			s, err := parse(e.path, e.text)
			if err != nil {
				t.Fatal(err)
			}
			got := r(s)
			switch {
			case e.want == "" && len(got) > 0:
				t.Errorf("found %q, want nothing", got)
			case e.want != "" && (len(got) != 1 || !strings.Contains(got[0], e.want)):
				t.Errorf("found %q, want one fault with %q", got, e.want)
			}
		})
	}
}
