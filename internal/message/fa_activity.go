package message

// persianActivity is what is done about patients.
var persianActivity = map[string]string{
	"fault.activity.none":            "این فعالیت پیدا نشد.",
	"fault.activity.stale":           "کاربر دیگری این فعالیت را تغییر داد؛ صفحه را تازه کنید.",
	"fault.activity.kind":            "نوع فعالیت را انتخاب کنید.",
	"fault.activity.subject":         "موضوع فعالیت را بنویسید.",
	"fault.activity.due":             "روز فعالیت را درست بنویسید.",
	"fault.activity.over":            "این فعالیت دیگر باز نیست.",
	"audit.action.activity.add":      "فعالیت ثبت کرد",
	"audit.action.activity.complete": "فعالیت را انجام‌شده کرد",
	"audit.action.activity.read":     "فعالیت‌ها را دید",
}
