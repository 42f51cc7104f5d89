package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/store"
)

// earnPoints brings the points of an admission to what is collected of it now:
// earned in a new lot, or taken back. While the club is off nothing is earned,
// but what goes back still takes its points along.
func (t touch) earnPoints(ctx context.Context, a clinic.Admission, collected money.Amount) error {
	w := t.w
	terms, err := w.ClubTerms(ctx, a.ID)
	if err != nil {
		return err
	}
	if w.clinic.Club && collected > 0 && a.Day >= w.clinic.ClubRules.Since {
		if terms, err = w.fixClubTerms(ctx, a, terms); err != nil {
			return err
		}
		if err := w.introduced(ctx, a, t.at); err != nil {
			return err
		}
	}
	if len(terms) == 0 {
		return nil
	}
	had, err := w.PointsOf(ctx, clinic.LotAdmission, int64(a.ID), a.Patient)
	if err != nil {
		return err
	}
	points := clinic.PointsEarnedBy(a, terms, collected)
	switch {
	case points < had:
		return w.takePointsBack(ctx, a, had-points, t.at)
	case points > had && w.clinic.Club:
		return w.givePoints(ctx, clinic.Lot{Patient: a.Patient, Cause: clinic.LotAdmission, Object: int64(a.ID)}, points-had, terms[0].Days, "", t.at)
	}
	return nil
}

