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

// A line of a draft is named once and keeps a quantity that a new one may have.
func TestLinesOfADraftAreNamedOnce(t *testing.T) {
	c := treat(t)
	draft := c.command(t, "a draft with one line", "POST", "/patients/"+c.patient+"/admissions",
		`{"lines":[{"service_id":"`+c.service+`"}],"coverage":{},"draft":true}`)["admission"].(map[string]any)["id"].(string)
	for body, want := range map[string][3]any{
		`{"lines":[{"line":1},{"line":1}]}`:                                      {400, "line.twice", "lines"},
		`{"lines":[{"line":2}]}`:                                                 {404, "line.none", "lines"},
		`{"lines":[{"line":1,"quantity":0}]}`:                                    {400, "admission.quantity", "quantity-0"},
		`{"lines":[{"line":1},{"line":2,"quantity":-1}]}`:                        {400, "admission.quantity", "quantity-1"},
		`{"lines":[{"line":1},{"service_id":"` + c.service + `","quantity":0}]}`: {400, "admission.quantity", "quantity-1"},
	} {
		response, problem := c.call("POST", "/admissions/"+draft+"/edit", c.manager, body, "Idempotency-Key", body)
		if got := [3]any{response.StatusCode, problem["code"], problem["field"]}; got != want {
			t.Errorf("%s answered %v, want %v", body, problem, want)
		}
	}
}
