package message

// persianExplain is why a number is what it is.
var persianExplain = map[string]string{}
