package message

var persianList = map[string]string{}
