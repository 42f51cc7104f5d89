package message

var persianWindow = map[string]string{}
