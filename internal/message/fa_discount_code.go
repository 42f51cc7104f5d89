package message

// persianDiscountCode is discount codes.
var persianDiscountCode = map[string]string{}
