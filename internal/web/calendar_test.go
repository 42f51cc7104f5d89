package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// number is the id of anything as it stands in a page.
func number[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// The page shows what the desk has, in each of its views.
func TestTheCalendarShowsWhatTheDeskHas(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	c := s.LivelyCalendar(t)
	p := as(t, s, clinic.Receptionist)
	booked := `data-testid="row-appointment-` + number(c.Booked) + `"`
	rad, sohrabi := number(c.Rad), number(c.Sohrabi)
	day := p.get("/appointments")
	day.wants(t, http.StatusOK, booked, "مریم احمدی", "حاضر شد", "نوبت اضافه", "مرخصی · همایش", "اتاق ۳", `data-testid="column-`+rad+`"`,
		`data-testid="column-`+sohrabi+`"`, `data-testid="slot-`+rad+`-11:30"`, `class="now-line h-11 u-6 dh-0 du-1"`,
		`ap tone-info short h-12 u-0 dh-0 du-6 of-1 lane-0`, `of-2 lane-1`, "/move?then=", "/check-in?then=", "/cancel?then=")
	day.lacks(t, `data-testid="slot-`+rad+`-11:15"`, `data-testid="slot-`+rad+`-12:00"`, `data-testid="slot-`+sohrabi+`-18:00"`,
		`data-testid="row-appointment-`+number(c.Tomorrow)+`"`)
	one := p.get("/appointments?provider=" + sohrabi)
	one.wants(t, http.StatusOK, `data-testid="column-`+sohrabi+`"`)
	one.lacks(t, `data-testid="column-`+rad+`"`)
	p.get("/appointments?day=2026-11-25").wants(t, http.StatusOK, `data-testid="row-appointment-`+number(c.Tomorrow)+`"`, "h-10 u-0 dh-1 du-0")
	p.get("/appointments?day=2026-11-27").wants(t, http.StatusOK, "در این روز کسی کار نمی‌کند")
	p.get("/appointments?view=week&provider="+sohrabi).wants(t, http.StatusOK, `data-testid="row-appointment-`+number(c.Tomorrow)+`"`, "شنبه ۳۰ آبان", "جمعه ۶ آذر")
	p.get("/appointments?view=month").wants(t, http.StatusOK, "آذر ۱۴۰۵", "۴ نوبت", `data-day="2026-11-22"`, `data-day="2026-12-21"`)
	list := p.get("/appointments?view=list&status=checked_in")
	list.wants(t, http.StatusOK, `data-testid="row-appointment-`+number(c.CheckedIn)+`"`)
	list.lacks(t, booked)
	p.get("/appointments?view=list&status=nonsense").wants(t, http.StatusOK, booked, "این وضعیت شناخته نشد.")
	s.Pass(45 * 60 * 1e9)
	p = as(t, s, clinic.Receptionist)
	queue := p.get("/appointments?view=queue")
	queue.wants(t, http.StatusOK, "۱۵ دقیقه دیر", "۴۵ دقیقه انتظار", "/patients/"+idOf(s.Zahra)+"/admit?appointment="+number(c.CheckedIn))
	if expected, waiting, _ := strings.Cut(queue.body, `data-testid="queue-waiting"`); !strings.Contains(expected, booked) || strings.Contains(waiting, booked) {
		t.Error("Maryam is not among the expected")
	}
	p.get("/appointments?view=waitlist").wants(t, http.StatusOK, `data-testid="row-wait-`+number(c.Waiting)+`"`, "علی‌رضا کاظمی", "صبح", "wait="+number(c.Waiting),
		"/waitlist/"+number(c.Waiting)+"/leave")
	p.get("/appointments/print?provider="+rad).wants(t, http.StatusOK, `data-testid="day-paper"`, "مریم احمدی", "۱۰۰۱", "رزرو شده، نوبت اضافه")
}

// An address that somebody typed shows a page all the same.
func TestTheCalendarTakesAnyAddress(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.LivelyCalendar(t)
	p := as(t, s, clinic.Receptionist)
	for _, query := range []string{"?day=x", "?view=x", "?done=99", "?done=x", "?view=list&from=x&cursor=x", "?view=list&cursor=zz", "?branch=x", "?view=month&day=0001-01-01", "?day=9999-12-31"} {
		p.get("/appointments"+query).wants(t, http.StatusOK, "نوبت‌دهی")
	}
	for _, view := range []string{"day", "week"} {
		p.get("/appointments?view="+view+"&provider=99").leads(t, "/appointments?view="+view)
	}
}

// What was just changed is marked, and said.
func TestWhatWasChangedIsMarked(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	c := s.LivelyCalendar(t)
	p := as(t, s, clinic.Receptionist)
	got := p.get("/appointments?done=" + number(c.Booked))
	got.wants(t, http.StatusOK, `data-testid="toast"`, "نوبت مریم احمدی: رزرو شده", "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۲:۰۰ · دکتر راد", "changed")
	got.lacks(t, "then=%2Fappointments%3Fdone%3D"+number(c.Booked)+"%26") // a way back tells of what it changed itself
}

// From a free time to the patient, and to the sheet with all that was chosen.
func TestForWhomATimeIs(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	c := s.LivelyCalendar(t)
	p := as(t, s, clinic.Receptionist)
	chosen := url.Values{"provider": {number(c.Rad)}, "starts": {"2026-11-24T08:15:00Z"}, "then": {"/appointments?provider=" + number(c.Rad)}}
	p.get("/appointments/free?provider="+number(c.Rad)).wants(t, http.StatusOK, "سه‌شنبه ۳ آذر ۱۴۰۵", "۱۱:۴۵", "starts=2026-11-24T08%3A15%3A00Z")
	p.get("/appointments/free").wants(t, http.StatusOK, "۱۱:۴۵ · دکتر راد", "۱۱:۴۵ · دکتر سهرابی")
	p.get("/appointments/free?provider=99").wants(t, http.StatusOK, `role="alert"`)
	asked := p.get("/appointments/new?" + chosen.Encode())
	asked.wants(t, http.StatusOK, "سه‌شنبه ۳ آذر ۱۴۰۵، ساعت ۱۱:۴۵ · دکتر راد", `data-testid="whom-register"`, `name="starts" value="2026-11-24T08:15:00Z"`)
	chosen.Set("q", "lvdl") // مریم on another keyboard
	sheet := url.Values{"provider": chosen["provider"], "starts": chosen["starts"], "then": chosen["then"]}
	p.get("/appointments/new?"+chosen.Encode()).wants(t, http.StatusOK,
		`href="`+strings.ReplaceAll(path(s.Maryam, "/appointments/new?")+sheet.Encode(), "&", "&amp;")+`"`)
	chosen.Set("q", "ناشناس")
	got := p.get("/appointments/new?" + chosen.Encode())
	got.wants(t, http.StatusOK, "کسی با «ناشناس» پیدا نشد.", url.QueryEscape("/patients/{patient}/appointments/new?"))
	p.get("/appointments/new?then=https://example.com/").lacks(t, "example.com")
}

// Who may not book is shown no way to, and who may not read sees nothing.
func TestTheCalendarKeepsToRights(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.LivelyCalendar(t)
	doctor := as(t, s, clinic.Doctor)
	got := doctor.get("/appointments")
	got.wants(t, http.StatusOK, "مریم احمدی")
	got.lacks(t, `class="slot`, "/appointments/new", "/move?", "۰۹۱۲\u00a0۳۴۵\u00a0۶۷۸۰", "data-moves", `data-testid="form-calendar-move"`)
	doctor.get("/appointments/new").wants(t, http.StatusForbidden)
	_, err := s.Desk.AddStaff(t.Context(), s.Manager, desk.AddStaff{Password: site.Password,
		Staff: clinic.Staff{Name: "انباردار", Role: clinic.Stockkeeper, Username: string(clinic.Stockkeeper)}})
	if err != nil {
		t.Fatal(err)
	}
	keeper := as(t, s, clinic.Stockkeeper)
	for _, where := range []string{"", "?view=week", "?view=list", "?view=queue", "?view=waitlist", "/print", "/free", "/new"} {
		keeper.get("/appointments"+where).wants(t, http.StatusForbidden)
	}
}

// Of people of another branch only the time is shown: no name, no number.
func TestPeopleOfOtherBranchesHaveNoNameInTheCalendar(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	c := s.LivelyCalendar(t)
	branch, err := s.Desk.SaveBranch(t.Context(), s.Manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
	if err != nil {
		t.Fatal(err)
	}
	everywhere := s.Manager
	everywhere.Branch = 0
	hidden, err := s.Desk.RegisterPatient(t.Context(), clinic.Actor{Clinic: s.Manager.Clinic, Branch: branch.ID, Staff: s.Manager.Staff, Name: s.Manager.Name, Role: clinic.Manager},
		desk.RegisterPatient{Patient: clinic.Patient{FirstName: "نگار", LastName: "ناپیداییان", Mobile: "09121114477"}})
	if err != nil {
		t.Fatal(err)
	}
	day, _ := c.Today.Add(1).Bounds(s.Zone(t))
	booked, err := s.Desk.Book(t.Context(), everywhere, desk.Book{Patient: hidden.ID, Provider: c.Rad, Starts: day.Add(9 * 3600 * 1e9), Minutes: 30})
	if err != nil {
		t.Fatal(err)
	}
	p := as(t, s, clinic.Receptionist)
	for _, where := range []string{"?day=2026-11-25", "?view=week", "?view=list", "/print?day=2026-11-25"} {
		got := p.get("/appointments" + where)
		got.wants(t, http.StatusOK, "مراجعه‌کننده شعبه دیگر")
		got.lacks(t, "ناپیداییان", "۴۴۷۷", "4477", "/appointments/"+number(booked.Appointment.ID)+"/")
	}
	p.get("/appointments?done="+number(booked.Appointment.ID)).lacks(t, "ناپیداییان")
}
