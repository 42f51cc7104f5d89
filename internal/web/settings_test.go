package web_test

import (
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// rowPath is where the row called name is edited.
func (a answer) rowPath(t *testing.T, name string) string {
	t.Helper()
	before, _, found := strings.Cut(a.body, `">`+name+`</a>`)
	at := strings.LastIndex(before, `href="`)
	if !found || at < 0 {
		t.Fatalf("there is no row %q:\n%s", name, excerpt(a.body))
	}
	return before[at+len(`href="`):]
}

// A manager changes a row without a script: it is listed, offered no more when
// it is switched off, and a second manager's form is not lost.
func TestAManagerChangesARow(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Manager)
		p.get("/settings").wants(t, http.StatusOK, "خدمات", "تعرفه‌ها", "نحوه آشنایی")
		got := p.post("/settings/sections", "request", "r1", "name", "لیزر", "code", "laser")
		got.wants(t, http.StatusSeeOther)
		p.get(got.Header.Get("Location")).wants(t, http.StatusOK, "لیزر", "«لیزر» ذخیره شد")
		row := p.get("/settings/sections").rowPath(t, "لیزر")
		version := p.get(row).hidden(t, "version")
		p.post(row, "request", "r2", "version", version, "name", "لیزر و پوست", "code", "laser", "active", "on").wants(t, http.StatusSeeOther)
		stale := p.post(row, "request", "r3", "version", version, "name", "لیزر ۲", "code", "laser")
		stale.wants(t, http.StatusConflict, "کاربر دیگری این ردیف را", `value="لیزر ۲"`, "اکنون: لیزر و پوست", "اکنون: فعال")
		p.post(row, "request", "r4", "version", stale.hidden(t, "version"), "name", "لیزر ۲", "code", "laser").wants(t, http.StatusSeeOther)
		p.get("/settings/sections").wants(t, http.StatusOK, "لیزر ۲", "خاموش")
		p.get("/settings/services/new").lacks(t, "لیزر ۲")
	})
}

// What cannot be saved comes back as it was typed, with a sentence at the field.
func TestARefusedRowIsKept(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	for name, c := range map[string]struct {
		path  string
		typed []string
		says  []string
	}{
		"no name":            {"/settings/sections", []string{"code", "x"}, []string{`href="#name"`, "نام را بنویسید"}},
		"a code of others":   {"/settings/sections", []string{"name", "پوست ۲", "code", "skin"}, []string{`value="پوست ۲"`, "بخش دیگری با همین کد", `id="code-note"`}},
		"a wrong code":       {"/settings/sections", []string{"name", "ن", "code", "پوست"}, []string{`value="پوست"`, "حروف لاتین"}},
		"a share above 100":  {"/settings/insurers", []string{"name", "ن", "code", "x", "kind", "base", "share", "۱۲۰"}, []string{`value="۱۲۰"`, "درصد از صفر تا صد"}},
		"a share in words":   {"/settings/insurers", []string{"name", "ن", "code", "x", "kind", "base", "share", "زیاد"}, []string{`value="زیاد"`, "درصد از صفر تا صد"}},
		"no price":           {"/settings/services", []string{"name", "ن", "code", "x", "section", "1"}, []string{"مبلغ را بنویسید"}},
		"two deposits":       {"/settings/services", []string{"name", "ن", "code", "x", "section", "1", "price", "۱۰", "deposit", "۵", "deposit_rate", "۲۰"}, []string{"بیعانه یا مبلغ است یا درصد"}},
		"no such section":    {"/settings/services", []string{"name", "ن", "code", "x", "section", "1", "price", "۱۰"}, []string{"این بخش پیدا نشد"}},
		"sessions by letter": {"/settings/services", []string{"name", "ن", "code", "x", "section", "1", "price", "۱۰", "sessions", "شش"}, []string{"این عدد خوانده نشد", `value="شش"`}},
		"script":             {"/settings/sections", []string{"name", `"><script>alert(1)</script>`, "code", ""}, []string{"&lt;script&gt;"}},
		"a long name":        {"/settings/sections", []string{"name", strings.Repeat("ن", 10_000), "code", "x"}, []string{"بلندتر از ۲۰۰ نویسه"}},
		"an unnamed clinic":  {"/settings/clinic", []string{"name", " ", "version", "1"}, []string{"نام مرکز را بنویسید"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := p.post(c.path, append([]string{"request", name}, c.typed...)...)
			got.wants(t, http.StatusUnprocessableEntity, append(c.says, `role="alert"`)...)
			got.lacks(t, "<script>alert")
		})
	}
}

