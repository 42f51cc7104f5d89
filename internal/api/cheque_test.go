package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		made := c.command(t, "cheques", "POST", "/patients/"+c.patient+"/receipts", `{"lines":[
			{"method":"cheque","amount":1000,"cheque":{"sayad_id":"1234567890123401","due_date":"1405/10/15","bank":"ملی","number":"7","confirmed":true}},
			{"method":"cheque","amount":2000,"cheque":{"sayad_id":"1234567890123402","due_date":"1405/10/16"}},
			{"method":"cheque","amount":3000,"cheque":{"sayad_id":"1234567890123403","due_date":"1405/10/17"}},
			{"method":"cheque","amount":4000,"cheque":{"sayad_id":"1234567890123404","due_date":"1405/10/18"}},
			{"method":"cheque","amount":5000,"cheque":{"sayad_id":"1234567890123405","due_date":"1405/10/19"}}]}`)
		path := func(i int) string {
			return "/cheques/" + made["cheques"].([]any)[i].(map[string]any)["id"].(string)
		}
		c.command(t, "POST /cheques/{id}/bank", "POST", path(0)+"/bank", `{}`)
		c.command(t, "POST /cheques/{id}/clear", "POST", path(1)+"/clear", `{}`)
		c.command(t, "POST /cheques/{id}/bounce", "POST", path(2)+"/bounce", `{"reason":"کسری موجودی"}`)
		c.command(t, "POST /cheques/{id}/return", "POST", path(3)+"/return", `{"reason":"پشیمان شد"}`)
		c.command(t, "POST /cheques/{id}/swap", "POST", path(4)+"/swap", `{"lines":[{"method":"cash","amount":5000}]}`)
		c.asked["GET /cheques"] = "/cheques?status=all"
	})
}
