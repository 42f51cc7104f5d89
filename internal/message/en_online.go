package message

// englishOnline is the public booking page.
var englishOnline = map[string]string{}
