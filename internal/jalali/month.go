package jalali

// AddMonths returns the day of the same number so many months later, and the
// last of its month where that is shorter: a month after 1405/06/31 is
// 1405/07/30. It is none when d is not valid or the year leaves 1 to 9377.
// Count from the first of a series, or its days slip.
func (d Date) AddMonths(n int) Date {
	if !d.Valid() || n > 12*lastYear || n < -12*lastYear {
		return Date{}
	}
	months := d.Year*12 + d.Month - 1 + n
	next := Date{Year: div(months, 12), Month: mod(months, 12) + 1, Day: d.Day}
	next.Day = min(next.Day, MonthDays(next.Year, next.Month))
	if !next.Valid() {
		return Date{}
	}
	return next
}
