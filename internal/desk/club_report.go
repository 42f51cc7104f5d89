package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// ClubReport is what the club owes its members, and how it got there.
type ClubReport struct {
	Points  int64        // of all members
	Worth   money.Amount // of them as discounts
	Count   int          // members
	Members []ClubMember // one page, the most points first
	Months  []ClubMonth  // the last twelve, oldest first
	More    bool         // there is another page
}

// ClubMember is a person with points.
type ClubMember struct {
	store.Member
	Level clinic.ClubLevel
}

// ClubMonth is what moved in a Jalali month.
type ClubMonth struct {
	Month                 jalali.Date // its first day
	Given, Spent, Expired int64       // each nothing or more, less what went back
	Left                  int64       // at its end, of all that the days tell
}

// membersPage is how many members a page of the report has.
const membersPage = 50

// ClubReport reports on the club; page counts from 0. Without the right to all
// branches it is of the actor's own. NotFound club.off; Invalid page.cursor.
func (d *Desk) ClubReport(ctx context.Context, actor clinic.Actor, page int) (r ClubReport, err error) {
	if err := actor.May(clinic.ReadClub); err != nil {
		return r, err
	}
	if page < 0 || page > 1_000_000 {
		return r, fault.New(fault.Invalid, "page.cursor", "there is no such page").At("page")
	}
	return readPatient(ctx, d, actor, "club.list", func(w work) (r ClubReport, _ clinic.PatientID, err error) {
		if err := w.clubOn(); err != nil {
			return r, 0, err
		}
		members, count, points, err := w.Members(ctx, w.branch(), page*membersPage, membersPage+1)
		if err != nil {
			return r, 0, err
		}
		r.Count, r.Points, r.Worth = count, points, money.Amount(max(points, 0))*w.clinic.ClubRules.Worth
		if r.More = len(members) > membersPage; r.More {
			members = members[:membersPage]
		}
		for _, m := range members {
			m.Patient = w.masked(m.Patient)
			r.Members = append(r.Members, ClubMember{m, w.clinic.ClubRules.Level(m.Lifetime)})
		}
		r.Months, err = w.clubMonths(ctx, w.branch())
		return r, 0, err
	})
}

func (r ClubReport) shown() (people []clinic.PatientID) {
	for _, m := range r.Members {
		people = append(people, m.ID)
	}
	return people
}

// clubMonths are the last twelve months of the members of a branch or, with 0,
// of all.
func (w work) clubMonths(ctx context.Context, branch clinic.BranchID) ([]ClubMonth, error) {
	first := lastMonths(w.today())[0].Month.Civil()
	days, err := w.PointsByDay(ctx, first, branch)
	if err != nil {
		return nil, err
	}
	return pointsByMonth(w.today(), days), nil
}

// lastMonths are the last twelve Jalali months with that of the day, oldest
// first.
func lastMonths(today jalali.Day) (months []ClubMonth) {
	now := today.Date()
	now.Day = 1
	for n := -11; n <= 0; n++ {
		months = append(months, ClubMonth{Month: now.AddMonths(n)})
	}
	return months
}

// pointsByMonth sums up what moved on each day, oldest first. What moved before
// the months is in Left alone.
func pointsByMonth(today jalali.Day, days []store.PointsOfDay) []ClubMonth {
	months := lastMonths(today)
	var left int64
	next := 0
	for i := range months {
		m := &months[i]
		from, until := m.Month.Civil(), m.Month.AddMonths(1).Civil()
		for ; next < len(days) && days[next].Day < until; next++ {
			p := days[next]
			if left += p.Points; p.Day < from {
				continue
			}
			switch p.Kind {
			case clinic.PointsSpent, clinic.PointsReturned:
				m.Spent -= p.Points
			case clinic.PointsExpired:
				m.Expired -= p.Points
			default:
				m.Given += p.Points
			}
		}
		m.Left = left
	}
	return months
}

// ClubCode returns a code that points were turned into. NotFound
// discount_code.none, club.off.
func (d *Desk) ClubCode(ctx context.Context, actor clinic.Actor, id clinic.DiscountCodeID) (c clinic.DiscountCode, err error) {
	if err := actor.May(clinic.RedeemPoints); err != nil {
		return c, err
	}
	err = d.read(ctx, actor, func(w work) error {
		if c, err = w.DiscountCodeByID(ctx, id); err != nil {
			return err
		}
		if c.Patient == 0 {
			return fault.New(fault.NotFound, "discount_code.none", "the code was not made of points")
		}
		_, err := w.member(ctx, c.Patient)
		return err
	})
	return c, err
}
