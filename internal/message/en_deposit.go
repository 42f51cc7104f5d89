package message

// englishDeposit is deposits.
var englishDeposit = map[string]string{}
