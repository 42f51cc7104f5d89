package message

var englishPalette = map[string]string{}
