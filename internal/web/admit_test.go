package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// ordered is the form of a new admission with the fields of its lines.
func ordered(t *testing.T, p *person, patient clinic.PatientID, then string, pairs ...string) []string {
	t.Helper()
	sheet := p.get(path(patient, "/admit?tab=summary"))
	return append([]string{"request", sheet.hidden(t, "request"), "tab", "summary", "then", then, "base", "", "supplementary", ""}, pairs...)
}

// Without script: lines are added and removed by buttons, the admission is
// recorded once however often it is sent, and money comes next.
func TestAReceptionistAdmits(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		p := as(t, s, clinic.Receptionist)
		p.get(path(s.Ali, "/statement/summary")).wants(t, http.StatusOK, `data-testid="action-admission"`)
		form := ordered(t, p, s.Ali, "add", "service-0", "ویزیت", "quantity-0", "۲")
		two := p.post(path(s.Ali, "/admissions"), form...)
		two.wants(t, http.StatusOK, `name="service-1"`, `value="ویزیت"`, `value="۲"`, `data-rials="3600000"`)
		form = append(form, "service-1", "botox", "quantity-1", "1", "discount-1", "10٪", "reason-1", "دوست")
		form[5] = ""
		dropped := p.post(path(s.Ali, "/admissions"), append(form, "drop", "0")...)
		dropped.wants(t, http.StatusOK, `value="بوتاکس"`, `value="دوست"`)
		dropped.lacks(t, `name="service-1"`)
		form[5] = "receive"
		balance(t, s, s.Ali, 0)
		done := p.post(path(s.Ali, "/admissions"), form...)
		done.wants(t, http.StatusSeeOther)
		if got, want := done.Header.Get("Location"), path(s.Ali, "/cashier?tab=summary"); got != want {
			t.Errorf("it goes on to %s, want %s", got, want)
		}
		balance(t, s, s.Ali, 3_600_000+3_600_000)
		p.script = true
		again := p.post(path(s.Ali, "/admissions"), form...)
		again.wants(t, http.StatusOK, `data-testid="sheet-cashier"`, `data-testid="toast"`, `data-testid="header-balance" data-rials="7200000"`, "۷٬۲۰۰٬۰۰۰")
		if again.Header.Get("HX-Trigger") != "account-changed" {
			t.Errorf("HX-Trigger is %q", again.Header.Get("HX-Trigger"))
		}
		balance(t, s, s.Ali, 7_200_000)
	})
}

