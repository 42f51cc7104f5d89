package jalali_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"daftar/internal/jalali"
)

// lunarHolidays names the holidays of the lunar calendar by month and day. The
// last of Safar has no number of its own: it is day 0 of the month after it.
var lunarHolidays = map[[2]int]string{
	{1, 9}:   "تاسوعای حسینی",
	{1, 10}:  "عاشورای حسینی",
	{2, 20}:  "اربعین حسینی",
	{2, 28}:  "رحلت پیامبر و شهادت امام حسن مجتبی",
	{3, 0}:   "شهادت امام رضا",
	{3, 8}:   "شهادت امام حسن عسکری",
	{3, 17}:  "ولادت پیامبر و امام جعفر صادق",
	{6, 3}:   "شهادت حضرت فاطمه",
	{7, 13}:  "ولادت امام علی",
	{7, 27}:  "مبعث پیامبر",
	{8, 15}:  "ولادت حضرت قائم",
	{9, 21}:  "شهادت امام علی",
	{10, 1}:  "عید فطر",
	{10, 2}:  "روز دوم عید فطر",
	{10, 25}: "شهادت امام جعفر صادق",
	{12, 10}: "عید قربان",
	{12, 18}: "عید غدیر خم",
}

// names returns what each holiday of the years in the table is called.
func names() map[jalali.Day][]string {
	named := map[jalali.Day][]string{}
	first, last := jalali.HolidayYears()
	for year := first; year <= last; year++ {
		for _, h := range jalali.Holidays(year) {
			named[h.Day] = strings.Split(h.Name, "، ")
		}
	}
	return named
}

// ummAlQura returns the first day of every lunar month that begins in the years
// of the table, by an implementation that is not ours. It needs Node.
func ummAlQura(t *testing.T) map[[2]int]jalali.Day {
	t.Helper()
	out, err := exec.Command("node", "../../test/oracle/lunar.mjs").Output()
	if err != nil {
		t.Fatalf("asking Node for the lunar calendar: %v", err)
	}
	began := map[[2]int]jalali.Day{}
	days := 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); days++ {
		var today jalali.Day
		var year, month, day int
		if _, err := fmt.Sscan(lines.Text(), &today, &year, &month, &day); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		began[[2]int{year, month}] = today.Add(1 - day)
	}
	if days != 7*365+1 || len(began) < 7*12 {
		t.Fatalf("%d days in %d lunar months, want seven years of them", days, len(began))
	}
	return began
}

// beganIn returns the holidays of the lunar month that began on the given day,
// those in the years of the table.
func beganIn(month int, began jalali.Day) map[jalali.Day]string {
	holidays := map[jalali.Day]string{}
	first, last := jalali.HolidayYears()
	for date, name := range lunarHolidays {
		day := began.Add(date[1] - 1)
		if year := day.Date().Year; date[0] == month && year >= first && year <= last {
			holidays[day] = name
		}
	}
	return holidays
}

// TestLunarHolidaysKeepStepWithUmmAlQura lets each month of Iran begin with that
// of the Umm al-Qura calendar or a day later, and asks for all holidays of the
// month to be where they then belong, and for no other.
func TestLunarHolidaysKeepStepWithUmmAlQura(t *testing.T) {
	named := names()
	explained := map[jalali.Day]string{}
	for month, began := range ummAlQura(t) {
		found := false
		for late := 0; late <= 1 && !found; late++ {
			holidays := beganIn(month[1], began.Add(late))
			found = true
			for day, name := range holidays {
				found = found && slices.Contains(named[day], name)
			}
			for day, name := range holidays {
				if found {
					explained[day] = name
				}
			}
		}
		if !found {
			t.Errorf("the holidays of lunar month %v, which began about %v, are not in step: %v", month, began.Date(), beganIn(month[1], began))
		}
	}
	for day, all := range named {
		for _, name := range all {
			for _, lunar := range lunarHolidays {
				if name == lunar && explained[day] != name {
					t.Errorf("%v is called %q, which it is not by the moon", day.Date(), name)
				}
			}
		}
	}
}

