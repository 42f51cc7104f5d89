package intake_test

import (
	"encoding/csv"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/internal/jalali"
	"daftar/test/engine"
)

// At the end of three months of the demo clinic, what hledger sums for each
// patient from the exported books is what the API answers as of that day.
func TestThePastIsWhatHledgerSays(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		const password = "only for this test"
		if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 60, Seed: 3, Now: today, Password: password}); err != nil {
			t.Fatal(err)
		}
		journal := export(t, d, desk.JournalQuery{})
		actor, err := d.Operator(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		token, err := d.CreateToken(t.Context(), actor, string(clinic.Accountant), time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		site := httptest.NewServer(api.New(d, slog.New(slog.DiscardHandler)))
		defer site.Close()
		patients := everyone(t, d, actor)
		owed := 0
		for _, month := range [][2]int{{1404, 12}, {1405, 4}, {1405, 7}} {
			_, last := jalali.MonthRange(month[0], month[1])
			sums := receivables(t, journal, last)
			for _, p := range patients {
				got := asOf(t, site.URL, token, p.ID, last)
				if want := sums[p.FileNumber.String()]; got != want {
					t.Errorf("file %s at the end of %s: the API says %d, hledger %d", p.FileNumber, last, got, want)
				}
				if got != 0 {
					owed++
				}
			}
		}
		if owed == 0 {
			t.Error("nobody owed anything at any month's end; the test proves nothing")
		}
	})
}

func everyone(t *testing.T, d *desk.Desk, actor clinic.Actor) (all []clinic.Patient) {
	t.Helper()
	for q := (desk.PatientQuery{Limit: 50}); ; {
		page, err := d.Patients(t.Context(), actor, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			all = append(all, item.Patient)
		}
		if q.Cursor = page.Older; q.Cursor == "" {
			return all
		}
	}
}

// receivables is what hledger sums for each file number up to a day.
func receivables(t *testing.T, journal string, last jalali.Day) map[string]int64 {
	t.Helper()
	out := hledger(t, journal, "balance", "assets:receivable:patient", "--flat", "--no-total", "--output-format", "csv", "-e", string(last.Add(1)))
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]int64{}
	for _, row := range rows[1:] {
		n, err := strconv.ParseInt(strings.TrimSuffix(row[1], " IRR"), 10, 64)
		if err != nil {
			t.Fatalf("hledger says %v", row)
		}
		sums[row[0][strings.LastIndexByte(row[0], ':')+1:]] = n
	}
	return sums
}

// asOf is the API's balance of a patient at the end of a day.
func asOf(t *testing.T, site, token string, id clinic.PatientID, day jalali.Day) int64 {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		site+"/api/v1/patients/"+strconv.FormatInt(int64(id), 10)+"/balance?as_of="+string(day), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var body struct{ Balance int64 }
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %v", answer.Status, err)
	}
	return body.Balance
}
