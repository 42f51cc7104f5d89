package message

// persianCheque is cheques.
var persianCheque = map[string]string{}
