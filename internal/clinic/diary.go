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

// freeSeat is the lowest seat of the holder that is free all of the span, and how
// many others have the holder at the same time at most: that has to stay below
// the capacity. It is false where no seat is left at all.
func (d diary) freeSeat(holder int64, s Span) (seat, others int, ok bool) {
	p := d[holder]
	// What begins so early that even the longest is over before the span cannot
	// touch it.
	first, _ := slices.BinarySearchFunc(p.busy, s.Starts.Add(-p.longest), func(b Busy, t time.Time) int { return cmp.Compare(b.Starts.UnixMicro(), t.UnixMicro()) })
	var taken [maxCapacity + maxOverbooked]bool
	var beside []Busy // in the order of their beginnings
	for _, b := range p.busy[first:] {
		if !b.Starts.Before(s.Ends) {
			break
		}
		if b.Overlaps(s) {
			beside = append(beside, b)
			if b.Seat < len(taken) {
				taken[b.Seat] = true
			}
		}
	}
	// The most at once are there at the beginning of one of them.
	for i, b := range beside {
		at := 1
		for _, before := range beside[:i] {
			if before.Ends.After(b.Starts) {
				at++
			}
		}
		others = max(others, at)
	}
	seat = slices.Index(taken[:], false)
	return max(seat, 0), others, seat >= 0
}