// What was typed is still there when it was not recorded, and why is said at
// the field.
func TestARefusedAdmissionKeepsWhatWasTyped(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	tests := map[string]struct {
		form []string
		want []string
	}{
		"nothing at all":         {[]string{"service-0", ""}, []string{`href="#service-0"`, "دست‌کم یک خدمت"}},
		"no such service":        {[]string{"service-0", "جراحی قلب", "quantity-0", "1"}, []string{`href="#service-0"`, `value="جراحی قلب"`}},
		"two that fit":           {[]string{"service-0", "پوست", "quantity-0", "1"}, []string{`href="#service-0"`, "ویزیت (visit)", "بوتاکس (botox)"}},
		"a quantity in words":    {[]string{"service-0", "بوتاكس", "quantity-0", "دو"}, []string{`href="#quantity-0"`, `value="دو"`, `value="بوتاکس"`}},
		"none of it":             {[]string{"service-0", "بوتاکس", "quantity-0", "0"}, []string{`href="#quantity-0"`}},
		"a discount in words":    {[]string{"service-0", "visit", "quantity-0", "1", "discount-0", "کم", "unit-0", "amount"}, []string{`href="#discount-0"`, `value="کم"`}},
		"more than all of it":    {[]string{"service-0", "visit", "quantity-0", "1", "discount-0", "110", "unit-0", "percent"}, []string{`href="#discount-0"`}},
		"without a reason":       {[]string{"service-0", "visit", "quantity-0", "1", "discount-0", "5", "unit-0", "percent"}, []string{`href="#reason-0"`}},
		"above the cap":          {[]string{"service-0", "visit", "quantity-0", "1", "discount-0", "15", "unit-0", "percent", "reason-0", "دوست"}, []string{`href="#discount-0"`, "۱۰٪", "۱۸۰٬۰۰۰", `data-testid="ask-approval"`}},
		"in the second line":     {[]string{"service-0", "visit", "quantity-0", "1", "service-1", "", "service-2", "botox", "quantity-2", "1001"}, []string{`href="#quantity-2"`}},
		"an insurer of no kind":  {[]string{"service-0", "visit", "quantity-0", "1", "base", "77"}, []string{`href="#base"`}},
		"a provider nobody has":  {[]string{"service-0", "visit", "quantity-0", "1", "provider-0", "77"}, []string{`href="#provider-0"`}},
		"an id and another name": {[]string{"service-0", "هیچ", "service_id-0", "1", "quantity-0", "1"}, []string{`href="#service-0"`}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			form := ordered(t, p, s.Ali, "final", tt.form...)
			got := p.post(path(s.Ali, "/admissions"), form...)
			got.wants(t, http.StatusUnprocessableEntity, append(tt.want, `role="alert"`, `data-testid="sheet-admission"`)...)
			if got.hidden(t, "request") != form[1] {
				t.Error("the form got another name")
			}
			balance(t, s, s.Ali, 0)
		})
	}
}

func TestThePreviewAdmitsNothing(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	got := p.post(path(s.Maryam, "/admissions/preview"), "service-0", "botox", "quantity-0", "1", "service-1", "بوت خ")
	got.wants(t, http.StatusOK, `data-testid="balance-after"`, `data-rials="8800000"`)
	if strings.Contains(got.body, "<html") {
		t.Error("the preview is a whole page")
	}
	p.post(path(s.Maryam, "/admissions/preview"), "service-0", "خ").wants(t, http.StatusOK, "خدمتی برگزینید")
	balance(t, s, s.Maryam, 4_800_000)
}

func TestTheServiceSearch(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	p.get("/services?q="+url.QueryEscape("بوتاكس")).wants(t, http.StatusOK, "بوتاکس", "۴٬۰۰۰٬۰۰۰", "پوست")
	p.get("/services?q="+url.QueryEscape("پوست")).wants(t, http.StatusOK, "بوتاکس", "ویزیت")
	p.get("/services?q=BOT").wants(t, http.StatusOK, "بوتاکس")
	p.get("/services?q=zzz").lacks(t, "option")
	as(t, s, clinic.Doctor).get("/services?q=b").wants(t, http.StatusForbidden)
}

// rowOf reads the request and the id of a form in the tab of admissions.
func rowOf(t *testing.T, a answer, action string) (path, request string) {
	t.Helper()
	found := regexp.MustCompile(`action="(/admissions/\d+/` + action + `)"[\s\S]*?name="row_request" value="([^"]+)"`).FindStringSubmatch(a.body)
	if found == nil {
		t.Fatalf("no row offers %s", action)
	}
	return found[1], found[2]
}

