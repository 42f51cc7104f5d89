package message

var persianMerge = map[string]string{}
