package policy_test

func init() {
	apiObjects["/api/v1/insurers/"] = "{insurer}"
	bodies["POST /api/v1/insurers/{id}/settlements"] = `{"received":1}`
	// The insurer of the test owes nothing, so nothing is settled.
	bodies["POST /insurers/{insurer}/settle"] = "request={key}&received=1"
	mayBeEmpty["GET /settlements/{settlement}"] = true
	mayBeEmpty["GET /api/v1/settlements/{id}"] = true
}
