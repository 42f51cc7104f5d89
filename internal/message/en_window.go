package message

var englishWindow = map[string]string{}
