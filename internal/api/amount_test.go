package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// place is where a call takes an amount: the body around it, with %s for the
// amount, and the field that a fault has to name.
type place struct{ operation, body, field string }

// amountPlaces finds every amount of every body in the description.
func amountPlaces(t *testing.T, description map[string]any) (places []place) {
	t.Helper()
	schemas := description["components"].(map[string]any)["schemas"].(map[string]any)
	var look func(operation, before, after, name, item string, schema map[string]any, depth int)
	look = func(operation, before, after, name, item string, schema map[string]any, depth int) {
		if ref, ok := schema["$ref"].(string); ok {
			schema = schemas[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
		}
		if depth > 8 {
			t.Fatalf("%s goes deeper than it should", operation)
		}
		if schema["maximum"] == float64(money.Max) {
			places = append(places, place{operation, before + "%s" + after, name + item})
		}
		if items, ok := schema["items"].(map[string]any); ok {
			look(operation, before+"[", "]"+after, name, "-0", items, depth+1)
		}
		properties, _ := schema["properties"].(map[string]any)
		for name, p := range properties {
			look(operation, before+fmt.Sprintf("{%q:", name), "}"+after, name, item, p.(map[string]any), depth+1)
		}
	}
	for _, r := range api.Routes() {
		if r.Method == http.MethodGet {
			continue
		}
		call := description["paths"].(map[string]any)[r.Path].(map[string]any)[strings.ToLower(r.Method)].(map[string]any)
		body := call["requestBody"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)["schema"].(map[string]any)
		look(r.Method+" "+strings.TrimPrefix(r.Path, "/api/v1"), "", "", "", "", body, 0)
	}
	return places
}

// Wherever a call takes an amount, what is none is refused beside the field
// that it stands in, and all have one limit.
func TestWhatIsNoAmountIsRefusedEverywhere(t *testing.T) {
	c := open(t)
	_, description := c.call("GET", "/openapi.json", "", "")
	places := amountPlaces(t, description)
	if len(places) < 30 {
		t.Errorf("only %d places take an amount: %v", len(places), places)
	}
	wrong := map[string]string{
		`1.5`: "money.fraction", `1e3`: "money.fraction", `1.0`: "money.fraction",
		`"1000"`: "money.syntax", `""`: "money.syntax", `true`: "money.syntax", `{}`: "money.syntax", `[1]`: "money.syntax",
		`1000000000000001`: "money.large", `-1000000000000001`: "money.large",
		`9223372036854775807`: "money.large", `9223372036854775808`: "money.large", `99999999999999999999999999`: "money.large",
	}
	for _, p := range places {
		method, path, _ := strings.Cut(p.operation, " ")
		path = strings.NewReplacer("{id}", "1", "{line}", "1", "{session}", "1").Replace(path)
		for text, code := range wrong {
			body := fmt.Sprintf(p.body, text)
			response, problem := c.call(method, path, c.manager, body, "Idempotency-Key", "k")
			if response.StatusCode != http.StatusBadRequest || problem["code"] != code || problem["field"] != p.field {
				t.Errorf("%s %s answered %d %v, want 400 %s at %s", p.operation, body, response.StatusCode, problem, code, p.field)
			}
		}
	}
}

// Names are taken as they are written, and once.
func TestNamesOfFieldsAreExact(t *testing.T) {
	c := open(t)
	for name, tt := range map[string]struct{ path, body, code, field string }{
		"a slip":               {"/patients/1/receipts", `{"lines":[{"method":"cash","ammount":1}]}`, "request.unknown", "ammount"},
		"other letters":        {"/patients/1/receipts", `{"lines":[{"method":"cash","Amount":1}]}`, "request.unknown", "Amount"},
		"other letters on top": {"/patients/1/receipts", `{"LINES":[]}`, "request.unknown", "LINES"},
		"twice":                {"/patients/1/refunds", `{"amount":1,"method":"cash","amount":2}`, "request.twice", "amount"},
		"twice, escaped":       {"/patients/1/refunds", `{"amount":1,"\u0061mount":2}`, "request.twice", "amount"},
		"twice in a line":      {"/patients/1/receipts", `{"lines":[{"amount":1,"amount":1}]}`, "request.twice", "amount"},
		"no field of Go's":     {"/patients/1/deposits", `{"DepositMoney":{}}`, "request.unknown", "DepositMoney"},
		"a list for an object": {"/patients/1/receipts", `[]`, "request.syntax", ""},
		"nothing":              {"/patients/1/receipts", ``, "request.invalid", ""},
		"null":                 {"/patients/1/receipts", `null`, "request.syntax", ""},
		"more after it":        {"/patients/1/receipts", `{}x`, "request.syntax", ""},
		"no UTF-8":             {"/patients", "{\"first_name\":\"\xff\"}", "request.syntax", ""},
		"deep":                 {"/patients", `{"tags":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, "request.syntax", ""},
		"an object for a list": {"/patients/1/receipts", `{"lines":{"amount":1}}`, "request.syntax", "lines"},
		"a text for a number":  {"/patients/1/receipts", `{"lines":[],"seen_version":"1"}`, "request.syntax", "seen_version"},
	} {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call("POST", tt.path, c.manager, tt.body, "Idempotency-Key", "k")
			field, _ := problem["field"].(string)
			if response.StatusCode != http.StatusBadRequest || problem["code"] != tt.code || field != tt.field {
				t.Errorf("answered %d %v, want 400 %s at %q", response.StatusCode, problem, tt.code, tt.field)
			}
		})
	}
}

// Nothing and less than nothing are refused beside the field, except where
// nothing says something: an empty drawer, no discount, no money with
// deductions.
func TestNothingAndLessAreNoAmounts(t *testing.T) {
	c := treat(t)
	id := func(operation, path, body, record string) string {
		t.Helper()
		return c.command(t, operation, "POST", path, body)[record].(map[string]any)["id"].(string)
	}
	payer := c.command(t, "who has credit", "POST", "/patients", `{"first_name":"مینا","last_name":"رضایی"}`)["id"].(string)
	c.command(t, "credit of hers", "POST", "/patients/"+payer+"/receipts", `{"lines":[{"method":"cash","amount":5000}]}`)
	admission := id("hers", "/patients/"+payer+"/admissions", `{"lines":[{"service_id":"`+c.service+`"}],"coverage":{}}`, "admission")
	draft := id("a draft of hers", "/patients/"+payer+"/admissions", `{"lines":[{"service_id":"`+c.service+`"}],"coverage":{},"draft":true}`, "admission")
	deposit := id("a deposit of hers", "/patients/"+payer+"/deposits", `{"lines":[{"method":"cash","amount":5000}]}`, "deposit")
	asked := id("one asked for", "/patients/"+payer+"/deposits", `{"amount":5000}`, "deposit")
	c.command(t, "a use of it", "POST", "/deposits/"+deposit+"/apply", `{"admission_id":"`+admission+`","amount":1000}`)
	shift := c.asked["GET /shifts/{id}"]
	counted := c.shiftOf(t, "counted")
	c.command(t, "a count", "POST", counted+"/count", `{"counts":[{"method":"cash","counted":1000}]}`)
	tests := []struct {
		path, body, field string
		less              string // the code of less than nothing
		says              bool   // nothing says something
	}{
		{"/patients/" + payer + "/coverages", `{"insurer_id":"` + c.insurer + `","ceiling":%s}`, "ceiling", "coverage.ceiling", true},
		{"/patients/" + payer + "/admissions", `{"lines":[{"service_id":"` + c.service + `","discount":{"amount":%s,"reason":"x"}}],"coverage":{}}`, "discount-0", "discount.amount", true},
		{"/admissions/" + draft + "/discount", `{"amount":%s,"reason":"x"}`, "discount-0", "discount.amount", true},
		{"/admissions/" + draft + "/discount", `{"lines":[{"line":1,"amount":%s,"reason":"x"}]}`, "discount-0", "discount.amount", true},
		{"/admissions/" + admission + "/discount", `{"amount":%s,"reason":"x"}`, "discount", "discount.amount", false},
		{"/admissions/" + draft + "/edit", `{"lines":[{"line":1,"discount":{"amount":%s,"reason":"x"}}]}`, "discount-0", "discount.amount", true},
		{"/patients/" + payer + "/receipts", `{"lines":[{"method":"cash","amount":%s}]}`, "amount-0", "receipt.amount", false},
		{"/patients/" + payer + "/receipts", `{"lines":[{"method":"cash","amount":1}],"allocations":[{"admission_id":"` + admission + `","amount":%s}]}`, "allocations", "allocation.amount", false},
		{"/patients/" + payer + "/refunds", `{"amount":%s,"method":"cash","reason":"x"}`, "amount", "spending.amount", false},
		{"/patients/" + payer + "/write-offs", `{"amount":%s,"reason":"x"}`, "amount", "spending.amount", false},
		{"/patients/" + payer + "/deposits", `{"amount":%s}`, "amount", "deposit.amount", false},
		{"/patients/" + payer + "/deposits", `{"lines":[{"method":"cash","amount":%s}]}`, "amount-0", "receipt.amount", false},
		{"/patients/" + payer + "/credit-to-deposit", `{"amount":%s}`, "amount", "deposit.amount", false},
		{"/deposits/" + asked + "/receive", `{"method":"cash","amount":%s}`, "amount-0", "receipt.amount", false},
		{"/deposits/" + asked + "/receive", `{"lines":[{"method":"cash","amount":%s}]}`, "amount-0", "receipt.amount", false},
		{"/deposits/" + deposit + "/apply", `{"admission_id":"` + admission + `","amount":%s}`, "amount", "deposit.amount", false},
		{"/deposits/" + deposit + "/unapply", `{"amount":%s}`, "amount", "deposit.amount", false},
		{"/deposits/" + deposit + "/to-account", `{"amount":%s}`, "amount", "deposit.amount", false},
		{"/deposits/" + deposit + "/refund", `{"amount":%s,"reason":"x"}`, "amount", "deposit.amount", false},
		{"/deposits/" + deposit + "/forfeit", `{"amount":%s,"reason":"x"}`, "amount", "deposit.amount", false},
		{"/shifts", `{"float":%s}`, "float", "shift.float", true},
		{shift + "/count", `{"counts":[{"method":"cash","counted":%s}],"note":"x"}`, "cash", "shift.amount", true},
		{counted + "/handover", `{"amount":%s,"to":"safe"}`, "amount", "handover.amount", true},
		{"/admissions/" + admission + "/instalment-plan", `{"down_payment":%s,"count":2,"first_due":"1405/10/02"}`, "down_payment", "instalment.down_payment", true},
		{"/admissions/" + admission + "/instalment-plan", `{"count":2,"first_due":"1405/10/02","amount":%s}`, "amount", "instalment.amount", true},
		{"/admissions/" + admission + "/instalment-plan", `{"instalments":[{"due":"1405/10/02","amount":%s}]}`, "amount-0", "instalment.amount", false},
		{"/discount-codes", `{"code":"NEW","amount":%s}`, "amount", "discount_code.amount", false},
		{"/discount-codes", `{"code":"NEW","percent":100,"most":%s}`, "amount", "discount_code.amount", true},
	}
	for i, tt := range tests {
		for _, text := range []string{"-1", "0"} {
			body := strings.TrimSuffix(fmt.Sprintf(tt.body, text), "}") + `,"dry_run":true}`
			response, problem := c.call("POST", tt.path, c.manager, body, "Idempotency-Key", fmt.Sprint("amount", i, text))
			if text == "0" && tt.says {
				if response.StatusCode == http.StatusBadRequest {
					t.Errorf("%s %s answered %d %v", tt.path, body, response.StatusCode, problem)
				}
				continue
			}
			if response.StatusCode != http.StatusBadRequest || problem["code"] != tt.less || problem["field"] != tt.field {
				t.Errorf("%s %s answered %d %v, want 400 %s at %s", tt.path, body, response.StatusCode, problem, tt.less, tt.field)
			}
		}
	}
}

// A count of cash and what came of a hand-over are said as they are.
func TestAnEmptyDrawerIsSaid(t *testing.T) {
	c := treat(t)
	shift := c.shiftOf(t, "counted")
	// An empty drawer is said, not left out.
	response, problem := c.call("POST", shift+"/count", c.manager, `{"counts":[{"method":"cash"}],"note":"x"}`, "Idempotency-Key", "no count")
	if response.StatusCode != http.StatusBadRequest || problem["field"] != "counted-0" {
		t.Errorf("a count of nobody knows how much answered %d %v", response.StatusCode, problem)
	}
	c.command(t, "a count", "POST", shift+"/count", `{"counts":[{"method":"cash","counted":1000}]}`)
	c.command(t, "a hand-over", "POST", shift+"/handover", `{"amount":1000,"to":"safe"}`)
	// What came of a hand-over is what was handed over, or it goes back.
	for _, text := range []string{"-1", "0", "999"} {
		response, problem := c.call("POST", shift+"/confirm", c.manager, `{"received":`+text+`}`, "Idempotency-Key", "received"+text)
		if response.StatusCode != http.StatusUnprocessableEntity || problem["code"] != "shift.received" || problem["field"] != "received" {
			t.Errorf("%s received of 1000 answered %d %v", text, response.StatusCode, problem)
		}
	}
}

// shiftOf is the path of the shift of somebody new, with 1,000 in the drawer.
func (c treated) shiftOf(t *testing.T, username string) string {
	t.Helper()
	_, err := c.desk.AddStaff(t.Context(), c.founder, desk.AddStaff{Password: "a long enough secret",
		Staff: clinic.Staff{Name: username, Role: clinic.Receptionist, Username: username, Branch: c.founder.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	if c.manager, err = c.desk.CreateToken(t.Context(), c.founder, username, 1e12); err != nil {
		t.Fatal(err)
	}
	opened := c.command(t, "a shift of "+username, "POST", "/shifts", `{"float":1000}`)
	return "/shifts/" + opened["shift"].(map[string]any)["id"].(string)
}
