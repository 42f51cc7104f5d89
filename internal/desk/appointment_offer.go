package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// BookingOffer is what a new appointment of a person starts from.
type BookingOffer struct {
	Catalogue
	Does     map[clinic.ProviderID][]clinic.ServiceID // who does only these; others do everything
	Reasons  []clinic.ListItem                        // why one is cancelled
	Deposits []WaitingDeposit
}

// WaitingDeposit is a deposit of the person that can be for an appointment.
// Freed: the visit that it was for does not happen.
type WaitingDeposit struct {
	store.HeldDeposit
	Freed bool
}

// Offers reports whether the provider does the service; 0 is any.
func (o BookingOffer) Offers(p clinic.ProviderID, s clinic.ServiceID) bool {
	own := o.Does[p]
	if s == 0 || len(own) == 0 {
		return true
	}
	for _, one := range own {
		if one == s {
			return true
		}
	}
	return false
}

// BookingOffer returns what a new appointment of the person starts from; the
// deposits only to who may see and use them. NotFound patient.none.
func (d *Desk) BookingOffer(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (o BookingOffer, err error) {
	if err := actor.May(clinic.WriteAppointments); err != nil {
		return o, err
	}
	if o.Catalogue, err = d.Catalogue(ctx, actor); err != nil {
		return o, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		if o.Does, err = w.ProviderServices(ctx); err != nil {
			return err
		}
		if o.Reasons, err = offered(w.ListItems(ctx, clinic.CancelReasons)); err != nil {
			return err
		}
		if actor.Can(clinic.ReadMoney) && actor.Can(clinic.WriteDeposits) {
			o.Deposits, err = w.waitingDeposits(ctx, p.ID)
		}
		return err
	})
	return o, err
}

// waitingDeposits are the deposits of the person that no expected visit holds.
func (w work) waitingDeposits(ctx context.Context, id clinic.PatientID) (all []WaitingDeposit, err error) {
	files, err := w.filesOf(ctx, id)
	if err != nil {
		return nil, err
	}
	held, err := w.DepositsOf(ctx, files, store.Moment{})
	if err != nil {
		return nil, err
	}
	for _, d := range held {
		if !d.Waiting() {
			continue
		}
		one := WaitingDeposit{HeldDeposit: d}
		if d.Appointment != 0 {
			a, err := w.Tx.Appointment(ctx, d.Appointment)
			if err != nil {
				return nil, err
			}
			if a.Status.Waits() || a.Status == clinic.CheckedIn {
				continue
			}
			one.Freed = a.Status != clinic.Fulfilled
		}
		all = append(all, one)
	}
	return all, nil
}
