package asset_test

import (
	"encoding/json"
	"os/exec"
	"testing"

	"daftar/internal/money"
)

// What the browser writes under an amount is what the server writes.
func TestWordsAgreeWithMoney(t *testing.T) {
	amounts := []money.Amount{1, 7, 10, 15, 20, 21, 99, 100, 101, 110, 999, 1000, 1001, 1100, 12345, 100_000, 1_000_000,
		1_200_000, 4_800_000, 12_003_005, 1_000_000_000, 1_000_000_001, 999_999_999_999, 1_000_000_000_000, 123_456_789_012_345, money.Max}
	asked, err := json.Marshal(amounts)
	if err != nil {
		t.Fatal(err)
	}
	script := `import { inWords, tomansInWords } from './src/words.js'
		console.log(JSON.stringify(` + string(asked) + `.flatMap((a) => [inWords(a), tomansInWords(a)])))`
	said, err := exec.Command("node", "--input-type=module", "--eval", script).Output()
	if err != nil {
		t.Fatalf("node: %v", err)
	}
	var words []string
	if err := json.Unmarshal(said, &words); err != nil {
		t.Fatal(err)
	}
	for i, a := range amounts {
		for n, unit := range []money.Currency{money.IRR, money.IRT} {
			if want := unit.InWords(a); words[2*i+n] != want {
				t.Errorf("%d %s: the browser writes %q, the server %q", a, unit.Code, words[2*i+n], want)
			}
		}
	}
}
