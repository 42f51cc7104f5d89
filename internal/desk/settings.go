package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// Save is the form of one row of the settings: without an id it is a new one,
// else Row has the version that was read. A row is switched off, never deleted:
// older documents name it.
type Save[R any] struct {
	Row     R
	Request Request `json:"-"`
}

// saved carries out the form of a row: do cleans and stores it. action is what
// the audit says.
func saved[R any](ctx context.Context, d *Desk, actor clinic.Actor, action string, s Save[R],
	do func(w work, row R) (kept R, id int64, err error)) (R, error) {
	return command(ctx, d, actor, clinic.WriteSettings, action, s.Request, s.Row, func(w work) (R, error) {
		row, id, err := do(w, s.Row)
		if err != nil {
			return row, err
		}
		return row, w.audit(ctx, action, 0, id)
	})
}

// SaveBranch adds or changes a branch. Faults are those of Check, NotFound
// branch.none, Conflict branch.exists, branch.stale; Refused branch.last when
// none would be left on.
func (d *Desk) SaveBranch(ctx context.Context, actor clinic.Actor, s Save[clinic.Branch]) (clinic.Branch, error) {
	return saved(ctx, d, actor, "settings.branch", s, func(w work, b clinic.Branch) (clinic.Branch, int64, error) {
		b, err := b.Check()
		if err != nil {
			return b, 0, err
		}
		if b.ID == 0 {
			b.ID, b.Standing = clinic.BranchID(w.id()), clinic.Standing{Version: 1}
			return b, int64(b.ID), w.AddBranch(ctx, b)
		}
		if err := w.SaveBranch(ctx, b, w.now); err != nil {
			return b, 0, err
		}
		left, err := offered(w.Branches(ctx))
		if err == nil && len(left) == 0 {
			err = fault.New(fault.Refused, "branch.last", "one branch stays on").At("active")
		}
		b.Version++
		return b, int64(b.ID), err
	})
}

// SaveSection adds or changes a section. Faults are those of Check, NotFound
// section.none, Conflict section.exists, section.stale.
func (d *Desk) SaveSection(ctx context.Context, actor clinic.Actor, s Save[clinic.Section]) (clinic.Section, error) {
	return saved(ctx, d, actor, "settings.section", s, func(w work, row clinic.Section) (clinic.Section, int64, error) {
		row, err := row.Check()
		if err != nil {
			return row, 0, err
		}
		if row.ID == 0 {
			row.ID, row.Standing = clinic.SectionID(w.id()), clinic.Standing{Version: 1}
			return row, int64(row.ID), w.AddSection(ctx, row)
		}
		err = w.SaveSection(ctx, row, w.now)
		row.Version++
		return row, int64(row.ID), err
	})
}

// SaveProvider adds or changes a provider. Without booking rules those of one
// that is there stay. Faults are those of Check, NotFound provider.none,
// Conflict provider.stale.
func (d *Desk) SaveProvider(ctx context.Context, actor clinic.Actor, s Save[clinic.Provider]) (clinic.Provider, error) {
	return saved(ctx, d, actor, "settings.provider", s, func(w work, p clinic.Provider) (clinic.Provider, int64, error) {
		if p.ID != 0 && p.Booking == (clinic.BookingRules{}) {
			old, err := w.Provider(ctx, p.ID)
			if err != nil {
				return p, 0, err
			}
			p.Booking = old.Booking
		}
		p, err := p.Check()
		if err != nil {
			return p, 0, err
		}
		if p.ID == 0 {
			p.ID, p.Standing = clinic.ProviderID(w.id()), clinic.Standing{Version: 1}
			return p, int64(p.ID), w.AddProvider(ctx, p)
		}
		err = w.SaveProvider(ctx, p, w.now)
		p.Version++
		return p, int64(p.ID), err
	})
}

// SaveInsurer adds or changes an insurer. Faults are those of Check, NotFound
// insurer.none, Conflict insurer.exists, insurer.stale; Refused insurer.kind
// for the kind of one that is there, as its patients are covered by it.
func (d *Desk) SaveInsurer(ctx context.Context, actor clinic.Actor, s Save[clinic.Insurer]) (clinic.Insurer, error) {
	return saved(ctx, d, actor, "settings.insurer", s, func(w work, i clinic.Insurer) (clinic.Insurer, int64, error) {
		i, err := i.Check()
		if err != nil {
			return i, 0, err
		}
		if i.ID == 0 {
			i.ID, i.Standing = clinic.InsurerID(w.id()), clinic.Standing{Version: 1}
			return i, int64(i.ID), w.AddInsurer(ctx, i)
		}
		old, err := w.Insurer(ctx, i.ID)
		if err != nil {
			return i, 0, err
		}
		if old.Kind != i.Kind {
			return i, 0, fault.New(fault.Refused, "insurer.kind", "the kind of an insurer stays").At("kind")
		}
		err = w.SaveInsurer(ctx, i, w.now)
		i.Version++
		return i, int64(i.ID), err
	})
}

// SavePlace is the form of a place that takes money: Kind is
// clinic.AccountCash, AccountPOS or AccountBank.
type SavePlace struct {
	Kind  string
	Place clinic.Place
}

