package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// ClubTerms returns how an admission earns points, nothing before its first
// money came.
func (tx *Tx) ClubTerms(ctx context.Context, id clinic.AdmissionID) ([]clinic.ClubTerm, error) {
	return collect(ctx, tx, func(scan func(...any) error) (t clinic.ClubTerm, err error) {
		return t, scan(&t.Service, &t.Per, &t.Percent, &t.Days)
	}, `SELECT service, per, percent, days FROM club_term WHERE clinic = $1 AND admission = $2 ORDER BY service`, tx.clinic, id)
}

// AddClubTerm fixes how an admission earns with a service.
func (tx *Tx) AddClubTerm(ctx context.Context, id clinic.AdmissionID, t clinic.ClubTerm) error {
	err := tx.exec(ctx, insert("club_term", "clinic, admission, service, per, percent, days", 1), tx.clinic, id, t.Service, t.Per, t.Percent, t.Days)
	if err != nil {
		return fmt.Errorf("term of the club: %w", err)
	}
	return nil
}

// lotFields are a lot with what is left of it and what of it expired.
const lotFields = `l.id, l.patient, l.cause, l.object, l.expires,
	CAST(COALESCE((SELECT SUM(m.points) FROM club_movement m WHERE m.clinic = l.clinic AND m.lot = l.id), 0) AS BIGINT),
	CAST(COALESCE((SELECT -SUM(m.points) FROM club_movement m WHERE m.clinic = l.clinic AND m.lot = l.id AND m.kind = 'expired'), 0) AS BIGINT)`

func scanLot(scan func(...any) error) (l clinic.Lot, err error) {
	return l, scan(&l.ID, &l.Patient, &l.Cause, &l.Object, &l.Expires, &l.Left, &l.Expired)
}

// Lots returns all lots of a person's files, oldest first.
func (tx *Tx) Lots(ctx context.Context, files clinic.Files) ([]clinic.Lot, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, scanLot, `SELECT `+lotFields+` FROM club_lot l WHERE l.clinic = $1 AND `+among(&args, "l.patient", files)+` ORDER BY l.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("lots of points: %w", err)
	}
	return found, nil
}

// LotsToLapse returns lots that ended before the day and were not looked at
// since, so many at most.
func (tx *Tx) LotsToLapse(ctx context.Context, day jalali.Day, most int) ([]clinic.Lot, error) {
	found, err := collect(ctx, tx, scanLot, `SELECT `+lotFields+` FROM club_lot l
		WHERE l.clinic = $1 AND l.lapsed = 0 AND l.expires <> '' AND l.expires < $2 ORDER BY l.expires, l.id LIMIT $3`, tx.clinic, day, most)
	if err != nil {
		return nil, fmt.Errorf("lots that expired: %w", err)
	}
	return found, nil
}

// MarkLapsed remembers whether a lot that expired was looked at: one that got
// points back is looked at again.
func (tx *Tx) MarkLapsed(ctx context.Context, id ledger.LotID, lapsed bool) error {
	if err := tx.exec(ctx, `UPDATE club_lot SET lapsed = $3 WHERE clinic = $1 AND id = $2`, tx.clinic, id, bit(lapsed)); err != nil {
		return fmt.Errorf("lot of points: %w", err)
	}
	return nil
}

// AddLot writes a lot without points.
func (tx *Tx) AddLot(ctx context.Context, l clinic.Lot, s Stamp) error {
	err := tx.exec(ctx, insert("club_lot", "clinic, id, patient, cause, object, expires, at, recorded, staff", 1),
		tx.clinic, l.ID, l.Patient, l.Cause, l.Object, l.Expires, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("lot of points: %w", err)
	}
	return nil
}

// Gifted reports whether a person has the gift of an occasion, in any of the
// files.
func (tx *Tx) Gifted(ctx context.Context, files clinic.Files, cause clinic.LotCause, object int64) (there bool, err error) {
	args := arguments{tx.clinic, cause, object}
	err = tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM club_lot WHERE clinic = $1 AND cause = $2 AND object = $3 AND `+among(&args, "patient", files)+`)`, args...).Scan(&there)
	if err != nil {
		return false, fmt.Errorf("gift of points: %w", err)
	}
	return there, nil
}

// PointsMoved is a movement as it is written: by which entry, for which code.
type PointsMoved struct {
	clinic.PointMove
	ID    int64
	Entry ledger.EntryID
	Code  clinic.DiscountCodeID // 0: none
	Note  string
	Day   jalali.Day
}

// AddPointMove writes a movement.
func (tx *Tx) AddPointMove(ctx context.Context, m PointsMoved, s Stamp) error {
	err := tx.exec(ctx, insert("club_movement", "clinic, id, lot, patient, kind, points, entry, code, note, day, at, recorded, staff", 1),
		tx.clinic, m.ID, m.Lot, m.Patient, m.Kind, m.Points, m.Entry, nullID(int64(m.Code)), m.Note, m.Day, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("movement of points: %w", err)
	}
	return nil
}

// PointsOf is what an admission, or another cause, brought a patient so far.
func (tx *Tx) PointsOf(ctx context.Context, cause clinic.LotCause, object int64, p clinic.PatientID) (points int64, err error) {
	err = tx.row(ctx, `
		SELECT CAST(COALESCE(SUM(m.points), 0) AS BIGINT) FROM club_lot l CROSS JOIN club_movement m
		WHERE l.clinic = $1 AND l.patient = $2 AND l.cause = $3 AND l.object = $4
			AND m.clinic = $1 AND m.lot = l.id AND m.kind IN ('earned', 'taken_back')`, tx.clinic, p, cause, object).Scan(&points)
	if err != nil {
		return 0, fmt.Errorf("points of %s %d: %w", cause, object, err)
	}
	return points, nil
}

