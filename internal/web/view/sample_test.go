package view_test

import (
	"time"

	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// The samples are one busy clinic day, so that a page can be looked at.

func locale(lang message.Lang) view.Locale {
	return view.Locale{Lang: lang, Currency: money.IRR, Zone: time.FixedZone("IRST", 12600), Today: "2026-11-24"}
}

func chrome(l view.Locale, title string) view.Chrome {
	return view.Chrome{
		L: l, Title: title, CSS: "/asset/app.css", JS: "/asset/app.js",
		Clinic: "درمانگاه مهرگان", Branch: "ونک", User: "سارا کریمی", Role: "پذیرش", Live: true,
		Nav: []view.NavItem{{Text: l.T("nav.patients"), URL: "/patients", Icon: "users", On: true}},
	}
}

func at(day jalali.Day, hour, minute int) time.Time {
	return day.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute - 210*time.Minute)
}

func patients(l view.Locale) view.Patients {
	rows := []view.PatientRow{
		{ID: "1", File: "10241", Name: "مریم احمدی", NationalCode: "0012345679", Mobile: "09123456789", Age: 38, Insurance: "تأمین اجتماعی", LastAdmission: "2026-11-24", Balance: 4_800_000},
		{ID: "2", File: "10242", Name: "علی‌رضا کاظمی", NationalCode: "0084575948", Mobile: "09351124009", Age: 51, Insurance: "سلامت", LastAdmission: "2026-11-23", Balance: 0},
		{ID: "3", File: "10243", Name: "زهرا موسوی", NationalCode: "4890112331", Mobile: "09198772210", Age: 27, Insurance: "", LastAdmission: "2026-11-18", Balance: -2_000_000},
		{ID: "4", File: "10244", Name: "حسین رستمی‌فر", NationalCode: "1285663098", Mobile: "09134015523", Age: 63, Insurance: "نیروهای مسلح", LastAdmission: "2026-11-15", Balance: 0},
		{ID: "5", File: "10245", Name: "نگار سلطانی", NationalCode: "0451209873", Mobile: "09307761100", Age: 34, Insurance: "سلامت", LastAdmission: "2026-11-10", Balance: 12_500_000},
		{ID: "6", File: "10246", Name: "پویا صادقی", NationalCode: "2280017745", Mobile: "09173334567", Age: 9, Insurance: "تأمین اجتماعی", LastAdmission: "2026-11-09", Balance: 0},
		{ID: "7", File: "10247", Name: "فاطمه‌سادات حسینی نژاد", NationalCode: "", Mobile: "", Age: -1, Insurance: "", LastAdmission: "", Balance: 134_750_000},
		{ID: "8", File: "10248", Name: "Gholam Smith", NationalCode: "0012345679", Mobile: "09120000000", Age: 44, Insurance: "", LastAdmission: "2026-10-30", Balance: 0},
	}
	for i := range 14 {
		r := rows[i%6]
		r.ID += string(rune('a' + i))
		rows = append(rows, r)
	}
	chips := []view.Chip{{l.T("patients.filter.all"), "/patients", true}, {l.T("patients.filter.debtor"), "/patients?filter=debtor", false},
		{l.T("patients.filter.creditor"), "/patients?filter=creditor", false}, {l.T("patients.filter.settled"), "/patients?filter=settled", false}}
	c := chrome(l, l.T("patients.title"))
	c.Finds = true
	var columns []view.ListColumn
	for _, key := range []string{"file", "name", "national", "mobile", "age", "insurance", "last", "balance"} {
		columns = append(columns, view.ListColumn{Key: key, Text: l.T("patients."+key, "unit", l.Unit()), On: true})
	}
	bar := view.ListBar{L: l, List: "patients", Action: "/patients", Quick: []view.ChipGroup{{Label: l.T("patients.filter"), Chips: chips}}, Columns: columns}
	return view.Patients{Chrome: c, Bar: bar, Columns: columns, URL: "/patients", Count: 12480, Rows: rows, Older: "/patients?cursor=x"}
}

