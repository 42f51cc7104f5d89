package api_test

import (
	"slices"
	"testing"

	"daftar/internal/api"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		c.asked["GET /patients/{id}/why"] = "/patients/" + c.patient + "/why?of=balance"
		// Somebody whose money pays nothing is a creditor, and has a deposit.
		_, other := c.call("POST", "/patients", c.manager, `{"first_name":"مینا","last_name":"صادقی"}`)
		path := "/patients/" + other["id"].(string)
		posts := map[string]string{path + "/receipts": `{"lines":[{"method":"cash","amount":70000}]}`}
		if slices.ContainsFunc(api.Routes(), func(r api.Route) bool { return r.Method == "POST" && r.Path == "/api/v1/patients/{id}/deposits" }) {
			posts[path+"/deposits"] = `{"amount":50000,"method":"cash"}`
		} else {
			nothingYet["GET /reports/deposits"] = true
		}
		for path, body := range posts {
			if response, answer := c.call("POST", path, c.manager, body, "Idempotency-Key", path); response.StatusCode >= 300 {
				t.Fatalf("%s answered %d %v", path, response.StatusCode, answer)
			}
		}
	})
}
