package message

var persianTicket = map[string]string{}
