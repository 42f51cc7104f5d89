package message

var englishMerge = map[string]string{}
