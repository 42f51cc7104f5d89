package jalali

import (
	"maps"
	"slices"
)

// NamedDay is a day and what it is called, in Persian. A day with two reasons
// is called by both, joined by «، ».
type NamedDay struct {
	Day  Day
	Name string
}

// fixed names the official holidays that have the same Jalali date every year,
// by month and day. The others move and have a table: moving.
var fixed = map[[2]int]string{
	{1, 1}:   "نوروز",
	{1, 2}:   "نوروز",
	{1, 3}:   "نوروز",
	{1, 4}:   "نوروز",
	{1, 12}:  "روز جمهوری اسلامی ایران",
	{1, 13}:  "روز طبیعت",
	{3, 14}:  "رحلت امام خمینی",
	{3, 15}:  "قیام ۱۵ خرداد",
	{11, 22}: "پیروزی انقلاب اسلامی",
	{12, 29}: "روز ملی شدن صنعت نفت",
	{12, 30}: "آخرین روز سال",
}

// Holidays returns the official holidays of a Jalali year in order, no day
// twice. For a year outside HolidayYears it knows only those with a fixed
// Jalali date, and none for a year that does not exist. Fridays, and closures
// decreed at short notice, are not its business.
//
// What it says of a year to come is the best that was known when the program
// was made: a lunar month may begin a day later or earlier than forecast.
func Holidays(year int) []NamedDay {
	if !(Date{year, 1, 1}).Valid() {
		return nil
	}
	var holidays []NamedDay
	for month := 1; month <= 12; month++ {
		for day := 1; day <= MonthDays(year, month); day++ {
			if name := holidayName(Date{year, month, day}); name != "" {
				holidays = append(holidays, NamedDay{Date{year, month, day}.Civil(), name})
			}
		}
	}
	return holidays
}

// holidayName returns what the official holiday on d is called, "" when there
// is none.
func holidayName(d Date) string {
	date := [2]int{d.Month, d.Day}
	solar, lunar := fixed[date], moving[d.Year][date]
	if solar == "" || lunar == "" {
		return solar + lunar
	}
	return solar + "، " + lunar
}

// HolidayYears returns the first and the last Jalali year whose holidays are
// all known to Holidays.
func HolidayYears() (first, last int) {
	years := slices.Sorted(maps.Keys(moving))
	return years[0], years[len(years)-1]
}
