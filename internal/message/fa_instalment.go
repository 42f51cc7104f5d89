package message

// persianInstalment is instalment plans.
var persianInstalment = map[string]string{}
