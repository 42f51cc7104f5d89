package message

// persianSettlement is what insurers pay and cut.
var persianSettlement = map[string]string{
	"fault.settlement.empty":          "مبلغ دریافتی یا دست‌کم یک کسور را بنویسید.",
	"fault.settlement.amount":         "مبلغ باید بیشتر از صفر باشد.",
	"fault.settlement.to":             "برای کسور بگویید بر عهده بیمار است یا سوخت می‌شود.",
	"fault.settlement.chosen":         "برای این پذیرش تا {limit} از مبلغ دریافتی مانده است.",
	"fault.settlement.not_owed":       "این بیمه‌گر برای این پذیرش بدهی باز ندارد؛ از پذیرش‌های باز همین بیمه‌گر انتخاب کنید.",
	"fault.settlement.more_than_left": "بدهی بیمه‌گر برای این پذیرش {limit} است؛ تا همین مبلغ بنویسید.",
	"fault.settlement.more_than_owed": "بدهی بیمه‌گر پس از کسورات {limit} است؛ تا همین مبلغ بنویسید.",
	"fault.settlement.none":           "چنین تسویه‌ای نیست.",
	"fault.settlement.stale":          "حساب بیمه‌گر در این میان تغییر کرد و اکنون {due} بدهکار است؛ دوباره نگاه کنید و ثبت کنید.",
	"audit.action.insurer.settle":     "تسویه بیمه‌گر",
	"audit.action.insurer.read":       "دیدن مطالبات بیمه‌گر",
}
