package api_test

import (
	"fmt"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		code := c.command(t, "POST /discount-codes", "POST", "/discount-codes",
			fmt.Sprintf(`{"code":"spring-5","percent":500,"most":100000,"valid_to":"1406/01/01","uses":3,"patient_id":%q,"service_ids":[%q],"combinable":true,"note":"بهار"}`, c.patient, c.service))
		c.command(t, "POST /discount-codes/{id}/switch", "POST", "/discount-codes/"+code["id"].(string)+"/switch", `{"off":true}`)
		c.command(t, "on again", "POST", "/discount-codes/"+code["id"].(string)+"/switch", `{"off":false}`)
		var service clinic.ServiceID
		err := c.desk.Batch(t.Context(), c.founder, false, func(b desk.Batch) error {
			section, err := b.Section(t.Context(), clinic.Section{Code: "laser", Name: "لیزر"})
			if err != nil {
				return err
			}
			service, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "six", Name: "شش جلسه", Price: 600, Sessions: 6, Interval: 30, SinglePrice: 150})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		body := fmt.Sprintf(`{"lines":[{"service_id":"%d"},{"service_id":%q}],"coverage":{},"discount_code":"SPRING-5"}`, service, c.service)
		a := c.command(t, "a package", "POST", "/patients/"+c.patient+"/admissions", body)["admission"].(map[string]any)["id"].(string)
		c.command(t, "POST /admissions/{id}/lines/{line}/sessions/{session}", "POST", "/admissions/"+a+"/lines/1/sessions/1",
			fmt.Sprintf(`{"status":"done","provider_id":%q}`, c.provider))
		c.command(t, "POST /admissions/{id}/lines/{line}/abandon", "POST", "/admissions/"+a+"/lines/1/abandon", `{"reason":"سفر"}`)
		c.asked["GET /admissions/{id}/sessions"] = "/admissions/" + a + "/sessions"
	})
}
