package message

var englishPreference = map[string]string{}
