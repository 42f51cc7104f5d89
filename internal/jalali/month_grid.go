package jalali

// Week is the seven days of one week, Saturday first.
type Week [7]Day

// MonthGrid returns the weeks that a month touches, in order, as a calendar on
// the wall shows them: the first and the last hold days of the neighbouring
// months too, which are known by their Date. It is nil when there is no such
// month.
func MonthGrid(year, month int) []Week {
	first, last := MonthRange(year, month)
	if first == "" {
		return nil
	}
	var grid []Week
	for start := first.WeekStart(); start <= last; start = start.Add(len(Week{})) {
		var week Week
		for i := range week {
			week[i] = start.Add(i)
		}
		grid = append(grid, week)
	}
	return grid
}

// WeekStart returns the Saturday on or before d. It is none when d is not valid
// or that Saturday lies before the year 0001.
func (d Day) WeekStart() Day { return d.Add(-int(d.Weekday())) }
