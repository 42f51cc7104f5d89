package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// OnlineProvider is somebody whom the public may book, with what for.
type OnlineProvider struct {
	clinic.Provider
	Services []clinic.Service
}

// OnlineProviders lists whom the public may book. NotFound online.off where the
// clinic does not let the public book, as for a clinic that there is not.
func (d *Desk) OnlineProviders(ctx context.Context, c clinic.ID, origin string) (all []OnlineProvider, err error) {
	if err := d.online(ctx, c, "look", origin, toLook); err != nil {
		return nil, err
	}
	err = d.read(ctx, byItself(c), func(w work) (err error) {
		all, err = w.onlineProviders(ctx)
		return err
	})
	return all, err
}

// online refuses where the public may not book, and what comes too often from
// one place: NotFound online.off; Refused online.slow.
func (d *Desk) online(ctx context.Context, c clinic.ID, what, origin string, a allowance) error {
	found, err := d.settings(ctx, c)
	if err == nil && !found.Appointments.Online || fault.Of(err) == fault.NotFound {
		return fault.New(fault.NotFound, "online.off", "the public does not book here")
	}
	if err != nil {
		return err
	}
	return d.pace.step(what, origin, a, d.now())
}

func (w work) onlineProviders(ctx context.Context) (all []OnlineProvider, err error) {
	providers, err := w.Tx.Providers(ctx)
	if err != nil {
		return nil, err
	}
	services, err := w.Services(ctx)
	if err != nil {
		return nil, err
	}
	does, err := w.ProviderServices(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range providers {
		one := OnlineProvider{Provider: p}
		for _, s := range services {
			if own := does[p.ID]; clinic.BookableOnline(w.clinic, p, s) && (len(own) == 0 || slices.Contains(own, s.ID)) {
				one.Services = append(one.Services, s)
			}
		}
		if len(one.Services) > 0 {
			all = append(all, one)
		}
	}
	return all, nil
}

// onlineProvider is one whom the public may book for the service; 0 is any.
// NotFound online.none.
func (w work) onlineProvider(ctx context.Context, id clinic.ProviderID, service clinic.ServiceID) (OnlineProvider, error) {
	all, err := w.onlineProviders(ctx)
	if err != nil {
		return OnlineProvider{}, err
	}
	i := slices.IndexFunc(all, func(p OnlineProvider) bool { return p.ID == id })
	if i < 0 || service != 0 && !slices.ContainsFunc(all[i].Services, func(s clinic.Service) bool { return s.ID == service }) {
		return OnlineProvider{}, fault.New(fault.NotFound, "online.none", "nobody books that here")
	}
	return all[i], nil
}

// OnlineTimes are the free times of a provider for the public. First and Last
// bound what may be asked for.
type OnlineTimes struct {
	OnlineProvider
	Days        []FreeDay
	First, Last jalali.Day
}

// maxOnlineDays is how many days the public sees at once.
const maxOnlineDays = 14

// OnlineTimes returns the free times on so many days, at most 14; without a
// service only who it is. Invalid date.syntax; NotFound online.off,
// online.none; Refused online.slow.
func (d *Desk) OnlineTimes(ctx context.Context, c clinic.ID, origin string, p clinic.ProviderID, s clinic.ServiceID, from jalali.Day, days int) (t OnlineTimes, err error) {
	if err := d.online(ctx, c, "look", origin, toLook); err != nil {
		return t, err
	}
	if from != "" && !from.Valid() {
		return t, fault.New(fault.Invalid, "date.syntax", "%q is no day", from).At("from")
	}
	err = d.read(ctx, byItself(c), func(w work) (err error) {
		if t.OnlineProvider, err = w.onlineProvider(ctx, p, s); err != nil || s == 0 {
			return err
		}
		t.First, t.Last = w.today(), w.today().Add(clinic.OnlineDays)
		if open := t.Booking.OpenDays; open > 0 {
			t.Last = min(t.Last, w.today().Add(open))
		}
		first := min(max(from, t.First), t.Last)
		t.Days, err = w.onlineFree(ctx, t.OnlineProvider, s, first, min(first.Add(min(max(days, 1), maxOnlineDays)-1), t.Last))
		return err
	})
	return t, err
}

// onlineFree are the free times that are neither too near nor too far for the
// public.
func (w work) onlineFree(ctx context.Context, p OnlineProvider, s clinic.ServiceID, first, last jalali.Day) ([]FreeDay, error) {
	days, err := w.free(ctx, Wanted{Provider: p.ID, Service: s}, first, last)
	for i := range days {
		days[i].Slots = slices.DeleteFunc(days[i].Slots, func(slot clinic.Slot) bool { return p.Booking.InTime(w.clinic, slot.Starts, w.now) != nil })
	}
	return days, err
}

// HoldToken returns what a browser is to hold from now on, while it books.
func (d *Desk) HoldToken() (string, error) { return d.secret("") }

// OnlineHold is a time that the browser holds, or held, as its person may see
// it.
type OnlineHold struct {
	clinic.SlotHold
	ProviderName string
	ServiceName  string
	BranchName   string
	Now          time.Time
	Booked       *clinic.Appointment // nil: not
	CancelUntil  time.Time           // of the appointment
	Kept         bool                // money came after the time was given away; it is kept
}

// OnlineHold returns what the browser with the token holds. NotFound
// online.off, online.none; Refused online.slow.
func (d *Desk) OnlineHold(ctx context.Context, c clinic.ID, origin, token string) (h OnlineHold, err error) {
	if err := d.online(ctx, c, "look", origin, toLook); err != nil {
		return h, err
	}
	err = d.read(ctx, byItself(c), func(w work) error {
		found, err := w.HoldByToken(ctx, digest(token))
		if err != nil {
			return err
		}
		h, err = w.shownHold(ctx, found)
		return err
	})
	return h, err
}

// shownHold adds the names to a hold.
func (w work) shownHold(ctx context.Context, found clinic.SlotHold) (h OnlineHold, err error) {
	h = OnlineHold{SlotHold: found, Now: w.now}
	provider, err := w.Provider(ctx, h.Provider)
	if err != nil {
		return h, err
	}
	service, err := w.Service(ctx, h.Service)
	if err != nil {
		return h, err
	}
	branch, err := w.Branch(ctx, h.Branch)
	if err != nil {
		return h, err
	}
	h.ProviderName, h.ServiceName, h.BranchName = provider.Name, service.Name, branch.Name
	h.Kept = h.Appointment == 0 && h.Deposit != 0
	if h.Appointment == 0 {
		return h, nil
	}
	a, err := w.Tx.Appointment(ctx, h.Appointment)
	h.Booked = &a
	// The appointment may have moved since it was booked.
	if moved, failed := w.Provider(ctx, a.Provider); failed == nil {
		h.ProviderName, h.CancelUntil = moved.Name, moved.Booking.CancelUntil(a)
	}
	return h, err
}

// OnlineTime is the command of the public "I want this time". Origin is where
// it comes from.
type OnlineTime struct {
	Token    string
	Origin   string
	Provider clinic.ProviderID
	Service  clinic.ServiceID
	Starts   time.Time
}

// HoldTime carries out the command: the time is kept for a while. A browser
// holds one time; another one takes its place, and the same one again changes
// nothing.
//
// NotFound online.off, online.none; Invalid online.token; Refused online.slow,
// online.notice, online.over for a browser whose booking is finished, and
// appointment.taken with the next free times as "next".
func (d *Desk) HoldTime(ctx context.Context, c clinic.ID, cmd OnlineTime) (h OnlineHold, err error) {
	if err := d.online(ctx, c, "hold", cmd.Origin, toHold); err != nil {
		return h, err
	}
	if len(cmd.Token) < 20 || len(cmd.Token) > 100 {
		return h, fault.New(fault.Invalid, "online.token", "the browser keeps no cookie")
	}
	err = d.public(ctx, c, cmd.Origin, func(w work) error {
		provider, err := w.onlineProvider(ctx, cmd.Provider, cmd.Service)
		if err != nil {
			return err
		}
		if err := w.ExpireHolds(ctx, w.now); err != nil {
			return err
		}
		held, err := w.HoldByToken(ctx, digest(cmd.Token))
		isNew := fault.Of(err) == fault.NotFound
		if err != nil && !isNew {
			return err
		}
		if !isNew && held.Status != clinic.Held && held.Status != clinic.Verified {
			return fault.New(fault.Refused, "online.over", "that booking is finished or over")
		}
		if held.Provider == cmd.Provider && held.Service == cmd.Service && held.Starts.Equal(cmd.Starts) {
			h, err = w.shownHold(ctx, held)
			return err
		}
		if held, err = w.holdTime(ctx, held, provider, cmd, isNew); err != nil {
			return err
		}
		h, err = w.shownHold(ctx, held)
		return err
	})
	return h, d.withOnlineNext(ctx, c, cmd, err)
}

// holdTime takes the seats of a time for a new hold, or one that had another
// time.
func (w work) holdTime(ctx context.Context, h clinic.SlotHold, p OnlineProvider, cmd OnlineTime, isNew bool) (clinic.SlotHold, error) {
	if err := p.Booking.InTime(w.clinic, cmd.Starts, w.now); err != nil {
		return h, err
	}
	if !isNew {
		if err := w.FreeSeats(ctx, int64(h.ID)); err != nil {
			return h, err
		}
	}
	day := w.clinic.Day(cmd.Starts)
	days, err := w.onlineFree(ctx, p, cmd.Service, day, day)
	if err != nil {
		return h, err
	}
	i := slices.IndexFunc(days[0].Slots, func(s clinic.Slot) bool { return s.Starts.Equal(cmd.Starts) })
	if i < 0 {
		return h, clinic.Taken()
	}
	slot := days[0].Slots[i]
	h = h.At(slot, cmd.Service, w.clinic.Appointments, w.now)
	if isNew {
		h.ID, h.Token, h.Status, h.Recorded, h.Version = clinic.HoldID(w.id()), digest(cmd.Token), clinic.Held, w.now, 1
		err = w.AddHold(ctx, h)
	} else {
		err = w.SaveHold(ctx, h)
		h.Version++
	}
	if err != nil {
		return h, err
	}
	return h, w.TakeSeats(ctx, int64(h.ID), slot)
}

// public runs do in a writing transaction in the name of the program, and tells
// open pages what it did.
func (d *Desk) public(ctx context.Context, c clinic.ID, origin string, do func(w work) error) error {
	actor := byItself(c)
	actor.Origin = origin
	var news []News
	err := d.write(ctx, actor, func(w work) error {
		// The transaction may run more than once.
		news = nil
		w.news, w.unit = &news, w.id()
		w, err := w.automatic(ctx)
		if err != nil {
			return err
		}
		return do(w)
	})
	if err != nil {
		return err
	}
	d.hub.publish(c, d.now(), news...)
	return nil
}

// withOnlineNext is withNext for the public: only times that it may book.
func (d *Desk) withOnlineNext(ctx context.Context, c clinic.ID, cmd OnlineTime, err error) error {
	e, ok := fault.As(err)
	if !ok || e.Code != "appointment.taken" {
		return err
	}
	var next []string
	failed := d.read(ctx, byItself(c), func(w work) error {
		p, err := w.onlineProvider(ctx, cmd.Provider, cmd.Service)
		if err != nil {
			return err
		}
		slots, err := w.nextFree(ctx, Wanted{Provider: cmd.Provider, Service: cmd.Service}, cmd.Starts, 2*nextOffered)
		for _, s := range slots {
			if p.Booking.InTime(w.clinic, s.Starts, w.now) == nil && len(next) < nextOffered {
				next = append(next, s.Starts.UTC().Format(time.RFC3339))
			}
		}
		return err
	})
	if failed != nil || len(next) == 0 {
		return err
	}
	return e.With("next", strings.Join(next, ","))
}

// ReleaseTime carries out the command of the public "not this time after all".
// A booking that is finished stays.
func (d *Desk) ReleaseTime(ctx context.Context, c clinic.ID, origin, token string) error {
	if err := d.online(ctx, c, "hold", origin, toHold); err != nil {
		return err
	}
	return d.public(ctx, c, origin, func(w work) error {
		h, err := w.HoldByToken(ctx, digest(token))
		if fault.Of(err) == fault.NotFound || err == nil && !h.Alive(w.now) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := w.FreeSeats(ctx, int64(h.ID)); err != nil {
			return err
		}
		// Money that is under way finds it expired, and is kept.
		h.Status = clinic.HoldOver
		return w.SaveHold(ctx, h)
	})
}

// ExpireHolds ends the times that were held and not finished. It may run at any
// time and any number of times.
func (d *Desk) ExpireHolds(ctx context.Context, c clinic.ID) error {
	return d.store.Write(ctx, c, func(tx *store.Tx) error { return tx.ExpireHolds(ctx, d.now()) })
}
