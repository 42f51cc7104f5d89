package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/money"
	"daftar/internal/store"
)

// NewService is a service with its first free price, valid from ever.
type NewService struct {
	Section    clinic.SectionID
	Code, Name string
	VAT        int // basis points
	Commission clinic.Commission
	Price      money.Amount
	// Of a service that takes several sessions, so many days apart; one alone
	// costs SinglePrice.
	Sessions, Interval int
	SinglePrice        money.Amount
	Duration           int // minutes of one session; 0: not said
	Deposit            clinic.DepositRule
	Device             clinic.ResourceID // that an appointment takes; 0: none
	Online             bool              // the public may book it
}

// always is the day from which first prices hold.
const always = "0001-01-01"

// Catalogue is everything a clinic offers and who pays for it. What is switched
// off, and services without a price of today, are not in it.
type Catalogue struct {
	Sections  []clinic.Section
	Providers []clinic.Provider
	Services  []store.Priced
	Insurers  []clinic.Insurer
}

// Catalogue returns what the clinic offers today.
func (d *Desk) Catalogue(ctx context.Context, actor clinic.Actor) (c Catalogue, err error) {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return c, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if c.Sections, err = offered(w.Sections(ctx)); err != nil {
			return err
		}
		if c.Providers, err = offered(w.Providers(ctx)); err != nil {
			return err
		}
		if c.Services, err = offered(w.PriceList(ctx, w.today())); err != nil {
			return err
		}
		c.Services = slices.DeleteFunc(c.Services, func(p store.Priced) bool { return !p.HasPrice })
		c.Insurers, err = offered(w.Insurers(ctx))
		return err
	})
	return c, err
}

// offered leaves out of what was read what is switched off.
func offered[R interface{ Offered() bool }](all []R, err error) ([]R, error) {
	return clinic.Offered(all), err
}

// addSection, addProvider, addService and addInsurer clean and store one part
// of the catalogue. Faults are those of the parts' Check.
func (w work) addSection(ctx context.Context, s clinic.Section) (clinic.SectionID, error) {
	s, err := s.Check()
	if err != nil {
		return 0, err
	}
	s.ID = clinic.SectionID(w.id())
	return s.ID, w.AddSection(ctx, s)
}

func (w work) addProvider(ctx context.Context, p clinic.Provider) (clinic.ProviderID, error) {
	p, err := p.Check()
	if err != nil {
		return 0, err
	}
	p.ID = clinic.ProviderID(w.id())
	return p.ID, w.AddProvider(ctx, p)
}

func (w work) addService(ctx context.Context, n NewService) (clinic.ServiceID, error) {
	return w.offer(ctx, clinic.Service{Section: n.Section, Code: n.Code, Name: n.Name, VAT: n.VAT, Commission: n.Commission, Sessions: n.Sessions,
		Interval: n.Interval, SinglePrice: n.SinglePrice, Duration: n.Duration, Deposit: n.Deposit, Device: n.Device, Online: n.Online}, n.Price)
}

// offer adds a service with its first free price.
func (w work) offer(ctx context.Context, s clinic.Service, price money.Amount) (clinic.ServiceID, error) {
	s, err := s.Check()
	if err != nil {
		return 0, err
	}
	s.ID = clinic.ServiceID(w.id())
	if err := w.AddService(ctx, s); err != nil {
		return 0, err
	}
	return s.ID, w.setTariff(ctx, clinic.Tariff{Service: s.ID, Insurer: clinic.FreeTariff, ValidFrom: always, Price: price})
}

// setTariff sets a price from a day on. Faults are those of
// clinic.CheckTariff.
func (w work) setTariff(ctx context.Context, t clinic.Tariff) error {
	if t.ValidFrom == "" {
		t.ValidFrom = always
	}
	if err := clinic.CheckTariff(t); err != nil {
		return err
	}
	return w.SetTariff(ctx, t)
}

func (w work) addInsurer(ctx context.Context, i clinic.Insurer) (clinic.InsurerID, error) {
	i, err := i.Check()
	if err != nil {
		return 0, err
	}
	i.ID = clinic.InsurerID(w.id())
	return i.ID, w.AddInsurer(ctx, i)
}
