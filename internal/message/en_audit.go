package message

var englishAudit = map[string]string{}
