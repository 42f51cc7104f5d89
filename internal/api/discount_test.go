package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		// A discount waits only when it was asked for by who may not give it.
		body := `{"lines":[{"service_id":"` + c.service + `","discount":{"percent":2000,"reason":"آشنا"}}],"coverage":{},"draft":true}`
		response, asked := c.call("POST", "/patients/"+c.patient+"/admissions", c.fresh, body, "Idempotency-Key", "a discount for "+c.patient)
		if response.StatusCode >= 300 {
			t.Fatalf("asking answered %d %v", response.StatusCode, asked)
		}
		draft := asked["admission"].(map[string]any)["id"].(string)
		done := c.command(t, "POST /admissions/{id}/discount/reject", "POST", "/admissions/"+draft+"/discount/reject", `{"reason":"زیاد است"}`)
		a := done["admission"].(map[string]any)
		if a["discount_rejected"] != "زیاد است" || a["awaits_approval"] != false {
			t.Errorf("rejected: %v", a)
		}
	})
}
