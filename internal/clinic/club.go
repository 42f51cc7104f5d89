package clinic

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// LotCause says what points were given for.
type LotCause string

// The causes of a lot. Its object is the admission, the Jalali year of the
// occasion, or who was introduced.
const (
	LotAdmission    LotCause = "admission"
	LotBirthday     LotCause = "birthday"
	LotAnniversary  LotCause = "anniversary"
	LotIntroduction LotCause = "introduction"
	LotManual       LotCause = "manual"
)

// PointKind says what moved a lot.
type PointKind string

// The kinds of movement.
const (
	PointsEarned    PointKind = "earned"     // a new lot
	PointsTakenBack PointKind = "taken_back" // the money that earned them went back
	PointsCovered   PointKind = "covered"    // from one lot to another that was below nothing
	PointsAdjusted  PointKind = "adjusted"   // taken by hand
	PointsSpent     PointKind = "spent"      // for a discount code
	PointsReturned  PointKind = "returned"   // the code was given back
	PointsExpired   PointKind = "expired"
)

// Lot is points that came at once and expire at once. Left is the sum of its
// movements; it is below nothing when points that are spent had to be taken
// back.
type Lot struct {
	ID      ledger.LotID
	Patient PatientID
	Cause   LotCause
	Object  int64
	Left    int64
	Expired int64      // of it
	Expires jalali.Day // the last day; "": for ever
}

// over reports whether nothing can be spent of the lot any more.
func (l Lot) over(today jalali.Day) bool { return l.Expires != "" && l.Expires < today }

// PointMove is what a command does to one lot.
type PointMove struct {
	Lot     ledger.LotID
	Patient PatientID // whose lot it is
	Kind    PointKind
	Points  int64
}

// Usable is what can be spent of the lots: those that have not expired, less
// what is owed.
func Usable(lots []Lot, today jalali.Day) (points int64) {
	for _, l := range lots {
		if l.Left < 0 || !l.over(today) {
			points += l.Left
		}
	}
	return points
}

// ClubTerm is how an admission earns points with one service: fixed when its
// first money comes.
type ClubTerm struct {
	Service ServiceID
	Per     money.Amount // collected for one point
	Percent int          // of the service
	Days    int          // that the points hold; 0: for ever
}

// PointsEarnedBy is the points that an admission brings when so much of it is
// collected: one for each full amount, by what each service brings. What is
// paid belongs to the live lines in the proportion of the patient's shares, so
// it depends on what is paid and not on how it came.
func PointsEarnedBy(a Admission, terms []ClubTerm, collected money.Amount) int64 {
	percents := map[ServiceID]int{}
	for _, t := range terms {
		percents[t.Service] = t.Percent
	}
	weighted, whole := new(big.Int), new(big.Int)
	for _, l := range a.LiveLines() {
		part := big.NewInt(int64(l.PatientShare))
		whole.Add(whole, part)
		weighted.Add(weighted, part.Mul(part, big.NewInt(int64(percents[l.Service]))))
	}
	if collected <= 0 || len(terms) == 0 || whole.Sign() == 0 {
		return 0
	}
	weighted.Mul(weighted, big.NewInt(int64(collected)))
	whole.Mul(whole, big.NewInt(int64(terms[0].Per)*100))
	return weighted.Quo(weighted, whole).Int64()
}

// Give puts points into a new lot, which first covers what is below nothing,
// the oldest first.
func Give(lots []Lot, n Lot, points int64) []PointMove {
	return append([]PointMove{{n.ID, n.Patient, PointsEarned, points}}, cover(lots, n, points)...)
}

// cover moves points of one lot to those that are below nothing.
func cover(lots []Lot, from Lot, points int64) (moves []PointMove) {
	for _, l := range lots {
		if part := min(points, -l.Left); part > 0 {
			points -= part
			moves = append(moves, PointMove{from.ID, from.Patient, PointsCovered, -part}, PointMove{l.ID, l.Patient, PointsCovered, part})
		}
	}
	return moves
}

// TakeBack takes points of a cause out of the lots, because the money that
// earned them went back: out of its own, the newest first, counting what of
// them expired. What is not there is owed by the newest of its own, and covered
// by those that are good today, the first to expire first. It is nothing
// without a lot of the cause.
func TakeBack(lots []Lot, cause LotCause, object, points int64, today jalali.Day) (moves []PointMove) {
	var own, rest []Lot
	for _, l := range lots {
		if l.Cause == cause && l.Object == object {
			own = slices.Insert(own, 0, l)
		} else {
			rest = append(rest, l)
		}
	}
	if len(own) == 0 {
		return nil
	}
	take := func(l Lot, part int64) {
		if part > 0 {
			moves = append(moves, PointMove{l.ID, l.Patient, PointsTakenBack, -part})
			points -= part
		}
	}
	for _, l := range own {
		take(l, min(points, l.Left))
	}
	for _, l := range own {
		if part := min(points, l.Expired); part > 0 {
			moves = append(moves, PointMove{l.ID, l.Patient, PointsExpired, part})
			take(l, part)
		}
	}
	if owed := points; owed > 0 {
		take(own[0], owed)
		for _, l := range firstToExpire(rest, today) {
			part := min(owed, max(l.Left, 0))
			owed -= part
			moves = append(moves, cover([]Lot{{ID: own[0].ID, Patient: own[0].Patient, Left: -part}}, l, part)...)
		}
	}
	return moves
}

