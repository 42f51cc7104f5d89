package message

// persianReport is the lists and reports of the desk.
var persianReport = map[string]string{
	"fault.report.by_service":    "گزارش خدمات به این تفکیک نیست؛ خدمت، بخش یا درمانگر را برگزینید.",
	"audit.action.report.day":    "دیدن گزارش روز",
	"audit.action.report.cash":   "دیدن ردیف‌های گزارش صندوق",
	"audit.action.deposit.list":  "دیدن فهرست بیعانه‌ها",
	"audit.action.account.read":  "دیدن گردش یک حساب دفتر",
	"fault.report.sort":          "این فهرست به این ترتیب چیده نمی‌شود؛ مبلغ، عمر بدهی یا نام را برگزینید.",
	"fault.report.age":           "چنین عمری برای بدهی نیست؛ یکی از ستون‌های فهرست را برگزینید.",
	"audit.action.debtor.list":   "دیدن فهرست بدهکاران",
	"audit.action.creditor.list": "دیدن فهرست بستانکاران",
	"fault.report.by":            "گزارش صندوق به این تفکیک نیست؛ روش، کاربر، بخش، روز، نوبت یا شعبه را برگزینید.",
}
