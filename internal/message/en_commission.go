package message

// englishCommission is what introducers and referrers earn.
var englishCommission = map[string]string{}
