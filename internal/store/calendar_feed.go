package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddFeed writes a calendar feed.
func (tx *Tx) AddFeed(ctx context.Context, f clinic.Feed) error {
	err := tx.exec(ctx, insert("calendar_feed", "clinic, id, provider, token, created, staff", 1), tx.clinic, f.ID, f.Provider, f.Token,
		micros(f.Created), f.Staff)
	if err != nil {
		return fmt.Errorf("add feed: %w", err)
	}
	return nil
}

const feedColumns = `SELECT id, provider, token, created, revoked, staff FROM calendar_feed WHERE clinic = $1`

func scanFeed(scan func(...any) error) (f clinic.Feed, err error) {
	var created int64
	var revoked sql.NullInt64
	err = scan(&f.ID, &f.Provider, &f.Token, &created, &revoked, &f.Staff)
	f.Created, f.Revoked = moment(created), someMoment(revoked)
	return f, err
}

// Feeds lists the feeds that were not revoked, oldest first.
func (tx *Tx) Feeds(ctx context.Context) ([]clinic.Feed, error) {
	return collect(ctx, tx, scanFeed, feedColumns+` AND revoked IS NULL ORDER BY id`, tx.clinic)
}

// FeedByToken returns the feed whose address has that digest. NotFound
// feed.none, for one that was revoked too.
func (tx *Tx) FeedByToken(ctx context.Context, digest []byte) (clinic.Feed, error) {
	f, err := scanFeed(tx.row(ctx, feedColumns+` AND token = $2 AND revoked IS NULL`, tx.clinic, digest).Scan)
	return f, some(err, "feed.none", "feed", "with this address")
}

// RevokeFeed ends a feed. NotFound feed.none when there is none that runs.
func (tx *Tx) RevokeFeed(ctx context.Context, id clinic.FeedID, now time.Time) error {
	n, err := tx.change(ctx, `UPDATE calendar_feed SET revoked = $3 WHERE clinic = $1 AND id = $2 AND revoked IS NULL`, tx.clinic, id, micros(now))
	if err != nil {
		return fmt.Errorf("revoke feed %d: %w", id, err)
	}
	if n == 0 {
		return fault.New(fault.NotFound, "feed.none", "there is no feed %d", id)
	}
	return nil
}
