package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		people := make([]string, 2)
		for i := range people {
			people[i] = c.command(t, "somebody who pays "+string(rune(97+i)), "POST", "/patients", `{"first_name":"مینا","last_name":"راد"}`)["id"].(string)
			c.command(t, "an admission of "+people[i], "POST", "/patients/"+people[i]+"/admissions", `{"lines":[{"service_id":"`+c.service+`"}],"coverage":{}}`)
		}
		takes := func(key string) (receipt, unit string) {
			done := c.command(t, key, "POST", "/patients/"+people[0]+"/receipts", `{"lines":[{"method":"cash","amount":7000000}]}`)
			return done["receipt"].(map[string]any)["id"].(string), done["unit_id"].(string)
		}
		_, unit := takes("money by mistake")
		c.command(t, "POST /units/{id}/undo", "POST", "/units/"+unit+"/undo", `{"reason":"اشتباه"}`)
		receipt, _ := takes("money by the wrong way")
		c.command(t, "POST /receipts/{id}/correct-method", "POST", "/receipts/"+receipt+"/correct-method",
			`{"line":1,"method":"pos","tracking_number":"123456","last_four":"1234","reason":"کارتخوان بود"}`)
		c.command(t, "POST /receipts/{id}/void", "POST", "/receipts/"+receipt+"/void", `{"reason":"اشتباه"}`)
		receipt, _ = takes("money of somebody else")
		c.command(t, "POST /receipts/{id}/transfer", "POST", "/receipts/"+receipt+"/transfer", `{"to":"`+people[1]+`","reason":"اشتباه"}`)
		c.command(t, "POST /patients/{id}/refunds", "POST", "/patients/"+people[1]+"/refunds",
			`{"amount":500000,"method":"card_to_card","reason":"انصراف","tracking_number":"77","last_four":"1234","destination":"1234","override_reason":"نقد نیست"}`)
		c.command(t, "POST /patients/{id}/write-offs", "POST", "/patients/"+people[0]+"/write-offs", `{"amount":1000,"reason":"ناچیز"}`)
	})
}
