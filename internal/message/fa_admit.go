package message

var persianAdmit = map[string]string{}
