package clinic_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// One point for each full amount that came, by what each service brings.
func TestPointsEarnedBy(t *testing.T) {
	line := func(service clinic.ServiceID, share money.Amount) clinic.AdmissionLine {
		return clinic.AdmissionLine{Service: service, Shares: clinic.Shares{Gross: share, PatientShare: share}}
	}
	one := clinic.Admission{Lines: []clinic.AdmissionLine{line(1, 40_500_000)}}
	two := clinic.Admission{Lines: []clinic.AdmissionLine{line(1, 10_000_000), line(2, 30_000_000)}}
	usual := []clinic.ClubTerm{{Service: 1, Per: 100_000, Percent: 100}, {Service: 2, Per: 100_000, Percent: 100}}
	for name, c := range map[string]struct {
		a         clinic.Admission
		terms     []clinic.ClubTerm
		collected money.Amount
		want      int64
	}{
		"all of it":               {one, usual, 40_500_000, 405},
		"nothing":                 {one, usual, 0, 0},
		"less than a point":       {one, usual, 99_999, 0},
		"a point":                 {one, usual, 100_000, 1},
		"no terms":                {one, nil, 40_500_000, 0},
		"no live line":            {clinic.Admission{}, usual, 40_500_000, 0},
		"a service without":       {two, []clinic.ClubTerm{{Service: 1, Per: 100_000, Percent: 0}, {Service: 2, Per: 100_000, Percent: 100}}, 40_000_000, 300},
		"half paid":               {two, []clinic.ClubTerm{{Service: 1, Per: 100_000, Percent: 0}, {Service: 2, Per: 100_000, Percent: 100}}, 20_000_000, 150},
		"twice the points":        {two, []clinic.ClubTerm{{Service: 1, Per: 100_000, Percent: 200}, {Service: 2, Per: 100_000, Percent: 100}}, 40_000_000, 500},
		"the largest that is":     {one, []clinic.ClubTerm{{Service: 1, Per: 1, Percent: 1000}}, money.Max, int64(money.Max) * 10},
		"another service's terms": {one, []clinic.ClubTerm{{Service: 9, Per: 100_000, Percent: 100}}, 40_500_000, 0},
	} {
		if got := clinic.PointsEarnedBy(c.a, c.terms, c.collected); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// The lot that expires first is spent first, and what is owed is not there.
func TestSpendPoints(t *testing.T) {
	lots := []clinic.Lot{{ID: 1, Left: 300, Expires: "2027-11-22"}, {ID: 2, Left: 150, Expires: "2027-02-20"}, {ID: 3, Left: 9}, {ID: 4, Left: 77, Expires: "2026-11-21"}}
	if got := clinic.Usable(lots, "2026-11-23"); got != 459 {
		t.Errorf("usable %d", got)
	}
	moves, err := clinic.SpendPoints(lots, 160, clinic.PointsSpent, "2026-11-23")
	want := []clinic.PointMove{{Lot: 2, Kind: clinic.PointsSpent, Points: -150}, {Lot: 1, Kind: clinic.PointsSpent, Points: -10}}
	if err != nil || !slices.Equal(moves, want) {
		t.Errorf("%+v, %v", moves, err)
	}
	if _, err := clinic.SpendPoints(lots, 460, clinic.PointsSpent, "2026-11-23"); fault.Code(err) != "club.short" {
		t.Errorf("more than there are: %v", err)
	}
	if _, err := clinic.SpendPoints(append(lots, clinic.Lot{ID: 5, Left: -400}), 60, clinic.PointsSpent, "2026-11-23"); fault.Code(err) != "club.short" {
		t.Errorf("while something is owed: %v", err)
	}
	if points, on := clinic.NextToExpire(lots, "2026-11-23"); points != 150 || on != "2027-02-20" {
		t.Errorf("next to expire: %d on %s", points, on)
	}
}

// purse is a member's lots while much happens to them.
type purse struct {
	lots    []clinic.Lot
	today   jalali.Day
	sum     int64
	brought map[int64]int64 // by admission
	codes   [][]clinic.PointMove
}

func (p *purse) at(id ledger.LotID) int {
	return slices.IndexFunc(p.lots, func(l clinic.Lot) bool { return l.ID == id })
}

func (p *purse) carry(moves []clinic.PointMove) {
	for _, m := range moves {
		l := &p.lots[p.at(m.Lot)]
		l.Left += m.Points
		p.sum += m.Points
		if m.Kind == clinic.PointsExpired {
			l.Expired -= m.Points
		}
		if m.Kind == clinic.PointsEarned || m.Kind == clinic.PointsTakenBack {
			p.brought[l.Object] += m.Points
		}
	}
}

func (p *purse) give(points, object int64, days int) {
	l := clinic.Lot{ID: ledger.LotID(len(p.lots) + 1), Cause: clinic.LotAdmission, Object: object, Expires: clinic.LastDay(p.today, days)}
	before := slices.Clone(p.lots)
	p.lots = append(p.lots, l)
	p.carry(clinic.Give(before, l, points))
}

func (p *purse) spend(r *rapid.T, points int64) {
	usable := clinic.Usable(p.lots, p.today)
	moves, err := clinic.SpendPoints(p.lots, points, clinic.PointsSpent, p.today)
	if (err == nil) != (usable >= points) {
		r.Fatalf("%d of %d: %v", points, usable, err)
	}
	if err == nil {
		p.carry(moves)
		p.codes = append(p.codes, moves)
	}
}

func (p *purse) take(r *rapid.T, points, object int64) {
	was := p.brought[object]
	if points = min(points, was); points <= 0 {
		return
	}
	p.carry(clinic.TakeBack(p.lots, clinic.LotAdmission, object, points, p.today))
	if p.brought[object] != was-points {
		r.Fatalf("%d of %d were taken back, %d are left", points, was, p.brought[object])
	}
}

func (p *purse) giveBack() {
	if len(p.codes) == 0 {
		return
	}
	var spent []clinic.Lot
	for _, m := range p.codes[0] {
		l := p.lots[p.at(m.Lot)]
		l.Left = -m.Points
		spent = append(spent, l)
	}
	p.codes = p.codes[1:]
	p.carry(clinic.GiveBack(slices.Clone(p.lots), spent))
}

func (p *purse) pass(days int) {
	p.today = p.today.Add(days)
	for _, l := range p.lots {
		if l.Left > 0 && l.Expires != "" && l.Expires < p.today {
			p.carry([]clinic.PointMove{{Lot: l.ID, Kind: clinic.PointsExpired, Points: -l.Left}})
		}
	}
}

// proves checks what is always so.
func (p *purse) proves(r *rapid.T) {
	var left int64
	owes, could := false, false
	for _, l := range p.lots {
		left += l.Left
		owes = owes || l.Left < 0
		could = could || l.Left > 0 && (l.Expires == "" || l.Expires >= p.today)
		if l.Expired < 0 {
			r.Fatalf("%+v: more came back than expired", l)
		}
	}
	if left != p.sum || owes && could {
		r.Fatalf("lots %d, moved %d: %+v", left, p.sum, p.lots)
	}
}

// Whatever is given, spent, taken back, given back and ended: the lots are the
// sum of what moved, what an admission brought is what it is to bring, and
// nothing is owed by one lot while another could cover it.
func TestLotsAreWhatMoved(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := &purse{today: "2026-11-23", brought: map[int64]int64{}}
		for range rapid.IntRange(1, 30).Draw(r, "steps") {
			points := rapid.Int64Range(1, 500).Draw(r, "points")
			object := rapid.Int64Range(1, 4).Draw(r, "admission")
			switch rapid.SampledFrom([]string{"give", "give", "spend", "take", "return", "day"}).Draw(r, "what") {
			case "give":
				p.give(points, object, rapid.SampledFrom([]int{0, 3, 30}).Draw(r, "days"))
			case "spend":
				p.spend(r, points)
			case "take":
				p.take(r, points, object)
			case "return":
				p.giveBack()
			case "day":
				p.pass(rapid.IntRange(1, 10).Draw(r, "later"))
			}
			p.proves(r)
		}
	})
}

