package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

const codeFields = `c.id, c.code, c.amount, c.percent, c.most, c.valid_from, c.valid_to, c.uses, c.used, COALESCE(c.patient, 0),
	c.combinable, c.note, c.staff, s.name, c.made, c.disabled IS NOT NULL, c.version`

func scanCode(scan func(...any) error) (c clinic.DiscountCode, err error) {
	var made int64
	err = scan(&c.ID, &c.Code, &c.Amount, &c.Percent, &c.Most, &c.ValidFrom, &c.ValidTo, &c.Uses, &c.Used, &c.Patient,
		&c.Combinable, &c.Note, &c.Staff, &c.StaffName, &made, &c.Disabled, &c.Version)
	c.Made = moment(made)
	return c, err
}

// AddDiscountCode adds a code. Conflict discount_code.exists.
func (tx *Tx) AddDiscountCode(ctx context.Context, c clinic.DiscountCode) error {
	err := tx.add(ctx, "discount_code", `clinic, id, code, amount, percent, most, valid_from, valid_to, uses, patient, combinable, note, staff, made`,
		tx.clinic, c.ID, c.Code, c.Amount, c.Percent, c.Most, c.ValidFrom, c.ValidTo, c.Uses, nullID(c.Patient), bit(c.Combinable), c.Note,
		c.Staff, micros(c.Made))
	for _, s := range c.Services {
		if err == nil {
			err = tx.exec(ctx, insert("discount_code_service", "clinic, code, service", 1), tx.clinic, c.ID, s)
		}
	}
	return err
}

// DiscountCodes lists the codes that somebody made, the newest first; those that
// points were turned into are in the tab of the club.
func (tx *Tx) DiscountCodes(ctx context.Context) ([]clinic.DiscountCode, error) {
	all, err := collect(ctx, tx, scanCode, `SELECT `+codeFields+`
		FROM discount_code c JOIN staff s ON s.clinic = c.clinic AND s.id = c.staff
		WHERE c.clinic = $1 AND NOT EXISTS (SELECT 1 FROM club_movement m WHERE m.clinic = c.clinic AND m.code = c.id)
		ORDER BY c.id DESC`, tx.clinic)
	if err != nil {
		return nil, fmt.Errorf("discount codes: %w", err)
	}
	services := map[clinic.DiscountCodeID][]clinic.ServiceID{}
	_, err = collect(ctx, tx, func(scan func(...any) error) (s clinic.ServiceID, err error) {
		var code clinic.DiscountCodeID
		err = scan(&code, &s)
		services[code] = append(services[code], s)
		return s, err
	}, `SELECT code, service FROM discount_code_service WHERE clinic = $1 ORDER BY code, service`, tx.clinic)
	for i := range all {
		all[i].Services = services[all[i].ID]
	}
	return all, err
}

// DiscountCode returns the code that is written so. NotFound
// discount_code.none.
func (tx *Tx) DiscountCode(ctx context.Context, code string) (clinic.DiscountCode, error) {
	return tx.discountCode(ctx, "c.code = $2", code)
}

// DiscountCodeByID returns one code. NotFound discount_code.none.
func (tx *Tx) DiscountCodeByID(ctx context.Context, id clinic.DiscountCodeID) (clinic.DiscountCode, error) {
	return tx.discountCode(ctx, "c.id = $2", id)
}

func (tx *Tx) discountCode(ctx context.Context, which string, key any) (c clinic.DiscountCode, err error) {
	c, err = scanCode(tx.row(ctx, `SELECT `+codeFields+`
		FROM discount_code c JOIN staff s ON s.clinic = c.clinic AND s.id = c.staff
		WHERE c.clinic = $1 AND `+which, tx.clinic, key).Scan)
	if err := some(err, "discount_code.none", "discount code", key); err != nil {
		return c, err
	}
	c.Services, err = collect(ctx, tx, func(scan func(...any) error) (s clinic.ServiceID, err error) { return s, scan(&s) },
		`SELECT service FROM discount_code_service WHERE clinic = $1 AND code = $2 ORDER BY service`, tx.clinic, c.ID)
	return c, err
}

// SwitchDiscountCode switches a code that was read off or on. Conflict
// discount_code.stale.
func (tx *Tx) SwitchDiscountCode(ctx context.Context, c clinic.DiscountCode, s Stamp) error {
	n, err := tx.change(ctx, `
		UPDATE discount_code SET version = version + 1,
			disabled = CASE WHEN CAST($4 AS BIGINT) = 0 THEN NULL ELSE CAST($5 AS BIGINT) END
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, c.ID, c.Version, bit(c.Disabled), micros(s.Recorded))
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "discount_code.stale", "the code was changed by someone else")
	}
	return err
}

// UseDiscountCode counts a code as used in an admission, unless others used it
// up: Refused discount_code.used.
func (tx *Tx) UseDiscountCode(ctx context.Context, c clinic.DiscountCode, a clinic.AdmissionID, amount int64, s Stamp) error {
	n, err := tx.change(ctx, `
		UPDATE discount_code SET used = used + 1 WHERE clinic = $1 AND id = $2 AND used < uses AND disabled IS NULL`, tx.clinic, c.ID)
	if err != nil {
		return fmt.Errorf("use discount code: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Refused, "discount_code.used", "the code is used up").At("discount_code")
	}
	err = tx.exec(ctx, insert("discount_code_use", "clinic, code, admission, amount, at, recorded, staff", 1),
		tx.clinic, c.ID, a, amount, micros(s.At), micros(s.Recorded), s.Staff)
	if err != nil {
		return fmt.Errorf("use discount code: %w", err)
	}
	return nil
}

// UsedCode returns the code that an admission uses. NotFound
// discount_code.none.
func (tx *Tx) UsedCode(ctx context.Context, a clinic.AdmissionID) (clinic.DiscountCode, error) {
	return tx.discountCode(ctx, `c.id = (SELECT u.code FROM discount_code_use u
		WHERE u.clinic = c.clinic AND u.admission = $2 AND u.released IS NULL)`, a)
}

// ReleaseDiscountCode takes the use of a code by an admission back.
func (tx *Tx) ReleaseDiscountCode(ctx context.Context, c clinic.DiscountCode, a clinic.AdmissionID, s Stamp) error {
	n, err := tx.change(ctx, `UPDATE discount_code_use SET released = $4
		WHERE clinic = $1 AND admission = $2 AND code = $3 AND released IS NULL`, tx.clinic, a, c.ID, micros(s.Recorded))
	if err != nil || n == 0 {
		return err
	}
	return tx.exec(ctx, `UPDATE discount_code SET used = used - 1 WHERE clinic = $1 AND id = $2`, tx.clinic, c.ID)
}

// codeProofs hold between codes and where they were used.
var codeProofs = []Proof{
	{"every discount code counts its uses", false, `
		SELECT 'discount code ' || c.code || ': it counts ' || c.used || ' of ' || COUNT(u.admission) || ' uses'
		FROM discount_code c
		LEFT JOIN discount_code_use u ON u.clinic = c.clinic AND u.code = c.id AND u.released IS NULL
		WHERE c.clinic = $1
		GROUP BY c.id, c.code, c.used HAVING COUNT(u.admission) <> c.used`},
	{"every session is of a line that takes several", false, `
		SELECT 'admission ' || n.admission || ' line ' || n.line || ': its sessions have a gap'
		FROM admission_session n
		WHERE n.clinic = $1
		GROUP BY n.admission, n.line HAVING MIN(n.number) <> 1 OR MAX(n.number) <> COUNT(*)`},
}