// SpendPoints takes points out of the lots, the first to expire first. Refused
// club.short when there are fewer.
func SpendPoints(lots []Lot, points int64, kind PointKind, today jalali.Day) (moves []PointMove, err error) {
	if usable := Usable(lots, today); usable < points {
		return nil, fault.New(fault.Refused, "club.short", "there are %d points", usable).With("points", strconv.FormatInt(usable, 10)).At("points")
	}
	for _, l := range firstToExpire(lots, today) {
		if part := min(points, l.Left); part > 0 {
			moves = append(moves, PointMove{l.ID, l.Patient, kind, -part})
			points -= part
		}
	}
	return moves, nil
}

// firstToExpire is the lots that are good on the day in the order in which they
// are spent, those without an end last.
func firstToExpire(lots []Lot, today jalali.Day) []Lot {
	good := slices.DeleteFunc(slices.Clone(lots), func(l Lot) bool { return l.over(today) })
	slices.SortStableFunc(good, func(a, b Lot) int {
		return cmp.Compare(cmp.Or(a.Expires, never), cmp.Or(b.Expires, never))
	})
	return good
}

// never sorts after every day.
const never jalali.Day = "9999-12-31"

// GiveBack puts what was spent of lots back into them; what they hold of it then
// covers the lots that are still below nothing.
func GiveBack(lots, spent []Lot) (moves []PointMove) {
	lots = slices.Clone(lots)
	at := map[ledger.LotID]*Lot{}
	for i := range lots {
		at[lots[i].ID] = &lots[i]
	}
	move := func(m PointMove) {
		moves = append(moves, m)
		if l := at[m.Lot]; l != nil {
			l.Left += m.Points
		}
	}
	for _, l := range spent {
		move(PointMove{l.ID, l.Patient, PointsReturned, l.Left})
	}
	for _, l := range spent {
		if has := at[l.ID]; has != nil {
			for _, m := range cover(lots, l, min(l.Left, has.Left)) {
				move(m)
			}
		}
	}
	return moves
}

// CheckRedeem refuses a number of points that is turned into no code: Invalid
// club.points; Refused club.least, club.most.
func (r ClubRules) CheckRedeem(points int64) error {
	var err *fault.Error
	switch {
	case points < 1 || points > maxPoints:
		err = fault.New(fault.Invalid, "club.points", "a number of points is needed")
	case points < r.Least:
		err = fault.New(fault.Refused, "club.least", "a code is for %d points or more", r.Least).With("points", strconv.FormatInt(r.Least, 10))
	case r.Most > 0 && points > r.Most:
		err = fault.New(fault.Refused, "club.most", "a code is for %d points at most", r.Most).With("points", strconv.FormatInt(r.Most, 10))
	default:
		return nil
	}
	return err.At("points")
}

// Redeemed is the code for the points of a person: for them alone, once, with no
// other discount.
func (r ClubRules) Redeemed(p PatientID, points int64, text string, today jalali.Day) DiscountCode {
	return DiscountCode{Code: text, Amount: money.Amount(points) * r.Worth, ValidFrom: today, ValidTo: today.Add(r.CodeDays - 1), Uses: 1, Patient: p}
}

// LastDay is the last day of points that are given on a day and hold so many
// days, "" for ever.
func LastDay(on jalali.Day, days int) jalali.Day {
	if days == 0 {
		return ""
	}
	return on.Add(days - 1)
}

// PointEntry posts what moved points by one kind: for each person whose lots
// they are, against what the clinic gave (ledger rule "Points").
func PointEntry(kind PointKind, moves []PointMove, on jalali.Day) (ledger.Entry, error) {
	var people []PatientID
	sums := map[PatientID]int64{}
	for _, m := range moves {
		if _, known := sums[m.Patient]; !known {
			people = append(people, m.Patient)
		}
		sums[m.Patient] += m.Points
	}
	var postings []ledger.Posting
	var all int64
	for _, p := range people {
		if sums[p] != 0 {
			postings = append(postings, ledger.Credit(Points(p), money.Amount(sums[p])))
			all += sums[p]
		}
	}
	if all != 0 {
		postings = append(postings, ledger.Debit(ledger.Account{Kind: AccountClubIssued, Unit: ledger.PTS}, money.Amount(all)))
	}
	return ledger.NewEntry(on, EntryPoints+string(kind), postings...)
}

// Points are the points of a patient.
func Points(p PatientID) ledger.Account {
	return ledger.Account{Kind: AccountClub, Owner: int64(p), Unit: ledger.PTS}
}

// CheckAdjust refuses an adjustment by hand: Invalid club.points, club.note.
func CheckAdjust(points int64, note string) error {
	switch {
	case points == 0 || points > maxPoints || points < -maxPoints:
		return fault.New(fault.Invalid, "club.points", "a number of points is needed").At("points")
	case note == "":
		return fault.New(fault.Invalid, "club.note", "the reason is missing").At("note")
	}
	return nil
}

// NextToExpire is how many points end on the day that is next, and that day; ""
// when none does.
func NextToExpire(lots []Lot, today jalali.Day) (points int64, on jalali.Day) {
	for _, l := range firstToExpire(lots, today) {
		switch {
		case l.Left <= 0 || l.Expires == "":
		case on == "":
			points, on = l.Left, l.Expires
		case l.Expires == on:
			points += l.Left
		}
	}
	return points, on
}

// LevelAbove is the level that comes next, without a name when there is none.
func (r ClubRules) LevelAbove(lifetime int64) ClubLevel {
	for _, l := range r.Levels {
		if l.Name != "" && l.From > lifetime {
			return l
		}
	}
	return ClubLevel{}
}
