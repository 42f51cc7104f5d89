package api_test

import (
	"fmt"
	"testing"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		body := fmt.Sprintf(`{"lines":[{"service_id":%q},{"service_id":%q,"quantity":2}],"coverage":{}}`, c.service, c.service)
		a := c.command(t, "an admission that changes", "POST", "/patients/"+c.patient+"/admissions", body)["admission"].(map[string]any)["id"].(string)
		c.command(t, "POST /admissions/{id}/coverage", "POST", "/admissions/"+a+"/coverage", fmt.Sprintf(`{"base_insurer_id":%q}`, c.insurer))
		c.command(t, "POST /admissions/{id}/lines/{line}/cancel", "POST", "/admissions/"+a+"/lines/2/cancel", `{"reason":"انصراف"}`)
		c.command(t, "POST /admissions/{id}/reopen", "POST", "/admissions/"+a+"/reopen", `{"reason":"اشتباه"}`)
		c.command(t, "POST /admissions/{id}/edit", "POST", "/admissions/"+a+"/edit",
			fmt.Sprintf(`{"lines":[{"line":1,"quantity":3},{"service_id":%q,"discount":{"percent":500,"reason":"همکار"}}]}`, c.service))
		c.command(t, "final again", "POST", "/admissions/"+a+"/finalize", `{}`)
		c.asked["GET /admissions/{id}/versions"] = "/admissions/" + a + "/versions"
	})
}
