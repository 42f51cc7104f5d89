package view

import (
	"fmt"
	"strings"

	"daftar/internal/money"
)

const (
	yearWidth  = 268
	yearHeight = 72
	yearMargin = 4
)

// plot turns balances into steps: a balance holds until the next change. Time
// runs from the left, as numbers do; nothing owed is a line of its own.
func plot(points []YearPoint) drawing {
	high, low := money.Amount(0), money.Amount(0)
	for _, p := range points {
		high, low = max(high, p.Balance), min(low, p.Balance)
	}
	if high == low {
		high = 1
	}
	first, last := points[0].Day, points[len(points)-1].Day
	days := max(last.Sub(first), 1)
	x := func(p YearPoint) float64 { return yearWidth * float64(p.Day.Sub(first)) / float64(days) }
	y := func(a money.Amount) float64 {
		return yearMargin + (yearHeight-2*yearMargin)*float64(high-a)/float64(high-low)
	}
	var line strings.Builder
	fmt.Fprintf(&line, "M0 %.1f", y(points[0].Balance))
	for _, p := range points[1:] {
		fmt.Fprintf(&line, "H%.1fV%.1f", x(p), y(p.Balance))
	}
	fmt.Fprintf(&line, "H%d", yearWidth)
	return drawing{
		line: line.String(),
		area: fmt.Sprintf("%sV%.1fH0Z", line.String(), y(0)),
		zero: fmt.Sprintf("M0 %.1fH%d", y(0), yearWidth),
	}
}
