package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// treated is a clinic with a patient who was admitted and paid a part.
type treated struct {
	clinicAPI
	patient, admission         string
	service, insurer, provider string
	answers                    map[string]map[string]any // of the commands, by operation
	asked                      map[string]string         // paths of questions about other records than the patient, by operation
}

// treatments try the commands of a feature each; a feature adds its own.
var treatments []func(t *testing.T, c treated)

// nothingYet are the lists of what cannot be made through the API so far.
var nothingYet = map[string]bool{}

// command carries out a command and keeps its answer under the name of the
// operation.
func (c treated) command(t *testing.T, operation, method, path, body string, headers ...string) map[string]any {
	t.Helper()
	response, answer := c.call(method, path, c.manager, body, append(headers, "Idempotency-Key", operation)...)
	if response.StatusCode >= 300 {
		t.Fatalf("%s answered %d %v", operation, response.StatusCode, answer)
	}
	c.answers[operation] = answer
	return answer
}

func treat(t *testing.T) treated {
	t.Helper()
	c := treated{clinicAPI: open(t), answers: map[string]map[string]any{}, asked: map[string]string{}}
	var service, base, provider string
	err := c.desk.Batch(t.Context(), c.founder, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "skin", Name: "پوست"})
		if err != nil {
			return err
		}
		p, err := b.Provider(t.Context(), clinic.Provider{Name: "دکتر احمدی", MedicalCouncilNumber: "12345"})
		if err != nil {
			return err
		}
		i, err := b.Insurer(t.Context(), clinic.Insurer{Code: "base", Name: "پایه", Kind: clinic.BaseInsurance, Share: 7000})
		if err != nil {
			return err
		}
		s, err := b.Service(t.Context(), desk.NewService{Section: section, Code: "visit", Name: "ویزیت", VAT: 1000, Price: 4_500_000})
		service, base, provider = fmt.Sprint(int64(s)), fmt.Sprint(int64(i)), fmt.Sprint(int64(p))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	command := func(operation, method, path, body string, headers ...string) map[string]any {
		t.Helper()
		return c.command(t, operation, method, path, body, headers...)
	}
	p := command("POST /patients", "POST", "/patients", `{"first_name":"زهرا","last_name":"کریمی","birth_date":"1370/01/01","tags":["vip"]}`)
	c.patient = p["id"].(string)
	command("PATCH /patients/{id}", "PATCH", "/patients/"+c.patient, `{"city":"تهران"}`, "If-Match", `"1"`)
	command("POST /patients/{id}/coverages", "POST", "/patients/"+c.patient+"/coverages",
		`{"insurer_id":"`+base+`","insurance_number":"123","ceiling":5000000,"valid_from":"1405/01/01","coverage_end":"1406/01/01"}`)
	admit := func(operation, more string) string {
		body := `{"lines":[{"service_id":"` + service + `","provider_id":"` + provider + `","discount":{"percent":1000,"reason":"همکار"}}],"coverage":{"base_insurer_id":"` + base + `"}` + more + `}`
		return command(operation, "POST", "/patients/"+c.patient+"/admissions", body)["admission"].(map[string]any)["id"].(string)
	}
	c.admission = admit("POST /patients/{id}/admissions", "")
	draft := admit("a draft", `,"draft":true`)
	command("POST /admissions/{id}/discount", "POST", "/admissions/"+draft+"/discount", `{"percent":1250,"reason":"همکار"}`)
	command("POST /admissions/{id}/finalize", "POST", "/admissions/"+draft+"/finalize", `{}`)
	command("POST /admissions/{id}/lines/{line}/status", "POST", "/admissions/"+draft+"/lines/1/status", `{"status":"completed"}`)
	command("POST /admissions/{id}/cancel", "POST", "/admissions/"+draft+"/cancel", `{"reason":"انصراف"}`)
	command("POST /patients/{id}/receipts", "POST", "/patients/"+c.patient+"/receipts",
		`{"lines":[{"method":"pos","amount":100000,"tracking_number":"123456","last_four":"1234"}],"note":"بیعانه"}`)
	twin := command("a twin", "POST", "/patients", `{"first_name":"زهرا","last_name":"کریمی"}`)["id"].(string)
	command("POST /patients/{id}/merge", "POST", "/patients/"+twin+"/merge", `{"into":"`+c.patient+`","reason":"دو بار ثبت شده"}`)
	command("POST /patients/{id}/unmerge", "POST", "/patients/"+twin+"/unmerge", `{}`)
	_, ticket := c.call("POST", "/tickets", c.doctor, `{"subject":"چاپ","text":"چاپ نمی‌شود","page":"/patients","build":"1"}`)
	c.answers["POST /tickets"] = ticket
	command("POST /tickets/{id}/replies", "POST", "/tickets/"+ticket["id"].(string)+"/replies", `{"text":"درست شد"}`)
	c.service, c.insurer, c.provider = service, base, provider
	for _, more := range treatments {
		more(t, c)
	}
	return c
}

