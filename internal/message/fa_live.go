package message

var persianLive = map[string]string{}
