package api_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		// The manager has a shift; somebody who has none opens one.
		own := c.manager
		c.manager = c.fresh
		opened := c.command(t, "POST /shifts", "POST", "/shifts", `{"float":1000,"note":"صبح"}`)
		shift := "/shifts/" + opened["shift"].(map[string]any)["id"].(string)
		c.asked["GET /shifts/{id}"] = shift
		c.command(t, "POST /shifts/{id}/count", "POST", shift+"/count", `{"counts":[{"method":"cash","counted":900}],"note":"کسری"}`)
		c.command(t, "POST /shifts/{id}/handover", "POST", shift+"/handover", `{"amount":900,"to":"bank","note":"همه"}`)
		c.manager = own
		c.command(t, "POST /shifts/{id}/confirm", "POST", shift+"/confirm", `{"received":900}`)
		c.command(t, "POST /shifts/{id}/reopen", "POST", shift+"/reopen", `{"reason":"رسید اشتباه"}`)
		c.command(t, "POST /days/{day}/close", "POST", "/days/2026-11-20/close", `{"note":"بسته"}`)
		// Who closed a day does not open it.
		second, err := c.desk.AddStaff(t.Context(), c.founder, desk.AddStaff{Password: "a long enough secret",
			Staff: clinic.Staff{Name: "second", Role: clinic.Manager, Username: "second", Branch: c.founder.Branch}})
		if err != nil {
			t.Fatal(err)
		}
		if c.manager, err = c.desk.CreateToken(t.Context(), c.founder, second.Username, 1e12); err != nil {
			t.Fatal(err)
		}
		c.command(t, "POST /days/{day}/reopen", "POST", "/days/2026-11-20/reopen", `{"reason":"سند جا ماند"}`)
	})
}
