package api_test

import (
	"net/http"
	"testing"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		id := func(answer map[string]any) string { return answer["deposit"].(map[string]any)["id"].(string) }
		of := "/patients/" + c.patient + "/deposits"
		one := id(c.command(t, "POST /patients/{id}/deposits", "POST", of,
			`{"lines":[{"method":"pos","amount":3000,"tracking_number":"1"},{"method":"cash","amount":2000}],"purpose":"بوتاکس","service_id":"`+c.service+
				`","provider_id":"`+c.provider+`","planned":"2026-12-01T10:00:00+03:30","expires":"1405/12/01"}`))
		asked := id(c.command(t, "a request", "POST", of, `{"amount":1000}`))
		c.command(t, "POST /deposits/{id}/receive", "POST", "/deposits/"+asked+"/receive", `{"method":"cash","amount":1000}`)
		vain := id(c.command(t, "another request", "POST", of, `{"amount":1000}`))
		c.command(t, "POST /deposits/{id}/withdraw", "POST", "/deposits/"+vain+"/withdraw", `{}`)
		for _, step := range [][2]string{
			{"apply", `{"admission_id":"` + c.admission + `","amount":1500}`},
			{"unapply", `{"admission_id":"` + c.admission + `","amount":500}`},
			{"to-account", `{"amount":400}`},
			{"refund", `{"amount":600,"reason":"انصراف"}`},
			{"forfeit", `{"amount":300,"reason":"نیامد"}`},
			{"move", `{"purpose":"فیلر","planned":"2026-12-05T10:00:00Z","service_id":""}`},
		} {
			c.command(t, "POST /deposits/{id}/"+step[0], "POST", "/deposits/"+one+"/"+step[0], step[1])
		}
		// Credit of somebody who owes nothing.
		other := c.command(t, "a payer", "POST", "/patients", `{"first_name":"مینا","last_name":"رضایی"}`)["id"].(string)
		c.command(t, "credit", "POST", "/patients/"+other+"/receipts", `{"lines":[{"method":"cash","amount":5000}]}`)
		c.command(t, "POST /patients/{id}/credit-to-deposit", "POST", "/patients/"+other+"/credit-to-deposit", `{"amount":5000,"purpose":"نوبت بعد"}`)
	})
}

// Money of a deposit is said in one way, so that nothing is added up and
// nothing is passed over.
func TestMoneyOfADepositIsSaidOnce(t *testing.T) {
	c := treat(t)
	of := "/patients/" + c.patient + "/deposits"
	asked := c.command(t, "one to be paid once", "POST", of, `{"amount":3000}`)["deposit"].(map[string]any)["id"].(string)
	const lines = `"lines":[{"method":"pos","amount":1000}]`
	for _, path := range []string{of, "/deposits/" + asked + "/receive"} {
		for body, field := range map[string]string{
			`{` + lines + `,"amount":1000,"method":"pos"}`: "amount",
			`{` + lines + `,"amount":1000}`:                "amount",
			`{` + lines + `,"method":"pos"}`:               "method",
			`{` + lines + `,"place_id":"1"}`:               "place_id",
			`{` + lines + `,"tracking_number":"1"}`:        "tracking_number",
			`{` + lines + `,"last_four":"1234"}`:           "last_four",
		} {
			response, problem := c.call("POST", path, c.manager, body, "Idempotency-Key", path+body)
			if response.StatusCode != http.StatusBadRequest || problem["code"] != "deposit.said_twice" || problem["field"] != field {
				t.Errorf("%s %s answered %d %v", path, body, response.StatusCode, problem)
			}
		}
	}
}