// fixClubTerms fixes how the admission earns with each of its services, where
// that is not fixed.
func (w work) fixClubTerms(ctx context.Context, a clinic.Admission, terms []clinic.ClubTerm) ([]clinic.ClubTerm, error) {
	had := map[clinic.ServiceID]bool{}
	t := clinic.ClubTerm{Per: w.clinic.ClubRules.Per, Days: w.clinic.ClubRules.Days}
	for _, fixed := range terms {
		had[fixed.Service] = true
		t.Per, t.Days = fixed.Per, fixed.Days
	}
	for _, l := range a.Lines {
		if had[l.Service] {
			continue
		}
		had[l.Service] = true
		service, err := w.Service(ctx, l.Service)
		if err != nil {
			return nil, err
		}
		t.Service, t.Percent = l.Service, 100+service.ClubBonus
		if err := w.AddClubTerm(ctx, a.ID, t); err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// introduced gives whoever introduced the patient their points, at the first
// paid visit.
func (w work) introduced(ctx context.Context, a clinic.Admission, at time.Time) error {
	gift := w.clinic.ClubRules.Introduction
	if gift.Points == 0 {
		return nil
	}
	file, err := w.standing(ctx, a.Patient)
	if err != nil {
		return err
	}
	p, err := w.Patient(ctx, file)
	if err != nil || p.Introducer == 0 {
		return err
	}
	by, err := w.standing(ctx, p.Introducer)
	if err != nil || by == p.ID {
		return err
	}
	return w.gift(ctx, by, clinic.LotIntroduction, int64(p.ID), gift, at)
}

// gift gives points on an occasion, once.
func (w work) gift(ctx context.Context, p clinic.PatientID, cause clinic.LotCause, object int64, g clinic.Gift, at time.Time) error {
	files, err := w.filesOf(ctx, p)
	if err != nil {
		return err
	}
	there, err := w.Gifted(ctx, files, cause, object)
	if err != nil || there {
		return err
	}
	return w.givePoints(ctx, clinic.Lot{Patient: p, Cause: cause, Object: object}, g.Points, g.Days, "", at)
}

// givePoints opens a lot that holds so many days.
func (w work) givePoints(ctx context.Context, l clinic.Lot, points int64, days int, note string, at time.Time) error {
	at, err := w.openDay(ctx, at)
	if err != nil {
		return err
	}
	lots, err := w.lots(ctx, l.Patient)
	if err != nil {
		return err
	}
	l.ID, l.Expires = ledger.LotID(w.id()), clinic.LastDay(w.clinic.Day(at), days)
	if err := w.AddLot(ctx, l, w.stamp(at)); err != nil {
		return err
	}
	if err := w.movePoints(ctx, clinic.Give(lots, l, points), pointsFor{document: l.Object, note: note}, at); err != nil {
		return err
	}
	return w.tellOfPoints(ctx, l, points)
}

// tellOfPoints queues what a member is told of a new lot: the points, and the
// level when it is a higher one.
func (w work) tellOfPoints(ctx context.Context, l clinic.Lot, points int64) error {
	files, err := w.filesOf(ctx, l.Patient)
	if err != nil {
		return err
	}
	p, err := w.Patient(ctx, files[0])
	if err != nil {
		return err
	}
	has, err := w.clubStanding(ctx, files)
	if err != nil {
		return err
	}
	said := func(n int64) string { return message.Persian.Number(int(n)) }
	err = w.notify(ctx, clinic.MessagePoints, p, clinic.MessageFields{clinic.FieldPoints: said(points), clinic.FieldBalance: said(has.Points)}, about{object: int64(l.ID)})
	if err != nil || w.clinic.ClubRules.Level(has.Lifetime-points).From >= has.Level.From {
		return err
	}
	return w.notify(ctx, clinic.MessageLevel, p, clinic.MessageFields{clinic.FieldPoints: said(has.Lifetime), clinic.FieldLevel: has.Level.Name}, about{object: int64(l.ID)})
}

// takePointsBack takes points of an admission out of the lots. Codes that were
// not used are given back first where the lots hold too little (product rule
// 2.13).
func (w work) takePointsBack(ctx context.Context, a clinic.Admission, points int64, at time.Time) error {
	at, err := w.openDay(ctx, at)
	if err != nil {
		return err
	}
	lots, err := w.lots(ctx, a.Patient)
	if err != nil {
		return err
	}
	today := w.clinic.Day(at)
	if clinic.Usable(lots, today) < points {
		if lots, err = w.giveCodesBack(ctx, a.Patient, points, at); err != nil {
			return err
		}
	}
	moves := clinic.TakeBack(lots, clinic.LotAdmission, int64(a.ID), points, today)
	return w.movePoints(ctx, moves, pointsFor{document: int64(a.ID)}, at)
}

// giveCodesBack gives back codes that were not used, the newest first, until
// the lots hold enough, and returns the lots then.
func (w work) giveCodesBack(ctx context.Context, p clinic.PatientID, points int64, at time.Time) ([]clinic.Lot, error) {
	files, err := w.filesOf(ctx, p)
	if err != nil {
		return nil, err
	}
	codes, err := w.ClubCodes(ctx, files)
	if err != nil {
		return nil, err
	}
	lots, err := w.Lots(ctx, files)
	for _, c := range codes {
		if err != nil || clinic.Usable(lots, w.clinic.Day(at)) >= points {
			break
		}
		if err = w.giveCodeBack(ctx, c, lots, at); err == nil {
			lots, err = w.Lots(ctx, files)
		}
	}
	return lots, err
}

// giveCodeBack switches an unused code off and puts its points back into their
// lots.
func (w work) giveCodeBack(ctx context.Context, c clinic.DiscountCode, lots []clinic.Lot, at time.Time) error {
	spent, err := w.SpentOn(ctx, c.ID)
	if err != nil {
		return err
	}
	c.Disabled = true
	if err := w.Tx.SwitchDiscountCode(ctx, c, w.stamp(w.now)); err != nil {
		return err
	}
	for _, l := range spent {
		if err := w.MarkLapsed(ctx, l.ID, false); err != nil {
			return err
		}
	}
	if err := w.movePoints(ctx, clinic.GiveBack(lots, spent), pointsFor{document: int64(c.ID), code: c.ID}, at); err != nil {
		return err
	}
	return w.audit(ctx, "club.return", c.Patient, int64(c.ID))
}

// lots are all lots of the person of a file.
func (w work) lots(ctx context.Context, p clinic.PatientID) ([]clinic.Lot, error) {
	files, err := w.filesOf(ctx, p)
	if err != nil {
		return nil, err
	}
	return w.Lots(ctx, files)
}

// openDay is at, or now when the books of its day are closed.
func (w work) openDay(ctx context.Context, at time.Time) (time.Time, error) {
	err := w.notClosed(ctx, w.clinic.Day(at))
	if fault.Of(err) == fault.Refused {
		return w.now, nil
	}
	return at, err
}

// pointsFor says why points move.
type pointsFor struct {
	document int64 // admission, code or other cause
	code     clinic.DiscountCodeID
	note     string
}

// movePoints posts movements and writes them, one entry for each kind; what
// covers goes with what brought it. The entries name no patient, as they are no
// part of the money account, and no unit: what undoes the money takes the
// points along.
func (w work) movePoints(ctx context.Context, moves []clinic.PointMove, why pointsFor, at time.Time) error {
	w.unit = 0
	for len(moves) > 0 {
		n := 1
		for n < len(moves) && (moves[n].Kind == moves[0].Kind || moves[n].Kind == clinic.PointsCovered) {
			n++
		}
		if err := w.moveKind(ctx, moves[:n], why, at); err != nil {
			return err
		}
		moves = moves[n:]
	}
	return nil
}

func (w work) moveKind(ctx context.Context, moves []clinic.PointMove, why pointsFor, at time.Time) error {
	day := w.clinic.Day(at)
	entry, err := clinic.PointEntry(moves[0].Kind, moves, day)
	if err != nil {
		return err
	}
	id, err := w.posted(ctx, entry, at, 0, why.document)
	if err != nil {
		return err
	}
	for _, m := range moves {
		row := store.PointsMoved{PointMove: m, ID: w.id(), Entry: id, Note: why.note, Day: day}
		if m.Kind == clinic.PointsSpent || m.Kind == clinic.PointsReturned {
			row.Code = why.code
		}
		if err := w.AddPointMove(ctx, row, w.stamp(at)); err != nil {
			return err
		}
	}
	return nil
}
