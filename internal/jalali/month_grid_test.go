package jalali_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/jalali"
)

// TestMonthGridsEqualICU compares with grids that are not ours. Like the days,
// it needs Node and fails without it.
func TestMonthGridsEqualICU(t *testing.T) {
	out, err := exec.Command("node", "../../test/oracle/months.mjs").Output()
	if err != nil {
		t.Fatalf("asking Node for the months: %v", err)
	}
	want := map[string][]string{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		month := strings.Join(words[:2], " ")
		want[month] = append(want[month], strings.Join(words[2:], " "))
	}
	if len(want) != 11*12 {
		t.Fatalf("%d months to compare with, want 11 years of them", len(want))
	}
	for year := 1400; year <= 1410; year++ {
		for month := 1; month <= 12; month++ {
			var got []string
			for _, week := range jalali.MonthGrid(year, month) {
				got = append(got, strings.Trim(fmt.Sprint(week), "[]"))
			}
			name := fmt.Sprint(year, month)
			if fmt.Sprint(got) != fmt.Sprint(want[name]) {
				t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(want[name], "\n"))
			}
		}
	}
}

func TestAMonthGridIsWholeWeeksThatJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year, month := rapid.IntRange(1, 9377).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month")
		grid := jalali.MonthGrid(year, month)
		first, last := jalali.MonthRange(year, month)
		if len(grid) < 4 || grid[0][0] > first || grid[0][6] < first || grid[len(grid)-1][0] > last || grid[len(grid)-1][6] < last {
			t.Fatalf("%d/%d is from %s to %s, its grid %v", year, month, first, last, grid)
		}
		for i, week := range grid {
			for j, day := range week {
				if day != grid[0][0].Add(7*i+j) || day.Weekday() != jalali.Weekday(j) || day.WeekStart() != week[0] {
					t.Fatalf("%s is number %d of week %d in %v", day, j, i, grid)
				}
			}
		}
	})
}

func TestThereIsNoGridOfNoMonth(t *testing.T) {
	for _, none := range [][2]int{{1405, 0}, {1405, 13}, {0, 1}, {9378, 1}} {
		if got := jalali.MonthGrid(none[0], none[1]); got != nil {
			t.Errorf("%v has the grid %v", none, got)
		}
	}
}

func TestWeekStart(t *testing.T) {
	for day, want := range map[jalali.Day]jalali.Day{
		"2026-11-21": "2026-11-21", // a Saturday
		"2026-11-22": "2026-11-21",
		"2026-11-27": "2026-11-21", // a Friday
		"2026-11-28": "2026-11-28",
		"":           "",
		"0001-01-01": "", // its week began in no year
	} {
		if got := day.WeekStart(); got != want {
			t.Errorf("the week of %q begins on %q, want %q", day, got, want)
		}
	}
}
