package message

// persianLive is what colleagues do while a page is open.
var persianLive = map[string]string{
	"live.who":                    "{who} ساعت {at} {did}",
	"live.did":                    "این پرونده را تغییر داد",
	"live.did.patient.register":   "این پرونده را ساخت",
	"live.did.patient.edit":       "مشخصات این پرونده را ویرایش کرد",
	"live.did.coverage.add":       "بیمه‌ای برای این پرونده ثبت کرد",
	"live.did.receipt.write":      "دریافت ثبت کرد",
	"live.did.admission.write":    "پذیرش ثبت کرد",
	"live.did.admission.finalize": "پذیرشی را نهایی کرد",
	"live.did.admission.cancel":   "پذیرشی را باطل کرد",
	"live.did.coverage.edit":      "بیمه این پرونده را ویرایش کرد",
	"live.did.admission.discount": "تخفیف پذیرشی را تأیید کرد",
	"live.did.admission.perform":  "انجام خدمتی را ثبت کرد",
	"live.did.patient.merge":      "این پرونده را با پرونده دیگری ادغام کرد",
	"live.did.patient.unmerge":    "ادغام این پرونده را برگرداند",
	"live.did.photo.edit":         "عکس این پرونده را عوض کرد",
	"live.did.photo.remove":       "عکس این پرونده را برداشت",
	"live.colleague":              "{name} ({branch})",
	"live.together":               "هم‌زمان باز نزد: {people}",
	"live.together.join":          "، ",
	"live.now":                    "؛ مانده اکنون {balance}",
	"live.see":                    "دیدن",
	"live.edit":                   "آنچه نوشته‌اید می‌ماند؛ هنگام ثبت هر دو مقدار نشان داده می‌شود.",
	"live.rows":                   "{n} ردیف تازه",
	"fault.live.closed":           "سامانه در حال بازآغاز است؛ کمی دیگر دوباره تلاش کنید.",
}
