package message_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daftar/internal/message"
)

// saved finds what is saved among the settings; the audit calls it settings.X.
var saved = regexp.MustCompile(`saved\(ctx, d, actor, "([a-z_]+)"`)

// audited finds the names of actions in the calls that write the audit, and in
// the table of what can change about a member of staff.
var audited = regexp.MustCompile(`(?m)(?:audit|auditRead|seen|admitted|readPatient|manage|changeSignInRules|\.Audit)\(ctx, (?:d, )?(?:actor, )?(?:id, )?"([a-z_.]*[a-z_])"|Action: "([a-z_.]+)"|^\t\t\{"([a-z]+\.[a-z_]+)", (?:now|!now)`)

// Whatever the audit writes is read in words by a manager.
func TestEveryActionOfTheAuditHasWords(t *testing.T) {
	found := 0
	for _, folder := range []string{"../desk", "../intake"} {
		files, err := filepath.Glob(folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range audited.FindAllStringSubmatch(string(text), -1) {
				found++
				if action := m[1] + m[2] + m[3]; !message.Has("audit.action." + action) {
					t.Errorf("%s: the audit says %q, which has no words; add audit.action.%s to the catalogues", file, action, action)
				}
			}
			for _, m := range saved.FindAllStringSubmatch(string(text), -1) {
				if !message.Has("audit.action.settings." + m[1]) {
					t.Errorf("%s: the audit says settings.%s, which has no words; add audit.action.settings.%s to the catalogues", file, m[1], m[1])
				}
			}
		}
	}
	if found < 25 {
		t.Errorf("found %d actions only; the scan does not see the sources", found)
	}
}
