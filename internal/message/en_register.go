package message

var englishRegister = map[string]string{}
