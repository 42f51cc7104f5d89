package message

// persianOnline is the public booking page.
var persianOnline = map[string]string{}
