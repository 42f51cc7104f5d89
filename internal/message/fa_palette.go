package message

var persianPalette = map[string]string{}
