package message

// persianDeposit is deposits.
var persianDeposit = map[string]string{}
