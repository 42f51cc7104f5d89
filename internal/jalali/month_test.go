package jalali_test

import (
	"testing"

	"daftar/internal/jalali"
)

func TestAddMonths(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"1405/09/02", 0, "1405/09/02"},
		{"1405/09/02", 1, "1405/10/02"},
		{"1405/06/31", 1, "1405/07/30"},
		{"1405/06/31", 6, "1405/12/29"}, // no leap year
		{"1403/06/31", 6, "1403/12/30"}, // a leap year
		{"1405/06/31", 9, "1406/03/31"},
		{"1405/12/29", 1, "1406/01/29"},
		{"1405/11/30", 13, "1406/12/29"},
		{"1405/01/31", -1, "1404/12/29"},
		{"1405/09/02", 600, "1455/09/02"},
	} {
		from, err := jalali.Parse(c.from, "2026-11-23")
		if err != nil {
			t.Fatal(err)
		}
		if got := from.Date().AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := (jalali.Date{Year: 1405, Month: 13, Day: 1}).AddMonths(1); got != (jalali.Date{}) {
		t.Errorf("a month after no day is %v", got)
	}
	if got := (jalali.Date{Year: 9377, Month: 12, Day: 1}).AddMonths(1); got != (jalali.Date{}) {
		t.Errorf("a month after the last is %v", got)
	}
}
