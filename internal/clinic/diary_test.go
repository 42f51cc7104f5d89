package clinic

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/jalali"
)

// freeSeatPlainly is freeSeat as one would say it: unit by unit.
func freeSeatPlainly(busy []Busy, holder int64, s Span) (seat, others int) {
	for t := s.Starts; t.Before(s.Ends); t = t.Add(SlotUnit) {
		at := 0
		for _, b := range busy {
			if b.Holder == holder && b.Overlaps(Span{t, t.Add(SlotUnit)}) {
				at++
			}
		}
		others = max(others, at)
	}
	for slices.ContainsFunc(busy, func(b Busy) bool { return b.Holder == holder && b.Seat == seat && b.Overlaps(s) }) {
		seat++
	}
	return seat, others
}

// The diary finds the seat that a look through everything that is taken finds,
// whatever is taken, in whatever order.
func TestTheDiaryFindsTheSeatThatThePlainLookFinds(t *testing.T) {
	begin := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(r *rapid.T) {
		drawn := func(name string) Span {
			starts := begin.Add(time.Duration(rapid.IntRange(0, 400).Draw(r, name)) * SlotUnit)
			return Span{starts, starts.Add(time.Duration(rapid.IntRange(1, 40).Draw(r, name+" length")) * SlotUnit)}
		}
		var busy []Busy
		for range rapid.IntRange(0, 60).Draw(r, "taken") {
			busy = append(busy, Busy{Holder: rapid.Int64Range(1, 2).Draw(r, "holder"), Seat: rapid.IntRange(0, 3).Draw(r, "seat"), Span: drawn("busy")})
		}
		taken := diaryOf(busy)
		for range 10 {
			s := drawn("span")
			seat, others, ok := taken.freeSeat(1, s)
			if wantSeat, wantOthers := freeSeatPlainly(busy, 1, s); seat != wantSeat || others != wantOthers || !ok {
				r.Fatalf("%v: seat %d beside %d, want %d beside %d\n%v", s, seat, others, wantSeat, wantOthers, busy)
			}
		}
	})
}

// Four weeks with a thousand spans taken.
func BenchmarkFree(b *testing.B) {
	zone := time.FixedZone("Asia/Tehran", 12600)
	c := Calendar{Week: Week{Zone: zone}, Now: time.Date(2026, 11, 23, 0, 0, 0, 0, zone), Rules: DefaultBookingRules()}
	var days []jalali.Day
	for n := range 28 {
		days = append(days, jalali.Day("2026-11-23").Add(n))
	}
	for d := jalali.Saturday; d <= jalali.Thursday; d++ {
		c.Shifts = append(c.Shifts, WorkShift{Provider: 1, Weekday: d, From: 9 * 60, Until: 13 * 60, Capacity: 2},
			WorkShift{Provider: 1, Weekday: d, From: 16 * 60, Until: 20 * 60, Capacity: 2})
	}
	for n := range 1000 {
		starts := c.Now.Add(time.Duration(n*40) * time.Minute)
		c.Busy = append(c.Busy, Busy{Holder: 1, Seat: n % 2, Span: Span{starts, starts.Add(30 * time.Minute)}})
	}
	for b.Loop() {
		c.FreeOn(Wish{Provider: 1, Minutes: 30}, days)
	}
}
