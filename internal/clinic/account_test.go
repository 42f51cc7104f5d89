package clinic_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
)

// Every kind of account that the sources name is in the chart, so that the
// tests of the chart see it.
func TestEveryAccountIsInTheChart(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "account.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	chart, named := clinic.AccountKinds(), 0
	ast.Inspect(file, func(n ast.Node) bool {
		c, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(c.Names[0].Name, "Account") {
			return true
		}
		named++
		kind, err := strconv.Unquote(c.Values[0].(*ast.BasicLit).Value)
		if err != nil || !slices.Contains(chart, kind) {
			t.Errorf("%s is not in the chart (%v)", c.Names[0].Name, err)
		}
		return true
	})
	if named != len(chart) || named < 20 {
		t.Errorf("%d kinds are named, %d are in the chart", named, len(chart))
	}
}
