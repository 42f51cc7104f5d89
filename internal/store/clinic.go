package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// ClinicSettings returns the clinic of the transaction. NotFound clinic.none.
func (tx *Tx) ClinicSettings(ctx context.Context) (clinic.Clinic, error) {
	c := clinic.Clinic{ID: tx.clinic}
	var currency, zone, rules, appointments, club, activities string
	err := tx.row(ctx, `
		SELECT name, currency, zone, licence, address, phone, footer, toman = 1, club = 1, sms = 1, money_rules, appointment_rules, club_rules, activity_rules, contact = 1, version
		FROM clinic WHERE clinic = $1`, tx.clinic).
		Scan(&c.Name, &currency, &zone, &c.Licence, &c.Address, &c.Phone, &c.Footer, &c.Toman, &c.Club, &c.SMS, &rules, &appointments, &club, &activities,
			&c.Contact, &c.Version)
	if err := some(err, "clinic.none", "clinic", tx.clinic); err != nil {
		return c, err
	}
	if c.Currency, err = money.CurrencyOf(currency); err != nil {
		return c, err
	}
	if c.Zone, err = time.LoadLocation(zone); err != nil {
		return c, fmt.Errorf("zone of clinic %d: %w", tx.clinic, err)
	}
	if c.Rules, err = clinic.ParseMoneyRules(rules); err != nil {
		return c, fmt.Errorf("money rules of clinic %d: %w", tx.clinic, err)
	}
	if c.Appointments, err = clinic.ParseAppointmentRules(appointments); err != nil {
		return c, fmt.Errorf("appointment rules of clinic %d: %w", tx.clinic, err)
	}
	if c.ClubRules, err = clinic.ParseClubRules(club); err != nil {
		return c, fmt.Errorf("club rules of clinic %d: %w", tx.clinic, err)
	}
	if c.Activities, err = clinic.ParseActivityRules(activities); err != nil {
		return c, fmt.Errorf("activity rules of clinic %d: %w", tx.clinic, err)
	}
	return c, nil
}

// AddClinic makes the clinic of the transaction. Conflict clinic.exists.
func (tx *Tx) AddClinic(ctx context.Context, c clinic.Clinic, created time.Time) error {
	err := tx.exec(ctx, `
		INSERT INTO clinic (clinic, name, currency, zone, created)
		VALUES ($1, $2, $3, $4, $5)`, tx.clinic, c.Name, c.Currency.Code, c.Zone.String(), micros(created))
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, "clinic.exists", "clinic %d exists", tx.clinic)
	}
	return err
}

// Clinics lists the ids of all clinics of the installation.
func (s *Store) Clinics(ctx context.Context) ([]clinic.ID, error) {
	var ids []clinic.ID
	err := s.Read(ctx, 0, func(tx *Tx) (err error) {
		ids, err = collect(ctx, tx, func(scan func(...any) error) (id clinic.ID, err error) {
			return id, scan(&id)
		}, `SELECT clinic FROM clinic ORDER BY clinic`)
		return err
	})
	return ids, err
}

// AddBranch adds a branch. Conflict branch.exists for a code that is taken.
func (tx *Tx) AddBranch(ctx context.Context, b clinic.Branch) error {
	return tx.add(ctx, "branch", "clinic, id, code, name", tx.clinic, b.ID, b.Code, b.Name)
}

// Branch returns one branch. NotFound branch.none.
func (tx *Tx) Branch(ctx context.Context, id clinic.BranchID) (clinic.Branch, error) {
	b, err := scanBranch(tx.row(ctx, branchColumns+` AND id = $2`, tx.clinic, id).Scan)
	return b, some(err, "branch.none", "branch", id)
}

const branchColumns = `SELECT id, code, name, ` + standingColumns + ` FROM branch WHERE clinic = $1`

func scanBranch(scan func(...any) error) (b clinic.Branch, err error) {
	return b, scan(append([]any{&b.ID, &b.Code, &b.Name}, standing(&b.Standing)...)...)
}

// Branches lists the branches.
func (tx *Tx) Branches(ctx context.Context) ([]clinic.Branch, error) {
	return collect(ctx, tx, scanBranch, branchColumns+` ORDER BY id`, tx.clinic)
}

// AddPlace adds a place that takes money: a cash desk or terminal of a branch,
// or a bank account. kind is clinic.AccountCash, AccountPOS or AccountBank.
// Conflict … .exists for a code that is taken.
func (tx *Tx) AddPlace(ctx context.Context, kind string, p clinic.Place) error {
	if kind == clinic.AccountBank {
		return tx.add(ctx, placeTables[kind], "clinic, id, code, name", tx.clinic, p.ID, p.Code, p.Name)
	}
	return tx.add(ctx, placeTables[kind], "clinic, id, branch, code, name", tx.clinic, p.ID, p.Branch, p.Code, p.Name)
}

// placeTables is where the places of each kind of account are listed.
var placeTables = map[string]string{
	clinic.AccountCash: "cash_desk", clinic.AccountPOS: "terminal", clinic.AccountBank: "bank_account",
}

// Places lists the places of a kind in the order of their codes; those of the
// branch first.
func (tx *Tx) Places(ctx context.Context, kind string, branch clinic.BranchID) ([]clinic.Place, error) {
	column := "branch"
	if kind == clinic.AccountBank {
		column = "CAST(0 AS BIGINT)"
	}
	return collect(ctx, tx, func(scan func(...any) error) (p clinic.Place, err error) {
		return p, scan(append([]any{&p.ID, &p.Branch, &p.Code, &p.Name}, standing(&p.Standing)...)...)
	}, `
		SELECT id, `+column+`, code, name, `+standingColumns+` FROM `+placeTables[kind]+`
		WHERE clinic = $1
		ORDER BY CASE WHEN `+column+` = CAST($2 AS BIGINT) THEN 0 ELSE 1 END, id`, tx.clinic, branch)
}

// add inserts one row whose code may be taken already: Conflict TABLE.exists.
func (tx *Tx) add(ctx context.Context, table, columns string, args ...any) error {
	err := tx.exec(ctx, insert(table, columns, 1), args...)
	if err != nil && tx.store.dialect.duplicate(err) {
		return fault.New(fault.Conflict, table+".exists", "the %s exists already", table)
	}
	if err != nil {
		return fmt.Errorf("add %s: %w", table, err)
	}
	return nil
}

// SeveralBranches reports whether the clinic has more than one branch.
func (tx *Tx) SeveralBranches(ctx context.Context) (bool, error) {
	var n int
	err := tx.row(ctx, `
		SELECT COUNT(*) FROM (SELECT 1 FROM branch WHERE clinic = $1 LIMIT 2) AS few`, tx.clinic).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("branches: %w", err)
	}
	return n > 1, nil
}
