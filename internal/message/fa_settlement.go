package message

// persianSettlement is what insurers pay and cut.
var persianSettlement = map[string]string{}
