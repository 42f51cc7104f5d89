package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// DeskOffer is a cash desk where the actor may begin a shift, with the cash that
// the last shift left in its drawer.
type DeskOffer struct {
	Place clinic.Place
	Cash  money.Amount
}

// DeskOffers lists the cash desks that the actor's branch may use.
func (d *Desk) DeskOffers(ctx context.Context, actor clinic.Actor) (offers []DeskOffer, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		offers = nil
		desks, err := w.placesFor(ctx, clinic.AccountCash, w.actor.Branch)
		if err != nil {
			return err
		}
		for _, p := range desks {
			inBooks, err := w.accountBalance(ctx, clinic.MoneyLine{Method: clinic.Cash, Place: p.ID}.Account(w.clinic))
			if err != nil {
				return err
			}
			held, err := w.ShiftCash(ctx, p.ID)
			if err != nil {
				return err
			}
			offers = append(offers, DeskOffer{p, max(0, inBooks-held)})
		}
		return nil
	})
	return offers, err
}

// BankOffers lists the bank accounts to which cash can be handed over.
func (d *Desk) BankOffers(ctx context.Context, actor clinic.Actor) (banks []clinic.Place, err error) {
	if err := actor.May(clinic.ReceiveMoney); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		banks, err = w.placesFor(ctx, clinic.AccountBank, w.actor.Branch)
		return err
	})
	return banks, err
}
