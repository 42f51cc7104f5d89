package web_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

func onVisit(a clinic.AppointmentID, verb string) string {
	return "/appointments/" + strconv.FormatInt(int64(a), 10) + "/" + verb
}

// What a drag on the calendar posts is enough to move an appointment, and leads
// back to the calendar; a taken time shows the form with the next free ones.
func TestADragOnTheCalendarMoves(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Calendar(t)
	booked := s.Book(t, s.Maryam, site.Now.Add(30*time.Minute), 0)
	s.Book(t, s.Ali, site.Now.Add(25*time.Hour), 0) // Wednesday, 12:30
	p := as(t, s, clinic.Receptionist)
	drag := func(clock, version, key string) answer {
		return p.post(onVisit(booked, "move"), "day", "1405/09/04", "clock", clock, "provider", "", "version", version, "request", key, "then", "/appointments?view=day")
	}
	drag("12:30", "1", "a").wants(t, http.StatusUnprocessableEntity, "پر شد", `id="next-times"`, `data-clock="۱۶:۰۰"`, "/appointments?view=day")
	got := drag("10:00", "1", "b")
	got.wants(t, http.StatusSeeOther)
	if to := got.Header.Get("Location"); to != "/appointments?view=day" {
		t.Errorf("it leads to %q", to)
	}
	drag("11:00", "1", "c").wants(t, http.StatusConflict, "کاربر دیگری این نوبت را تغییر داد")
	p.get(path(s.Maryam, "/statement/appointments")).wants(t, http.StatusOK, "جابه‌جا شده", "۱۰:۰۰ تا ۱۰:۳۰", "از سه‌شنبه ۱۴۰۵/۰۹/۰۳ ساعت ۱۲:۰۰ به چهارشنبه ۱۴۰۵/۰۹/۰۴ ساعت ۱۰:۰۰")
}

// A series says in its preview when each session is, and is booked whole.
func TestASeriesIsShownBeforeItIsBooked(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	doctor, botox := s.Calendar(t)
	s.Book(t, s.Ali, site.Now.Add(7*24*time.Hour+30*time.Minute), 0) // in the way of the second
	p := as(t, s, clinic.Receptionist)
	book := path(s.Maryam, "/appointments/new")
	form := func(sessions, every string) []string {
		return []string{"service", strconv.FormatInt(int64(botox), 10), "provider", strconv.FormatInt(int64(doctor), 10), "day", "1405/09/03", "clock", "12",
			"channel", "phone", "sessions", sessions, "every", every, "method", "requested", "seen_version", versionOf(t, p, s), "request", "series", "tab", "appointments"}
	}
	p.post(book+"/preview", form("3", "7")...).wants(t, http.StatusOK, "جلسه ۲", "به جای")
	p.post(book, form("3", "")...).wants(t, http.StatusUnprocessableEntity, "۲ تا ۵۲ جلسه")
	p.post(book, form("3", "7")...).wants(t, http.StatusSeeOther)
	p.get(path(s.Maryam, "/statement/appointments")).wants(t, http.StatusOK, "۱۲:۳۰ تا ۱۳:۰۰", "تلفنی", "۲٬۰۰۰٬۰۰۰", "یکی از جلسه‌های یک سری است")
}

// A deposit that is taken for an appointment is for its time and service, and
// one appointment is admitted once.
func TestWhatIsDoneForAnAppointment(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	s.Calendar(t)
	booked := s.Book(t, s.Maryam, site.Now.Add(30*time.Minute), 0)
	other := s.Book(t, s.Ali, site.Now.Add(24*time.Hour), 0)
	p, one := as(t, s, clinic.Receptionist), strconv.FormatInt(int64(booked), 10)
	take := path(s.Maryam, "/deposits/new")
	sheet := p.get(take + "?appointment=" + one)
	sheet.wants(t, http.StatusOK, "ساعت ۱۲:۰۰ تا ۱۲:۳۰، دکتر", `name="appointment" value="`+one+`"`)
	sheet.lacks(t, `name="planned"`)
	form := []string{"amount", "700000", "method", "cash", "seen_version", versionOf(t, p, s), "request", "take"}
	p.post(take, append(form, "appointment", strconv.FormatInt(int64(other), 10))...).wants(t, http.StatusUnprocessableEntity, "شخص دیگری")
	p.post(take, append(form, "appointment", one)...).wants(t, http.StatusSeeOther)
	p.get(path(s.Maryam, "/statement/deposits")).wants(t, http.StatusOK, "بوتاکس", "نوبت ۱۴۰۵/۰۹/۰۳ ۱۲:۰۰")
	p.get(path(s.Maryam, "/admit?appointment="+one)).wants(t, http.StatusOK, `name="appointment" value="`+one+`"`, `value="بوتاکس"`)
	p.get(onVisit(other, "no-show")).wants(t, http.StatusOK, "وقت این نوبت هنوز تمام نشده است.")
	p.post(onVisit(other, "check-in"), "request", "in", "tab", "appointments").wants(t, http.StatusUnprocessableEntity, "اول آن را به امروز جابه‌جا کنید")
	p.get(onVisit(99, "move")).wants(t, http.StatusNotFound)
}
