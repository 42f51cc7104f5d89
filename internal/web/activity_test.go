package web_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

var activityLink = regexp.MustCompile(`/activities/(\d+)/complete`)

// callAbout writes that Maryam is to be called and returns the path of it.
func callAbout(t *testing.T, s *site.Site, subject string) string {
	t.Helper()
	a, err := s.Desk.AddActivity(t.Context(), s.Manager, desk.AddActivity{Activity: clinic.Activity{Patient: s.Maryam, Kind: clinic.CallOut, Subject: subject}})
	if err != nil {
		t.Fatal(err)
	}
	return "/activities/" + strconv.FormatInt(int64(a.ID), 10)
}

// What cannot be is said at its field and the form is kept; what can be is in
// the tab, with what comes after it.
func TestAnActivityOfTheSheet(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	at := path(s.Maryam, "/activities/new")
	sheet := p.get(at + "?tab=crm")
	sheet.wants(t, http.StatusOK, `data-testid="sheet-activity"`, `name="outcome"`, `name="next_kind"`, `name="service_id"`, "هر کس رسید")
	form := func(more ...string) []string {
		return append([]string{"request", sheet.hidden(t, "request"), "tab", "crm", "kind", "call_out", "subject", "قیمت ایمپلنت"}, more...)
	}
	for name, c := range map[string]struct{ form, want []string }{
		"a kind that is none":      {[]string{"kind", "smoke"}, []string{`href="#kind"`}},
		"a day that is none":       {[]string{"due", "یک روزی"}, []string{`href="#due"`, `value="یک روزی"`}},
		"a day that has passed":    {[]string{"due", "1404/01/01"}, []string{`href="#due"`, "گذشته است"}},
		"an owner who is nobody":   {[]string{"owner_id", "987"}, []string{`href="#owner_id"`}},
		"an owner who is no id":    {[]string{"owner_id", "sara"}, []string{`href="#owner_id"`}},
		"a service that is none":   {[]string{"service_id", "987"}, []string{`href="#service_id"`}},
		"an outcome that is none":  {[]string{"done", "on", "outcome", "smoke"}, []string{`href="#outcome"`}},
		"an outcome of nothing":    {[]string{"outcome", "busy"}, []string{`href="#outcome"`, "همین حالا انجام شد"}},
		"a next one without a day": {[]string{"next_kind", "visit"}, []string{`href="#next_due"`}},
		"a next one in the past":   {[]string{"next_kind", "visit", "next_due", "1404/01/01"}, []string{`href="#next_due"`, `value="1404/01/01"`}},
		"too long":                 {[]string{"subject", strings.Repeat("ب", 201)}, []string{`href="#subject"`}},
	} {
		t.Run(name, func(t *testing.T) {
			values := form()
			for i := 0; i+1 < len(c.form); i += 2 {
				values = with(values, c.form[i], c.form[i+1])
			}
			p.post(at, values...).wants(t, http.StatusUnprocessableEntity, append(c.want, `role="alert"`)...)
		})
	}
	p.script = true
	good := form("due", "فردا", "next_kind", "visit", "next_due", "+7")
	p.post(at, good...).wants(t, http.StatusOK, `data-testid="toast"`, "قیمت ایمپلنت", "حضوری")
	p.post(at, good...).wants(t, http.StatusOK) // a double click
	p.script = false
	tab := p.get(path(s.Maryam, "/statement/crm"))
	tab.wants(t, http.StatusOK, "قیمت ایمپلنت", "فعالیت آتی", `data-key="KeyD"`, "/appointments/new?activity=")
	if n := strings.Count(tab.body, `data-testid="row-activity-`); n != 2 {
		t.Errorf("%d rows", n)
	}
}

// with is a form with another value of a name.
func with(form []string, name, value string) []string {
	for i := 0; i < len(form); i += 2 {
		if form[i] == name {
			changed := append([]string{}, form...)
			changed[i+1] = value
			return changed
		}
	}
	return append(form, name, value)
}

