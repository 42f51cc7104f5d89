package message

// persianDiscountCode is discount codes.
var persianDiscountCode = map[string]string{

	"fault.discount_code.none":          "چنین کد تخفیفی نیست؛ کد را دوباره بنویسید.",
	"fault.discount_code.off":           "این کد تخفیف خاموش شده است؛ کد دیگری بنویسید.",
	"fault.discount_code.not_yet":       "این کد تخفیف از {day} اعتبار دارد.",
	"fault.discount_code.expired":       "اعتبار این کد تخفیف تا {day} بود؛ کد دیگری بنویسید.",
	"fault.discount_code.used":          "کد تخفیف استفاده شده است.",
	"fault.discount_code.other_patient": "این کد تخفیف برای مراجعه‌کننده دیگری است.",
	"fault.discount_code.combined":      "این کد با تخفیف دیگر جمع نمی‌شود؛ یا کد را پاک کنید یا تخفیف خدمت را.",
	"fault.discount_code.services":      "این کد تخفیف برای هیچ‌یک از این خدمت‌ها نیست.",
	"fault.discount_code.code":          "کد تخفیف ۳ تا ۳۰ نویسه از A تا Z، رقم و خط تیره است.",
	"fault.discount_code.amount":        "برای کد تخفیف یا مبلغ بنویسید یا درصد تا ۱۰۰.",
	"fault.discount_code.dates":         "پایان اعتبار کد پیش از آغاز آن نیست؛ تاریخ را درست کنید.",
	"fault.discount_code.uses":          "تعداد استفاده از کد از ۱ تا ۱۰۰٬۰۰۰ است.",
	"fault.discount_code.exists":        "کد تخفیف دیگری با همین نام هست؛ کد دیگری بنویسید.",
	"fault.discount_code.stale":         "کاربر دیگری این کد را تغییر داد؛ دوباره ببینید و ذخیره کنید.",
	"audit.action.discount_code.write":  "ساخت کد تخفیف",
	"audit.action.discount_code.switch": "خاموش یا روشن کردن کد تخفیف",
}
