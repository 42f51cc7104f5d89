package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
)

// Offer is what a new admission of a patient starts from.
type Offer struct {
	Coverage  Insurers // the patient's of today
	Insurers  []clinic.Insurer
	Providers []clinic.Provider
	Services  []clinic.OfferedService // with a price of today
	Reasons   []clinic.ListItem       // that a discount may have; others may be written
}

// Offer returns what a new admission of the patient starts from. NotFound
// patient.none; Forbidden without the right to write admissions.
func (d *Desk) Offer(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (o Offer, err error) {
	if err := actor.May(clinic.WriteAdmissions); err != nil {
		return o, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		if o.Coverage, err = w.insurers(ctx, Admit{Patient: p.ID}); err != nil {
			return err
		}
		if o.Insurers, err = w.Insurers(ctx); err != nil {
			return err
		}
		// Who covers the patient stays a choice when they were switched off since.
		o.Insurers = slices.DeleteFunc(o.Insurers, func(i clinic.Insurer) bool {
			return i.Disabled && i.ID != o.Coverage.Base && i.ID != o.Coverage.Supplementary
		})
		if o.Providers, err = offered(w.Tx.Providers(ctx)); err != nil {
			return err
		}
		if o.Services, err = w.offered(ctx); err != nil {
			return err
		}
		o.Reasons, err = offered(w.ListItems(ctx, clinic.DiscountReasons))
		return err
	})
	return o, err
}

// SearchServices returns the services that can be admitted today and fit the
// text, the best first.
func (d *Desk) SearchServices(ctx context.Context, actor clinic.Actor, text string) (found []clinic.OfferedService, err error) {
	if err := actor.May(clinic.WriteAdmissions); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		all, err := w.offered(ctx)
		found = clinic.SearchServices(all, text)
		return err
	})
	return found, err
}

// offered are the services that are on and have a price today.
func (w work) offered(ctx context.Context) ([]clinic.OfferedService, error) {
	priced, err := w.PriceList(ctx, w.today())
	if err != nil {
		return nil, err
	}
	_, sections, err := w.names(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]clinic.OfferedService, 0, len(priced))
	for _, p := range priced {
		if p.Disabled || !p.HasPrice {
			continue
		}
		all = append(all, clinic.OfferedService{Service: p.Service, SectionName: sections[p.Section], Price: p.Price})
	}
	return all, nil
}
