package message

// persianCorrection is voids, corrections, refunds and what is given up.
var persianCorrection = map[string]string{
	"fault.fund.none":                 "این دریافت پیدا نشد؛ صفحه را تازه کنید.",
	"fault.fund.spent":                "از این دریافت فقط {limit} روی حساب مانده و بیشتر از آن برنمی‌گردد.",
	"fault.spending.amount":           "مبلغ باید بیشتر از صفر باشد.",
	"fault.spending.more_than_credit": "حداکثر {limit} بستانکاری نقدشده هست؛ مبلغ کمتری بنویسید.",
}
