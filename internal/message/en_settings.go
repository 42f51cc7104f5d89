package message

var englishSettings = map[string]string{}
