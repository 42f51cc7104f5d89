package intake_test

import (
	"encoding/json"
	"io"
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

// For each patient of the demo clinic (on PostgreSQL each third) what explains the balance sums to it, and
// header, list, last row and hledger say the same.
func TestEveryDemoPatientIsExplained(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		d := open(t, database)
		if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 300, Seed: 1, Now: today, Password: "only for this test"}); err != nil {
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
		ask := asking(t, site.URL, token)
		listed := map[string]int64{}
		for cursor := ""; ; {
			page := ask("/patients?limit=200&cursor=" + cursor)
			for _, i := range page.Items {
				listed[i.ID] = i.Balance
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		day, err := jalali.Parse("1405/09/02", "")
		if err != nil {
			t.Fatal(err)
		}
		sums := receivables(t, journal, day)
		moved, each := 0, 1
		if !strings.HasPrefix(database, "sqlite:") {
			each = 3 // the same people, asked of the other engine
		}
		for i, p := range everyone(t, d, actor) {
			if i%each != 0 {
				continue
			}
			id := strconv.FormatInt(int64(p.ID), 10)
			balance := ask("/patients/" + id + "/balance").Balance
			e := ask("/patients/" + id + "/balance/explain")
			explained := -e.Credit
			for _, i := range e.Items {
				explained += i.Left
			}
			tab := ask("/patients/" + id + "/statement/transactions?limit=1")
			running := balance
			if len(tab.Items) > 0 {
				running = tab.Items[0].Running
				moved++
			}
			for place, got := range map[string]int64{"explanation": explained, "header": tab.Header.Balance, "last row": running,
				"list": listed[id], "hledger": sums[p.FileNumber.String()]} {
				if got != balance {
					t.Errorf("file %s: the %s says %d, the balance is %d", p.FileNumber, place, got, balance)
				}
			}
		}
		if moved < 60/each {
			t.Errorf("only %d accounts ever moved; the test proves little", moved)
		}
	})
}

// told is what the API answers, as far as it is looked at here.
type told struct {
	Balance int64 `json:"balance"`
	Credit  int64 `json:"credit"`
	Header  struct {
		Balance int64 `json:"balance"`
	} `json:"header"`
	Items []struct {
		ID      string `json:"id"`
		Balance int64  `json:"balance"`
		Left    int64  `json:"left"`
		Running int64  `json:"running"`
	} `json:"items"`
	Next string `json:"next_cursor"`
}

// asking returns a function that asks the API.
func asking(t *testing.T, url, token string) func(path string) told {
	return func(path string) (answer told) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/v1"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		if err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("GET %s answered %d %s %v", path, response.StatusCode, text, err)
		}
		if err := json.Unmarshal(text, &answer); err != nil {
			t.Fatal(err)
		}
		return answer
	}
}
