package browser_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// campaignPages are the pages of campaigns: a draft, one that was sent, and a
// form that is refused.
func campaignPages(s *site.Site) []judged {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	advertise(s)
	draft, err := s.Desk.SaveCampaign(ctx, s.Manager, office.SaveCampaign{Title: "دعوت", Text: "{نام} عزیز، بیایید"})
	must(err)
	sent, err := s.Desk.SaveCampaign(ctx, s.Manager, office.SaveCampaign{Title: "نوروز", Text: "{نام} عزیز", Filter: office.PatientFilter{Tag: "vip"}})
	must(err)
	_, err = s.Desk.ScheduleCampaign(ctx, s.Manager, office.ScheduleCampaign{Campaign: sent.ID, Version: sent.Version})
	must(err)
	carry(s)
	at := func(c office.Campaign) string { return "/campaigns/" + strconv.FormatInt(int64(c.ID), 10) }
	return []judged{
		{name: "campaigns", as: "manager", path: "/campaigns", shows: `[data-testid=table-campaigns] tbody tr`},
		{name: "campaign-new", as: "manager", path: "/campaigns/new?unseen=3", shows: `[data-testid=form-campaign]`},
		{name: "campaign-refused", as: "manager", path: "/campaigns/new", shows: `[data-testid=form-campaign]`,
			fill: `document.querySelector('[data-testid=form-campaign] .form-foot button').click()`, then: `.alert`},
		{name: "campaign-draft", as: "manager", path: at(draft), shows: `[data-testid=form-campaign-schedule]`},
		{name: "campaign-late", as: "manager", path: at(draft), shows: `[data-testid=form-campaign-schedule]`,
			fill: `{ document.getElementById('day').value = '1400/01/01'; document.querySelector('[data-testid=form-campaign-schedule] button').click() }`, then: `.alert`},
		{name: "campaign-sent", as: "manager", path: at(sent), shows: `[data-testid=campaign-result]`},
		{name: "campaign-audience", as: "manager", path: at(sent) + "/audience", shows: `[data-testid=table-audience] tbody tr`},
	}
}

// advertise switches messages on and registers somebody who agreed to
// advertising.
func advertise(s *site.Site) {
	ctx := context.Background()
	c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
	if err == nil && !c.SMS {
		c.SMS = true
		_, err = s.Desk.SaveClinic(ctx, s.Manager, office.Save[clinic.Clinic]{Row: c})
	}
	if err == nil {
		_, err = s.Desk.RegisterPatient(ctx, s.Manager, office.RegisterPatient{Patient: clinic.Patient{FirstName: "مینا", LastName: "صدری", Mobile: "09120000099",
			SMSAdvertising: true, Tags: []string{"vip"}}})
	}
	if err != nil {
		panic(err)
	}
}

// carry lets the jobs of campaigns and messages run.
func carry(s *site.Site) {
	ctx := context.Background()
	run := func() {
		if _, err := s.Desk.SendCampaigns(ctx, s.Manager.Clinic); err != nil {
			panic(err)
		}
	}
	run()
	if _, err := s.Desk.SendMessages(ctx, s.Manager.Clinic, func(context.Context, clinic.Message) error { return nil }); err != nil {
		panic(err)
	}
	run()
}

// The manager narrows the list of patients, writes a campaign to those people,
// sees whose message it would be and what it costs, has it sent and reads what
// became of it.
func TestAFilteredListIsToldByACampaign(t *testing.T) {
	h := openHouse(t)
	advertise(h.site)
	manager := h.at("manager")
	manager.do(chromedp.Navigate(h.url+"/patients?tag=vip"), chromedp.WaitVisible(`[data-testid=list-campaign]`), chromedp.Click(`[data-testid=list-campaign]`),
		chromedp.WaitVisible(`[data-testid=form-campaign]`))
	manager.wants(`document.getElementById('tag').value`, "vip")
	manager.writes("title", "نوروز")
	manager.writes("text", "{نام} عزیز، {قیمت}")
	manager.do(chromedp.Click(`[data-testid=form-campaign] .form-foot button`), chromedp.WaitVisible(`.alert`))
	manager.wants(`document.getElementById('text').value`, "{نام} عزیز، {قیمت}")
	manager.writes("text", "{نام} عزیز، نوروز مبارک")
	manager.until(`document.querySelector('[data-testid=message-preview] .bubble')?.textContent.includes('سارا نمونه عزیز')`)
	manager.do(chromedp.Click(`[data-testid=form-campaign] .form-foot button`), chromedp.WaitVisible(`.campaign-now summary`))
	manager.wants(`document.querySelector('[data-testid=campaign-example]').textContent`, "مینا صدری عزیز، نوروز مبارک")
	manager.writes("day", "1404/01/01")
	manager.writes("clock", "10")
	manager.do(chromedp.Click(`[data-testid=form-campaign-schedule] button`), chromedp.WaitVisible(`.alert`))
	manager.wants(`document.getElementById('clock').value`, "10")
	manager.do(chromedp.Click(`.campaign-now summary`), chromedp.WaitVisible(`[data-testid=form-campaign-now] button`))
	manager.do(chromedp.Click(`[data-testid=form-campaign-now] button`), chromedp.WaitVisible(`[data-testid=form-campaign-stop]`))
	manager.wants(`document.querySelector('[data-testid=campaign-state]').textContent`, "زمان‌بندی‌شده")
	carry(h.site)
	manager.do(chromedp.Reload(), chromedp.WaitVisible(`[data-testid=campaign-result]`))
	manager.wants(`document.querySelector('[data-testid=campaign-state]').textContent`, "پایان‌یافته")
	manager.wants(`document.querySelector('[data-testid=campaign-result] dd').textContent.trim()`, "۱")
}
