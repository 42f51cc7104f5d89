package message

var englishAccess = map[string]string{}
