package message

var englishList = map[string]string{}
