package history_test

import (
	"context"
	"fmt"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// service is a service of the model. Prices are whole millions, so that every
// percentage of them is exact and the model needs no rounding.
type service struct {
	id               string
	price, base, vat int64 // rials, rials of the base insurer's tariff, percent
}

// person is a patient of the model: a sum and a count.
type person struct {
	id, file string
	balance  int64
	version  int64
}

// admission is an admission of the model.
type admission struct {
	id    string
	whose *person
	share int64
	state string // draft, finalized, cancelled
}

// sent is a command that was carried out, to be sent again.
type sent struct {
	path, key string
	body      map[string]any
	raw       string
	status    int
}

// model is the simplest possible books.
type model struct {
	base, supplementary string // insurers
	services            []service
	people              []*person
	admissions          []*admission
	sent                []sent
	receipts            int
}

// furnish fills the clinic and tells the model.
func furnish(ctx context.Context, s *site, people int) (*model, error) {
	m := &model{}
	err := s.desk.Batch(ctx, s.manager, false, func(b desk.Batch) error {
		*m = model{}
		section, err := b.Section(ctx, clinic.Section{Code: "clinic", Name: "درمانگاه"})
		if err != nil {
			return err
		}
		base, err := b.Insurer(ctx, clinic.Insurer{Code: "base", Name: "پایه", Kind: clinic.BaseInsurance, Share: 7000})
		if err != nil {
			return err
		}
		supplementary, err := b.Insurer(ctx, clinic.Insurer{Code: "supp", Name: "تکمیلی", Kind: clinic.SupplementaryInsurance, Share: 8000})
		if err != nil {
			return err
		}
		m.base, m.supplementary = name(base), name(supplementary)
		for i, v := range []service{{price: 4e6, base: 1e6}, {price: 12e6, base: 12e6}, {price: 28e6, base: 40e6}, {price: 9e6, vat: 10}} {
			id, err := b.Service(ctx, desk.NewService{Section: section, Code: "s" + strconv.Itoa(i), Name: "خدمت", VAT: int(v.vat) * 100, Price: money.Amount(v.price)})
			if err != nil {
				return err
			}
			if v.base != 0 {
				if err := b.Tariff(ctx, clinic.Tariff{Service: id, Insurer: base, Price: money.Amount(v.base)}); err != nil {
					return err
				}
			}
			v.id = name(id)
			m.services = append(m.services, v)
		}
		for i := range people {
			p, err := b.Patient(ctx, clinic.Patient{FirstName: "مراجعه‌کننده", LastName: fmt.Sprintf("شماره %d", i+1)})
			if err != nil {
				return err
			}
			m.people = append(m.people, &person{id: name(p.ID), file: p.FileNumber.String()})
		}
		return nil
	})
	return m, err
}

func name[T ~int64](id T) string { return strconv.FormatInt(int64(id), 10) }

// share is the patient's part of a line by hand: the insurers' parts off the
// price, the discount off the rest, VAT on the price without the discount.
func (v service) share(quantity int64, insured int, percent int64) int64 {
	gross := v.price * quantity
	rest := gross
	if insured >= 1 {
		rest -= min(v.base*quantity, gross) * 70 / 100
	}
	if insured >= 2 {
		rest -= rest * 80 / 100
	}
	discount := rest * percent / 100
	return rest - discount + (gross-discount)*v.vat/100
}

// move books an amount on the person.
func (p *person) move(amount int64) {
	if amount == 0 {
		return
	}
	p.balance += amount
	p.version++
}
