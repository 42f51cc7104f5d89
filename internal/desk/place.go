package desk

import (
	"context"

	"daftar/internal/clinic"
)

// MoneyPlaces are where money can be put by the actor, the usual place first:
// the terminals of the branch, and the bank accounts.
type MoneyPlaces struct {
	Terminals, Accounts []clinic.Place
	Card                clinic.PlaceID // the account that card-to-card transfers go to
}

// MoneyPlaces returns them.
func (d *Desk) MoneyPlaces(ctx context.Context, actor clinic.Actor) (p MoneyPlaces, err error) {
	err = d.read(ctx, actor, func(w work) error {
		terminals, err := offered(w.Places(ctx, clinic.AccountPOS, w.actor.Branch))
		if err != nil {
			return err
		}
		for _, t := range terminals {
			if t.Branch == w.actor.Branch {
				p.Terminals = append(p.Terminals, t)
			}
		}
		p.Accounts, err = offered(w.Places(ctx, clinic.AccountBank, w.actor.Branch))
		for _, a := range p.Accounts {
			if a.Code == CardAccount {
				p.Card = a.ID
			}
		}
		return err
	})
	return p, err
}
