package arch_test

import (
	"go/ast"
	"regexp"
	"strings"
	"testing"
)

// undocumented finds exported names without a comment. In a group of constants
// or variables the comment of the group, or one on the line, is enough.
func undocumented(s source) (wrong []string) {
	if s.isTest() || s.isGenerated() {
		return nil
	}
	for _, d := range s.file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && exportedReceiver(d) {
				wrong = append(wrong, s.at(d.Pos(), "%s is exported and has no comment", d.Name.Name))
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				for _, name := range bareNames(d, spec) {
					wrong = append(wrong, s.at(spec.Pos(), "%s is exported and has no comment", name))
				}
			}
		}
	}
	return wrong
}

// exportedReceiver reports whether a function can be reached from outside: it
// is no method, or one of an exported type.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	receiver := f.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		case *ast.Ident:
			return t.IsExported()
		default:
			return true
		}
	}
}

// bareNames returns the exported names of one declaration that nothing explains.
func bareNames(d *ast.GenDecl, spec ast.Spec) (names []string) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		told := spec.Doc != nil || spec.Comment != nil || d.Doc != nil && (!d.Lparen.IsValid() || isID(spec))
		if spec.Name.IsExported() && !told {
			names = append(names, spec.Name.Name)
		}
	case *ast.ValueSpec:
		if spec.Doc != nil || spec.Comment != nil || d.Doc != nil {
			return nil
		}
		for _, name := range spec.Names {
			if name.IsExported() {
				names = append(names, name.Name)
			}
		}
	}
	return names
}

// isID reports whether a type is an identifier of its own, which a group of
// such types may explain once.
func isID(spec *ast.TypeSpec) bool {
	_, simple := spec.Type.(*ast.Ident)
	return simple
}

var (
	component  = regexp.MustCompile(`^templ (\([^)]*\) )?([A-Z]\w*)\(`)
	unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X)\b`)
)

// bareComponents finds exported templ components without a comment.
func bareComponents(s source) (wrong []string) {
	before := ""
	for i, line := range strings.Split(s.text, "\n") {
		if m := component.FindStringSubmatch(line); m != nil && !strings.HasPrefix(before, "//") {
			wrong = append(wrong, s.line(i+1, "component %s is exported and has no comment", m[2]))
		}
		before = line
	}
	return wrong
}

// leftOpen finds marks of unfinished work.
func leftOpen(s source) (wrong []string) {
	for i, line := range strings.Split(s.text, "\n") {
		if mark := unfinished.FindString(line); mark != "" {
			wrong = append(wrong, s.line(i+1, "%s: do it or write an issue", mark))
		}
	}
	return wrong
}

// Every exported name says what it is.
func TestExportedNamesAreDocumented(t *testing.T) {
	obey(t, undocumented, sources(t, ".go"))
	obey(t, bareComponents, sources(t, ".templ"))
}

// Every package opens with what it is for.
func TestPackagesHaveAComment(t *testing.T) {
	explained, first := map[string]bool{}, map[string]source{}
	for _, s := range sources(t, ".go") {
		if s.isTest() {
			continue
		}
		first[s.folder()] = s
		explained[s.folder()] = explained[s.folder()] || s.file.Doc != nil && !s.isGenerated()
	}
	for folder := range first {
		if !explained[folder] {
			t.Errorf("package %s has no comment that says what it is for", folder)
		}
	}
}

// Nothing is left open in the code.
func TestNothingIsLeftOpen(t *testing.T) {
	obey(t, leftOpen, sources(t, ".go", ".templ", ".js", ".mjs", ".css", ".sql"))
}

func TestMissingCommentsAreNoticed(t *testing.T) {
	notice(t, undocumented, map[string]example{
		"a function":                  {"a/a.go", "package a\nfunc F() {}", "F is exported"},
		"a function with a comment":   {"a/a.go", "package a\n// F does.\nfunc F() {}", ""},
		"a method":                    {"a/a.go", "package a\nfunc (x *T) F() {}", "F is exported"},
		"a method of a hidden type":   {"a/a.go", "package a\nfunc (x *t[K]) F() {}", ""},
		"a type":                      {"a/a.go", "package a\ntype T struct{}", "T is exported"},
		"a struct in a told group":    {"a/a.go", "package a\n// Things.\ntype (\n\tT struct{}\n)", "T is exported"},
		"identifiers in one group":    {"a/a.go", "package a\n// Each its own.\ntype (\n\tA int64\n\tB int64\n)", ""},
		"a constant":                  {"a/a.go", "package a\nconst C = 1", "C is exported"},
		"a constant told on its line": {"a/a.go", "package a\nconst (\n\tC = 1 // one\n)", ""},
		"a hidden name":               {"a/a.go", "package a\nvar v int", ""},
		"a test":                      {"a/a_test.go", "package a\nfunc TestF() {}", ""},
	})
	notice(t, bareComponents, map[string]example{
		"a component":                {"a/a.templ", "package a\n\ntempl Page() {\n}", "component Page"},
		"a component with a comment": {"a/a.templ", "// Page is.\ntempl Page() {\n}", ""},
		"a hidden component":         {"a/a.templ", "\ntempl page() {\n}", ""},
	})
	notice(t, leftOpen, map[string]example{
		"a mark":            {"a/a.css", "/* TO" + "DO: colour */", "do it or write an issue"},
		"part of a word":    {"a/a.css", "/* TO" + "DOS */", ""},
		"an honest comment": {"a/a.go", "package a // done", ""},
	})
}
