package message

// englishSettlement is what insurers pay and cut.
var englishSettlement = map[string]string{}
