package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// SaveService is the form of a service. Price is the first free price of a new
// one; later ones are set by AddTariff.
type SaveService struct {
	Service clinic.Service
	Price   money.Amount
}

// SaveService adds a service, or changes one: its old admissions keep the name
// and the price they were made with. Faults are those of Check and
// clinic.CheckTariff, NotFound service.none, section.none, resource.none,
// Conflict service.exists, service.stale.
func (d *Desk) SaveService(ctx context.Context, actor clinic.Actor, s Save[SaveService]) (clinic.Service, error) {
	kept, err := saved(ctx, d, actor, "settings.service", s, func(w work, row SaveService) (SaveService, int64, error) {
		service, err := row.Service.Check()
		if err != nil {
			return row, 0, err
		}
		if err := w.hasSection(ctx, service.Section); err != nil {
			return row, 0, err
		}
		if err := w.hasDevice(ctx, service.Device); err != nil {
			return row, 0, err
		}
		if service.ID == 0 {
			service.Standing = clinic.Standing{Version: 1}
			service.ID, err = w.offer(ctx, service, row.Price)
		} else {
			err = w.SaveService(ctx, service, w.now)
			service.Version++
		}
		return SaveService{Service: service}, int64(service.ID), err
	})
	return kept.Service, err
}

// hasSection looks whether the clinic has the section. NotFound section.none.
func (w work) hasSection(ctx context.Context, id clinic.SectionID) error {
	all, err := w.Sections(ctx)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == id {
			return nil
		}
	}
	return fault.New(fault.NotFound, "section.none", "there is no section %d", id).At("section")
}

// hasDevice looks whether the clinic has the device; 0 is none. NotFound
// resource.none.
func (w work) hasDevice(ctx context.Context, id clinic.ResourceID) error {
	if id == 0 {
		return nil
	}
	all, err := w.Resources(ctx)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.ID == id && r.Kind == clinic.Device {
			return nil
		}
	}
	return fault.New(fault.NotFound, "resource.none", "there is no device %d", id).At("device")
}

// AddTariff sets the price of a service for an insurer, or the free price, from
// today or a later day on. What was billed is not priced again. Invalid
// tariff.price, tariff.day, tariff.past; NotFound service.none, insurer.none.
func (d *Desk) AddTariff(ctx context.Context, actor clinic.Actor, s Save[clinic.Tariff]) (clinic.Tariff, error) {
	return saved(ctx, d, actor, "settings.tariff", s, func(w work, t clinic.Tariff) (clinic.Tariff, int64, error) {
		if err := clinic.CheckNewTariff(t, w.today()); err != nil {
			return t, 0, err
		}
		if _, err := w.Service(ctx, t.Service); err != nil {
			return t, 0, err
		}
		if t.Insurer != clinic.FreeTariff {
			if _, err := w.Insurer(ctx, t.Insurer); err != nil {
				return t, 0, err
			}
		}
		return t, int64(t.Service), w.SetTariff(ctx, t)
	})
}

// PriceList returns every service, also one that is off, with its free price
// of today.
func (d *Desk) PriceList(ctx context.Context, actor clinic.Actor) (all []store.Priced, err error) {
	if err := actor.May(clinic.ReadTariffs); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.PriceList(ctx, w.today())
		return err
	})
	return all, err
}

// ServiceTariffs is a service with every price it has, had and will have, the
// oldest first, and the insurers that they may be for.
type ServiceTariffs struct {
	Service  clinic.Service
	Tariffs  []clinic.Tariff
	Insurers []clinic.Insurer
}

// ServiceTariffs returns the prices of a service. NotFound service.none.
func (d *Desk) ServiceTariffs(ctx context.Context, actor clinic.Actor, id clinic.ServiceID) (t ServiceTariffs, err error) {
	if err := actor.May(clinic.ReadTariffs); err != nil {
		return t, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if t.Service, err = w.Service(ctx, id); err != nil {
			return err
		}
		if t.Tariffs, err = w.Tariffs(ctx, id); err != nil {
			return err
		}
		t.Insurers, err = w.Insurers(ctx)
		return err
	})
	return t, err
}