// From the list an activity is done by one button; it stands first then, and can
// be opened again.
func TestTheListOfActivities(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	p.get("/activities").wants(t, http.StatusOK, "برای امروز کاری نمانده است")
	callAbout(t, s, "قیمت ایمپلنت")
	list := p.get("/activities?kind=call_out")
	list.wants(t, http.StatusOK, `data-testid="table-activities"`, "قیمت ایمپلنت", `data-row-key="KeyD"`, `data-testid="patient-menu"`, `href="/activities?kind=call_out&amp;view=done"`)
	p.get("/activities?kind=visit").wants(t, http.StatusOK, "فعالیتی با این پالایه‌ها نیست")
	p.get("/activities?kind=smoke").wants(t, http.StatusSeeOther)
	link := activityLink.FindString(list.body)
	form := []string{"request", list.hidden(t, "request"), "then", strings.ReplaceAll(list.hidden(t, "then"), "&amp;", "&")}
	done := p.post(link, form...)
	to := done.Header.Get("Location")
	if !strings.HasPrefix(to, "/activities?done=") || !strings.Contains(to, "kind=call_out#row-activity-") {
		t.Fatalf("led to %q", to)
	}
	if again := p.post(link, form...); again.Header.Get("Location") != to {
		t.Errorf("a double click is led to %q", again.Header.Get("Location"))
	}
	p.post(link, "request", "another", "then", "/activities").wants(t, http.StatusUnprocessableEntity, "دیگر باز نیست")
	to, _, _ = strings.Cut(to, "#")
	changed := p.get(to)
	changed.wants(t, http.StatusOK, `class="changed"`, "قیمت ایمپلنت", "/reopen")
	p.get("/activities?view=done").wants(t, http.StatusOK, "قیمت ایمپلنت", "نتیجه و یادداشت")
	p.get(strings.Replace(link, "complete", "reopen", 1)).wants(t, http.StatusOK, `data-testid="sheet-activity_reopen"`)
	p.post(strings.Replace(link, "complete", "reopen", 1), "request", "open").wants(t, http.StatusSeeOther)
	p.get("/activities").wants(t, http.StatusOK, "قیمت ایمپلنت")
	_, err := s.Desk.AddStaff(t.Context(), s.Manager, desk.AddStaff{Password: site.Password,
		Staff: clinic.Staff{Name: "سرپرست", Role: clinic.Supervisor, Username: string(clinic.Supervisor)}})
	if err != nil {
		t.Fatal(err)
	}
	if seen := as(t, s, clinic.Supervisor).get("/activities"); strings.Contains(seen.body, "/complete") || !strings.Contains(seen.body, "قیمت ایمپلنت") {
		t.Error("a supervisor looks and does nothing")
	}
}

// An activity is moved, cancelled with a reason, and planned after.
func TestAnActivityIsMovedAndCancelled(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	at := callAbout(t, s, "x")
	sheet := p.get(at + "/reschedule")
	sheet.wants(t, http.StatusOK, `data-testid="sheet-activity_reschedule"`)
	p.post(at+"/reschedule", "request", "a", "due", "1404/01/01", "version", sheet.hidden(t, "version")).wants(t, http.StatusUnprocessableEntity, `href="#due"`)
	p.post(at+"/reschedule", "request", "a", "due", "فردا", "version", sheet.hidden(t, "version")).wants(t, http.StatusSeeOther)
	p.post(at+"/reschedule", "request", "b", "due", "+2", "version", sheet.hidden(t, "version")).wants(t, http.StatusConflict, "تغییر داد")
	p.post(at+"/next", "request", "c", "next_kind", "visit", "next_due", "").wants(t, http.StatusUnprocessableEntity, `href="#next_due"`)
	p.post(at+"/next", "request", "c", "next_kind", "visit", "next_due", "+3").wants(t, http.StatusSeeOther)
	p.post(at+"/next", "request", "d", "next_kind", "visit", "next_due", "+3").wants(t, http.StatusConflict, "پیش‌تر زمان‌بندی شده")
	p.post(at+"/cancel", "request", "e", "reason", " ").wants(t, http.StatusUnprocessableEntity, `href="#reason"`)
	p.post(at+"/cancel", "request", "e", "reason", "خودش زنگ زد").wants(t, http.StatusSeeOther)
	p.get(path(s.Maryam, "/statement/crm")).wants(t, http.StatusOK, "خودش زنگ زد", "لغو شده")
}

// The manager chooses what comes by itself.
func TestWhatComesByItselfIsChosen(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	page := p.get("/settings/activities")
	page.wants(t, http.StatusOK, `name="makes_bounced_cheque"`, `name="unseen_months"`, "رضایت‌سنجی")
	form := []string{"request", page.hidden(t, "request"), "version", page.hidden(t, "version"), "makes_unseen", "on", "session_days", "3", "lapse_days", "14",
		"satisfaction_days", "2", "unseen_months"}
	p.post("/settings/activities", append(form, "99")...).wants(t, http.StatusUnprocessableEntity, `href="#unseen_months"`)
	p.post("/settings/activities", append(form, "12")...).wants(t, http.StatusSeeOther)
	c, err := s.Desk.Clinic(t.Context(), s.Manager.Clinic)
	if err != nil || !c.Activities.Unseen || c.Activities.UnseenMonths != 12 || c.Activities.NoShow || c.Activities.Bounced {
		t.Errorf("%+v %v", c.Activities, err)
	}
}
