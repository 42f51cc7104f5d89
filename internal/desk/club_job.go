package desk

import (
	"context"

	"daftar/internal/clinic"
)

// mostLapsed bounds the lots that one run of the job ends.
const mostLapsed = 500

// LapsePoints ends the lots whose last day has passed. It may run at any time
// and any number of times, and returns how many it ended.
func (d *Desk) LapsePoints(ctx context.Context, c clinic.ID) (ended int, err error) {
	due := 0
	err = d.read(ctx, byItself(c), func(w work) error {
		lots, err := w.LotsToLapse(ctx, w.today(), mostLapsed)
		due = len(lots)
		return err
	})
	if err != nil || due == 0 {
		return 0, err
	}
	err = d.write(ctx, byItself(c), func(w work) (err error) {
		ended = 0
		if w, err = w.automatic(ctx); err != nil {
			return err
		}
		lots, err := w.LotsToLapse(ctx, w.today(), mostLapsed)
		if err != nil {
			return err
		}
		for _, l := range lots {
			if err := w.lapse(ctx, l); err != nil {
				return err
			}
			ended++
		}
		return nil
	})
	return ended, err
}

// lapse ends what is left of a lot; one below nothing goes on to be owed.
func (w work) lapse(ctx context.Context, l clinic.Lot) error {
	if l.Left > 0 {
		moves := []clinic.PointMove{{Lot: l.ID, Patient: l.Patient, Kind: clinic.PointsExpired, Points: -l.Left}}
		if err := w.movePoints(ctx, moves, pointsFor{document: int64(l.ID)}, w.now); err != nil {
			return err
		}
		if err := w.audit(ctx, "club.expire", l.Patient, int64(l.ID)); err != nil {
			return err
		}
	}
	return w.MarkLapsed(ctx, l.ID, true)
}

// GivePointsOfDay gives members the points of their birthday and wedding day,
// each once a Jalali year. It may run at any time and any number of times, and
// returns how many gifts it made.
func (d *Desk) GivePointsOfDay(ctx context.Context, c clinic.ID) (given int, err error) {
	due := 0
	err = d.read(ctx, byItself(c), func(w work) error {
		found, err := w.celebrants(ctx)
		due = len(found)
		return err
	})
	if err != nil || due == 0 {
		return 0, err
	}
	err = d.write(ctx, byItself(c), func(w work) (err error) {
		given = 0
		if w, err = w.automatic(ctx); err != nil {
			return err
		}
		found, err := w.celebrants(ctx)
		if err != nil {
			return err
		}
		for _, f := range found {
			if err := w.gift(ctx, f.patient, f.cause, int64(w.today().Date().Year), f.gift, w.now); err != nil {
				return err
			}
			if err := w.audit(ctx, "club.gift", f.patient, 0); err != nil {
				return err
			}
			given++
		}
		return nil
	})
	return given, err
}

// celebrant is a member with the gift that is due.
type celebrant struct {
	patient clinic.PatientID
	cause   clinic.LotCause
	gift    clinic.Gift
}

// celebrants are the members who have an occasion today and no gift for it,
// while the clinic gives one.
func (w work) celebrants(ctx context.Context) (all []celebrant, err error) {
	if !w.clinic.Club {
		return nil, nil
	}
	today, rules := w.today(), w.clinic.ClubRules
	for _, o := range []celebrant{{cause: clinic.LotBirthday, gift: rules.Birthday}, {cause: clinic.LotAnniversary, gift: rules.Anniversary}} {
		if o.gift.Points == 0 {
			continue
		}
		found, err := w.Celebrants(ctx, o.cause, clinic.AnniversaryDays(today), today.Date().Year)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			all = append(all, celebrant{f, o.cause, o.gift})
		}
	}
	return all, nil
}
