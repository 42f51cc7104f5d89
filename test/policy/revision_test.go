package policy_test

func init() {
	for route, body := range map[string]string{
		"POST /api/v1/admissions/{id}/reopen":              `{"reason":"x"}`,
		"POST /api/v1/admissions/{id}/edit":                `{"lines":[{"service_id":"{service}","quantity":1}]}`,
		"POST /api/v1/admissions/{id}/coverage":            `{"base_insurer_id":"{insurer}"}`,
		"POST /api/v1/admissions/{id}/lines/{line}/cancel": `{"reason":"x"}`,
	} {
		bodies[route] = body
	}
}
