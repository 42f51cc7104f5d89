package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// NewService is a service with its first free price, valid from ever.
type NewService struct {
	Section    clinic.SectionID
	Code, Name string
	VAT        int // basis points
	Price      money.Amount
}

// always is the day from which first prices hold.
const always = "0001-01-01"

// Catalogue is everything a clinic offers and who pays for it.
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
		if c.Sections, err = w.Sections(ctx); err != nil {
			return err
		}
		if c.Providers, err = w.Providers(ctx); err != nil {
			return err
		}
		if c.Services, err = w.PriceList(ctx, w.today()); err != nil {
			return err
		}
		c.Insurers, err = w.Insurers(ctx)
		return err
	})
	return c, err
}

// addSection, addProvider, addService and addInsurer clean and store one part
// of the catalogue. Invalid catalogue.name, catalogue.code, catalogue.rate.
func (w work) addSection(ctx context.Context, s clinic.Section) (clinic.SectionID, error) {
	if err := cleanNamed(&s.Code, &s.Name); err != nil {
		return 0, err
	}
	s.ID = clinic.SectionID(w.id())
	return s.ID, w.AddSection(ctx, s)
}

func (w work) addProvider(ctx context.Context, p clinic.Provider) (clinic.ProviderID, error) {
	code := "provider"
	if err := cleanNamed(&code, &p.Name); err != nil {
		return 0, err
	}
	p.ID = clinic.ProviderID(w.id())
	return p.ID, w.AddProvider(ctx, p)
}

func (w work) addService(ctx context.Context, n NewService) (clinic.ServiceID, error) {
	if err := cleanNamed(&n.Code, &n.Name); err != nil {
		return 0, err
	}
	if n.VAT < 0 || n.VAT > 10000 {
		return 0, fault.New(fault.Invalid, "catalogue.rate", "a rate is 0 to 100 percent").At("vat")
	}
	s := clinic.Service{ID: clinic.ServiceID(w.id()), Section: n.Section, Code: n.Code, Name: n.Name, VAT: n.VAT}
	if err := w.AddService(ctx, s); err != nil {
		return 0, err
	}
	return s.ID, w.setTariff(ctx, clinic.Tariff{Service: s.ID, Insurer: clinic.FreeTariff, ValidFrom: always, Price: n.Price})
}

// setTariff sets a price from a day on. Invalid tariff.price, tariff.day.
func (w work) setTariff(ctx context.Context, t clinic.Tariff) error {
	if t.Price < 0 || t.Price > money.Max {
		return fault.New(fault.Invalid, "tariff.price", "the price is not an amount").At("price")
	}
	if t.ValidFrom == "" {
		t.ValidFrom = always
	}
	if !t.ValidFrom.Valid() {
		return fault.New(fault.Invalid, "tariff.day", "the price holds from a day on").At("valid_from")
	}
	return w.SetTariff(ctx, t)
}

func (w work) addInsurer(ctx context.Context, i clinic.Insurer) (clinic.InsurerID, error) {
	if err := cleanNamed(&i.Code, &i.Name); err != nil {
		return 0, err
	}
	if i.Share < 0 || i.Share > 10000 {
		return 0, fault.New(fault.Invalid, "catalogue.rate", "a rate is 0 to 100 percent").At("share")
	}
	i.ID = clinic.InsurerID(w.id())
	return i.ID, w.AddInsurer(ctx, i)
}

// cleanNamed cleans the code and the name of a part of the catalogue. A code
// names an account in exports, so it holds no spaces or colons.
func cleanNamed(code, name *string) error {
	clean, err := farsi.Clean(*name, 200)
	if err != nil {
		return err
	}
	if *name = clean; clean == "" {
		return fault.New(fault.Invalid, "catalogue.name", "a name is needed").At("name")
	}
	for _, r := range *code {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return fault.New(fault.Invalid, "catalogue.code", "a code is made of letters, digits, - _ and .").At("code")
		}
	}
	if *code == "" || len(*code) > 60 {
		return fault.New(fault.Invalid, "catalogue.code", "a code has 1 to 60 characters").At("code")
	}
	return nil
}
