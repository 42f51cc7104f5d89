package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// MessageTemplate returns the template of a kind: the clinic's, or the
// program's own.
func (tx *Tx) MessageTemplate(ctx context.Context, kind clinic.MessageKind) (clinic.MessageTemplate, error) {
	t := clinic.DefaultTemplate(kind)
	err := tx.row(ctx, `SELECT text, enabled, version FROM message_template WHERE clinic = $1 AND kind = $2`, tx.clinic, kind).
		Scan(&t.Text, &t.On, &t.Version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return t, fmt.Errorf("message template %s: %w", kind, err)
	}
	return t, nil
}

// SaveMessageTemplate writes a template over the version that was read. Conflict
// message_template.stale.
func (tx *Tx) SaveMessageTemplate(ctx context.Context, t clinic.MessageTemplate, by clinic.StaffID, now time.Time) error {
	if t.Version == 0 {
		n, err := tx.change(ctx, insert("message_template", "clinic, kind, text, enabled, changed, staff", 1)+` ON CONFLICT (clinic, kind) DO NOTHING`,
			tx.clinic, t.Kind, t.Text, bit(t.On), micros(now), by)
		return saved(n, err, "message_template")
	}
	n, err := tx.change(ctx, `
		UPDATE message_template SET text = $4, enabled = $5, changed = $6, staff = $7, version = version + 1
		WHERE clinic = $1 AND kind = $2 AND version = $3`, tx.clinic, t.Kind, t.Version, t.Text, bit(t.On), micros(now), by)
	return saved(n, err, "message_template")
}

// MessageRules returns what the clinic chose for all its messages, or what the
// program proposes.
func (tx *Tx) MessageRules(ctx context.Context) (clinic.MessageRules, error) {
	r := clinic.DefaultMessageRules()
	err := tx.row(ctx, `SELECT quiet_from, quiet_until, price, version FROM message_rules WHERE clinic = $1`, tx.clinic).
		Scan(&r.QuietFrom, &r.QuietUntil, &r.Price, &r.Version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("message rules: %w", err)
	}
	return r, nil
}

// SaveMessageRules writes the rules over the version that was read. Conflict
// message_rules.stale.
func (tx *Tx) SaveMessageRules(ctx context.Context, r clinic.MessageRules, by clinic.StaffID, now time.Time) error {
	if r.Version == 0 {
		n, err := tx.change(ctx, insert("message_rules", "clinic, quiet_from, quiet_until, price, changed, staff", 1)+` ON CONFLICT (clinic) DO NOTHING`,
			tx.clinic, r.QuietFrom, r.QuietUntil, r.Price, micros(now), by)
		return saved(n, err, "message_rules")
	}
	n, err := tx.change(ctx, `
		UPDATE message_rules SET quiet_from = $3, quiet_until = $4, price = $5, changed = $6, staff = $7, version = version + 1
		WHERE clinic = $1 AND version = $2`, tx.clinic, r.Version, r.QuietFrom, r.QuietUntil, r.Price, micros(now), by)
	return saved(n, err, "message_rules")
}

// saved is the fault of a row that somebody else wrote meanwhile.
func saved(n int64, err error, table string) error {
	if err != nil {
		return fmt.Errorf("save %s: %w", table, err)
	}
	if n == 0 {
		return fault.New(fault.Conflict, table+".stale", "the %s was changed meanwhile", table)
	}
	return nil
}
