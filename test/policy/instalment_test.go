package policy_test

func init() {
	bodies["POST /api/v1/admissions/{id}/instalment-plan"] = `{"count":2,"first_due":"1406/01/10"}`
	bodies["POST /api/v1/admissions/{id}/instalment-plan/cancel"] = `{"reason":"x"}`
	mayBeEmpty["GET /api/v1/admissions/{id}/instalment-plan"] = true
}
