package message_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/message"
)

// recordCode are codes that stores make with a helper from the record's name.
var recordCode = regexp.MustCompile(`^[a-z_]+\.(none|exists|stale)$`)

// Every fault of the program has a sentence of its own in every language, so
// that nobody at the desk reads a code only.
func TestEveryFaultHasASentence(t *testing.T) {
	codes := faultCodes(t, "..")
	if len(codes) < 80 {
		t.Fatalf("found %d codes only; the scan does not see the sources", len(codes))
	}
	for code, where := range codes {
		if !message.Has("fault." + code) {
			t.Errorf("%s: fault %q has no sentence; add fault.%s to the catalogues", where, code, code)
		}
	}
}

func TestTheScanSeesFaults(t *testing.T) {
	found := map[string]string{}
	source := "package a\nvar e = fault.New(fault.Refused, \"shift.closed\", \"x\").At(\"f\")\nvar f = missing(\"shift.none\")"
	scanCodes(t, "a.go", source, found)
	if len(found) != 2 || found["shift.closed"] != "a.go:2" || found["shift.none"] != "a.go:3" {
		t.Errorf("found %v", found)
	}
}

// faultCodes returns the codes in the sources below folder, with where.
func faultCodes(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		// Messages name texts, not faults.
		if err != nil || d.IsDir() && d.Name() == "message" {
			return fs.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(path, "_templ.go") {
			scanCodes(t, path, nil, found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// texts are keys of catalogues that look like codes of records.
var texts = map[string]bool{"word.none": true, "rows.none": true, "fact.none": true, "patients.none": true, "cashier.stale": true}

func scanCodes(t *testing.T, path string, source any, found map[string]string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	note := func(e ast.Expr, only *regexp.Regexp) {
		literal, ok := e.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return
		}
		code, err := strconv.Unquote(literal.Value)
		if err != nil || only != nil && !only.MatchString(code) || texts[code] {
			return
		}
		at := files.Position(literal.Pos())
		found[code] = at.Filename + ":" + strconv.Itoa(at.Line)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, arg := range call.Args {
			note(arg, recordCode)
		}
		if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "New" && len(call.Args) >= 2 {
			if pack, ok := sel.X.(*ast.Ident); ok && pack.Name == "fault" {
				note(call.Args[1], nil)
			}
		}
		return true
	})
}
