package message

var persianAudit = map[string]string{}
