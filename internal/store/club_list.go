package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// celebrated are the columns of the occasions.
var celebrated = map[clinic.LotCause]string{clinic.LotBirthday: "birth_date", clinic.LotAnniversary: "wedding_date"}

// Celebrants returns the members whose birth or wedding was on one of the days,
// and who were not given its gift for the year. Members are those who have, or
// had, points; merged files stand for nobody.
func (tx *Tx) Celebrants(ctx context.Context, cause clinic.LotCause, days []jalali.Day, year int) ([]clinic.PatientID, error) {
	column := "p." + celebrated[cause]
	args := arguments{tx.clinic, cause, year}
	found, err := collect(ctx, tx, func(scan func(...any) error) (p clinic.PatientID, err error) { return p, scan(&p) }, `
		SELECT p.id FROM patient p
		WHERE p.clinic = $1 AND p.merged_into IS NULL AND `+column+` <> '' AND `+among(&args, column, days)+`
			AND EXISTS (SELECT 1 FROM club_lot m WHERE m.clinic = $1 AND m.patient = p.id)
			AND NOT EXISTS (SELECT 1 FROM club_lot l WHERE l.clinic = $1 AND l.patient = p.id AND l.cause = $2 AND l.object = $3)
		ORDER BY p.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("who has a %s: %w", cause, err)
	}
	return found, nil
}

// PointsOfDay is what moved by one kind on a day, in points.
type PointsOfDay struct {
	Day    jalali.Day
	Kind   clinic.PointKind
	Points int64
}

// PointsByDay returns what moved since a day, of the members of one branch or,
// with 0, of all.
func (tx *Tx) PointsByDay(ctx context.Context, from jalali.Day, branch clinic.BranchID) ([]PointsOfDay, error) {
	found, err := collect(ctx, tx, func(scan func(...any) error) (p PointsOfDay, err error) { return p, scan(&p.Day, &p.Kind, &p.Points) }, `
		SELECT m.day, m.kind, CAST(SUM(m.points) AS BIGINT) FROM club_movement m CROSS JOIN patient p
		WHERE m.clinic = $1 AND m.day >= $2 AND m.kind <> 'covered' AND p.clinic = $1 AND p.id = m.patient AND (CAST($3 AS BIGINT) = 0 OR p.branch = $3)
		GROUP BY m.day, m.kind ORDER BY m.day, m.kind`, tx.clinic, from, branch)
	if err != nil {
		return nil, fmt.Errorf("points by day: %w", err)
	}
	return found, nil
}

// Member is a person with points.
type Member struct {
	clinic.Patient
	Points   int64 // of all lots
	Lifetime int64
}

// Members returns those who have or had points, the most first: one page, and
// how many there are with how many points in all, of one branch or, with 0, of
// all. A file that was merged counts with the one it was merged into.
func (tx *Tx) Members(ctx context.Context, branch clinic.BranchID, skip, most int) (page []Member, count int, points int64, err error) {
	const members = `
		FROM (SELECT COALESCE(f.merged_into, f.id) AS id, SUM(m.points) AS points,
				SUM(CASE WHEN m.kind IN ('earned', 'taken_back', 'adjusted') THEN m.points ELSE 0 END) AS lifetime
			FROM club_movement m CROSS JOIN patient f WHERE m.clinic = $1 AND f.clinic = $1 AND f.id = m.patient GROUP BY 1) member
		CROSS JOIN patient p
		WHERE p.clinic = $1 AND p.id = member.id AND (CAST($2 AS BIGINT) = 0 OR p.branch = $2)`
	err = tx.row(ctx, `SELECT COUNT(*), CAST(COALESCE(SUM(member.points), 0) AS BIGINT) `+members, tx.clinic, branch).Scan(&count, &points)
	if err != nil {
		return nil, 0, 0, fmt.Errorf("members: %w", err)
	}
	page, err = collect(ctx, tx, func(scan func(...any) error) (m Member, err error) {
		return m, scan(&m.ID, &m.FirstName, &m.LastName, &m.FileNumber, &m.Mobile, &m.Points, &m.Lifetime)
	}, `SELECT p.id, p.first_name, p.last_name, p.file_number, p.mobile, CAST(member.points AS BIGINT), CAST(member.lifetime AS BIGINT) `+members+`
		ORDER BY 6 DESC, p.id`+limitTo("$4")+` OFFSET CAST($3 AS BIGINT)`, tx.clinic, branch, skip, most)
	if err != nil {
		return nil, 0, 0, fmt.Errorf("members: %w", err)
	}
	return page, count, points, nil
}

// PointsOfPerson returns what moved on each day, by kind, of the files of one
// person. The person is looked up first: the order of days would lead through
// the movements of all.
func (tx *Tx) PointsOfPerson(ctx context.Context, files clinic.Files) ([]PointsOfDay, error) {
	args := arguments{tx.clinic}
	found, err := collect(ctx, tx, func(scan func(...any) error) (p PointsOfDay, err error) { return p, scan(&p.Day, &p.Kind, &p.Points) }, `
		WITH moved AS MATERIALIZED (SELECT m.day, m.kind, m.points FROM club_movement m
			WHERE m.clinic = $1 AND m.kind <> 'covered' AND `+among(&args, "m.patient", files)+`)
		SELECT day, kind, CAST(SUM(points) AS BIGINT) FROM moved GROUP BY day, kind ORDER BY day, kind`, args...)
	if err != nil {
		return nil, fmt.Errorf("points of a person: %w", err)
	}
	return found, nil
}
