package message

// persianCorrection is voids, corrections, refunds and what is given up.
var persianCorrection = map[string]string{
	"fault.fund.none":                 "این دریافت پیدا نشد؛ صفحه را تازه کنید.",
	"fault.fund.spent":                "بخشی از این پول از حساب بیرون رفته است؛ فقط {limit} مانده که می‌توانید عودت دهید.",
	"fault.spending.amount":           "مبلغ باید بیشتر از صفر باشد.",
	"fault.spending.more_than_credit": "حداکثر {limit} بستانکاری نقدشده هست؛ مبلغ کمتری بنویسید.",

	"fault.receipt.others":       "این رسید را همکار دیگری گرفته است؛ اصلاح آن با حسابدار است.",
	"fault.receipt.reason":       "دلیل را بنویسید؛ در سابقه می‌ماند.",
	"fault.receipt.voided":       "این رسید پیش از این باطل شده است.",
	"fault.receipt.transferred":  "پول این رسید به بیمار دیگری منتقل شده است؛ اول آن را برگردانید.",
	"fault.receipt.cheque":       "چک این رسید دیگر در صندوق نیست؛ از کارتابل چک‌ها پیگیری کنید.",
	"fault.receipt.cheque_line":  "چک با اصلاح روش عوض نمی‌شود؛ از «تعویض چک» استفاده کنید یا رسید را باطل و دوباره ثبت کنید.",
	"fault.receipt.same_method":  "پول همین حالا همین‌جا ثبت است؛ روش یا محل دیگری انتخاب کنید.",
	"fault.transfer.same_person": "این پول همین حالا به نام همین بیمار است؛ پرونده دیگری بنویسید.",
	"fault.voided.exists":        "این سند پیش از این باطل شده است.",

	"fault.refund.reason":      "دلیل عودت را بنویسید (تا ۲۰۰ نویسه).",
	"fault.refund.destination": "مقصد، شماره شبا یا چهار رقم آخر کارت است (تا ۴۰ نویسه).",
	"fault.refund.source":      "این پول به‌روش «{method}» آمده و به همان روش برمی‌گردد؛ برای روش دیگر دلیل بنویسید.",
	"fault.refund.drawer":      "در صندوق شما فقط {limit} نقد هست؛ مبلغ کمتر یا روش دیگری انتخاب کنید.",

	"fault.discount.not_final": "این پذیرش در دفتر نیست؛ تخفیف را روی پیش‌نویس بدهید.",
	"fault.discount.share":     "تخفیف باید بیشتر از صفر و حداکثر به‌اندازه سهم بیمار ({limit}) باشد.",

	"fault.write_off.reason":         "دلیل سوخت مطالبات را بنویسید.",
	"fault.write_off.more_than_debt": "بدهی {limit} است؛ حداکثر همین مبلغ سوخت می‌شود.",
	"fault.remission.kind":           "نوع این کاهش بدهی شناخته نیست.",

	"fault.undo.none":         "چیزی برای برگرداندن پیدا نشد؛ صفحه را تازه کنید.",
	"fault.undo.other":        "این کار را همکار دیگری کرده است؛ برگرداندن آن با خودش یا ابطال و اصلاح با حسابدار است.",
	"fault.undo.late":         "فقط تا {minutes} دقیقه پس از ثبت برمی‌گردد؛ حالا از ابطال یا عودت استفاده کنید.",
	"fault.undo.done":         "این کار پیش از این برگردانده شده است.",
	"fault.undo.void":         "ابطال و لغو برنمی‌گردد؛ سند را دوباره ثبت کنید.",
	"fault.undo.not_possible": "این کار یک‌جا برنمی‌گردد؛ از بخش خودش اصلاحش کنید.",
	"fault.undo.used":         "از آن زمان بخشی از این کار استفاده یا اصلاح شده است؛ اول آن را برگردانید.",

	"audit.action.receipt.void":            "رسید را باطل کرد",
	"audit.action.receipt.correct":         "روش پرداخت رسید را اصلاح کرد",
	"audit.action.receipt.transfer":        "پول رسید را به بیمار دیگری منتقل کرد",
	"audit.action.refund.write":            "عودت وجه ثبت کرد",
	"audit.action.admission.discount_late": "پس از صورتحساب تخفیف داد",
	"audit.action.write_off.write":         "بدهی را سوخت کرد",
	"audit.action.undo.write":              "کار خود را برگرداند",
}