// A discount beyond the receptionist's cap is kept in a draft; the manager
// approves it, the receptionist finalizes and prints.
func TestADiscountWaitsForApproval(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		desk, boss := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
		tab := path(s.Ali, "/statement/admissions")
		desk.post(path(s.Ali, "/admissions"), ordered(t, desk, s.Ali, "draft", "service-0", "botox", "quantity-0", "1",
			"discount-0", "15", "unit-0", "percent", "reason-0", "مشتری وفادار")...).wants(t, http.StatusSeeOther)
		waiting := desk.get(tab)
		waiting.wants(t, http.StatusOK, `data-testid="awaits-approval"`, "مشتری وفادار", "۱۵٪")
		waiting.lacks(t, `/finalize"`, `/discount"`)
		approve, request := rowOf(t, boss.get(tab), "discount")
		// Who may not answer for it is refused by the desk as well.
		desk.post(approve, "row_request", request+"x").wants(t, http.StatusUnprocessableEntity, "۱۰٪")
		boss.post(approve, "row_request", request).wants(t, http.StatusSeeOther)
		approved := desk.get(tab)
		approved.lacks(t, `data-testid="awaits-approval"`)
		approved.wants(t, http.StatusOK, "مدیر")
		finalize, request := rowOf(t, approved, "finalize")
		desk.script = true
		desk.post(finalize, "row_request", request).wants(t, http.StatusOK, `data-testid="toast"`, `data-testid="header-balance" data-rials="3400000"`)
		desk.script = false
		balance(t, s, s.Ali, 3_400_000)
		paper := strings.Replace(finalize, "finalize", "print", 1)
		printed := desk.get(paper)
		printed.wants(t, http.StatusOK, "درمانگاه مهرگان", "بوتاکس", "علی‌رضا کاظمی", "۶۰۰٬۰۰۰", "۳٬۴۰۰٬۰۰۰", "ونک", "سارا کریمی")
		printed.lacks(t, `data-testid="paper-mark"`)
		as(t, s, clinic.Doctor).get(paper).wants(t, http.StatusForbidden)
	})
}

// Who could approve a discount may say no, and why; the list shows what waits.
func TestADiscountIsRejected(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		sara, boss := as(t, s, clinic.Receptionist), as(t, s, clinic.Manager)
		tab := path(s.Ali, "/statement/admissions")
		sara.post(path(s.Ali, "/admissions"), ordered(t, sara, s.Ali, "draft", "service-0", "botox", "quantity-0", "1",
			"discount-0", "15", "unit-0", "percent", "reason-0", "مشتری وفادار")...).wants(t, http.StatusSeeOther)
		list := boss.get("/admissions?status=awaiting")
		list.wants(t, http.StatusOK, "کاظمی", "در انتظار تأیید")
		list.lacks(t, "مریم احمدی")
		sara.get(tab).lacks(t, `/discount/reject"`)
		reject, request := rowOf(t, boss.get(tab), "discount/reject")
		sara.post(reject, "row_request", request+"x", "reject_reason", "زیاد است").wants(t, http.StatusUnprocessableEntity, "۱۰٪")
		boss.post(reject, "row_request", request, "reject_reason", " ").wants(t, http.StatusUnprocessableEntity, `href="#reject-reason-`, "دلیل رد تخفیف را بنویسید")
		boss.post(reject, "row_request", request, "reject_reason", "زیاد است").wants(t, http.StatusSeeOther)
		boss.post(reject, "row_request", request+"y", "reject_reason", "زیاد است").wants(t, http.StatusUnprocessableEntity, "تخفیفی در انتظار تأیید نیست")
		rejected := sara.get(tab)
		rejected.wants(t, http.StatusOK, "تخفیف رد شد: زیاد است", `/finalize"`)
		rejected.lacks(t, `data-testid="awaits-approval"`)
		boss.get("/admissions?status=awaiting").lacks(t, "کاظمی")
	})
}

