package message

// englishReport is the lists and reports of the desk.
var englishReport = map[string]string{}
