package policy_test

func init() {
	apiObjects["/api/v1/insurers/"] = "{insurer}"
	bodies["POST /api/v1/insurers/{id}/settlements"] = `{"received":1}`
	// The insurer of the test owes nothing, so nothing is settled.
	bodies["POST /insurers/{insurer}/settle"] = "request={key}&received=1"
	mayBeEmpty["GET /settlements/{settlement}"] = true
	mayBeEmpty["GET /api/v1/settlements/{id}"] = true
	for _, call := range []string{"POST /api/v1/settlements/{id}/void", "POST /api/v1/commissions/settlements/{id}/void"} {
		bodies[call], mayBeEmpty[call] = `{"reason":"x"}`, true
	}
	for _, path := range []string{"/settlements/{settlement}/void", "/commissions/settlements/{settlement}/void"} {
		mayBeEmpty["GET "+path], mayBeEmpty["POST "+path], mayBeEmpty["POST "+path+"/preview"] = true, true, true
	}
}