// LifetimePoints is all that a person ever earned, less what was taken back, and
// how many entries moved the points.
func (tx *Tx) LifetimePoints(ctx context.Context, files clinic.Files) (points int64, rows int, err error) {
	args := arguments{tx.clinic}
	err = tx.row(ctx, `SELECT CAST(COALESCE(SUM(CASE WHEN kind IN ('earned', 'taken_back', 'adjusted') THEN points ELSE 0 END), 0) AS BIGINT), COUNT(DISTINCT entry)
		FROM club_movement WHERE clinic = $1 AND `+among(&args, "patient", files), args...).Scan(&points, &rows)
	if err != nil {
		return 0, 0, fmt.Errorf("lifetime points: %w", err)
	}
	return points, rows, nil
}

// SpentOn returns the lots that paid for a code, with what of each is spent in
// Left, and nothing once they have it back.
func (tx *Tx) SpentOn(ctx context.Context, code clinic.DiscountCodeID) ([]clinic.Lot, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (l clinic.Lot, err error) {
		return l, scan(&l.ID, &l.Patient, &l.Expires, &l.Left)
	}, `
		SELECT l.id, l.patient, l.expires, s.points
		FROM (SELECT lot, CAST(-SUM(points) AS BIGINT) AS points FROM club_movement WHERE clinic = $1 AND code = $2 GROUP BY lot HAVING SUM(points) <> 0) s
		CROSS JOIN club_lot l WHERE l.clinic = $1 AND l.id = s.lot ORDER BY l.id`, tx.clinic, code)
	if err != nil {
		return nil, fmt.Errorf("points spent on a code: %w", err)
	}
	return found, nil
}

// MadeOfPoints reports whether points were turned into the code.
func (tx *Tx) MadeOfPoints(ctx context.Context, code clinic.DiscountCodeID) (made bool, err error) {
	err = tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM club_movement WHERE clinic = $1 AND code = $2)`, tx.clinic, code).Scan(&made)
	if err != nil {
		return false, fmt.Errorf("points of a code: %w", err)
	}
	return made, nil
}

// ClubCodes returns the codes that a person's points were turned into and that
// were neither used nor given back, the newest first.
func (tx *Tx) ClubCodes(ctx context.Context, files clinic.Files) ([]clinic.DiscountCode, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, scanCode, `SELECT `+codeFields+`
		FROM (SELECT DISTINCT code FROM club_movement WHERE clinic = $1 AND code IS NOT NULL AND `+among(&args, "patient", files)+`) m
		CROSS JOIN discount_code c
		JOIN staff s ON s.clinic = c.clinic AND s.id = c.staff
		WHERE c.clinic = $1 AND c.id = m.code AND c.used = 0 AND c.disabled IS NULL ORDER BY c.id DESC`, args...)
	if err != nil {
		return nil, fmt.Errorf("codes of the club: %w", err)
	}
	return found, nil
}

// PointRow is what one entry did to a person's points.
type PointRow struct {
	Entry     ledger.EntryID
	Kind      clinic.PointKind
	Cause     clinic.LotCause // of the lots, where they are one
	Object    int64
	Points    int64
	Expires   jalali.Day // of a new lot
	Code      string     // discount code
	Admission clinic.Number
	Note      string
	Day       jalali.Day
	At        time.Time
	Staff     string
}

// PointRows returns what moved a person's points, newest first, so many at
// most.
func (tx *Tx) PointRows(ctx context.Context, files clinic.Files, most int) ([]PointRow, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, func(scan func(...any) error) (r PointRow, err error) {
		var at int64
		err = scan(&r.Entry, &r.Kind, &r.Cause, &r.Object, &r.Points, &r.Expires, &r.Code, &r.Admission.Year, &r.Admission.Count, &r.Note, &r.Day, &at, &r.Staff)
		r.At = moment(at)
		return r, err
	}, `
		SELECT g.entry, g.kind, l.cause, l.object, g.points, l.expires, COALESCE(c.code, ''),
			COALESCE(a.year, 0), COALESCE(a.number, 0), g.note, g.day, g.at, s.name
		FROM (SELECT m.entry, MAX(CASE WHEN m.kind <> 'covered' THEN m.kind ELSE '' END) AS kind,
				MAX(CASE WHEN m.kind <> 'covered' THEN m.lot END) AS lot, CAST(SUM(m.points) AS BIGINT) AS points, MAX(m.code) AS code, MAX(m.note) AS note, MAX(m.day) AS day, MAX(m.at) AS at, MAX(m.staff) AS staff
			FROM club_movement m WHERE m.clinic = $1 AND `+among(&args, "m.patient", files)+` GROUP BY m.entry) g
		CROSS JOIN club_lot l
		JOIN staff s ON s.clinic = $1 AND s.id = g.staff
		LEFT JOIN discount_code c ON c.clinic = $1 AND c.id = g.code
		LEFT JOIN admission a ON a.clinic = $1 AND l.cause = 'admission' AND a.id = l.object
		WHERE l.clinic = $1 AND l.id = g.lot
		ORDER BY g.at DESC, g.entry DESC `+limitTo(args.add(most)), args...)
	if err != nil {
		return nil, fmt.Errorf("rows of points: %w", err)
	}
	return found, nil
}
