package message

// persianDeposit is deposits.
var persianDeposit = map[string]string{
	"fault.deposit.none":                "این بیعانه پیدا نشد.",
	"fault.deposit.stale":               "کاربر دیگری این بیعانه را تغییر داد؛ صفحه را تازه کنید.",
	"fault.deposit.amount":              "مبلغ باید بیشتر از صفر باشد.",
	"fault.deposit.expires":             "مهلت بیعانه امروز یا بعد از آن است.",
	"fault.deposit.cheque":              "بیعانه با چک گرفته نمی‌شود؛ نقد، کارتخوان یا واریز را انتخاب کنید یا چک را در صندوقداری بگیرید.",
	"fault.deposit.not_requested":       "این بیعانه دیگر در انتظار دریافت نیست؛ صفحه را تازه کنید.",
	"fault.deposit.more_than_requested": "مبلغ درخواست‌شده {limit} است؛ برای بیشتر از آن بیعانه دیگری بگیرید.",
	"fault.deposit.empty":               "این بیعانه مانده‌ای ندارد.",
	"fault.deposit.more_than_left":      "مانده این بیعانه {limit} است؛ مبلغ کمتری بنویسید.",
	"fault.deposit.not_due":             "از این پذیرش چیزی برای پرداخت نمانده است.",
	"fault.deposit.more_than_due":       "از این پذیرش فقط {limit} مانده است؛ مبلغ کمتری بنویسید.",
	"fault.deposit.over":                "این بیعانه مانده‌ای ندارد که برای کار دیگری باشد.",
	"fault.deposit.same":                "چیزی تغییر نکرده است.",
	"fault.deposit.other":               "این پذیرش از شخص دیگری است؛ پذیرش همین شخص را انتخاب کنید.",
	"fault.deposit.not_final":           "بیعانه فقط پذیرش قطعی را می‌پردازد؛ این پذیرش موقت یا لغو شده است.",
	"fault.deposit.not_applied":         "این بیعانه اینجا مصرف نشده است.",
	"fault.deposit.more_than_applied":   "از این بیعانه فقط {limit} مصرف‌شده و برگشتنی است.",
	"fault.deposit.reason":              "دلیل سوخت بیعانه را بنویسید.",

	"audit.action.deposit.request":     "بیعانه خواست",
	"audit.action.deposit.receive":     "بیعانه گرفت",
	"audit.action.deposit.withdraw":    "درخواست بیعانه را پس گرفت",
	"audit.action.deposit.apply":       "بیعانه را در پذیرش مصرف کرد",
	"audit.action.deposit.unapply":     "مصرف بیعانه را برگرداند",
	"audit.action.deposit.to_account":  "بیعانه را به حساب منتقل کرد",
	"audit.action.deposit.refund":      "بیعانه را عودت داد",
	"audit.action.deposit.forfeit":     "بیعانه را سوخت کرد",
	"audit.action.deposit.move":        "بیعانه را برای کار دیگری گذاشت",
	"audit.action.deposit.from_credit": "بستانکاری را بیعانه کرد",
}
