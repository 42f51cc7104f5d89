package message

// englishExplain is why a number is what it is.
var englishExplain = map[string]string{}
