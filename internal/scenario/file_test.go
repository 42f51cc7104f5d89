package scenario_test

import (
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/scenario"
)

const good = `scenario T یک نمونه
at ۱۴۰۵/۰۹/۰۲ ۱۰:۰۰
given actor R1 receptionist
given insurer پایه base ۷۰٪
given service «لیزر تمام بدن» ۲۸٬۰۰۰٬۰۰۰ vat 10% tariff پایه 1,000,000
given patient A زهرا کریمی covered پایه   # a remark
R1 admits A as P1: «لیزر تمام بدن» times 2 off 10% «دوست», «لیزر تمام بدن»; uninsured; draft
R1 finalizes P1
R1 دریافت from A: نقد 5000000، کارتخوان 7,000,000 tracking 123; for P1 1000 -> done or refused account.stale
meanwhile
  R1 receives from A: cash 1
  R1 cancels P1 انصراف بیمار -> refused permission
end
expect A balance 5000000 بدهکار; POS 7000000
expect P1 status finalized; left 5
`

// What docs/scenarios.md shows is understood.
func TestParse(t *testing.T) {
	f, err := scenario.Parse("T.scenario", good)
	if err != nil {
		t.Fatal(err)
	}
	if f.Title != "T یک نمونه" {
		t.Errorf("title = %q", f.Title)
	}
}

// Somebody of any role may stand in a story.
func TestParseRoles(t *testing.T) {
	for _, role := range clinic.Roles {
		if _, err := scenario.Parse("T.scenario", strings.Replace(good, "receptionist", string(role), 1)); err != nil {
			t.Errorf("%s: %v", role, err)
		}
	}
}

// A word that is not of the language is an error with its line.
func TestParseRefuses(t *testing.T) {
	tests := map[string]struct {
		old, new, want string
	}{
		"no title":                  {"scenario T یک نمونه", "story", `T.scenario:1: "story" where "scenario"`},
		"no such date":              {"۱۴۰۵/۰۹/۰۲", "1405/13/02", "T.scenario:2: \"1405/13/02\" is no date"},
		"no time":                   {"۱۰:۰۰", "25:00", "is no time of day"},
		"an unknown right":          {"receptionist", "receptionist may fly", `T.scenario:3: unknown word "fly"`},
		"an unknown role":           {"receptionist", "janitor", `T.scenario:3: unknown word "janitor"`},
		"an unknown kind":           {"base ۷۰٪", "third ۷۰٪", `unknown word "third"`},
		"no percentage":             {"۷۰٪", "70", "is no percentage"},
		"no amount":                 {"۲۸٬۰۰۰٬۰۰۰", "much", `T.scenario:5: "much" is no amount`},
		"an unknown verb":           {"finalizes", "blesses", `T.scenario:8: unknown word "blesses"`},
		"an unknown actor":          {"R1 finalizes", "R2 finalizes", `unknown word "R2"`},
		"an unknown patient":        {"from A", "from B", `no patient "B"`},
		"an unknown admission":      {"finalizes P1", "finalizes P2", `no admission "P2"`},
		"an unknown method":         {"نقد", "shells", `unknown word "shells"`},
		"an unknown option":         {"; draft", "; quick", `unknown word "quick"`},
		"an unknown ending":         {"-> done", "-> maybe", `unknown word "maybe"`},
		"an unknown account":        {"; POS", "; GOLD", `T.scenario:14: unknown word "GOLD"`},
		"an unknown figure":         {"left 5", "right 5", `unknown word "right"`},
		"a balance without a side":  {"بدهکار", "sad", "a balance is an amount and debtor or creditor"},
		"too much":                  {"finalizes P1", "finalizes P1 now", `unknown word "now"`},
		"an open name":              {"«لیزر تمام بدن» ۲۸", "«لیزر تمام بدن ۲۸", "does not end"},
		"an open block":             {"end\n", "", "T.scenario:13: a meanwhile block has commands only"},
		"the same name twice":       {"given patient A", "given patient R1", "R1 is there already"},
		"nothing expected":          {"expect A balance 5000000 بدهکار; POS 7000000\nexpect P1 status finalized; left 5\n", "", "expects something"},
		"a given before the time":   {"at ۱۴۰۵/۰۹/۰۲ ۱۰:۰۰\n", "", "say first when it happens"},
		"an unknown field":          {"R1 finalizes P1", "R1 registers B: shoe_size 44", `unknown word "shoe_size"`},
		"an expectation in between": {"  R1 receives from A: cash 1\n", "  expect A credit 0\n", "commands only"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(good, tt.old, tt.new, 1)
			if text == good {
				t.Fatal("the row changes nothing")
			}
			_, err := scenario.Parse("T.scenario", text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q", err, tt.want)
			}
		})
	}
}
