package message

// persianCommission is what introducers and referrers earn.
var persianCommission = map[string]string{}
