package api_test

import (
	"net/http"
	"strconv"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// A referrer is known by its name, and by its id afterwards.
func TestAReferrerOfAPatient(t *testing.T) {
	c := open(t)
	_, first := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی","referrer":"دکتر شفیعی"}`)
	_, second := c.call("POST", "/patients", c.manager, `{"first_name":"مینا","last_name":"کریمی","referrer":"دكتر شفيعي"}`)
	if first["referrer_id"] == nil || first["referrer_id"] != second["referrer_id"] || second["referrer"] != "دکتر شفیعی" {
		t.Errorf("referrers of %v and %v", first, second)
	}
	_, other := c.call("PATCH", "/patients/"+first["id"].(string), c.manager, `{"referrer":"درمانگاه بهار"}`, "If-Match", `"1"`)
	if other["referrer"] != "درمانگاه بهار" || other["referrer_id"] == first["referrer_id"] {
		t.Errorf("changed to %v", other)
	}
	_, none := c.call("PATCH", "/patients/"+first["id"].(string), c.manager, `{"referrer_id":""}`, "If-Match", `"2"`)
	if none["referrer"] != nil || none["referrer_id"] != nil {
		t.Errorf("still %v", none)
	}
}

// A key makes registering twice harmless, with the other body it is refused.
func TestRegisteringWithAKey(t *testing.T) {
	c := open(t)
	body := `{"first_name":"زهرا","last_name":"کریمی","mobile":"09121234567"}`
	_, first := c.call("POST", "/patients", c.manager, body, "Idempotency-Key", "a")
	_, again := c.call("POST", "/patients", c.manager, body, "Idempotency-Key", "a")
	if first["id"] == nil || first["id"] != again["id"] {
		t.Errorf("registered %v and %v", first, again)
	}
	for name, tt := range map[string]struct {
		body    string
		headers []string
		status  int
		code    string
	}{
		"another body":           {`{"first_name":"زهرا","last_name":"x"}`, []string{"Idempotency-Key", "a"}, 409, "request.reused"},
		"who looks alike":        {`{"first_name":"زهرا","last_name":"كريمي","mobile":"9121234567","ask_similar":true}`, nil, 422, "patient.similar"},
		"a residence code":       {`{"first_name":"a","last_name":"b","foreign_id_kind":"residence","foreign_id":"123"}`, nil, 400, "patient.foreign_id_length"},
		"no such referrer":       {`{"first_name":"a","last_name":"b","referrer_id":"17"}`, nil, 404, "referrer.none"},
		"no marketer":            {`{"first_name":"a","last_name":"b","introducer_id":"` + first["id"].(string) + `"}`, nil, 400, "patient.introducer_inactive"},
		"a file number of words": {`{"first_name":"a","last_name":"b","file_number":"x"}`, nil, 400, "patient.file_number_form"},
	} {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call("POST", "/patients", c.manager, tt.body, tt.headers...)
			if response.StatusCode != tt.status || problem["code"] != tt.code {
				t.Errorf("answered %d %v", response.StatusCode, problem)
			}
		})
	}
}

func TestCoveragesOfAPatient(t *testing.T) {
	c := open(t)
	var plain, strict clinic.InsurerID
	err := c.desk.Batch(t.Context(), c.founder, false, func(b desk.Batch) (err error) {
		if plain, err = b.Insurer(t.Context(), clinic.Insurer{Code: "base", Name: "پایه", Kind: clinic.BaseInsurance, Share: 7000}); err != nil {
			return err
		}
		strict, err = b.Insurer(t.Context(), clinic.Insurer{Code: "strict", Name: "تکمیلی", Kind: clinic.SupplementaryInsurance, Share: 8000, RequiresNationalCode: true})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	_, p := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی"}`)
	where := "/patients/" + p["id"].(string) + "/coverages"
	response, added := c.call("POST", where, c.manager, `{"insurer_id":"`+id(plain)+`","insurance_number":"۱۲۳","ceiling":5000000,"coverage_end":"1406/01/01"}`, "Idempotency-Key", "c")
	if response.StatusCode != http.StatusCreated || added["insurance_number"] != "123" || added["coverage_end"] != "2027-03-21" {
		t.Errorf("added %d %v", response.StatusCode, added)
	}
	_, all := c.call("GET", where, c.doctor, "")
	if items := all["items"].([]any); len(items) != 1 || items[0].(map[string]any)["id"] != added["id"] {
		t.Errorf("lists %v", all)
	}
	for name, tt := range map[string]struct {
		where, token, body string
		status             int
		code               string
	}{
		"nobody's":            {"/patients/17/coverages", c.manager, `{"insurer_id":"` + id(plain) + `"}`, 404, "patient.none"},
		"no insurer":          {where, c.manager, `{}`, 400, "coverage.insurer"},
		"an unknown insurer":  {where, c.manager, `{"insurer_id":"17"}`, 404, "insurer.none"},
		"no right":            {where, c.doctor, `{}`, 403, "permission"},
		"a code is needed":    {where, c.manager, `{"insurer_id":"` + id(strict) + `"}`, 400, "patient.code_needed"},
		"an end before begin": {where, c.manager, `{"insurer_id":"` + id(plain) + `","valid_from":"1405/01/02","coverage_end":"1405/01/01"}`, 400, "coverage.date"},
	} {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call("POST", tt.where, tt.token, tt.body)
			if response.StatusCode != tt.status || problem["code"] != tt.code {
				t.Errorf("answered %d %v", response.StatusCode, problem)
			}
		})
	}
}

func id(i clinic.InsurerID) string { return strconv.FormatInt(int64(i), 10) }
