package message

// englishDiscountCode is discount codes.
var englishDiscountCode = map[string]string{}
