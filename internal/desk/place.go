package desk

import (
	"context"
	"slices"

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
	err = d.read(ctx, actor, func(w work) (err error) {
		if p.Terminals, err = w.placesFor(ctx, clinic.AccountPOS, w.actor.Branch); err != nil {
			return err
		}
		p.Accounts, err = w.placesFor(ctx, clinic.AccountBank, w.actor.Branch)
		for _, a := range p.Accounts {
			if a.Code == CardAccount {
				p.Card = a.ID
			}
		}
		return err
	})
	return p, err
}

// placesFor lists the places of a kind that may be used at a branch, its own
// first, those of the whole clinic after them.
func (w work) placesFor(ctx context.Context, kind string, branch clinic.BranchID) ([]clinic.Place, error) {
	places, err := offered(w.Places(ctx, kind, branch))
	return slices.DeleteFunc(places, func(p clinic.Place) bool { return !p.Serves(branch) }), err
}
