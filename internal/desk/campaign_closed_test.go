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
		_, err = p.DiscardCampaign(ctx, crm, desk.DiscardCampaign{Campaign: c.ID, Version: c.Version})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = p.DiscardCampaign(ctx, p.manager, desk.DiscardCampaign{Campaign: c.ID, Version: c.Version + 1})
		refuses(t, err, fault.Conflict, "campaign.stale")
		if _, err = p.DiscardCampaign(ctx, p.manager, desk.DiscardCampaign{Campaign: c.ID, Version: c.Version}); err != nil {
			t.Error(err)
		}
		_, err = p.CampaignOf(ctx, p.manager, c.ID)
		refuses(t, err, fault.NotFound, "campaign.none")
		if line := p.audit(t)[0]; line.Action != "campaign.discard" {
			t.Errorf("%+v", line)
		}
		open := p.draft(t, desk.SaveCampaign{Filter: desk.PatientFilter{Tag: "vip"}})
		_, err = p.SaveCampaign(ctx, crm, desk.SaveCampaign{ID: open.ID, Version: open.Version, Title: "بهار", Text: open.Text, Filter: open.Filter})
		if err != nil {
			t.Error(err)
		}
	})
}

// Who may not see money learns neither from the messages of a campaign nor from
// its numbers who owes what, before it is sent and afterwards.
func TestACampaignDoesNotSayWhoOwes(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx, crm := t.Context(), p.as(clinic.CRM)
		p.agreed(t, 2)
		p.draft(t, desk.SaveCampaign{})
		debt := p.start(t, p.draft(t, desk.SaveCampaign{Filter: desk.PatientFilter{Filter: "settled"}}))
		numberless(t, p, crm, debt)
		if n := p.queue(t); n != 2 {
			t.Fatalf("%d are queued", n)
		}
		numberless(t, p, crm, debt)
		if l, err := p.Messages(ctx, crm, desk.MessageQuery{}); err != nil || len(l.Items) != 0 {
			t.Errorf("%+v %v", l.Items, err)
		}
		all, err := p.Messages(ctx, p.manager, desk.MessageQuery{Kind: clinic.MessageCampaign})
		if err != nil || len(all.Items) != 2 {
			t.Fatalf("%+v %v", all, err)
		}
		_, err = p.RetryMessage(ctx, crm, desk.RetryMessage{Message: all.Items[0].ID})
		refuses(t, err, fault.NotFound, "message.none")
		if c, err := p.StopCampaign(ctx, crm, desk.StopCampaign{Campaign: debt.ID, Version: debt.Version}); err != nil || c.Estimate.People != 0 {
			t.Errorf("%+v %v", c, err)
		}
		if c := p.of(t, debt); c.Estimate.People != 2 || c.Result.People != 3 {
			t.Errorf("the manager sees %+v %+v", c.Estimate, c.Result)
		}
		p.start(t, p.draft(t, desk.SaveCampaign{}))
		p.queue(t)
		if l, err := p.Messages(ctx, crm, desk.MessageQuery{}); err != nil || len(l.Items) != 2 {
			t.Errorf("of a campaign to everybody %d are shown, %v", len(l.Items), err)
		}
	})
}

// numberless fails the test if the reader is told a number of a campaign.
func numberless(t *testing.T, p page, reader clinic.Actor, c desk.Campaign) {
	t.Helper()
	found, err := p.CampaignPage(t.Context(), reader, c.ID)
	if err != nil || !found.Closed || found.Estimate.People != 0 || found.Audience.People != 0 || found.Cost.People != 0 || found.Result.People != 0 {
		t.Errorf("%+v %v", found, err)
	}
	list, err := p.Campaigns(t.Context(), reader, desk.CampaignQuery{})
	if err != nil || len(list.Items) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	for _, i := range list.Items {
		if i.Closed != (i.ID == c.ID) || i.Closed && (i.Messages != 0 || i.Leaves != 0 || i.Estimate.People != 0) {
			t.Errorf("%+v", i)
		}
	}
}
