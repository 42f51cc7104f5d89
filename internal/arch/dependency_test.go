package arch_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// directLimit bounds what we depend on by our own choice.
const directLimit = 20

var (
	required  = regexp.MustCompile(`(?m)^\s*(?:require )?([\w.-]+\.[\w.-]+/\S+) v\S+`)
	goTool    = regexp.MustCompile(`(?m)^tool (\S+)`)
	explained = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")
)

// direct returns the modules of goMod that the packages in imports come from,
// sorted. It does not believe the "// indirect" comments, which lag behind.
func direct(goMod string, imports []string) []string {
	used := map[string]bool{}
	for _, i := range append(imports, submatches(goTool, goMod)...) {
		longest := ""
		for _, m := range submatches(required, goMod) {
			if (i == m || strings.HasPrefix(i, m+"/")) && len(m) > len(longest) {
				longest = m
			}
		}
		if longest != "" {
			used[longest] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// submatches returns the first group of every match.
func submatches(p *regexp.Regexp, text string) (found []string) {
	for _, m := range p.FindAllStringSubmatch(text, -1) {
		found = append(found, m[1])
	}
	return found
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Dependencies are few, and docs/dependencies.md says why each is there.
func TestDependenciesAreFewAndExplained(t *testing.T) {
	var imports []string
	for _, s := range sources(t, ".go") {
		imports = append(imports, s.targets()...)
	}
	modules := direct(read(t, "go.mod"), imports)
	if len(modules) == 0 {
		t.Error("no direct dependency found: the reading of go.mod is broken")
	}
	if len(modules) > directLimit {
		t.Errorf("%d direct dependencies, %d are allowed: %v", len(modules), directLimit, modules)
	}
	var pkg struct {
		DevDependencies map[string]string `json:"devDependencies"`
		Dependencies    map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal([]byte(read(t, "package.json")), &pkg); err != nil {
		t.Fatal(err)
	}
	names := append(modules, slices.Collect(maps.Keys(pkg.DevDependencies))...)
	names = append(names, slices.Collect(maps.Keys(pkg.Dependencies))...)
	rows := submatches(explained, read(t, "docs/dependencies.md"))
	for _, name := range names {
		if !slices.Contains(rows, name) {
			t.Errorf("docs/dependencies.md has no row for `%s`", name)
		}
	}
	for name, version := range pkg.DevDependencies {
		if strings.Trim(version, "0123456789.") != "" {
			t.Errorf("package.json: %s %s is not an exact version", name, version)
		}
	}
}

func TestDirectDependenciesAreFound(t *testing.T) {
	goMod := "module x\n\nrequire (\n\texample.com/a v1.0.0\n\texample.com/a/b/v2 v2.1.0 // indirect\n\texample.com/c v1.0.0 // indirect\n\texample.com/d v1.0.0\n)\n\ntool example.com/d/cmd/d\n"
	got := direct(goMod, []string{"fmt", "example.com/a/b/v2/deep", "example.com/c", "example.com/cc"})
	if want := []string{"example.com/a/b/v2", "example.com/c", "example.com/d"}; !slices.Equal(got, want) {
		t.Errorf("direct dependencies = %v, want %v", got, want)
	}
}
