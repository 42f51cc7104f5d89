package api_test

import (
	"net/http"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		openClub(t, c.clinicAPI)
		c.command(t, "POST /patients/{id}/club/adjust", "POST", "/patients/"+c.patient+"/club/adjust", `{"points":700,"note":"پیش از برنامه"}`)
		made := c.command(t, "POST /patients/{id}/club/redeem", "POST", "/patients/"+c.patient+"/club/redeem", `{"points":200}`)
		if made["left"] != 500.0 || made["code"].(map[string]any)["amount"] != 200_000.0 {
			t.Errorf("redeemed: %v", made)
		}
		c.command(t, "another code", "POST", "/patients/"+c.patient+"/club/redeem", `{"points":100}`)
		c.command(t, "POST /club/codes/{id}/return", "POST", "/club/codes/"+made["code"].(map[string]any)["id"].(string)+"/return", `{}`)
	})
}

// openClub switches the customer club on.
func openClub(t *testing.T, c clinicAPI) {
	t.Helper()
	is, err := c.desk.Clinic(t.Context(), c.founder.Clinic)
	if err == nil {
		is.Club = true
		_, err = c.desk.SaveClinic(t.Context(), c.founder, desk.Save[clinic.Clinic]{Row: is})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Without a club nothing speaks of points; with one, what cannot be given or
// taken is refused and nothing moves.
func TestClubOverTheAPI(t *testing.T) {
	c := treat(t)
	club := func() map[string]any {
		_, answer := c.call("GET", "/patients/"+c.patient+"/club", c.manager, "")
		return answer
	}
	before := club()
	for body, want := range map[string]string{
		`{"points":0}`: "club.points", `{"points":-5}`: "club.points", `{"points":99}`: "club.least", `{"points":9000000}`: "club.short",
		`{"points":9223372036854775807}`: "club.points",
	} {
		if _, problem := c.call("POST", "/patients/"+c.patient+"/club/redeem", c.manager, body, "Idempotency-Key", body); problem["code"] != want {
			t.Errorf("%s: %v, want %s", body, problem, want)
		}
	}
	if response, _ := c.call("POST", "/patients/"+c.patient+"/club/adjust", c.fresh, `{"points":5,"note":"x"}`, "Idempotency-Key", "f"); response.StatusCode != http.StatusForbidden {
		t.Errorf("a receptionist gives points: %d", response.StatusCode)
	}
	if after := club(); after["points"] != before["points"] || before["points"] == 0.0 {
		t.Errorf("%v points, before %v", after["points"], before["points"])
	}
	other := open(t)
	if response, _ := other.call("GET", "/patients/1/club", other.manager, ""); response.StatusCode != http.StatusNotFound {
		t.Errorf("without a club: %d", response.StatusCode)
	}
}
