package message

var englishTicket = map[string]string{}
