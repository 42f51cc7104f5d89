package message

var englishAdmit = map[string]string{}
