package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Standing is what the window says beside the account: what insurers still
// owe, what waits, and who and which branches occur in the history.
type Standing struct {
	InsurerDue money.Amount
	Bounced    int           // cheques that bounced and were not given back
	Drafts     []store.Event // draft admissions, newest first, at most draftsNamed
	Recorders  []store.Named
	RecordedAt []store.Named
	Photo      time.Time // when the photo was taken; zero: there is none
}

// draftsNamed bounds the drafts that a header names.
const draftsNamed = 5

// around reads it for a person at the moment.
func (w work) around(ctx context.Context, files clinic.Files, m store.Moment) (s Standing, err error) {
	if s.InsurerDue, err = w.InsurerDue(ctx, files, m); err != nil {
		return s, err
	}
	if s.Drafts, err = w.drafts(ctx, files, store.Range{Moment: m, Limit: draftsNamed}); err != nil {
		return s, err
	}
	if s.Recorders, s.RecordedAt, err = w.Occurring(ctx, files); err != nil {
		return s, err
	}
	if s.Bounced, err = w.BouncedCheques(ctx, files); err != nil {
		return s, err
	}
	s.Photo, err = w.PhotoChanged(ctx, files[0])
	return s, err
}

// PageRows is how many rows a page of a statement has when nothing else is
// asked for.
const PageRows = 50

// RowKey is the place of a row in a statement.
type RowKey = store.Key

// Named is somebody or something with the name that is shown.
type Named = store.Named

// PageFrom is the cursor of the page whose newest row is the one with the key.
func PageFrom(key RowKey) string {
	key.ID++
	return writeCursor("o", key)
}

// Extent is where a page of a view lies: how many rows are newer than it, and
// how many the view has in all.
type Extent struct{ Before, Count int }

// extent counts the rows of a view by the source tables, whatever page is
// shown; of a view that leaves nothing out the header has counted them.
func (w work) extent(ctx context.Context, h Header, r store.Range, v View, moneyOnly bool, rows []store.Event) (x Extent, err error) {
	newest := r.Older == nil && r.Newer == nil // nothing is newer than the first page
	r.Older, r.Newer = nil, nil
	switch whole := v.Kind == "" && v.From == "" && v.To == "" && v.Narrow == (store.Narrow{}); {
	case whole && moneyOnly:
		x.Count = h.Transactions
	case whole:
		x.Count = h.Events
	default:
		if x.Count, err = w.countEvents(ctx, h, r, v.Kind, moneyOnly); err != nil {
			return x, err
		}
	}
	if newest || len(rows) == 0 {
		return x, nil
	}
	r.Newer = &rows[0].Key
	x.Before, err = w.countEvents(ctx, h, r, v.Kind, moneyOnly)
	return x, err
}

// countEvents counts what events reads, without a limit.
func (w work) countEvents(ctx context.Context, h Header, r store.Range, kind string, moneyOnly bool) (int, error) {
	n, err := w.CountEvents(ctx, h.Files, w.clinic.Receivables(h.Files), r, moneyOnly || kind == "money")
	if err != nil || moneyOnly {
		return n, err
	}
	if kind == "" || kind == "admission" {
		drafts, err := w.CountDrafts(ctx, h.Files, r)
		if err != nil {
			return 0, err
		}
		n += drafts
	}
	if kind == "" || kind == RowAppointment {
		begun, err := w.CountBegun(ctx, h.Files, r, w.now)
		if err != nil {
			return 0, err
		}
		n += begun
	}
	if (kind == "" || kind == RowActivity) && w.actor.Can(clinic.ReadActivities) {
		done, err := w.CountDoneActivities(ctx, h.Files, r)
		if err != nil {
			return 0, err
		}
		n += done
	}
	if kind == "" {
		register, err := w.register(ctx, h, r)
		if err != nil {
			return 0, err
		}
		n += len(register)
		leads, err := w.countLeadRows(ctx, h.Files, r)
		if err != nil {
			return 0, err
		}
		n += leads
	}
	return n, nil
}
