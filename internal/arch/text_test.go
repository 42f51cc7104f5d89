package arch_test

import (
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// persian names the folders whose Go code may hold Persian text, and why. All
// other texts that a person sees come from the catalogues in internal/message.
var persian = map[string]string{
	"internal/message": "the catalogues themselves",
	"internal/jalali":  "names of months, weekdays and holidays",
	"internal/farsi":   "letters and what they fold to",
	"internal/money":   "number words and units",
	"cmd":              "names in the demo clinic's data",
	"internal/intake":  "people and things of made-up clinics",
}

// vague file names say the pattern and not the thing.
var vague = []string{"utils", "util", "helpers", "helper", "common", "types", "misc", "models"}

// literalPersian finds Persian letters in string and character literals of Go,
// and anywhere but in comments of a template.
func literalPersian(s source) (wrong []string) {
	for folder := range persian {
		if s.under(folder) {
			return nil
		}
	}
	if s.file == nil {
		return persianLines(s)
	}
	if s.isTest() || s.isGenerated() || s.under("test") {
		return nil
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING && lit.Kind != token.CHAR {
			return true
		}
		value, err := strconv.Unquote(lit.Value)
		if err == nil && hasPersian(value) {
			wrong = append(wrong, s.at(lit.Pos(), "Persian text in code; it belongs in internal/message"))
		}
		return true
	})
	return wrong
}

func persianLines(s source) (wrong []string) {
	for i, line := range strings.Split(s.text, "\n") {
		code, _, _ := strings.Cut(line, "//")
		if hasPersian(code) {
			wrong = append(wrong, s.line(i+1, "Persian text in a template; it belongs in internal/message"))
		}
	}
	return wrong
}

func hasPersian(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
}

// vagueName finds files named after a pattern instead of a thing.
func vagueName(s source) []string {
	name, _, _ := strings.Cut(path.Base(s.path), ".")
	if slices.Contains(vague, strings.TrimSuffix(name, "_test")) {
		return []string{s.line(1, "name the file after the thing that it holds")}
	}
	return nil
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	// Properties and values that know left from right.
	cssSide = regexp.MustCompile(`(?:^|[\s;{])(?:[a-z-]+-)?(?:left|right)(?:-[a-z]+)?\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b`)
	// Utility classes that do.
	classSide = regexp.MustCompile(`(?:^|[\s"'` + "`" + `:])-?(?:(?:m|p|scroll-m|scroll-p)[lr]-[\w[.]+|(?:left|right)-[\d[]\S*|text-(?:left|right)|float-(?:left|right)|(?:border|rounded)-[lr](?:-\S+)?|rounded-[tb][lr](?:-\S+)?)(?:$|[\s"'` + "`" + `;])`)
	// Styles set by script.
	scriptSide = regexp.MustCompile(`\b(?:margin|padding|border)(?:Left|Right)|\.style\.(?:left|right)\b`)
)

// physical finds left and right where start and end belong: the pages are
// read from the right, and in English from the left.
func physical(s source) (wrong []string) {
	text := cssComment.ReplaceAllStringFunc(s.text, func(comment string) string {
		return strings.Repeat("\n", strings.Count(comment, "\n"))
	})
	patterns := []*regexp.Regexp{classSide}
	switch path.Ext(s.path) {
	case ".css":
		patterns = append(patterns, cssSide)
	case ".js":
		patterns = append(patterns, scriptSide)
	}
	for i, line := range strings.Split(text, "\n") {
		for _, p := range patterns {
			if found := p.FindString(line); found != "" {
				wrong = append(wrong, s.line(i+1, "%q is a physical side; use start and end", strings.TrimSpace(found)))
			}
		}
	}
	return wrong
}

// What people read comes from the catalogues.
func TestTextsComeFromTheCatalogues(t *testing.T) {
	obey(t, literalPersian, sources(t, ".go", ".templ"))
}

// Pages have a start and an end, no left and no right.
func TestLayoutIsLogical(t *testing.T) {
	obey(t, physical, sources(t, ".css", ".js", ".templ"))
}

// Files are named after the thing.
func TestFileNamesSayWhatIsInside(t *testing.T) {
	obey(t, vagueName, sources(t, ".go", ".templ", ".js", ".css"))
}

func TestTextFaultsAreNoticed(t *testing.T) {
	notice(t, literalPersian, map[string]example{
		"a literal in a handler":  {"internal/web/a.go", `package a; var s = "مانده"`, "belongs in internal/message"},
		"a letter by its number":  {"internal/web/a.go", `package a; var s = "\u06cc"`, "belongs in internal/message"},
		"a comment":               {"internal/web/a.go", "package a // مانده", ""},
		"a catalogue":             {"internal/message/a.go", `package a; var s = "مانده"`, ""},
		"a test":                  {"internal/web/a_test.go", `package a; var s = "مانده"`, ""},
		"a template":              {"internal/web/view/a.templ", "<b>مانده</b>", "in a template"},
		"a comment in a template": {"internal/web/view/a.templ", "// مانده", ""},
	})
	notice(t, physical, map[string]example{
		"a margin":               {"a.css", "a { margin-left: 1px }", "margin-left"},
		"a position":             {"a.css", "a { left: 0 }", "left:"},
		"a corner":               {"a.css", "a { border-top-left-radius: 1px }", "border-top-left-radius"},
		"a logical corner":       {"a.css", "a { border-start-end-radius: 1px; color: red }", ""},
		"an alignment":           {"a.css", "a { text-align: right }", "text-align: right"},
		"a logical margin":       {"a.css", "a { margin-inline-start: 1px; text-align: end }", ""},
		"a comment of two lines": {"a.css", "/* left: 1\n right: 2 */", ""},
		"a class":                {"a.templ", `<i class="flex ml-2">`, "ml-2"},
		"a class with a state":   {"a.templ", `<i class="md:pr-4">`, "pr-4"},
		"a logical class":        {"a.templ", `<i class="ms-2 pe-4 text-start">`, ""},
		"an applied class":       {"a.css", "a { @apply text-left; }", "text-left"},
		"a style set by script":  {"a.js", "x.style.left = '1px'", ".style.left"},
		"an arrow key":           {"a.js", "if (e.key === 'ArrowLeft') r.left", ""},
	})
	notice(t, vagueName, map[string]example{
		"helpers":          {"internal/web/helpers.go", "package a", "name the file"},
		"tests of helpers": {"internal/web/utils_test.go", "package a", "name the file"},
		"a thing":          {"internal/web/deposit.go", "package a", ""},
	})
}