// Who cancels says what becomes of the deposit that paid; the clinic's rule is
// chosen already.
func TestCancellingSaysWhatBecomesOfDeposits(t *testing.T) {
	for chosen, want := range map[string]int64{"": 0, "reopen": 0, "credit": -1_800_000} {
		t.Run("chosen: "+chosen, func(t *testing.T) {
			s := site.Open(t, engine.SQLite(t))
			boss, ctx := as(t, s, clinic.Manager), t.Context()
			found, err := s.Desk.SearchServices(ctx, s.Manager, "visit")
			if err != nil {
				t.Fatal(err)
			}
			made, err := s.Desk.Admit(ctx, s.Manager, desk.Admit{Patient: s.Ali, Lines: []desk.OrderedLine{{Service: found[0].ID, Quantity: 1}}, Coverage: &desk.Insurers{}})
			if err != nil {
				t.Fatal(err)
			}
			taken, err := s.Desk.TakeDeposit(ctx, s.Manager, desk.TakeDeposit{Patient: s.Ali, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1_800_000}}})
			if err != nil {
				t.Fatal(err)
			}
			apply := desk.ApplyDeposit{OnDeposit: desk.OnDeposit{Deposit: taken.Deposit.ID}, Admission: made.Admission.ID}
			if _, err := s.Desk.ApplyDeposit(ctx, s.Manager, apply); err != nil {
				t.Fatal(err)
			}
			row := boss.get(path(s.Ali, "/statement/admissions"))
			if n := strings.Count(row.body, `name="deposits"`); n != 1 {
				t.Fatalf("%d rows ask about deposits, want the one that a deposit paid", n)
			}
			row.wants(t, http.StatusOK, `<option value="reopen" selected>`)
			cancel, request := rowOf(t, row, "cancel")
			boss.post(cancel+"/preview", "deposits", chosen).wants(t, http.StatusOK, `data-testid="after-balance" data-rials="`+strconv.FormatInt(want, 10)+`"`)
			form := []string{"row_request", request, "reason", "", "deposits", "credit"}
			boss.post(cancel, form...).wants(t, http.StatusUnprocessableEntity, `<option value="credit" selected>`)
			form[3], form[5] = "انصراف", chosen
			boss.post(cancel, form...).wants(t, http.StatusSeeOther)
			balance(t, s, s.Ali, want)
		})
	}
}

// A draft is cancelled by who wrote it, for a reason; a final admission is not.
func TestCancellingFromTheRow(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	p.script = true
	tab := p.get(path(s.Maryam, "/statement/admissions"))
	cancel, request := rowOf(t, tab, "cancel") // of Maryam's draft, the only one
	number := strings.Split(cancel, "/")[2]
	p.post(cancel, "row_request", request, "reason", " ").wants(t, http.StatusUnprocessableEntity, `href="#reason-`+number+`"`, "دلیل لغو را بنویسید")
	p.post(cancel, "row_request", request+"2", "reason", "انصراف").wants(t, http.StatusOK, "لغو شده")
	p.get("/admissions/"+number+"/print").wants(t, http.StatusOK, `data-testid="paper-mark"`, "لغو شده", "انصراف")
	balance(t, s, s.Maryam, 4_800_000)
	rows, err := s.Desk.Admissions(t.Context(), s.Manager, s.Maryam, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows.Rows {
		if r.Admission.Status == clinic.Finalized {
			p.post(onAdmission(r.Admission.ID, "/cancel"), "row_request", "f", "reason", "x").wants(t, http.StatusForbidden)
			p.post(onAdmission(r.Admission.ID, "/cancel/preview")).wants(t, http.StatusForbidden)
		}
	}
	p.post("/admissions/12345/cancel", "row_request", "g", "reason", "x").wants(t, http.StatusNotFound)
}

func onAdmission(a clinic.AdmissionID, below string) string {
	return "/admissions/" + strconv.FormatInt(int64(a), 10) + below
}

// The doctor says that a service is done, and sees no amounts on the way.
func TestADoctorSaysThatItIsDone(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Doctor)
	tab := path(s.Ali, "/statement/admissions")
	status, request := rowOf(t, p.get(tab), `lines/1/status`)
	p.post(status, "row_request", request, "status", "completed").wants(t, http.StatusSeeOther)
	done := p.get(tab)
	done.wants(t, http.StatusOK, "انجام‌شده")
	done.lacks(t, "در انتظار", "۸۰۰٬۰۰۰")
	p.post(status, "row_request", "other", "status", "cancelled").wants(t, http.StatusUnprocessableEntity)
}
