package message

// persianRevision is changes of admissions that are in the books.
var persianRevision = map[string]string{
	"event.admission_reopen": "برگشت پذیرش به موقت",
	"event.admission_again":  "قطعی شدن دوباره پذیرش",

	"fault.admission.not_final":          "این پذیرش قطعی نیست؛ موقت را ویرایش کنید و لغوشده را دوباره پذیرش کنید.",
	"fault.admission.deposits":           "برای بیعانه یکی از این دو را انتخاب کنید: دوباره باز شود، یا بستانکاری شود.",
	"fault.line.cancelled":               "این خدمت پیش‌تر لغو شده است.",
	"fault.line.last":                    "این تنها خدمت باقی‌مانده است؛ خود پذیرش را لغو کنید.",
	"fault.coverage.same":                "بیمه این پذیرش همین است؛ بیمه دیگری انتخاب کنید.",
	"fault.revision.moved":               "بخشی از سهم بیمار را بیمه پذیرفته و مبلغ تازه از آن کمتر است؛ اول تسویه بیمه را برگردانید.",
	"fault.revision.insurer_settled":     "بیمه سهم خود از این پذیرش را پرداخت یا رد کرده است؛ اول تسویه بیمه را برگردانید.",
	"fault.revision.remitted":            "{amount} {unit} از این پذیرش بخشیده شده است؛ اول آن را برگردانید.",
	"audit.action.admission.edit":        "ویرایش پذیرش موقت",
	"audit.action.admission.reopen":      "برگرداندن پذیرش به موقت",
	"audit.action.admission.coverage":    "تغییر بیمه پذیرش",
	"audit.action.admission.versions":    "دیدن نسخه‌های پذیرش",
	"audit.action.admission.line_cancel": "لغو یک خدمت پذیرش",

	"fault.service.single_price":      "قیمت تک‌جلسه مبلغی از صفر به بالا است.",
	"fault.package.none":              "این خدمت جلسه‌ای نیست؛ خود خدمت را لغو کنید.",
	"fault.package.unused":            "هیچ جلسه‌ای انجام نشده است؛ خود خدمت را لغو کنید.",
	"fault.package.used":              "جلسه‌هایی از این خدمت انجام شده است؛ به جای لغو، انصراف از ادامه بسته را ثبت کنید.",
	"fault.package.finished":          "همه جلسه‌های این بسته انجام شده است و چیزی برای انصراف نمانده.",
	"fault.package.single_price":      "قیمت تک‌جلسه این خدمت در تنظیمات نیست؛ آن را بنویسید یا محاسبه نسبتی را روشن کنید.",
	"fault.package.session_none":      "این جلسه در بسته نیست؛ فهرست را تازه کنید.",
	"fault.package.session_stale":     "کاربر دیگری این جلسه را تغییر داد؛ دوباره ببینید و ثبت کنید.",
	"fault.package.session_cancelled": "این جلسه لغو شده است.",
	"fault.package.session_status":    "وضعیت جلسه برنامه‌ریزی‌شده یا انجام‌شده است.",
	"fault.package.session_day":       "تاریخ را درست بنویسید؛ جلسه انجام‌شده، امروز یا پیش از آن است.",
	"audit.action.admission.session":  "ثبت جلسه",
	"audit.action.admission.sessions": "دیدن جلسه‌های پذیرش",
	"audit.action.admission.abandon":  "انصراف از ادامه بسته",
}