// Two lots were spent whole and one of them owes since: what comes back covers
// what is owed once, and nothing else is moved.
func TestWhatComesBackCoversOnce(t *testing.T) {
	lots := []clinic.Lot{{ID: 1}, {ID: 2, Left: -1}}
	moves := clinic.GiveBack(lots, []clinic.Lot{{ID: 1, Left: 1}, {ID: 2, Left: 1}})
	if want := []clinic.PointMove{{Lot: 1, Kind: clinic.PointsReturned, Points: 1}, {Lot: 2, Kind: clinic.PointsReturned, Points: 1}}; !slices.Equal(moves, want) {
		t.Errorf("%+v", moves)
	}
}

func TestClubRulesAreChecked(t *testing.T) {
	usual := clinic.DefaultClubRules()
	if got, err := (clinic.ClubRules{}).Check(); err != nil || got != usual {
		t.Errorf("nothing: %+v, %v", got, err)
	}
	if back, err := clinic.ParseClubRules(usual.String()); err != nil || back != usual {
		t.Errorf("%+v, %v", back, err)
	}
	for code, change := range map[string]func(*clinic.ClubRules){
		"club_rules.per":    func(r *clinic.ClubRules) { r.Per = 0 },
		"club_rules.worth":  func(r *clinic.ClubRules) { r.Worth = money.Max },
		"club_rules.points": func(r *clinic.ClubRules) { r.Least, r.Most = 200, 100 },
		"club_rules.days":   func(r *clinic.ClubRules) { r.CodeDays = 0 },
		"club_rules.levels": func(r *clinic.ClubRules) { r.Levels[0].From = 1 },
	} {
		r := usual
		change(&r)
		if _, err := r.Check(); fault.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	for lifetime, want := range map[int64]int{-5: 0, 0: 0, 999: 0, 1000: 1, 4999: 1, 5000: 2, 1 << 40: 2} {
		if got := usual.Level(lifetime); got != usual.Levels[want] {
			t.Errorf("%d points: %+v", lifetime, got)
		}
	}
}
