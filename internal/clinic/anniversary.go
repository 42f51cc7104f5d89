package clinic

import "daftar/internal/jalali"

// mostYears is how many years back an anniversary is looked for.
const mostYears = 130

// AnniversaryDays are the days of which an anniversary, of a birth or a wedding,
// is on the day: the same day of the Jalali year, and in a year without 30
// Esfand those of it on the day before.
func AnniversaryDays(day jalali.Day) (days []jalali.Day) {
	d := day.Date()
	for years := 1; years <= mostYears; years++ {
		then := jalali.Date{Year: d.Year - years, Month: d.Month, Day: d.Day}
		if then.Valid() {
			days = append(days, then.Civil())
		}
		leapDay := jalali.Date{Year: then.Year, Month: 12, Day: 30}
		if d.Month == 12 && d.Day == 29 && !jalali.Leap(d.Year) && leapDay.Valid() {
			days = append(days, leapDay.Civil())
		}
	}
	return days
}