func statement(l view.Locale, tab string, body view.Body) view.Statement {
	s := view.Statement{
		L: l, URL: "/patients/1/statement/" + tab, Balance: 4_800_000, Note: l.Toman(4_800_000), Back: "/patients", Print: true,
		Patient: view.PatientHead{ID: "1", Name: "مریم احمدی", File: "10241", NationalCode: "0012345679", Mobile: "09123456789", Age: 38, Gender: "زن", Insurance: "تأمین اجتماعی"},
		Facts: []view.Fact{
			{Label: l.T("fact.open"), Value: l.T("fact.open.value", "n", 2), Note: l.T("fact.open.note", "days", 18), Plain: true},
			{Label: l.T("fact.credit"), Value: l.Amount(1_200_000), Unit: l.Unit(), Note: l.T("fact.credit.note"), Tone: "creditor"},
			{Label: l.T("fact.insurer"), Value: l.Amount(3_450_000), Unit: l.Unit(), Note: l.T("fact.insurer.note"), Tone: "info"},
			{Label: l.T("fact.last"), Value: l.T("word.today"), Note: l.DayLong(l.Today), Plain: true},
		},
		Actions: []view.Action{{Key: "cashier", URL: "/patients/1/cashier?tab=" + tab, Letter: "P", Code: "KeyP", Icon: "banknote", Main: true}},
		Filter: view.Filter{
			Action: "/patients/1/statement/" + tab, Now: "/patients/1/statement/" + tab,
			Kinds: []view.Chip{{l.T("filter.kind.all"), "?", true}, {l.T("filter.kind.money"), "?kind=money", false}, {l.T("filter.kind.admission"), "?kind=admission", false}, {l.T("filter.kind.receipt"), "?kind=receipt", false}},
		},
		Explain: []view.ExplainLine{
			{Text: l.T("explain.admission", "number", l.Digits("8812")), Detail: "لیزر صورت", URL: "/patients/1/statement/admissions#admission-1", Amount: 3_000_000},
			{Text: l.T("explain.admission", "number", l.Digits("8794")), Detail: "ویزیت، بوتاکس", URL: "/patients/1/statement/admissions#admission-2", Amount: 3_000_000},
			{Text: l.T("explain.credit"), Amount: -1_200_000},
		},
		Year: []view.YearPoint{{"2025-11-24", 0}, {"2026-01-10", 7_500_000}, {"2026-02-01", 0}, {"2026-05-03", -2_000_000}, {"2026-06-01", 5_000_000}, {"2026-08-20", 0}, {"2026-11-19", 13_800_000}, {"2026-11-19", 1_800_000}, {"2026-11-24", 4_800_000}},
		Body: body,
	}
	for _, t := range []struct {
		key   string
		count int
	}{{"summary", -1}, {"admissions", 14}, {"transactions", 47}} {
		s.Tabs = append(s.Tabs, view.Tab{Key: t.key, URL: "/patients/1/statement/" + t.key, Count: t.count, On: t.key == tab})
	}
	return s
}

func timeline(l view.Locale) view.Timeline {
	const user, branch = "سارا کریمی", "ونک"
	return view.Timeline{L: l, Pages: view.Pages{Older: "?cursor=x", First: 1, Last: 50, Count: 214}, Events: []view.Event{
		{Kind: "receipt", ID: "9", Day: "2026-11-24", At: at("2026-11-24", 11, 42), Number: "5612", Text: "نقد", Detail: []string{"برای پذیرش ۸۸۱۲"}, Money: true, Amount: -2_000_000, Running: 4_800_000, User: user, Branch: branch},
		{Kind: "admission", ID: "8", Day: "2026-11-24", At: at("2026-11-24", 11, 40), Number: "8812", Text: "لیزر صورت", Detail: []string{"دکتر نیک‌پور", "سهم بیمه ۱٬۰۰۰٬۰۰۰", "تخفیف ۵۰۰٬۰۰۰"}, Money: true, Amount: 5_000_000, Running: 6_800_000, User: user, Branch: branch, URL: "/patients/1/statement/admissions#admission-8"},
		{Kind: "admission_draft", ID: "7", Day: "2026-11-23", At: at("2026-11-23", 9, 20), Number: "", Text: "هایفوتراپی", User: "مدیر", Branch: branch},
		{Kind: "transfer", ID: "6", Day: "2026-11-19", At: at("2026-11-19", 17, 5), Number: "912", Text: "کسر بیمه به سهم بیمار", Money: true, Amount: 1_800_000, Running: 1_800_000, User: "حسابدار", Branch: branch},
		{Kind: "receipt", ID: "5", Day: "2026-11-10", At: at("2026-11-10", 12, 10), Number: "5501", Text: "کارتخوان", Detail: []string{"پذیرش ۸۷۹۴"}, Money: true, Amount: -12_000_000, Running: 0, User: user, Branch: branch},
		{Kind: "receipt", ID: "4", Day: "2026-11-10", At: at("2026-11-10", 12, 5), Number: "5500", Text: "کارتخوان، مبلغ نادرست", Money: true, Amount: -1_200_000, Running: 12_000_000, User: user, Branch: branch, Cancelled: true},
		{Kind: "admission", ID: "3", Day: "2026-11-10", At: at("2026-11-10", 11, 55), Number: "8794", Text: "ویزیت، بوتاکس", Detail: []string{"دکتر سهرابی"}, Money: true, Amount: 13_800_000, Running: 12_000_000, User: user, Branch: branch},
		{Kind: "opening", ID: "1", Day: "2026-03-21", At: at("2026-03-21", 8, 0), Money: true, Amount: -1_800_000, Running: -1_800_000, User: "ورود داده", Branch: branch},
	}}
}

