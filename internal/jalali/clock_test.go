package jalali_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"daftar/internal/jalali"
)

func TestTheInstantAtWhichClocksShowATime(t *testing.T) {
	const never = ""
	for name, c := range map[string]struct {
		zone   string
		day    jalali.Day
		minute int
		want   string
	}{
		"a morning of today":                   {"Asia/Tehran", "2026-11-23", 9*60 + 30, "2026-11-23T06:00:00Z"},
		"midnight":                             {"Asia/Tehran", "2026-11-23", 0, "2026-11-22T20:30:00Z"},
		"the end of a day":                     {"Asia/Tehran", "2026-11-23", 24 * 60, "2026-11-23T20:30:00Z"},
		"a minute before midnight":             {"Asia/Tehran", "2026-11-23", 24*60 - 1, "2026-11-23T20:29:00Z"},
		"a summer morning of 1400":             {"Asia/Tehran", "2021-07-01", 9 * 60, "2021-07-01T04:30:00Z"},
		"the last minute of winter in 1400":    {"Asia/Tehran", "2021-03-21", 24*60 - 1, "2021-03-21T20:29:00Z"},
		"the end of the day before a gap":      {"Asia/Tehran", "2021-03-21", 24 * 60, "2021-03-21T20:30:00Z"},
		"midnight of 1400/01/02":               {"Asia/Tehran", "2021-03-22", 0, never},
		"the last minute of the gap of 1400":   {"Asia/Tehran", "2021-03-22", 59, never},
		"one in the morning of 1400/01/02":     {"Asia/Tehran", "2021-03-22", 60, "2021-03-21T20:30:00Z"},
		"half past midnight of 1401/01/02":     {"Asia/Tehran", "2022-03-22", 30, never},
		"one in the morning of 1401/01/02":     {"Asia/Tehran", "2022-03-22", 60, "2022-03-21T20:30:00Z"},
		"half past midnight of 1402/01/02":     {"Asia/Tehran", "2023-03-22", 30, "2023-03-21T21:00:00Z"},
		"before the hour that came twice":      {"Asia/Tehran", "2021-09-21", 22*60 + 59, "2021-09-21T18:29:00Z"},
		"the first of two 23:00 on 1400/06/30": {"Asia/Tehran", "2021-09-21", 23 * 60, "2021-09-21T18:30:00Z"},
		"the first of two 23:59 on 1400/06/30": {"Asia/Tehran", "2021-09-21", 24*60 - 1, "2021-09-21T19:29:00Z"},
		"the end of 1400/06/30":                {"Asia/Tehran", "2021-09-21", 24 * 60, "2021-09-21T20:30:00Z"},
		"midnight of 1400/06/31":               {"Asia/Tehran", "2021-09-22", 0, "2021-09-21T20:30:00Z"},
		"the first of two 23:30 on 1401/06/30": {"Asia/Tehran", "2022-09-21", 23*60 + 30, "2022-09-21T19:00:00Z"},
		"midnight of 1401/06/31":               {"Asia/Tehran", "2022-09-22", 0, "2022-09-21T20:30:00Z"},
		"a midnight that came twice":           {"Asia/Tehran", "1978-08-05", 0, "1978-08-04T19:00:00Z"},
		"before clocks had a common time":      {"Asia/Tehran", "1800-01-01", 0, "1799-12-31T20:34:16Z"},
		"west of Greenwich, in the gap":        {"America/New_York", "2026-03-08", 2*60 + 30, never},
		"west of Greenwich, the first of two":  {"America/New_York", "2026-11-01", 60 + 30, "2026-11-01T05:30:00Z"},
		"noon of a day an island left out":     {"Pacific/Apia", "2011-12-30", 12 * 60, never},
		"UTC":                                  {"UTC", "2026-11-23", 60, "2026-11-23T01:00:00Z"},
		"a minute before the day":              {"UTC", "2026-11-23", -1, never},
		"a minute after the day":               {"UTC", "2026-11-23", 24*60 + 1, never},
		"a day that does not exist":            {"UTC", "2026-02-29", 60, never},
		"the end of a day that does not exist": {"UTC", "2026-02-29", 24 * 60, never},
		"the end of all days":                  {"UTC", "9999-12-31", 24 * 60, never},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := c.day.At(c.minute, zone(t, c.zone))
			if ok != (c.want != never) || ok && got.UTC().Format(time.RFC3339) != c.want || !ok && !got.IsZero() {
				t.Errorf("%v, %v; want %q", got, ok, c.want)
			}
		})
	}
}

// face is, for each minute of a day and its end, the first instant at which
// clocks show it; the zero time when they never do.
type face [24*60 + 1]time.Time

// watch reads the clock in loc from the first instant of a day to the next's.
func watch(day jalali.Day, loc *time.Location) (shown face) {
	from, until := day.Bounds(loc)
	for at := from; at.Before(until); at = at.Add(time.Minute) {
		hour, minute, _ := at.In(loc).Clock()
		if first := &shown[hour*60+minute]; first.IsZero() {
			*first = at
		}
	}
	shown[24*60] = until
	return shown
}

// TestAtIsTheWallClockReadBackwards goes through every minute of six years, in
// which Tehran put its clocks forward four times and back four times.
func TestAtIsTheWallClockReadBackwards(t *testing.T) {
	tehran := zone(t, "Asia/Tehran")
	first, _ := jalali.YearRange(1398)
	_, last := jalali.YearRange(1403)
	var never []string
	for day := first; day <= last; day = day.Add(1) {
		for minute, want := range watch(day, tehran) {
			got, ok := day.At(minute, tehran)
			if ok == want.IsZero() || !got.Equal(want) {
				t.Fatalf("minute %d of %s is at %v, %v; the clock says %v", minute, day, got, ok, want)
			}
			if !ok {
				never = append(never, fmt.Sprint(day, " ", minute))
			}
		}
	}
	var gaps []string
	for _, day := range []jalali.Day{"2019-03-22", "2020-03-21", "2021-03-22", "2022-03-22"} {
		for minute := range 60 {
			gaps = append(gaps, fmt.Sprint(day, " ", minute))
		}
	}
	if !slices.Equal(never, gaps) {
		t.Errorf("clocks never show %v, want the first hours of four days", never)
	}
}

func TestAGapAcrossMidnight(t *testing.T) {
	east := gapEast(t)
	for minute, want := range map[int]bool{23*60 + 29: true, 23*60 + 30: false, 24*60 - 1: false, 24 * 60: true} {
		if _, ok := jalali.Day("2026-11-22").At(minute, east); ok != want {
			t.Errorf("minute %d of the day that lost its end: %v", minute, ok)
		}
	}
	for minute, want := range map[int]bool{0: false, 29: false, 30: true} {
		if _, ok := jalali.Day("2026-11-23").At(minute, east); ok != want {
			t.Errorf("minute %d of the day that lost its beginning: %v", minute, ok)
		}
	}
}
