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
}