func admissions(l view.Locale) view.Admissions {
	lines := []view.ServiceLine{
		{Service: "ویزیت پوست", Provider: "دکتر سهرابی", Quantity: 1, Price: 1_800_000, Base: 600_000, Patient: 1_200_000, Status: "completed"},
		{Service: "بوتاکس", Provider: "دکتر سهرابی", Quantity: 2, Price: 7_000_000, Discount: 1_400_000, Patient: 12_600_000, Status: "completed"},
		{Service: "ماسک آبرسان", Provider: "خانم احمدی", Quantity: 1, Price: 900_000, Patient: 0, Status: "cancelled", Cancelled: true},
	}
	paid := []view.Payment{{Number: "5501", Day: "2026-11-10", Methods: []string{"کارتخوان"}, Amount: 9_000_000}, {Number: "5533", Day: "2026-11-12", Methods: []string{"نقد"}, Amount: 1_800_000}}
	return view.Admissions{L: l, Older: "?cursor=x", Rows: []view.AdmissionRow{
		{ID: "8", Number: "8812", Day: "2026-11-24", At: at("2026-11-24", 11, 40), Section: "لیزر", Gross: 6_500_000, Discount: 500_000, Insurer: 1_000_000, Patient: 5_000_000, Paid: 2_000_000, Left: 3_000_000, Status: "finalized", Pay: "partially_paid", User: "سارا کریمی", Branch: "ونک", Lines: []view.ServiceLine{{Service: "لیزر صورت", Provider: "دکتر نیک‌پور", Quantity: 1, Price: 6_500_000, Discount: 500_000, Base: 1_000_000, Patient: 5_000_000, Status: "in_progress"}}},
		{ID: "3", Number: "8794", Day: "2026-11-10", At: at("2026-11-10", 11, 55), Section: "پوست", Gross: 15_800_000, Discount: 1_400_000, Insurer: 600_000, Patient: 13_800_000, Paid: 10_800_000, Left: 3_000_000, Status: "completed", Pay: "partially_paid", User: "سارا کریمی", Branch: "ونک", Open: true, Receive: "/patients/1/cashier?tab=admissions", Lines: lines, Payments: paid},
		{ID: "2", Number: "8402", Day: "2026-07-02", At: at("2026-07-02", 16, 0), Section: "زیبایی", Gross: 7_500_000, Patient: 7_500_000, Paid: 7_500_000, Status: "completed", Pay: "settled", User: "مدیر", Branch: "ونک", Lines: lines[:1]},
		{ID: "1", Number: "8377", Day: "2026-06-21", At: at("2026-06-21", 10, 2), Section: "زیبایی", Gross: 4_000_000, Status: "cancelled", User: "مدیر", Branch: "ونک", Lines: lines[1:2], Cancelled: true},
	}}
}

func transactions(l view.Locale) view.Transactions {
	t := view.Transactions{L: l, Opening: 0, Debits: 27_500_000, Credits: 22_700_000, Closing: 4_800_000, Pages: view.Pages{Older: "?cursor=x", First: 1, Last: 50, Count: 214}}
	for _, e := range timeline(l).Events {
		if !e.Money {
			continue
		}
		row := view.TransactionRow{ID: e.ID, Kind: e.Kind, Day: e.Day, At: e.At, Number: e.Number, Text: e.Text, Balance: e.Running, User: e.User, Branch: e.Branch, Cancelled: e.Cancelled}
		if e.Amount > 0 {
			row.Debit = e.Amount
		} else {
			row.Credit = -e.Amount
		}
		if e.Kind == "receipt" {
			row.Methods, row.Text = []string{"pos"}, "بابت پذیرش ۸۷۹۴"
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func cashier(l view.Locale) view.Cashier {
	return view.Cashier{
		L: l, Patient: "1", Tab: "transactions", Action: "/patients/1/receipts", Preview: "/patients/1/receipts/preview", Back: "/patients/1/statement/transactions",
		Request: "r-1", Seen: "17", Methods: []string{"cash", "pos", "card_to_card", "bank_transfer", "cheque"}, Count: 4,
		Open:  []view.OpenPart{{ID: "7", Number: "8794", Text: "ویزیت، بوتاکس", Left: 3_000_000}},
		Lines: []view.CashierLine{{Method: "pos", Amount: "4800000", More: map[string]string{"tracking": "88221904"}, Value: 4_800_000}},
		After: outcome(l),
	}
}

func outcome(l view.Locale) view.Outcome {
	return view.Outcome{L: l, Total: 4_800_000, Before: 4_800_000, After: 0, Pays: []view.PayLine{
		{Number: "8794", Text: "ویزیت، بوتاکس", Day: "2026-11-10", Due: 3_000_000, Pays: 3_000_000},
		{Number: "8812", Text: "لیزر صورت", Day: "2026-11-24", Due: 3_000_000, Pays: 1_800_000},
	}}
}
