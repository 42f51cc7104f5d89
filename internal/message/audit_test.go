package message_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"daftar/internal/message"
)

// audited finds the names of actions in the calls that write the audit.
var audited = regexp.MustCompile(`(?:audit|auditRead|seen|admitted|readPatient|\.Audit)\(ctx, (?:d, )?(?:actor, )?"([a-z_.]+)"|Action: "([a-z_.]+)"`)

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
				if action := m[1] + m[2]; !message.Has("audit.action." + action) {
					t.Errorf("%s: the audit says %q, which has no words; add audit.action.%s to the catalogues", file, action, action)
				}
			}
		}
	}
	if found < 25 {
		t.Errorf("found %d actions only; the scan does not see the sources", found)
	}
}
