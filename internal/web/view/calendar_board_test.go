package view_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/web/view"
)

func TestLanes(t *testing.T) {
	at := func(from, until int) view.Stretch { return view.Stretch{From: from, Until: until} }
	for name, tt := range map[string]struct {
		all  []view.Stretch
		want []view.Lane
	}{
		"nothing":            {nil, nil},
		"one":                {[]view.Stretch{at(540, 570)}, []view.Lane{{Index: 0, Of: 1}}},
		"touching":           {[]view.Stretch{at(540, 570), at(570, 600)}, []view.Lane{{Index: 0, Of: 1}, {Index: 0, Of: 1}}},
		"the same time":      {[]view.Stretch{at(540, 570), at(540, 570)}, []view.Lane{{Index: 0, Of: 2}, {Index: 1, Of: 2}}},
		"one within another": {[]view.Stretch{at(540, 600), at(555, 570)}, []view.Lane{{Index: 0, Of: 2}, {Index: 1, Of: 2}}},
		"a chain":            {[]view.Stretch{at(540, 570), at(560, 590), at(580, 610)}, []view.Lane{{Index: 0, Of: 2}, {Index: 1, Of: 2}, {Index: 0, Of: 2}}},
		"two groups":         {[]view.Stretch{at(540, 570), at(550, 560), at(600, 630)}, []view.Lane{{Index: 0, Of: 2}, {Index: 1, Of: 2}, {Index: 0, Of: 1}}},
		"in any order":       {[]view.Stretch{at(600, 630), at(550, 560), at(540, 570)}, []view.Lane{{Index: 0, Of: 1}, {Index: 1, Of: 2}, {Index: 0, Of: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := view.Lanes(tt.all); !slices.Equal(got, tt.want) {
				t.Errorf("Lanes = %v, want %v", got, tt.want)
			}
		})
	}
}

// No two that share a minute share a lane, each lies within its lanes, and those
// that share a minute are divided alike.
func TestNothingLiesOnAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) view.Stretch {
			from := rapid.IntRange(0, 280).Draw(t, "from") * 5
			return view.Stretch{From: from, Until: from + rapid.IntRange(1, 24).Draw(t, "rows")*5}
		}), 0, 14).Draw(t, "all")
		lanes := view.Lanes(all)
		for i, a := range all {
			if lanes[i].Index < 0 || lanes[i].Index >= lanes[i].Of {
				t.Fatalf("lane %d of %d", lanes[i].Index, lanes[i].Of)
			}
			for j, b := range all[:i] {
				if a.From < b.Until && b.From < a.Until && (lanes[i].Index == lanes[j].Index || lanes[i].Of != lanes[j].Of) {
					t.Fatalf("%v in %v lies on %v in %v", a, lanes[i], b, lanes[j])
				}
			}
		}
	})
}
