package jalali

import "time"

// minutesPerDay is the number of minutes on the face of a clock. A day may have
// more or fewer where clocks are changed.
const minutesPerDay = 24 * 60

// At returns the instant at which clocks in loc show the minute of d, counted
// from midnight, and false when they never do: the clocks were put forward over
// it, the minute is not one of 0 to 1440, or d is not valid. Of a time that came
// twice it is the first. Minute 1440 is the first instant of the next day, which
// in Tehran was 01:00 after 2021-03-21 and 2022-03-21.
func (d Day) At(minute int, loc *time.Location) (time.Time, bool) {
	if minute == minutesPerDay {
		_, until := d.Bounds(loc)
		return until, !until.IsZero()
	}
	year, month, day := d.Time().Date()
	t := time.Date(year, month, day, 0, minute, 0, 0, loc)
	if DayOf(t, loc) != d || t.Hour()*60+t.Minute() != minute {
		return time.Time{}, false
	}
	return firstShown(t), true
}

// firstShown returns the first instant at which clocks in the zone of t showed
// what they show at t: an earlier one when they were put back over it.
func firstShown(t time.Time) time.Time {
	opened, _ := t.ZoneBounds()
	if opened.IsZero() {
		return t
	}
	_, before := opened.Add(-1).Zone()
	_, after := t.Zone()
	if earlier := t.Add(time.Duration(after-before) * time.Second); earlier.Before(opened) {
		return earlier
	}
	return t
}
