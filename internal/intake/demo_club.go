package intake

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
)

// club ends what expired, gives today's gifts, and turns the points of some who
// have enough into codes; the first patient has one that is not used yet.
func (n *demoMorning) club(ctx context.Context) error {
	c := n.as(clinic.Manager).Clinic
	for {
		ended, err := n.LapsePoints(ctx, c)
		if err != nil {
			return err
		}
		if ended == 0 {
			break
		}
	}
	if _, err := n.GivePointsOfDay(ctx, c); err != nil {
		return err
	}
	gift := desk.AdjustPoints{Patient: n.somebody(0), Points: 150, Note: message.Persian.Text("demo.club.gift"), Request: n.request()}
	if _, err := n.AdjustPoints(ctx, n.as(clinic.Manager), gift); err != nil {
		return err
	}
	for _, number := range []int{0, 7, 13, 21} {
		b, err := n.Balance(ctx, n.as(clinic.Receptionist), n.somebody(number), desk.View{})
		if err != nil {
			return err
		}
		if b.Points < 200 {
			continue
		}
		redeem := desk.RedeemPoints{Patient: n.somebody(number), Points: b.Points / 200 * 100, Request: n.request()}
		if _, err := n.RedeemPoints(ctx, n.as(clinic.Receptionist), redeem); err != nil {
			return err
		}
	}
	return nil
}
