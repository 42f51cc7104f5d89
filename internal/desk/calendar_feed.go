package desk

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/feed"
	"daftar/internal/store"
)

// FeedShown is a calendar feed in a list.
type FeedShown struct {
	clinic.Feed
	ProviderName string
	StaffName    string
}

// FeedList is what the settings show of feeds: those that run, and whom one
// can be made of.
type FeedList struct {
	Feeds     []FeedShown
	Providers []clinic.Provider
}

// Feeds lists the calendar feeds that run. Forbidden without the right to the
// schedule.
func (d *Desk) Feeds(ctx context.Context, actor clinic.Actor) (list FeedList, err error) {
	if err := actor.May(clinic.WriteSchedules); err != nil {
		return list, err
	}
	err = d.read(ctx, actor, func(w work) error {
		if list.Providers, err = offered(w.Tx.Providers(ctx)); err != nil {
			return err
		}
		feeds, err := w.Tx.Feeds(ctx)
		if err != nil {
			return err
		}
		list.Feeds = nil
		for _, f := range feeds {
			provider, err := w.Provider(ctx, f.Provider)
			if err != nil {
				return err
			}
			staff, err := w.Staff(ctx, f.Staff)
			if err != nil {
				return err
			}
			list.Feeds = append(list.Feeds, FeedShown{f, provider.Name, staff.Name})
		}
		return nil
	})
	return list, err
}

// MakeFeed makes a calendar feed of a provider and returns its secret, which
// nobody is told again. NotFound provider.none; Forbidden without the right to
// the schedule.
func (d *Desk) MakeFeed(ctx context.Context, actor clinic.Actor, p clinic.ProviderID) (string, error) {
	if err := actor.May(clinic.WriteSchedules); err != nil {
		return "", err
	}
	secret, err := d.secret(strconv.FormatInt(int64(actor.Clinic), 10) + ".")
	if err != nil {
		return "", err
	}
	err = d.write(ctx, actor, func(w work) error {
		if _, err := w.Provider(ctx, p); err != nil {
			return at(err, "provider")
		}
		f := clinic.Feed{ID: clinic.FeedID(w.id()), Provider: p, Token: digest(secret), Created: w.now, Staff: w.actor.Staff}
		if err := w.AddFeed(ctx, f); err != nil {
			return err
		}
		return w.audit(ctx, "feed.make", 0, int64(f.ID))
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// RevokeFeed ends a calendar feed: its address is as if it never was. NotFound
// feed.none; Forbidden without the right to the schedule.
func (d *Desk) RevokeFeed(ctx context.Context, actor clinic.Actor, id clinic.FeedID) error {
	if err := actor.May(clinic.WriteSchedules); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		if err := w.Tx.RevokeFeed(ctx, id, w.now); err != nil {
			return err
		}
		return w.audit(ctx, "feed.revoke", 0, int64(id))
	})
}

// feedRefresh is how often a phone is told to look again.
const feedRefresh = 30 * time.Minute

// Feed returns the calendar with the secret address, as iCalendar text. NotFound
// feed.none for one that is unknown or revoked; Refused online.slow.
func (d *Desk) Feed(ctx context.Context, origin, secret string) ([]byte, error) {
	if err := d.pace.step("feed", origin, toFeed, d.now()); err != nil {
		return nil, err
	}
	none := fault.New(fault.NotFound, "feed.none", "there is no such calendar")
	c, ok := clinicBefore(secret, ".")
	if !ok {
		return nil, none
	}
	var text bytes.Buffer
	err := d.read(ctx, byItself(c), func(w work) error {
		f, err := w.FeedByToken(ctx, digest(secret))
		if err != nil {
			return err
		}
		calendar, err := w.feed(ctx, f)
		if err != nil {
			return err
		}
		text.Reset()
		return feed.Write(&text, calendar)
	})
	if fault.Of(err) == fault.NotFound {
		return nil, none
	}
	return text.Bytes(), err
}

// feed is the calendar of a feed.
func (w work) feed(ctx context.Context, f clinic.Feed) (c feed.Calendar, err error) {
	provider, err := w.Provider(ctx, f.Provider)
	if err != nil {
		return c, err
	}
	from, until := w.daySpan(w.today().Add(-clinic.FeedDaysBack), w.today().Add(clinic.FeedDaysAhead))
	found, err := w.Appointments(ctx, store.AppointmentQuery{Provider: f.Provider, From: from, Until: until})
	if err != nil {
		return c, err
	}
	ids := make([]clinic.AppointmentID, len(found))
	for i, a := range found {
		ids[i] = a.ID
	}
	steps, err := w.AppointmentEvents(ctx, ids)
	if err != nil {
		return c, err
	}
	c = feed.Calendar{Name: provider.Name + " · " + w.clinic.Name, Product: "-//Daftar//Daftar//FA", Refresh: feedRefresh}
	for _, a := range found {
		e := feed.Event{UID: fmt.Sprintf("appointment-%d-%d@daftar", w.clinic.ID, a.ID), Sequence: int(a.Version), Starts: a.Starts, Ends: a.Ends,
			Stamp: a.Recorded, Location: a.BranchName, Status: feedStatus(a.Status),
			Summary: clinic.FeedText(a.ServiceName, clinic.Patient{FirstName: a.FirstName, LastName: a.LastName, FileNumber: a.FileNumber})}
		if a.RoomName != "" {
			e.Location += " · " + a.RoomName
		}
		for _, s := range steps[a.ID] {
			if s.At.After(e.Stamp) {
				e.Stamp = s.At
			}
		}
		c.Events = append(c.Events, e)
	}
	return c, nil
}

// feedStatus is the state of an appointment in the words of calendars.
func feedStatus(s clinic.AppointmentStatus) string {
	switch {
	case s == clinic.Proposed:
		return "TENTATIVE"
	case s.TakesTime() || s == clinic.NoShow:
		return "CONFIRMED"
	}
	return "CANCELLED"
}
