package policy_test

func init() {
	apiObjects["/api/v1/insurers/"] = "{insurer}"
	bodies["POST /api/v1/insurers/{id}/settlements"] = `{"received":1}`
	// The insurer of the test owes nothing, so nothing is settled.
	mayBeEmpty["GET /api/v1/settlements/{id}"] = true
}
