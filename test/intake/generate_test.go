package intake_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/test/engine"
)

func TestGeneratedClinicsObeyEveryInvariant(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		patients := 60
		if many, err := strconv.Atoi(os.Getenv("DAFTAR_GENERATE")); err == nil {
			patients = many // a measurement
		}
		start := time.Now()
		if _, err := intake.Generate(t.Context(), d, intake.GenerateOptions{Patients: patients, EntriesPerPatient: 50, Clinics: 2, Seed: 1, Now: today}); err != nil {
			t.Fatal(err)
		}
		took := time.Since(start)
		proved, err := d.Verify(t.Context(), desk.VerifyOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if want := 2 * ((patients-1)*50 + min(10_000, (patients-1)*50)); proved.Clinics != 2 || proved.Entries != want {
			t.Errorf("%+v, want %d entries", proved, want)
		}
		t.Logf("%d postings in %v, proved in %v", proved.Postings, took, time.Since(start)-took)
		hledger(t, export(t, d, desk.JournalQuery{}), "check", "--strict")
	})
}
