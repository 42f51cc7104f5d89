package api_test

import (
	"strconv"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		// The insurer owes nothing without a tariff of its own.
		c.command(t, "an insured admission", "POST", "/patients/"+c.patient+"/admissions",
			`{"lines":[{"service_id":"`+insured(t, c)+`"}],"coverage":{"base_insurer_id":"`+c.insurer+`"}}`)
		id := c.asked0(t, "/insurers/"+c.insurer+"/receivables", "admission_id")
		done := c.command(t, "POST /insurers/{id}/settlements", "POST", "/insurers/"+c.insurer+"/settlements",
			`{"received":200000,"deductions":[{"admission_id":"`+id+`","amount":50000,"to":"patient"},{"admission_id":"`+id+`","amount":20000,"to":"write_off"}],
			"admissions":[{"admission_id":"`+id+`","amount":150000}],"note":"نامه ۱۲","place_id":""}`)
		settlement := done["settlement"].(map[string]any)
		if got := settlement["lines"].([]any); len(got) != 3 {
			t.Errorf("the settlement has %d lines", len(got))
		}
		void := c.command(t, "POST /settlements/{id}/void", "POST", "/settlements/"+settlement["id"].(string)+"/void", `{"reason":"نامه اشتباه"}`)
		if got := void["settlement"].(map[string]any); got["undone"] != true {
			t.Errorf("the settlement that was voided: %v", got)
		}
		if got := void["patients"].([]any); len(got) != 1 {
			t.Errorf("the void says of %d patients what it does", len(got))
		}
		c.asked["GET /settlements/{id}"] = "/settlements/" + settlement["id"].(string)
		c.asked["GET /insurers/{id}/receivables"] = "/insurers/" + c.insurer + "/receivables"
		c.asked["GET /insurers/{id}/settlements"] = "/insurers/" + c.insurer + "/settlements"
	})
}

// insured is a service with a tariff of the insurer.
func insured(t *testing.T, c treated) string {
	t.Helper()
	var id clinic.ServiceID
	err := c.desk.Batch(t.Context(), c.founder, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "insured", Name: "بیمه"})
		if err != nil {
			return err
		}
		if id, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "insured", Name: "معاینه", Price: 1_000_000}); err != nil {
			return err
		}
		n, err := strconv.ParseInt(c.insurer, 10, 64)
		if err != nil {
			return err
		}
		return b.Tariff(t.Context(), clinic.Tariff{Service: id, Insurer: clinic.InsurerID(n), Price: 1_000_000, ValidFrom: "2020-01-01"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatInt(int64(id), 10)
}

// asked0 is a field of the first item of a list.
func (c treated) asked0(t *testing.T, path, field string) string {
	t.Helper()
	_, answer := c.call("GET", path, c.manager, "")
	items, _ := answer["items"].([]any)
	if len(items) == 0 {
		t.Fatalf("%s answered %v", path, answer)
	}
	return items[0].(map[string]any)[field].(string)
}
