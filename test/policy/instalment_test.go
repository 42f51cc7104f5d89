package policy_test

func init() {
	bodies["POST /api/v1/admissions/{id}/instalment-plan"] = `{"count":2,"first_due":"1406/01/10"}`
	bodies["POST /api/v1/admissions/{id}/instalment-plan/cancel"] = `{"reason":"x"}`
	bodies["POST /admissions/{admission}/instalments"] = "request={key}&seen_version=0&instalment_count=2&first_due=1406/01/10"
	bodies["POST /admissions/{admission}/instalments/cancel"] = "request={key}&seen_version=0&reason=x"
	mayBeEmpty["GET /admissions/{admission}/instalments/print"] = true
	mayBeEmpty["GET /api/v1/admissions/{id}/instalment-plan"] = true
}
