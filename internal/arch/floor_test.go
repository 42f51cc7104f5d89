package arch_test

import (
	"slices"
	"strings"
	"testing"
)

// floors lists the packages from the ground up. A package may import floors
// below its own, never its own and never one above. Tests may look upwards.
var floors = [][]string{
	{"internal/fault"},
	{"internal/money", "internal/jalali", "internal/farsi", "internal/message", "internal/serial"},
	{"internal/ledger"},
	{"internal/clinic"},
	{"internal/store", "internal/fresh", "internal/sheet", "internal/feed", "internal/sms", "internal/gateway", "internal/stream"},
	{"internal/desk"},
	{"internal/web/view", "internal/web/asset"},
	{"internal/web", "internal/api", "internal/jobs", "internal/intake", "internal/scenario"},
	{"cmd/daftar", "cmd/scenarios", "bench"},
}

// testOnly folders hold tests of the whole house; nothing imports them.
var testOnly = []string{"internal/arch", "test"}

const (
	sqlPackage  = "database/sql"
	httpPackage = "net/http"
	templModule = "github.com/a-h/templ"
)

// never lists imports that are wrong although the floors would allow them.
var never = map[string][]string{
	"internal/fault":    {httpPackage},
	"internal/ledger":   {sqlPackage, httpPackage, "context"},
	"internal/clinic":   {sqlPackage, httpPackage, "context"},
	"internal/store":    {httpPackage, "html/template", "text/template", templModule},
	"internal/sheet":    {sqlPackage, httpPackage},
	"internal/feed":     {sqlPackage, httpPackage, module + "internal/clinic"},
	"internal/gateway":  {sqlPackage},
	"internal/sms":      {sqlPackage},
	"internal/desk":     {sqlPackage, httpPackage, templModule},
	"internal/web/view": {sqlPackage, httpPackage, module + "internal/store", module + "internal/desk"},
	"internal/web":      {sqlPackage, module + "internal/store"},
	"internal/api":      {sqlPackage, module + "internal/store", templModule},
	"internal/jobs":     {sqlPackage, httpPackage},
	"internal/intake":   {sqlPackage, httpPackage},
	"internal/scenario": {sqlPackage, module + "internal/store"},
}

// only lists outside packages that have one home, with the folders that may
// import them (and what lies below such an import path).
var only = map[string][]string{
	"modernc.org/sqlite":            {"internal/store", "bench"},
	"github.com/jackc/pgx":          {"internal/store", "bench"},
	"github.com/pressly/goose":      {"internal/store"},
	"github.com/alecthomas/kong":    {"cmd/daftar", "cmd/scenarios", "bench"},
	"github.com/danielgtaylor/huma": {"internal/api", "cmd/daftar"},
	"github.com/chromedp":           {"bench"},
}

// floorOf returns the floor of a package, and false when it has none.
func floorOf(folder string) (int, bool) {
	for i, floor := range floors {
		if slices.Contains(floor, folder) {
			return i, true
		}
	}
	return 0, false
}

// pointsUp finds imports that do not point down, and those in never and only.
func pointsUp(s source) (wrong []string) {
	if s.isTest() || s.under(testOnly...) {
		return nil
	}
	floor, ok := floorOf(s.folder())
	if !ok {
		return []string{s.line(1, "package %s has no floor; add it to floors", s.folder())}
	}
	for _, spec := range s.file.Imports {
		target := strings.Trim(spec.Path.Value, `"`)
		if slices.Contains(never[s.folder()], target) {
			wrong = append(wrong, s.at(spec.Pos(), "%s must never import %s", s.folder(), target))
		}
		for prefix, homes := range only {
			if strings.HasPrefix(target, prefix) && !slices.Contains(homes, s.folder()) {
				wrong = append(wrong, s.at(spec.Pos(), "only %v may import %s", homes, target))
			}
		}
		below, ours := strings.CutPrefix(target, module)
		if !ours {
			continue
		}
		under, known := floorOf(below)
		switch {
		case !known:
			wrong = append(wrong, s.at(spec.Pos(), "imports %s, which has no floor", below))
		case under >= floor:
			wrong = append(wrong, s.at(spec.Pos(), "%s (floor %d) imports %s (floor %d)", s.folder(), floor, below, under))
		}
	}
	return wrong
}

// Every import points down.
func TestImportsPointDown(t *testing.T) {
	obey(t, pointsUp, sources(t, ".go"))
}

func TestImportsThatPointUpAreNoticed(t *testing.T) {
	notice(t, pointsUp, map[string]example{
		"down is right":        {"internal/desk/a.go", `package desk; import _ "daftar/internal/store"`, ""},
		"up is wrong":          {"internal/store/a.go", `package store; import _ "daftar/internal/desk"`, "(floor 4) imports internal/desk (floor 5)"},
		"sideways is wrong":    {"internal/web/a.go", `package web; import _ "daftar/internal/api"`, "(floor 7) imports internal/api (floor 7)"},
		"a test may look up":   {"internal/store/a_test.go", `package store_test; import _ "daftar/internal/desk"`, ""},
		"no floor":             {"internal/utils/a.go", `package utils`, "has no floor"},
		"imports no floor":     {"internal/web/a.go", `package web; import _ "daftar/internal/arch"`, "has no floor"},
		"SQL in a handler":     {"internal/web/a.go", `package web; import _ "database/sql"`, "must never import database/sql"},
		"a view with a store":  {"internal/web/view/a.go", `package view; import _ "daftar/internal/store"`, "must never import"},
		"a driver elsewhere":   {"internal/desk/a.go", `package desk; import _ "github.com/jackc/pgx/v5"`, "only [internal/store bench]"},
		"a rule with a socket": {"internal/clinic/a.go", `package clinic; import _ "net/http"`, "must never import net/http"},
	})
}
