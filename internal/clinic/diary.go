package clinic

import (
	"cmp"
	"slices"
	"time"
)

// diary is what is taken, so laid out that a look at one span does not pass all
// the others.
type diary map[int64]page

// page is what is taken of one holder, in the order of its beginnings.
type page struct {
	busy    []Busy
	longest time.Duration
}

// diaryOf lays out what is taken.
func diaryOf(busy []Busy) diary {
	d := diary{}
	for _, b := range busy {
		p := d[b.Holder]
		p.busy, p.longest = append(p.busy, b), max(p.longest, b.Ends.Sub(b.Starts))
		d[b.Holder] = p
	}
	for _, p := range d {
		slices.SortStableFunc(p.busy, func(a, b Busy) int { return a.Starts.Compare(b.Starts) })
	}
	return d
}

// freeSeat is the first seat of the holder below capacity that is free all of
// the span; false when all are taken.
func (d diary) freeSeat(holder int64, s Span, capacity int) (int, bool) {
	p := d[holder]
	// What begins so early that even the longest is over before the span cannot
	// touch it.
	first, _ := slices.BinarySearchFunc(p.busy, s.Starts.Add(-p.longest), func(b Busy, t time.Time) int { return cmp.Compare(b.Starts.UnixMicro(), t.UnixMicro()) })
	var taken [maxCapacity + maxOverbooked]bool
	for _, b := range p.busy[first:] {
		if !b.Starts.Before(s.Ends) {
			break
		}
		if b.Seat < len(taken) && b.Overlaps(s) {
			taken[b.Seat] = true
		}
	}
	seat := slices.Index(taken[:min(capacity, len(taken))], false)
	return max(seat, 0), seat >= 0
}