func TestWhoMayOpenTheSettings(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Hire(t, clinic.Accountant)
	service := as(t, s, clinic.Manager).get("/settings/tariffs").rowPath(t, "بوتاکس")
	for role, wants := range map[clinic.Role][3]int{
		clinic.Manager:      {http.StatusOK, http.StatusOK, http.StatusSeeOther},
		clinic.Accountant:   {http.StatusForbidden, http.StatusOK, http.StatusForbidden},
		clinic.Receptionist: {http.StatusForbidden, http.StatusForbidden, http.StatusForbidden},
	} {
		p := as(t, s, role)
		p.get("/settings").wants(t, wants[0])
		p.get("/settings/services").wants(t, wants[0])
		p.get("/settings/tariffs").wants(t, wants[1])
		p.get(service).wants(t, wants[1])
		p.post(service, "request", string(role), "insurer", "0", "valid_from", "1405/09/03", "price", "5000000").wants(t, wants[2])
	}
	p := as(t, s, clinic.Accountant)
	p.get(service).lacks(t, "form-tariff", `href="/settings"`)
	m := as(t, s, clinic.Manager)
	m.get("/settings/nowhere").wants(t, http.StatusNotFound)
	m.get("/settings/sections/12").wants(t, http.StatusNotFound)
	m.get("/settings/sections/x").wants(t, http.StatusNotFound)
	m.post(service, "request", "past", "insurer", "0", "valid_from", "1405/09/02", "price", "1").wants(t, http.StatusUnprocessableEntity, "قیمت تازه از امروز")
}

// Amounts that are shown in tomans are typed in tomans; a form that was opened
// before the change still means what it showed.
func TestTomansAreShownAndTyped(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	m, p := as(t, s, clinic.Manager), as(t, s, clinic.Receptionist)
	old := p.get(path(s.Maryam, "/cashier?tab=summary"))
	old.wants(t, http.StatusOK, `name="unit" value="IRR"`)
	m.post("/settings/clinic", "request", "t", "version", "1", "name", "درمانگاه مهرگان", "display", "IRT").wants(t, http.StatusSeeOther)
	p.get("/patients").wants(t, http.StatusOK, "۴۸۰٬۰۰۰", "تومان", `data-rials="4800000"`, `data-currency="IRT"`)
	p.get("/patients").lacks(t, "۴٬۸۰۰٬۰۰۰")
	sheet := p.get(path(s.Maryam, "/cashier?tab=summary"))
	sheet.wants(t, http.StatusOK, `name="unit" value="IRT"`, `value="۴۸۰٬۰۰۰"`, "چهارصد و هشتاد هزار تومان = ۴٬۸۰۰٬۰۰۰ ریال")
	receive := func(from answer, unit, amount string) answer {
		return p.post(path(s.Maryam, "/receipts"), "request", from.hidden(t, "request"), "seen_version", from.hidden(t, "seen_version"),
			"tab", "summary", "unit", unit, "method-0", "cash", "amount-0", amount)
	}
	receive(old, "IRR", "800000").wants(t, http.StatusSeeOther)
	p.get("/patients").wants(t, http.StatusOK, `data-rials="4000000"`)
	receive(p.get(path(s.Maryam, "/cashier?tab=summary")), "IRT", "۱۰۰٬۰۰۰٫۵").wants(t, http.StatusSeeOther)
	p.get("/patients").wants(t, http.StatusOK, `data-rials="2999995"`, "۲۹۹٬۹۹۹٫۵")
	again := p.post(path(s.Maryam, "/receipts"), "request", "again", "seen_version", "1", "tab", "summary", "unit", "IRR", "method-0", "cash", "amount-0", "500000")
	again.wants(t, http.StatusConflict, `value="۵۰٬۰۰۰"`)
}

// A manager's own words and the shipped ones, in either language.
func TestListsOfWords(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	p.post("/settings/tags", "request", "a", "name", "بدقول", "position", "۲").wants(t, http.StatusSeeOther)
	list := p.get("/settings/tags")
	list.wants(t, http.StatusOK, "بدقول", "ویژه")
	row := list.rowPath(t, "ویژه")
	p.get(path(s.Maryam, "/statement/admissions")).wants(t, http.StatusOK, `list="cancel-reasons"`, `<datalist id="cancel-reasons"><option value="به درخواست مراجعه‌کننده">`)
	p.get(path(s.Maryam, "/admit?tab=summary")).wants(t, http.StatusOK, `list="discount-reasons"`, `<option value="مشتری قدیمی">`)
	p.post(row, "request", "b", "version", "1", "name", "ویژه", "position", "۹", "active", "on").wants(t, http.StatusSeeOther)
	items, err := s.Desk.List(t.Context(), s.Manager, clinic.PatientTags)
	if err != nil || len(items) != 5 || items[4].Code != "vip" || items[4].Name != "" {
		t.Errorf("%+v, %v", items, err)
	}
}
