package site

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// OpenClub switches the customer club on, with levels of those names; what is
// paid from then on brings points, whenever the visit was.
func (s *Site) OpenClub(ctx context.Context, levels [3]clinic.ClubLevel) error {
	c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
	if err != nil {
		return err
	}
	c.Club, c.ClubRules = true, clinic.DefaultClubRules()
	c.ClubRules.Levels, c.ClubRules.Since = levels, "2020-03-20"
	_, err = s.Desk.SaveClinic(ctx, s.Manager, desk.Save[clinic.Clinic]{Row: c})
	return err
}
