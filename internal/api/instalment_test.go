package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		path := "/admissions/" + c.admission + "/instalment-plan"
		first := c.command(t, "POST /admissions/{id}/instalment-plan", "POST", path,
			`{"down_payment":100000,"count":3,"first_due":"1405/10/02","every_months":1}`)
		c.command(t, "POST /admissions/{id}/instalment-plan/cancel", "POST", path+"/cancel", `{"reason":"قرار تازه"}`)
		c.command(t, "a plan after the ended one", "POST", path, `{"count":2,"first_due":"1405/10/02"}`)
		if version := first["instalment_plan"].(map[string]any)["version"]; version != 1.0 {
			t.Errorf("the first plan is version %v", version)
		}
		c.asked["GET /admissions/{id}/instalment-plan"] = path
	})
}
