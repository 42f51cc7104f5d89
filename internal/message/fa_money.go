package message

// persianMoney is what all sheets and lists of money share.
var persianMoney = map[string]string{
	"effect.balance":          "مانده پس از ثبت",
	"effect.deposits":         "بیعانه باز",
	"effect.drawer":           "صندوق شما",
	"table.count":             "{n} ردیف",
	"fault.money_rules.undo":  "مهلت برگرداندن از صفر تا ۱۴۴۰ دقیقه است.",
	"fault.money_rules.days":  "مهلت بیعانه از صفر تا ۳۶۵۰ روز است.",
	"fault.money_rules.aging": "سه مهلت کهنگی بدهی باید از کم به زیاد باشد.",
	"fault.money_rules.tiers": "هر پله ساعت جداگانه و درصد تا صد دارد و پله آخر از ساعت صفر است.",
	"field.amount":            "مبلغ ({unit})",
	"field.reason":            "دلیل",
	"field.method":            "روش",
	"field.note":              "یادداشت",
	"field.place":             "محل",
	"field.tracking_number":   "شماره پیگیری",
	"field.last_four":         "چهار رقم آخر کارت",
	"field.destination":       "به کارت یا شبا",
	"admissions.vat":          "ارزش افزوده",
	"admissions.beyond":       "تخفیف این پذیرش بیش از سقف شماست ({percent}٪)؛ کسی با سقف بالاتر، مانند مدیر، تأیید می‌کند.",
	"admissions.remitted":     "بخشیده پس از صورتحساب",
	"field.day":               "روز",
}
