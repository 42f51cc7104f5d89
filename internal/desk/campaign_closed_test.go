package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// Who may not ask for an audience does not change a campaign that has it: its
// form cannot show the condition, and saving it would make it one to everybody.
func TestAnAudienceIsChangedByWhoMayAskForIt(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx, crm := t.Context(), p.as(clinic.CRM)
		c := p.draft(t, desk.SaveCampaign{Filter: desk.PatientFilter{Filter: "debtor"}})
		_, err := p.CampaignOf(ctx, crm, c.ID)
		refuses(t, err, fault.Forbidden, "permission")
		_, err = p.SaveCampaign(ctx, crm, desk.SaveCampaign{ID: c.ID, Version: c.Version, Title: c.Title, Text: c.Text})
		refuses(t, err, fault.Forbidden, "permission")
		if now, err := p.CampaignOf(ctx, p.manager, c.ID); err != nil || now.Filter != c.Filter || now.Version != c.Version {
			t.Errorf("%+v %v", now, err)
		}
		open := p.draft(t, desk.SaveCampaign{Filter: desk.PatientFilter{Tag: "vip"}})
		_, err = p.SaveCampaign(ctx, crm, desk.SaveCampaign{ID: open.ID, Version: open.Version, Title: "بهار", Text: open.Text, Filter: open.Filter})
		if err != nil {
			t.Error(err)
		}
	})
}
