package message

var persianAccess = map[string]string{}
