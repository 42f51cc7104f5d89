package api_test

import (
	"net/http"
	"testing"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		patient := func(body string) string {
			return c.command(t, "somebody", "POST", "/patients", body)["id"].(string)
		}
		marketer := patient(`{"first_name":"امیر","last_name":"بازاریاب","marketer_status":"active"}`)
		c.command(t, "POST /commissions/{id}/rate", "POST", "/commissions/"+marketer+"/rate", `{"rate":500,"valid_from":"1400/01/01"}`, "Idempotency-Key", "rate")
		delete(c.answers, "somebody")
		_, sent := c.call("POST", "/patients", c.manager, `{"first_name":"بهار","last_name":"معرفی","introducer_id":"`+marketer+`"}`)
		id := sent["id"].(string)
		c.command(t, "an admission of a sent one", "POST", "/patients/"+id+"/admissions", `{"lines":[{"service_id":"`+c.service+`"}],"coverage":{}}`)
		c.command(t, "money of a sent one", "POST", "/patients/"+id+"/receipts", `{"lines":[{"method":"cash","amount":2000000}]}`)
		c.command(t, "POST /commissions/{id}/settle", "POST", "/commissions/"+marketer+"/settle", `{"how":"cash","amount":40000,"note":"مهر"}`)
		for key, body := range map[string]string{"zero": `{"how":"account","amount":0}`, "less": `{"how":"cash","amount":-1}`} {
			response, problem := c.call("POST", "/commissions/"+marketer+"/settle", c.manager, body, "Idempotency-Key", key)
			if response.StatusCode != http.StatusBadRequest || problem["code"] != "commission.amount" || problem["field"] != "amount" {
				t.Errorf("%s answered %d %v", body, response.StatusCode, problem)
			}
		}
		rest := c.command(t, "the rest on account", "POST", "/commissions/"+marketer+"/settle", `{"how":"account"}`)
		settled := rest["settlement"].(map[string]any)["id"].(string)
		void := c.command(t, "POST /commissions/settlements/{id}/void", "POST", "/commissions/settlements/"+settled+"/void", `{"reason":"اشتباه"}`)
		if got := void["settlement"].(map[string]any); got["undone"] != true {
			t.Errorf("the settlement that was voided: %v", got)
		}
		c.asked["GET /commissions/{id}"] = "/commissions/" + marketer
	})
}
