package message

var persianSettings = map[string]string{}
