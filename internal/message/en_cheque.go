package message

// englishCheque is cheques.
var englishCheque = map[string]string{}
