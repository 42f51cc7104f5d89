package message

var persianPreference = map[string]string{}
