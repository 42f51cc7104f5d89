package clinic_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// The days of this file: 1405/09/10 is a Tuesday.
const tuesday, holiday = jalali.Day("2026-12-01"), jalali.Day("2026-12-08")

// workedTuesday is a shift of Dr. 1 on Tuesdays at branch 1.
func workedTuesday(from, until int) clinic.WorkShift {
	return clinic.WorkShift{Provider: 1, Branch: 1, Room: 5, Weekday: jalali.Tuesday, From: from, Until: until, Capacity: 1}
}

// spans are openings as clock times in Tehran, "9:00-13:00".
func spans(all []clinic.Opening) string {
	var texts []string
	for _, o := range all {
		zone := tehran()
		texts = append(texts, o.From.In(zone).Format("15:04")+"-"+o.Until.In(zone).Format("15:04"))
	}
	return strings.Join(texts, " ")
}

func tehran() *time.Location {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		panic(err)
	}
	return zone
}

func TestWhenAProviderTakesAppointments(t *testing.T) {
	morning := workedTuesday(9*60, 13*60)
	from := func(d jalali.Day) clinic.WorkShift { s := morning; s.ValidFrom = d; return s }
	until := func(d jalali.Day) clinic.WorkShift { s := morning; s.ValidUntil = d; return s }
	off := morning
	off.Disabled = true
	on := func(kind clinic.ExceptionKind, from, until int) clinic.Exception {
		return clinic.Exception{Kind: kind, Provider: 1, First: tuesday, Last: tuesday, From: from, Until: until, Capacity: 1}
	}
	closed := func(branch clinic.BranchID) clinic.Exception {
		return clinic.Exception{Kind: clinic.Closure, Branch: branch, First: tuesday, Last: tuesday, Until: 24 * 60}
	}
	extra := func(d jalali.Day) clinic.Exception {
		return clinic.Exception{Kind: clinic.Extra, Provider: 1, Branch: 1, First: d, Last: d, From: 17 * 60, Until: 19 * 60, Capacity: 2}
	}
	others, gone := on(clinic.Leave, 0, 24*60), on(clinic.Leave, 0, 24*60)
	others.Provider, gone.Disabled = 2, true
	long := on(clinic.Leave, 0, 24*60)
	long.First, long.Last = tuesday.Add(-3), tuesday.Add(3)
	for _, c := range []struct {
		says       string
		day        jalali.Day
		shifts     []clinic.WorkShift
		exceptions []clinic.Exception
		worked     bool // the holiday of 1405/09/17 is
		want       string
	}{
		{says: "the shift of the weekday", day: tuesday, shifts: []clinic.WorkShift{morning}, want: "09:00-13:00"},
		{says: "nothing on another weekday", day: tuesday.Add(1), shifts: []clinic.WorkShift{morning}},
		{says: "nothing of a shift that is off", day: tuesday, shifts: []clinic.WorkShift{off}},
		{says: "morning and evening in order", day: tuesday, shifts: []clinic.WorkShift{workedTuesday(16*60, 20*60), morning}, want: "09:00-13:00 16:00-20:00"},
		{says: "leave in the middle splits a shift", day: tuesday, shifts: []clinic.WorkShift{morning},
			exceptions: []clinic.Exception{on(clinic.Leave, 10*60, 11*60+30)}, want: "09:00-10:00 11:30-13:00"},
		{says: "leave over the beginning and one over the end", day: tuesday, shifts: []clinic.WorkShift{morning},
			exceptions: []clinic.Exception{on(clinic.Leave, 8*60, 10*60), on(clinic.Leave, 12*60, 14*60)}, want: "10:00-12:00"},
		{says: "leave of days before and after", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{long}},
		{says: "leave of somebody else", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{others}, want: "09:00-13:00"},
		{says: "leave that was switched off", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{gone}, want: "09:00-13:00"},
		{says: "closure of the branch", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{closed(1)}},
		{says: "closure of another branch", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{closed(2)}, want: "09:00-13:00"},
		{says: "closure of all branches, extra time as well", day: tuesday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{closed(0), extra(tuesday)}},
		{says: "a holiday", day: holiday, shifts: []clinic.WorkShift{morning}},
		{says: "extra time on a holiday", day: holiday, shifts: []clinic.WorkShift{morning}, exceptions: []clinic.Exception{extra(holiday)}, want: "17:00-19:00"},
		{says: "a holiday that is worked", day: holiday, shifts: []clinic.WorkShift{morning}, worked: true, want: "09:00-13:00"},
		{says: "extra time in spite of leave", day: tuesday, shifts: []clinic.WorkShift{morning},
			exceptions: []clinic.Exception{on(clinic.Leave, 0, 24*60), extra(tuesday)}, want: "17:00-19:00"},
		{says: "a shift from that day on", day: tuesday, shifts: []clinic.WorkShift{from(tuesday)}, want: "09:00-13:00"},
		{says: "a shift from the day after", day: tuesday, shifts: []clinic.WorkShift{from(tuesday.Add(1))}},
		{says: "a shift until that day", day: tuesday, shifts: []clinic.WorkShift{until(tuesday)}, want: "09:00-13:00"},
		{says: "a shift until the day before", day: tuesday, shifts: []clinic.WorkShift{until(tuesday.Add(-1))}},
	} {
		t.Run(c.says, func(t *testing.T) {
			w := clinic.Week{Zone: tehran(), Shifts: c.shifts, Exceptions: c.exceptions, Holidays: []clinic.Holiday{{Day: holiday, Name: "تعطیل", Worked: c.worked}}}
			if got := spans(w.Openings(1, c.day)); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// In Tehran clocks went from 0:00 to 1:00 on 1400/01/02 and 1401/01/02.
func TestShiftsWhereClocksAreChanged(t *testing.T) {
	for _, c := range []struct {
		says        string
		date        jalali.Date
		from, until int
		want        string // in UTC
	}{
		{"1400: begins in the gap", jalali.Date{Year: 1400, Month: 1, Day: 2}, 30, 3 * 60, ""},
		{"1400: after it, to the minute", jalali.Date{Year: 1400, Month: 1, Day: 2}, 9 * 60, 13 * 60, "04:30-08:30"},
		{"1400: from the first minute there is", jalali.Date{Year: 1400, Month: 1, Day: 2}, 60, 3 * 60, "20:30-22:30"},
		{"1400: the day before, without summer time", jalali.Date{Year: 1400, Month: 1, Day: 1}, 9 * 60, 13 * 60, "05:30-09:30"},
		{"1401: begins in the gap", jalali.Date{Year: 1401, Month: 1, Day: 2}, 0, 3 * 60, ""},
		{"1401: after it, to the minute", jalali.Date{Year: 1401, Month: 1, Day: 2}, 9 * 60, 13 * 60, "04:30-08:30"},
		{"1401: until the end of the day before", jalali.Date{Year: 1401, Month: 1, Day: 1}, 22 * 60, 24 * 60, "18:30-20:30"},
		{"1402: clocks stay", jalali.Date{Year: 1402, Month: 1, Day: 2}, 30, 3 * 60, "21:00-23:30"},
	} {
		t.Run(c.says, func(t *testing.T) {
			day := c.date.Civil()
			w := clinic.Week{Zone: tehran(), Shifts: []clinic.WorkShift{{Provider: 1, Branch: 1, Weekday: day.Weekday(), From: c.from, Until: c.until, Capacity: 1}}}
			got := ""
			for _, o := range w.Openings(1, day) {
				got += o.From.UTC().Format("15:04") + "-" + o.Until.UTC().Format("15:04")
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestReadingHolidays(t *testing.T) {
	for _, c := range []struct{ says, text, codes, lines string }{
		{"two lines", "1405/01/01,نوروز\n۱۴۰۵/۰۱/۰۲,نوروز", "", ""},
		{"marks, empty lines and a quoted comma", "\ufeff1405/01/01,\"نوروز, عید\"\r\n\r\n1405-01-02, نوروز\n", "", ""},
		{"no line", "\n \n", "holiday.empty", ""},
		{"no name", "1405/01/01,نوروز\n1405/01/02,", "holiday.name", "2"},
		{"no day, and one that is none", "نوروز,1405/01/01\n1405/01/01,نوروز\n1404/12/30,آخر سال", "holiday.day holiday.day", "1 3"},
		{"one field and three", "1405/01/01\n1405/01/02,a,b", "holiday.fields holiday.fields", "1 2"},
		{"a day twice", "1405/01/01,نوروز\n۱۴۰۵/۱/۱,عید", "holiday.twice", "2"},
		{"an open quotation mark", "1405/01/01,نوروز\n1405/01/02,\"عید", "holiday.csv", "2"},
		{"too many", strings.Repeat("1405/01/01,نوروز\n", 1) + manyDays(401), "holiday.lines", ""},
		{"ten faults are enough", strings.Repeat("x,y\n", 50), strings.TrimSpace(strings.Repeat("holiday.day ", 10)), "1 2 3 4 5 6 7 8 9 10"},
	} {
		t.Run(c.says, func(t *testing.T) {
			all, faults := clinic.ReadHolidays(c.text, "2026-11-24")
			var codes, lines []string
			for _, f := range faults {
				codes = append(codes, f.Code)
				if f.Args["line"] != "" {
					lines = append(lines, f.Args["line"])
				}
			}
			if strings.Join(codes, " ") != c.codes || strings.Join(lines, " ") != c.lines {
				t.Errorf("%v in lines %v, want %s in %s", codes, lines, c.codes, c.lines)
			}
			if c.codes == "" && (len(all) != 2 || all[0].Day != "2026-03-21") || c.codes != "" && all != nil {
				t.Errorf("%+v", all)
			}
		})
	}
}

// manyDays are so many lines, each of another day.
func manyDays(n int) string {
	var text strings.Builder
	day := jalali.Day("2027-03-21")
	for i := range n {
		text.WriteString(day.Add(i).Date().String() + ",روز\n")
	}
	return text.String()
}
