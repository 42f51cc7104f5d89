package store

import (
	"context"
	"fmt"
	"time"
)

// ExpireHolds ends the times that were held until the instant at the latest and
// gives their seats back. A payment that is under way may still come: it finds
// its time expired.
func (tx *Tx) ExpireHolds(ctx context.Context, now time.Time) error {
	ids, err := collect(ctx, tx, func(scan func(...any) error) (id int64, err error) { return id, scan(&id) }, `
		SELECT id FROM slot_hold WHERE clinic = $1 AND status IN ('held', 'verified', 'paying') AND expires <= $2`, tx.clinic, micros(now))
	if err != nil {
		return fmt.Errorf("expired holds: %w", err)
	}
	for _, id := range ids {
		if err := tx.FreeSeats(ctx, id); err != nil {
			return err
		}
		if err := tx.exec(ctx, `UPDATE slot_hold SET status = 'expired', version = version + 1 WHERE clinic = $1 AND id = $2`, tx.clinic, id); err != nil {
			return fmt.Errorf("expire hold %d: %w", id, err)
		}
	}
	return nil
}
