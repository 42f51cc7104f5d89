package arch_test

import (
	"go/ast"
	"slices"
	"strings"
	"testing"
)

// outermost folders wire the program or measure it: the clock, chance and
// goroutines come in through them and are handed down.
var outermost = []string{"cmd", "bench", "test"}

// concurrent names the packages besides the outermost that may start
// goroutines, and why.
var concurrent = map[string]string{
	"internal/jobs": "night work runs beside the pages",
}

// readsClock finds the clock below cmd: rules, stores and pages are told what
// time it is, so that a test can choose it.
func readsClock(s source) (wrong []string) {
	if s.isTest() || s.under(outermost...) {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		name, ok := sel.X.(*ast.Ident)
		if ok && s.imported(name.Name) == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
			wrong = append(wrong, s.at(sel.Pos(), "time.%s below cmd; take now as a parameter", sel.Sel.Name))
		}
		return true
	})
	return wrong
}

// drawsLots finds chance below cmd: ids and tokens are handed in.
func drawsLots(s source) (wrong []string) {
	if s.isTest() || s.under(outermost...) {
		return nil
	}
	for _, spec := range s.file.Imports {
		switch target := strings.Trim(spec.Path.Value, `"`); target {
		case "math/rand", "math/rand/v2", "crypto/rand":
			wrong = append(wrong, s.at(spec.Pos(), "%s below cmd; take what is random as a parameter", target))
		}
	}
	return wrong
}

// startsGoroutines finds go statements where nobody is known to wait for them.
func startsGoroutines(s source) (wrong []string) {
	if s.isTest() || s.under(outermost...) || concurrent[s.folder()] != "" {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if g, ok := n.(*ast.GoStmt); ok {
			wrong = append(wrong, s.at(g.Pos(), "goroutines are started in cmd and jobs only"))
		}
		return true
	})
	return wrong
}

// countsInFloats finds binary fractions on the floors that count money.
func countsInFloats(s source) (wrong []string) {
	if s.isTest() || !s.under("internal/money", "internal/ledger", "internal/clinic") {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && (id.Name == "float64" || id.Name == "float32") {
			wrong = append(wrong, s.at(id.Pos(), "%s where money is counted", id.Name))
		}
		return true
	})
	return wrong
}

// No clock, no chance, no stray goroutines below cmd, and no floats in money.
func TestFloorsBelowCmdArePure(t *testing.T) {
	files := sources(t, ".go")
	for _, r := range []rule{readsClock, drawsLots, startsGoroutines, countsInFloats} {
		obey(t, r, files)
	}
}

func TestImpurityIsNoticed(t *testing.T) {
	clock := "package a\nimport \"time\"\nvar t = time.Now()"
	notice(t, readsClock, map[string]example{
		"the clock in a rule":      {"internal/clinic/a.go", clock, "time.Now below cmd"},
		"the clock as a value":     {"internal/desk/a.go", "package a\nimport \"time\"\nvar t = time.Now", "time.Now below cmd"},
		"the clock by other names": {"internal/desk/a.go", "package a\nimport tm \"time\"\nvar t = tm.Since(x)", "time.Since below cmd"},
		"the clock in cmd":         {"cmd/daftar/a.go", clock, ""},
		"the clock in a test":      {"internal/desk/a_test.go", clock, ""},
		"another Now":              {"internal/desk/a.go", "package a\nvar t = clock.Now()", ""},
	})
	notice(t, drawsLots, map[string]example{
		"chance in a rule": {"internal/clinic/a.go", "package a\nimport _ \"math/rand/v2\"", "math/rand/v2 below cmd"},
		"secrets in desk":  {"internal/desk/a.go", "package a\nimport _ \"crypto/rand\"", "crypto/rand below cmd"},
		"chance in cmd":    {"cmd/daftar/a.go", "package a\nimport _ \"crypto/rand\"", ""},
	})
	notice(t, startsGoroutines, map[string]example{
		"fire and forget": {"internal/web/a.go", "package a\nfunc f() { go f() }", "goroutines are started"},
		"night work":      {"internal/jobs/a.go", "package a\nfunc f() { go f() }", ""},
	})
	notice(t, countsInFloats, map[string]example{
		"a float in money":  {"internal/money/a.go", "package a\nvar f float64", "float64 where money is counted"},
		"a float in a plot": {"internal/web/view/a.go", "package a\nvar f float64", ""},
	})
}
