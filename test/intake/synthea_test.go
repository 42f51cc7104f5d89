package intake_test

import (
	"fmt"
	"testing"

	"daftar/internal/intake"
	"daftar/test/engine"
)

// The figures of the files, counted without this program.
var syntheaFigures = map[string]string{
	"patients": "11", "admissions": "388", "claims": "561", "rows": "5567", "charges": "1219867.22",
	"payments CASH": "75538.27",
}

func TestSyntheaIsBookedToTheCent(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		report, err := intake.Synthea(t.Context(), d, synthea, intake.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, c := range report.Counts {
			got[c.Name] = c.Value
		}
		for name, want := range syntheaFigures {
			if got[name] != want {
				t.Errorf("%s: got %s, want %s", name, got[name], want)
			}
		}
		fmt.Println(report)
	})
}
