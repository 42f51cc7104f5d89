package message

// persianCommission is what introducers and referrers earn.
var persianCommission = map[string]string{
	"fault.commission.rate":           "درصد باید از صفر تا صد باشد.",
	"fault.commission.day":            "روز آغاز درصد را بنویسید.",
	"fault.commission.how":            "روش تسویه یکی از حساب بازاریاب، نقد، کارت‌به‌کارت یا واریز است.",
	"fault.commission.amount":         "مبلغ باید بیشتر از صفر باشد.",
	"fault.commission.no_account":     "ارجاع‌دهنده پرونده و حساب ندارد؛ نقد یا با واریز تسویه کنید.",
	"fault.commission.nothing":        "پورسانت تسویه‌نشده‌ای نمانده است.",
	"fault.commission.more_than_left": "از این پورسانت {limit} مانده است؛ تا همین مبلغ تسویه کنید.",
	"fault.commission.drawer":         "در صندوق شما {limit} هست؛ تا همین مبلغ نقد بدهید یا با واریز تسویه کنید.",
	"fault.commission.none":           "چنین بازاریاب یا ارجاع‌دهنده‌ای نیست.",
	"audit.action.commission.settle":  "تسویه پورسانت",
	"audit.action.commission.rate":    "تعیین درصد پورسانت",
	"audit.action.commission.read":    "دیدن پورسانت",
	"audit.action.commission.list":    "دیدن فهرست پورسانت‌ها",
}
