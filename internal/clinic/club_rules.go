package clinic

import (
	"encoding/json"
	"slices"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
)

// ClubRules are the choices that a clinic has in its customer club (product
// rule 2.8). Points are whole; they are worth money only as a discount.
type ClubRules struct {
	Per          money.Amount `json:"per"`          // received from the patient for one point
	Days         int          `json:"days"`         // that points earned by paying hold; 0: for ever
	Worth        money.Amount `json:"worth"`        // of one point as a discount
	Least        int64        `json:"least"`        // points that are turned into a code at once
	Most         int64        `json:"most"`         // of them; 0: no bound
	CodeDays     int          `json:"code_days"`    // that the code holds
	Birthday     Gift         `json:"birthday"`     // of a member
	Anniversary  Gift         `json:"anniversary"`  // of a member's wedding
	Introduction Gift         `json:"introduction"` // of somebody, at their first paid visit
	Levels       [3]ClubLevel `json:"levels"`       // by lifetime points, lowest first
	Since        jalali.Day   `json:"since"`        // admissions of this day and later earn; "" before the club began
}

// Gift is points on an occasion that hold for some days, 0: for ever.
type Gift struct {
	Points int64 `json:"points"`
	Days   int   `json:"days"`
}

// ClubLevel is what a member is called from so many lifetime points on.
type ClubLevel struct {
	Name string `json:"name"`
	From int64  `json:"from"`
}

// DefaultClubRules are what the program proposes (rule 3.8 of Iran's numbers);
// levels are those of scenario S25.
func DefaultClubRules() ClubRules {
	name := func(level string) string { return message.Persian.Text("club.level." + level) }
	return ClubRules{Per: 100_000, Days: 365, Worth: 1000, Least: 100, CodeDays: 90,
		Birthday: Gift{150, 90}, Levels: [3]ClubLevel{{name("normal"), 0}, {name("silver"), 1000}, {name("gold"), 5000}}}
}

// ParseClubRules reads what String wrote; what is not said is as proposed.
func ParseClubRules(text string) (ClubRules, error) {
	r := DefaultClubRules()
	if text == "" {
		return r, nil
	}
	return r, json.Unmarshal([]byte(text), &r)
}

// String is how the rules are stored.
func (r ClubRules) String() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic("club rules are no JSON: " + err.Error())
	}
	return string(text)
}

// maxPoints bounds every number of points that somebody gives.
const maxPoints = 1_000_000_000

// Check cleans the rules; nothing at all is what the program proposes. Invalid
// club_rules.per, club_rules.worth, club_rules.days, club_rules.points,
// club_rules.levels.
func (r ClubRules) Check() (ClubRules, error) {
	if r == (ClubRules{}) {
		return DefaultClubRules(), nil
	}
	switch {
	case r.Per < 1 || r.Per > money.Max:
		return r, fault.New(fault.Invalid, "club_rules.per", "a point is for some money").At("per")
	case r.Worth < 1 || r.Worth > money.Max/maxPoints:
		return r, fault.New(fault.Invalid, "club_rules.worth", "a point is worth some money").At("worth")
	case r.Least < 1 || r.Least > maxPoints:
		return r, fault.New(fault.Invalid, "club_rules.points", "a code is for at least one point").At("least")
	case r.Most != 0 && (r.Most < r.Least || r.Most > maxPoints):
		return r, fault.New(fault.Invalid, "club_rules.points", "the most is no less than the least").At("most")
	}
	for _, d := range []struct {
		field string
		days  int
	}{{"days", r.Days}, {"code_days", r.CodeDays}, {"birthday_days", r.Birthday.Days}, {"anniversary_days", r.Anniversary.Days},
		{"introduction_days", r.Introduction.Days}} {
		if d.days < 0 || d.days > maxRuleDays || d.field == "code_days" && d.days == 0 {
			return r, fault.New(fault.Invalid, "club_rules.days", "points hold up to ten years").At(d.field)
		}
	}
	for _, g := range []struct {
		field  string
		points int64
	}{{"birthday", r.Birthday.Points}, {"anniversary", r.Anniversary.Points}, {"introduction", r.Introduction.Points}} {
		if g.points < 0 || g.points > maxPoints {
			return r, fault.New(fault.Invalid, "club_rules.points", "a gift is points or nothing").At(g.field)
		}
	}
	return r.checkLevels()
}

// checkLevels orders the levels; one without a name is none, and somebody
// without points has the lowest.
func (r ClubRules) checkLevels() (ClubRules, error) {
	named := slices.DeleteFunc(slices.Clone(r.Levels[:]), func(l ClubLevel) bool { return l.Name == "" })
	slices.SortStableFunc(named, func(a, b ClubLevel) int { return int(max(-1, min(1, a.From-b.From))) })
	for i := range named {
		clean, err := farsi.Clean(named[i].Name, 40)
		if err != nil {
			return r, at(err, "level_0")
		}
		if named[i].Name = clean; named[i].From < 0 || named[i].From > maxPoints || i > 0 && named[i-1].From == named[i].From {
			return r, fault.New(fault.Invalid, "club_rules.levels", "each level begins at points of its own").At("level_from_0")
		}
	}
	r.Levels = [3]ClubLevel{}
	copy(r.Levels[:], named)
	if len(named) == 0 || named[0].From != 0 {
		return r, fault.New(fault.Invalid, "club_rules.levels", "the lowest level begins at nothing").At("level_from_0")
	}
	return r, nil
}

// Level is what somebody with so many lifetime points is called.
func (r ClubRules) Level(lifetime int64) ClubLevel {
	level := r.Levels[0]
	for _, l := range r.Levels[1:] {
		if l.Name != "" && lifetime >= l.From {
			level = l
		}
	}
	return level
}

// Begin is the rules when the club is switched on or off: it counts from the
// day it was switched on, unless another was said.
func (r ClubRules) Begin(on bool, today jalali.Day) ClubRules {
	switch {
	case !on:
		r.Since = ""
	case r.Since == "":
		r.Since = today
	}
	return r
}