func TestHolidaysAreInOrderAndOfTheirYear(t *testing.T) {
	first, last := jalali.HolidayYears()
	if first != 1400 || last != 1406 {
		t.Fatalf("the table is of %d to %d", first, last)
	}
	for year := first - 1; year <= last+1; year++ {
		before, _ := jalali.YearRange(year)
		before = before.Add(-1)
		for _, h := range jalali.Holidays(year) {
			if h.Day <= before || h.Day.Date().Year != year || h.Name == "" {
				t.Errorf("in %d %v, %q comes after %v", year, h.Day.Date(), h.Name, before.Date())
			}
			before = h.Day
		}
	}
}

func TestTheHolidaysOf1405(t *testing.T) {
	var dates, thursdays, fridays []string
	for _, h := range jalali.Holidays(1405) {
		date := h.Day.Date().String()[5:]
		dates = append(dates, date)
		switch h.Day.Weekday() {
		case jalali.Thursday:
			thursdays = append(thursdays, date)
		case jalali.Friday:
			fridays = append(fridays, date)
		}
	}
	want := "01/01 01/02 01/03 01/04 01/12 01/13 01/25 03/06 03/14 03/15 04/03 04/04 05/13 05/21 05/22 05/30 " +
		"06/08 08/22 10/02 10/16 11/04 11/22 12/09 12/19 12/20 12/29"
	if got := strings.Join(dates, " "); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if len(thursdays) != 6 || len(fridays) != 3 {
		t.Errorf("Thursdays %v and Fridays %v; the calendar counts 6 and 3", thursdays, fridays)
	}
}

func TestWhatAHolidayIsCalled(t *testing.T) {
	named := names()
	for name, c := range map[string]struct {
		date jalali.Date
		want string
	}{
		"one reason":                    {jalali.Date{1405, 1, 3}, "نوروز"},
		"two reasons":                   {jalali.Date{1405, 1, 1}, "نوروز، عید فطر"},
		"the day after Fitr":            {jalali.Date{1405, 12, 20}, "روز دوم عید فطر"},
		"two in Khordad":                {jalali.Date{1405, 3, 14}, "رحلت امام خمینی، عید غدیر خم"},
		"30 Esfand of a leap year":      {jalali.Date{1403, 12, 30}, "آخرین روز سال"},
		"Fitr as the moon was seen":     {jalali.Date{1401, 2, 13}, "عید فطر"},
		"Fitr as it had been printed":   {jalali.Date{1401, 2, 12}, ""},
		"Sadegh as it had been printed": {jalali.Date{1401, 3, 5}, ""},
		"15 Sha'ban as forecast":        {jalali.Date{1405, 11, 3}, ""},
		"an ordinary Monday":            {jalali.Date{1405, 9, 2}, ""},
		"an ordinary Friday":            {jalali.Date{1405, 9, 6}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(named[c.date.Civil()], "، "); got != c.want {
				t.Errorf("%v is called %q, want %q", c.date, got, c.want)
			}
		})
	}
}

func TestAYearWithoutATableHasItsFixedHolidays(t *testing.T) {
	fixed := "01/01 01/02 01/03 01/04 01/12 01/13 03/14 03/15 11/22 12/29"
	for year, want := range map[int]string{
		1390: fixed,
		1399: fixed + " 12/30", // a leap year
		1407: fixed,
		1408: fixed + " 12/30",
		0:    "",
		9378: "",
	} {
		var dates []string
		for _, h := range jalali.Holidays(year) {
			dates = append(dates, h.Day.Date().String()[5:])
		}
		if got := strings.Join(dates, " "); got != want {
			t.Errorf("%d has %q, want %q", year, got, want)
		}
	}
}
