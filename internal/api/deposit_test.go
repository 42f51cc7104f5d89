package api_test

import "testing"

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