// SavePlace adds a place, at the branch it names, or changes the name of one.
// Faults are those of Check, NotFound branch.none, place.none, Conflict … .exists and … .stale.
func (d *Desk) SavePlace(ctx context.Context, actor clinic.Actor, s Save[SavePlace]) (clinic.Place, error) {
	kept, err := saved(ctx, d, actor, "settings."+s.Row.Kind, s, func(w work, row SavePlace) (SavePlace, int64, error) {
		p, err := w.placeForm(ctx, row)
		if err != nil {
			return row, 0, err
		}
		if row.Kind == clinic.AccountBank {
			p.Branch = 0
		} else if _, err := w.Branch(ctx, p.Branch); err != nil {
			return row, 0, err
		}
		if p.ID == 0 {
			p.ID, p.Standing = clinic.PlaceID(w.id()), clinic.Standing{Version: 1}
			err = w.AddPlace(ctx, row.Kind, p)
		} else {
			err = w.SavePlace(ctx, row.Kind, p, w.now)
			p.Version++
		}
		return SavePlace{row.Kind, p}, int64(p.ID), err
	})
	return kept.Place, err
}

// placeForm is the checked form of a place. The code and the branch of one that
// is there stay, as the books name it. NotFound place.none.
func (w work) placeForm(ctx context.Context, row SavePlace) (clinic.Place, error) {
	p := row.Place
	if p.ID != 0 {
		all, err := w.Places(ctx, row.Kind, 0)
		if err != nil {
			return p, err
		}
		i := slices.IndexFunc(all, func(old clinic.Place) bool { return old.ID == p.ID })
		if i < 0 {
			return p, fault.New(fault.NotFound, "place.none", "there is no place %d", p.ID)
		}
		p.Code, p.Branch = all[i].Code, all[i].Branch
	}
	return p.Check()
}

// SaveClinic changes the clinic of the actor: name, what stands on receipts,
// the display unit and the switches. It holds at once for everything this
// process shows. Without rules of appointments or activities those that hold
// stay. Faults are those of Check, and Conflict clinic.stale.
func (d *Desk) SaveClinic(ctx context.Context, actor clinic.Actor, s Save[clinic.Clinic]) (clinic.Clinic, error) {
	// The zone is a pointer, and no part of the form.
	s.Row.Zone = nil
	c, err := saved(ctx, d, actor, "settings.clinic", s, func(w work, c clinic.Clinic) (clinic.Clinic, int64, error) {
		c.ID, c.Currency, c.Zone = w.clinic.ID, w.clinic.Currency, w.clinic.Zone
		if c.Appointments == (clinic.AppointmentRules{}) {
			c.Appointments = w.clinic.Appointments
		}
		if c.ClubRules == (clinic.ClubRules{}) {
			c.ClubRules = w.clinic.ClubRules
		}
		c.ClubRules = c.ClubRules.Begin(c.Club, w.today())
		if c.Activities == (clinic.ActivityRules{}) {
			c.Activities = w.clinic.Activities
		}
		c, err := c.Check()
		if err != nil {
			return c, 0, err
		}
		err = w.SaveClinic(ctx, c)
		if err == nil {
			err = w.contactKey(ctx, c)
		}
		c.Version++
		return c, int64(c.ID), err
	})
	if err != nil {
		return c, err
	}
	if err := d.readClinic(ctx, actor.Clinic); err != nil {
		return c, err
	}
	return d.settings(ctx, actor.Clinic)
}

// readClinic reads the clinic anew.
func (d *Desk) readClinic(ctx context.Context, id clinic.ID) error {
	return d.store.Read(ctx, id, func(tx *store.Tx) error {
		c, err := tx.ClinicSettings(ctx)
		if err == nil {
			d.keepClinic(c)
		}
		return err
	})
}

// keepClinic remembers a clinic unless a later version is known: who read it
// first may come to this line last.
func (d *Desk) keepClinic(c clinic.Clinic) {
	for {
		known, there := d.clinics.LoadOrStore(c.ID, c)
		if !there || known.(clinic.Clinic).Version >= c.Version || d.clinics.CompareAndSwap(c.ID, known, c) {
			return
		}
	}
}

// SettingRows are all rows of the settings, also those that are off.
type SettingRows struct {
	Branches  []clinic.Branch
	Sections  []clinic.Section
	Providers []clinic.Provider
	Insurers  []clinic.Insurer
	Services  []clinic.Service
	Resources []clinic.Resource
	Places    map[string][]clinic.Place         // by kind
	Items     map[clinic.List][]clinic.ListItem // by list
}

// SettingRows returns all rows of the settings.
func (d *Desk) SettingRows(ctx context.Context, actor clinic.Actor) (all SettingRows, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return all, err
	}
	err = d.read(ctx, actor, func(w work) error { return w.settingRows(ctx, &all) })
	return all, err
}

func (w work) settingRows(ctx context.Context, all *SettingRows) (err error) {
	if all.Branches, err = w.Branches(ctx); err != nil {
		return err
	}
	if all.Sections, err = w.Sections(ctx); err != nil {
		return err
	}
	if all.Providers, err = w.Tx.Providers(ctx); err != nil {
		return err
	}
	if all.Insurers, err = w.Insurers(ctx); err != nil {
		return err
	}
	if all.Services, err = w.Services(ctx); err != nil {
		return err
	}
	if all.Resources, err = w.Resources(ctx); err != nil {
		return err
	}
	all.Places = map[string][]clinic.Place{}
	for _, kind := range []string{clinic.AccountCash, clinic.AccountPOS, clinic.AccountBank} {
		if all.Places[kind], err = w.Places(ctx, kind, 0); err != nil {
			return err
		}
	}
	all.Items = map[clinic.List][]clinic.ListItem{}
	for _, l := range clinic.Lists {
		if all.Items[l], err = w.ListItems(ctx, l); err != nil {
			return err
		}
	}
	return nil
}
