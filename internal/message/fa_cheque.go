package message

// persianCheque is cheques.
var persianCheque = map[string]string{
	"fault.cheque.exists":       "چکی با این شناسه صیاد هم‌اکنون نزد مرکز است؛ شناسه را از روی چک دوباره بخوانید.",
	"fault.cheque.due":          "تاریخ سررسید چک را بنویسید.",
	"fault.cheque.due_far":      "سررسید چک تا {years} سال دیگر پذیرفته می‌شود؛ تاریخ را دوباره ببینید.",
	"fault.cheque.due_past":     "سررسید این چک بیش از شش ماه گذشته است و پذیرفته نمی‌شود.",
	"fault.cheque.banked":       "این چک به بانک واگذار شده است؛ می‌توان آن را وصول‌شده یا برگشتی ثبت کرد.",
	"fault.cheque.cleared":      "این چک وصول شده است و دیگر تغییر نمی‌کند؛ برای پس دادن پول، عودت وجه بزنید.",
	"fault.cheque.bounced":      "این چک برگشت خورده است؛ بدهی را با «دریافت» بگیرید و چک را به صاحبش عودت دهید.",
	"fault.cheque.returned":     "این چک به صاحبش عودت داده شده است.",
	"fault.cheque.in_hand":      "این چک هنوز نزد مرکز است.",
	"fault.cheque.swap_amount":  "پولی که به جای چک می‌گیرید باید درست {amount} باشد.",
	"fault.cheque.filter":       "این وضعیت یا سررسید برای فهرست چک‌ها شناخته نیست.",
	"fault.receipt.destination": "مقصد یا مبدأ واریز تا ۴۰ نویسه است.",

	"audit.action.cheque.bank":   "واگذاری چک به بانک",
	"audit.action.cheque.clear":  "وصول چک",
	"audit.action.cheque.bounce": "برگشت چک",
	"audit.action.cheque.return": "عودت چک",
	"audit.action.cheque.swap":   "تعویض چک",
	"audit.action.cheque.list":   "دیدن فهرست چک‌ها",
	"audit.action.cheque.read":   "دیدن چک",
}
