package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// Celebrant is a member whose birth or wedding may be on a day.
type Celebrant struct {
	Patient clinic.PatientID
	Day     jalali.Day // of the birth or the wedding
}

// celebrated are the columns of the occasions.
var celebrated = map[clinic.LotCause]string{clinic.LotBirthday: "birth_date", clinic.LotAnniversary: "wedding_date"}

// Celebrants returns the members whose occasion lies on one of the months and
// days ("03-21") of the Gregorian calendar, and who were not given its gift for
// the year. Members are those who have, or had, points; merged files stand for
// nobody.
func (tx *Tx) Celebrants(ctx context.Context, cause clinic.LotCause, monthDays []string, year int) ([]Celebrant, error) {
	column := celebrated[cause]
	args := arguments{tx.clinic, cause, year}
	found, err := collect(ctx, tx, func(scan func(...any) error) (c Celebrant, err error) { return c, scan(&c.Patient, &c.Day) }, `
		SELECT p.id, p.`+column+` FROM account a CROSS JOIN patient p
		WHERE a.clinic = $1 AND a.kind = 'club' AND p.clinic = $1 AND p.id = a.owner AND p.merged_into IS NULL
			AND length(p.`+column+`) = 10 AND `+among(&args, "substr(p."+column+", 6)", monthDays)+`
			AND NOT EXISTS (SELECT 1 FROM club_lot l WHERE l.clinic = $1 AND l.patient = p.id AND l.cause = $2 AND l.object = $3)
		ORDER BY p.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("who has a %s: %w", cause, err)
	}
	return found, nil
}
