package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// standingColumns are the columns of a clinic.Standing; standing is where they
// go.
const standingColumns = `disabled IS NOT NULL, version`

func standing(s *clinic.Standing) []any { return []any{&s.Disabled, &s.Version} }

// edit writes one row of the settings over the version that was read. columns
// are in the order of values. NotFound TABLE.none, Conflict TABLE.stale and
// TABLE.exists.
func (tx *Tx) edit(ctx context.Context, table string, id int64, s clinic.Standing, now time.Time, columns string, values ...any) error {
	set := ""
	for i, c := range strings.Split(columns, ",") {
		set += fmt.Sprintf("%s = $%d, ", strings.TrimSpace(c), i+6)
	}
	n, err := tx.change(ctx, `
		UPDATE `+table+`
		SET `+set+`version = version + 1,
			disabled = CASE WHEN CAST($4 AS BIGINT) = 0 THEN NULL ELSE COALESCE(disabled, CAST($5 AS BIGINT)) END
		WHERE clinic = $1 AND id = $2 AND version = $3`,
		append([]any{tx.clinic, id, s.Version, bit(s.Disabled), micros(now)}, values...)...)
	switch {
	case err != nil && tx.store.dialect.duplicate(err):
		return fault.New(fault.Conflict, table+".exists", "the %s exists already", table)
	case err != nil:
		return fmt.Errorf("edit %s: %w", table, err)
	case n == 1:
		return nil
	}
	var version int64
	err = tx.row(ctx, `SELECT version FROM `+table+` WHERE clinic = $1 AND id = $2`, tx.clinic, id).Scan(&version)
	if err = some(err, table+".none", table, id); err != nil {
		return err
	}
	return fault.New(fault.Conflict, table+".stale", "the %s was changed meanwhile", table)
}

// SaveBranch writes a branch. NotFound branch.none, Conflict branch.stale,
// branch.exists; those of the others alike.
func (tx *Tx) SaveBranch(ctx context.Context, b clinic.Branch, now time.Time) error {
	return tx.edit(ctx, "branch", int64(b.ID), b.Standing, now, "code, name", b.Code, b.Name)
}

// SaveSection writes a section.
func (tx *Tx) SaveSection(ctx context.Context, s clinic.Section, now time.Time) error {
	return tx.edit(ctx, "section", int64(s.ID), s.Standing, now, "code, name", s.Code, s.Name)
}

// SaveProvider writes a provider.
func (tx *Tx) SaveProvider(ctx context.Context, p clinic.Provider, now time.Time) error {
	return tx.edit(ctx, "provider", int64(p.ID), p.Standing, now, "name, medical_council_number, booking_rules", p.Name,
		p.MedicalCouncilNumber, p.Booking.String())
}

// SaveService writes a service.
func (tx *Tx) SaveService(ctx context.Context, s clinic.Service, now time.Time) error {
	return tx.edit(ctx, "service", int64(s.ID), s.Standing, now, ownServiceColumns, serviceValues(s)...)
}

// SaveInsurer writes an insurer.
func (tx *Tx) SaveInsurer(ctx context.Context, i clinic.Insurer, now time.Time) error {
	return tx.edit(ctx, "insurer", int64(i.ID), i.Standing, now, "code, name, kind, share, requires_national_code",
		i.Code, i.Name, i.Kind, i.Share, bit(i.RequiresNationalCode))
}

// SavePlace writes the name of a place of a kind. Where it is and its code
// stay: the books name it so.
func (tx *Tx) SavePlace(ctx context.Context, kind string, p clinic.Place, now time.Time) error {
	return tx.edit(ctx, placeTables[kind], int64(p.ID), p.Standing, now, "name", p.Name)
}

// SaveClinic writes what a manager may change about the clinic. Conflict
// clinic.stale.
func (tx *Tx) SaveClinic(ctx context.Context, c clinic.Clinic) error {
	n, err := tx.change(ctx, `
		UPDATE clinic
		SET name = $3, licence = $4, address = $5, phone = $6, footer = $7, toman = $8, club = $9, sms = $10, money_rules = $11, appointment_rules = $12,
			club_rules = $13, activity_rules = $14, contact = $15, version = version + 1
		WHERE clinic = $1 AND version = $2`,
		tx.clinic, c.Version, c.Name, c.Licence, c.Address, c.Phone, c.Footer, bit(c.Toman), bit(c.Club), bit(c.SMS), c.Rules.String(), c.Appointments.String(),
		c.ClubRules.String(), c.Activities.String(), bit(c.Contact))
	if err != nil {
		return fmt.Errorf("edit clinic: %w", err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, "clinic.stale", "the clinic was changed meanwhile")
	}
	return nil
}

// AddListItem adds an item of a list. Conflict list_item.exists.
func (tx *Tx) AddListItem(ctx context.Context, i clinic.ListItem) error {
	return tx.add(ctx, "list_item", "clinic, id, list, code, name, position", tx.clinic, i.ID, i.List, i.Code, i.Name, i.Position)
}

// SaveListItem writes the name and place of an item; its code stays, as records
// keep it.
func (tx *Tx) SaveListItem(ctx context.Context, i clinic.ListItem, now time.Time) error {
	return tx.edit(ctx, "list_item", int64(i.ID), i.Standing, now, "name, position", i.Name, i.Position)
}

// ListItems lists the items of a list in its order.
func (tx *Tx) ListItems(ctx context.Context, l clinic.List) ([]clinic.ListItem, error) {
	return collect(ctx, tx, func(scan func(...any) error) (clinic.ListItem, error) {
		i := clinic.ListItem{List: l}
		return i, scan(append([]any{&i.ID, &i.Code, &i.Name, &i.Position}, standing(&i.Standing)...)...)
	}, `
		SELECT id, code, name, position, `+standingColumns+`
		FROM list_item
		WHERE clinic = $1 AND list = $2
		ORDER BY position, id`, tx.clinic, l)
}
