package message

// persianShift is shifts, hand-overs and closed days.
var persianShift = map[string]string{
	"fault.shift.none":        "شیفت باز ندارید؛ اول شیفت را باز کنید.",
	"fault.shift.closed":      "شیفت بسته شده است؛ اصلاح آن با حسابدار و به تاریخ امروز است.",
	"fault.shift.open":        "شما یک شیفت باز دارید؛ اول آن را ببندید.",
	"fault.shift.stale":       "کاربر دیگری این شیفت را تغییر داد؛ صفحه را تازه کنید.",
	"fault.shift.float":       "تنخواه نمی‌تواند منفی باشد.",
	"fault.books.closed":      "دفتر تا {day} بسته است؛ سند را به تاریخ امروز ثبت کنید.",
	"audit.action.shift.open": "شیفت را باز کرد",
}
