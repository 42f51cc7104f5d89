package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// BalanceAnswer is a patient's money position.
type BalanceAnswer struct {
	Position
	Cheques     money.Amount
	Instalments Instalments
	Points      int64 // of the club, that can be spent now
}

// Balance returns the patient's balance at the moment of the view. NotFound
// patient.none.
func (d *Desk) Balance(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (b BalanceAnswer, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return b, err
	}
	err = d.read(ctx, actor, func(w work) error {
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		id = p.ID
		files, _, err := w.files(ctx, id, m)
		if err != nil {
			return err
		}
		cheques, err := w.UnclearedCheques(ctx, files)
		if err != nil {
			return err
		}
		b.Cheques = money.Amount(cheques)
		if b.Instalments, err = w.instalments(ctx, files, m); err != nil {
			return err
		}
		if w.clinic.Club {
			lots, err := w.Lots(ctx, files)
			if err != nil {
				return err
			}
			b.Points = clinic.Usable(lots, w.today())
		}
		b.Position, err = w.position(ctx, files, m)
		return err
	})
	if err != nil {
		return b, err
	}
	return b, d.seen(ctx, actor, "balance.read", id)
}
