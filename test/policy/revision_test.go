package policy_test

import (
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	for route, body := range map[string]string{
		"POST /api/v1/admissions/{id}/reopen":                          `{"reason":"x"}`,
		"POST /api/v1/admissions/{id}/edit":                            `{"lines":[{"service_id":"{service}","quantity":1}]}`,
		"POST /api/v1/admissions/{id}/coverage":                        `{"base_insurer_id":"{insurer}"}`,
		"POST /api/v1/admissions/{id}/lines/{line}/cancel":             `{"reason":"x"}`,
		"POST /api/v1/admissions/{id}/lines/{line}/abandon":            `{"reason":"x"}`,
		"POST /api/v1/admissions/{id}/lines/{line}/sessions/{session}": `{"status":"done"}`,
		"POST /api/v1/discount-codes":                                  `{"code":"{key}","amount":1000}`,
		"POST /api/v1/discount-codes/{id}/switch":                      `{"off":true}`,
		"POST /admissions/{admission}/reopen":                          "request={key}&seen_version=0&reason=x",
		"POST /admissions/{admission}/edit":                            "request={key}&seen_version=0&quantity-1=2",
		"POST /admissions/{admission}/coverage":                        "request={key}&seen_version=0&base_insurer={insurer}",
		"POST /admissions/{admission}/lines/{line}/cancel":             "request={key}&seen_version=0&reason=x",
		"POST /admissions/{admission}/lines/{line}/abandon":            "request={key}&seen_version=0&reason=x",
		"POST /admissions/{admission}/lines/{line}/session":            "request={key}&seen_version=0&session=1&session_status=done&day=1405/09/01",
		"POST /settings/discount_codes/new":                            "request={key}&code={key}&amount=1000&uses=1",
		"POST /settings/discount_codes/{code}/switch":                  "request={key}",
	} {
		bodies[route] = body
	}
	apiObjects["/api/v1/discount-codes/"] = "{code}"
	records["{session}"] = func(*world, place) int64 { return 1 }
	records["{code}"] = func(w *world, _ place) int64 {
		w.keys++
		c, err := w.desk.AddDiscountCode(w.t.Context(), w.manager, desk.AddDiscountCode{
			Code: clinic.DiscountCode{Code: fmt.Sprint("code-", w.keys), Amount: 1000, Uses: 1}})
		must(w.t, err)
		return int64(c.ID)
	}
}