// Whatever is answered is what the description says: each name is described,
// each required name is there, each value is of its type. Every question is
// asked by somebody who may see money and by somebody who may not.
func TestAnswersAreAsDescribed(t *testing.T) {
	c := treat(t)
	_, description := c.call("GET", "/openapi.json", "", "")
	asked := 0
	for _, r := range api.Routes() {
		path := strings.TrimPrefix(r.Path, "/api/v1")
		if path == "/openapi.json" {
			continue
		}
		operation := r.Method + " " + path
		schema := answerSchema(description, r)
		if r.Method != http.MethodGet {
			answer, ok := c.answers[operation]
			if !ok {
				t.Errorf("nobody tried %s", operation)
			}
			compare(t, description, schema, answer, operation)
			continue
		}
		for _, token := range []string{c.manager, c.doctor} {
			question := strings.Replace(path, "{id}", c.patient, 1)
			if other, ok := c.asked[operation]; ok {
				question = other
			}
			response, answer := c.call("GET", question, token, "")
			if response.StatusCode == http.StatusForbidden && token == c.doctor && !clinic.Doctor.Preset().Has(clinic.Permission(r.Permission)) {
				continue
			}
			if response.StatusCode != http.StatusOK {
				t.Fatalf("%s answered %d %v", operation, response.StatusCode, answer)
			}
			if items, ok := answer["items"].([]any); ok && len(items) == 0 && !nothingYet[operation] {
				t.Errorf("%s answered an empty list, which proves nothing", operation)
			}
			compare(t, description, schema, answer, operation)
			asked++
		}
	}
	if asked < 15 {
		t.Errorf("only %d questions were asked", asked)
	}
}

// answerSchema is what a successful answer of the call is described as.
func answerSchema(description map[string]any, r api.Route) map[string]any {
	call := description["paths"].(map[string]any)[r.Path].(map[string]any)[strings.ToLower(r.Method)].(map[string]any)
	for status, response := range call["responses"].(map[string]any) {
		if strings.HasPrefix(status, "2") {
			return response.(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)["schema"].(map[string]any)
		}
	}
	return nil
}

// compare reports where a value is not what its schema says.
func compare(t *testing.T, description, schema map[string]any, value any, at string) {
	t.Helper()
	if ref, ok := schema["$ref"].(string); ok {
		all := description["components"].(map[string]any)["schemas"].(map[string]any)
		schema = all[strings.TrimPrefix(ref, "#/components/schemas/")].(map[string]any)
	}
	kinds, _ := schema["type"].([]any)
	if kind, ok := schema["type"].(string); ok {
		kinds = []any{kind}
	}
	if got := kindOf(value); !slices.Contains(kinds, any(got)) {
		t.Errorf("%s is %s, described as %v", at, got, kinds)
		return
	}
	switch value := value.(type) {
	case []any:
		for i, v := range value {
			compare(t, description, schema["items"].(map[string]any), v, at+"["+strconv.Itoa(i)+"]")
		}
	case map[string]any:
		names, _ := schema["properties"].(map[string]any)
		for name, v := range value {
			described, ok := names[name].(map[string]any)
			if !ok {
				t.Errorf("%s.%s is not described", at, name)
				continue
			}
			compare(t, description, described, v, at+"."+name)
		}
		required, _ := schema["required"].([]any)
		for _, name := range required {
			if _, ok := value[name.(string)]; !ok {
				t.Errorf("%s.%s is required and missing", at, name)
			}
		}
	}
}

// kindOf is the JSON Schema type of a value; every number of ours is whole.
func kindOf(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case float64:
		if value == float64(int64(value)) {
			return "integer"
		}
	}
	return "number"
}

// The key is described as required exactly where a call without it is refused.
func TestKeysAreDescribed(t *testing.T) {
	c := open(t)
	_, description := c.call("GET", "/openapi.json", "", "")
	for _, r := range api.Routes() {
		if r.Method == http.MethodGet {
			continue
		}
		call := description["paths"].(map[string]any)[r.Path].(map[string]any)[strings.ToLower(r.Method)].(map[string]any)
		required := false
		for _, p := range call["parameters"].([]any) {
			if p := p.(map[string]any); p["name"] == "Idempotency-Key" {
				required = p["required"] == true
			}
		}
		path := strings.Replace(strings.TrimPrefix(r.Path, "/api/v1"), "{id}", "1", 1)
		_, problem := c.call(r.Method, path, c.manager, `{}`)
		if needed := problem["code"] == "request.key"; needed != required {
			t.Errorf("%s %s: key described as required: %t; without it the answer is %v", r.Method, r.Path, required, problem)
		}
	}
}

// The first instant of the calendar is an answer to "known when", not silence.
func TestKnownAtTheFirstInstant(t *testing.T) {
	c := treat(t)
	for _, known := range []string{"0001-01-01T00:00:00Z", "0001-01-01T03:30:00%2B03:30", "0001-01-01T00:00:01Z"} {
		response, b := c.call("GET", "/patients/"+c.patient+"/balance?known_at="+known, c.manager, "")
		if response.StatusCode != http.StatusOK || b["balance"] != 0.0 {
			t.Errorf("the balance known at %s is %d %v, want 0", known, response.StatusCode, b)
		}
	}
	if _, b := c.call("GET", "/patients/"+c.patient+"/balance", c.manager, ""); b["balance"] == 0.0 {
		t.Error("the balance of now is 0, which proves nothing")
	}
}
