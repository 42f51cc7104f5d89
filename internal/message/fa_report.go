package message

// persianReport is the lists and reports of the desk.
var persianReport = map[string]string{}
