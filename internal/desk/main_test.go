package desk_test

import (
	"flag"
	"os"
	"testing"
)

// Random histories go on both databases here and cost seconds each: half as many
// as rapid draws elsewhere, and more by -rapid.checks, as make histories asks.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "50"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
