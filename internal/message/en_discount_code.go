package message

// englishDiscountCode is discount codes.
var englishDiscountCode = map[string]string{

	"fault.discount_code.none":          "There is no such discount code; type it again.",
	"fault.discount_code.off":           "This discount code is switched off; type another one.",
	"fault.discount_code.not_yet":       "This discount code holds from {day} on.",
	"fault.discount_code.expired":       "This discount code held until {day}; type another one.",
	"fault.discount_code.used":          "The discount code has been used.",
	"fault.discount_code.other_patient": "This discount code is for another patient.",
	"fault.discount_code.combined":      "This code goes with no other discount; clear the code or the discount.",
	"fault.discount_code.services":      "This discount code is for none of these services.",
	"fault.discount_code.code":          "A discount code is 3 to 30 of A-Z, digits and hyphens.",
	"fault.discount_code.amount":        "Give a discount code an amount, or a percentage of up to 100.",
	"fault.discount_code.dates":         "A code does not end before it begins; mend the date.",
	"fault.discount_code.uses":          "A code is used 1 to 100,000 times.",
	"fault.discount_code.exists":        "There is such a discount code already; type another one.",
	"fault.discount_code.stale":         "Somebody else changed this code; look again and save.",
	"audit.action.discount_code.write":  "Made a discount code",
	"audit.action.discount_code.switch": "Switched a discount code off or on",
}
