package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		c.asked["GET /patients/{id}/why"] = "/patients/" + c.patient + "/why?of=balance"
		// Somebody whose money pays nothing is a creditor.
		_, other := c.call("POST", "/patients", c.manager, `{"first_name":"مینا","last_name":"صادقی"}`)
		response, answer := c.call("POST", "/patients/"+other["id"].(string)+"/receipts", c.manager, `{"lines":[{"method":"cash","amount":70000}]}`,
			"Idempotency-Key", "creditor")
		if response.StatusCode >= 300 {
			t.Fatalf("%d %v", response.StatusCode, answer)
		}
	})
}
