package message

// englishInstalment is instalment plans.
var englishInstalment = map[string]string{}
