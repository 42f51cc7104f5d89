package message

var englishLive = map[string]string{}
