package desk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// draft writes a campaign to everybody.
func (p page) draft(t *testing.T, cmd desk.SaveCampaign) desk.Campaign {
	t.Helper()
	if cmd.Title == "" {
		cmd.Title = "نوروز"
	}
	if cmd.Text == "" {
		cmd.Text = "{نام} عزیز، نوروز مبارک. {مرکز}"
	}
	c, err := p.SaveCampaign(t.Context(), p.manager, cmd)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// start schedules a campaign for now.
func (p page) start(t *testing.T, c desk.Campaign) desk.Campaign {
	t.Helper()
	c, err := p.ScheduleCampaign(t.Context(), p.manager, desk.ScheduleCampaign{Campaign: c.ID, Version: c.Version})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// queue lets the job run and returns how many messages it made.
func (p page) queue(t *testing.T) int {
	t.Helper()
	n, err := p.SendCampaigns(t.Context(), p.clinicID())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// of is the page of a campaign.
func (p page) of(t *testing.T, c desk.Campaign) desk.CampaignPage {
	t.Helper()
	found, err := p.CampaignPage(t.Context(), p.manager, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// agreed registers people who agreed to advertising, with mobiles of their own.
func (p page) agreed(t *testing.T, n int) (people []clinic.PatientID) {
	t.Helper()
	err := p.Batch(t.Context(), p.manager, false, func(b desk.Batch) error {
		people = nil
		for i := range n {
			one, err := b.Patient(t.Context(), clinic.Patient{FirstName: fmt.Sprint("نام", i), LastName: "شمار", Mobile: fmt.Sprintf("0935%07d", i),
				SMSService: true, SMSAdvertising: true})
			if err != nil {
				return err
			}
			people = append(people, one.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return people
}

// withdraws takes the consent of a patient to advertising back.
func (p page) withdraws(t *testing.T, id clinic.PatientID) {
	t.Helper()
	one, err := p.Patient(t.Context(), p.manager, id)
	if err != nil {
		t.Fatal(err)
	}
	one.SMSAdvertising = false
	if _, err := p.EditPatient(t.Context(), p.manager, desk.EditPatient{Patient: one}); err != nil {
		t.Fatal(err)
	}
}

// A campaign goes to those who agreed to advertising, to each mobile once, and
// says of everybody else why not; what it says before it says afterwards.
func TestACampaignGoesToWhoAgreed(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		people := p.agreed(t, 3)
		p.register(t, clinic.Patient{FirstName: "بی", LastName: "شماره", SMSAdvertising: true})
		p.register(t, clinic.Patient{FirstName: "هم", LastName: "شماره", Mobile: "09350000000", SMSAdvertising: true})
		if _, err := p.SaveMessageRules(t.Context(), p.manager, desk.Save[clinic.MessageRules]{Row: clinic.MessageRules{QuietFrom: 1260, QuietUntil: 480, Price: 2000}}); err != nil {
			t.Fatal(err)
		}
		c := p.draft(t, desk.SaveCampaign{})
		plan := p.of(t, c)
		want := clinic.CampaignAudience{People: 6, Reached: 3, NoMobile: 1, NoConsent: 1, Shared: 1}
		if plan.Audience != want || plan.Cost.Amount() != 3*2000*1 {
			t.Fatalf("%+v %+v", plan.Audience, plan.Cost)
		}
		if plan.Example.Patient != people[0] || !strings.Contains(plan.Example.Text, "نام0 شمار عزیز") {
			t.Errorf("%+v", plan.Example)
		}
		c = p.start(t, c)
		if n := p.queue(t); n != 3 {
			t.Fatalf("%d are queued", n)
		}
		if n := p.queue(t); n != 0 {
			t.Errorf("%d are queued twice", n)
		}
		p.withdraws(t, people[1]) // between the queue and the sending
		if sent := p.sent(t); len(sent) != 2 {
			t.Errorf("%+v", sent)
		}
		if p.of(t, c).Status != clinic.CampaignSending {
			t.Error("it is over before the job looked")
		}
		p.queue(t)
		done := p.of(t, c)
		r := done.Result
		if done.Status != clinic.CampaignDone || r.People != 6 || r.Sent != 2 || r.Left[clinic.SkipNoMobile] != 1 || r.Left[clinic.SkipNoConsent] != 2 ||
			r.Left[clinic.SkipShared] != 1 || r.Cost != 2*2000 {
			t.Errorf("%s %+v", done.Status, r)
		}
		p.comesBack(t, c, people)
	})
}

// comesBack books for one of the people, admits nobody and loses one.
func (p page) comesBack(t *testing.T, c desk.Campaign, people []clinic.PatientID) {
	t.Helper()
	if _, err := p.Book(t.Context(), p.manager, desk.Book{Patient: people[0], Starts: at(t, "1405/09/10", 10, 0), Provider: p.rad, Service: p.botox}); err != nil {
		t.Fatal(err)
	}
	p.withdraws(t, people[2])
	if r := p.of(t, c).Result; r.Booked != 1 || r.Admitted != 0 || r.Withdrew != 1 {
		t.Errorf("%+v", r)
	}
}

// What cannot be a campaign is refused where it is wrong.
func TestACampaignIsRefused(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		for name, one := range map[string]struct {
			cmd  desk.SaveCampaign
			code string
		}{
			"an unknown field": {desk.SaveCampaign{Title: "x", Text: "{نامم}"}, "template.field"},
			"a huge title":     {desk.SaveCampaign{Title: strings.Repeat("س", 10_000), Text: "x"}, "text.long"},
			"a huge text":      {desk.SaveCampaign{Title: "x", Text: strings.Repeat("س", 10_000)}, "text.long"},
			"no such filter":   {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Filter: "rich"}}, "patient.filter"},
			"too many months":  {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Unseen: 1000}}, "patient.filter"},
			"a huge tag":       {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Tag: strings.Repeat("س", 101)}}, "text.long"},
			"a huge source":    {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Source: strings.Repeat("س", 101)}}, "text.long"},
			"no such provider": {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Provider: 99}}, "provider.none"},
			"no such insurer":  {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Insurer: 99}}, "insurer.none"},
			"no such branch":   {desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Branch: 99}}, "branch.none"},
			"no such campaign": {desk.SaveCampaign{ID: 99, Title: "x", Text: "x"}, "campaign.none"},
		} {
			if _, err := p.SaveCampaign(ctx, p.manager, one.cmd); fault.Code(err) != one.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := p.SaveCampaign(ctx, p.as(clinic.Receptionist), desk.SaveCampaign{Title: "x", Text: "x"})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = p.SaveCampaign(ctx, p.as(clinic.CRM), desk.SaveCampaign{Title: "x", Text: "x", Filter: desk.PatientFilter{Filter: "debtor"}})
		refuses(t, err, fault.Forbidden, "permission")

		nobody := p.draft(t, desk.SaveCampaign{}) // the one patient agreed to nothing
		_, err = p.ScheduleCampaign(ctx, p.manager, desk.ScheduleCampaign{Campaign: nobody.ID, Version: nobody.Version})
		refuses(t, err, fault.Refused, "campaign.nobody")
		p.agreed(t, 1)
		_, err = p.ScheduleCampaign(ctx, p.manager, desk.ScheduleCampaign{Campaign: nobody.ID, Version: nobody.Version, Starts: new(p.clock.now().Add(-time.Hour))})
		refuses(t, err, fault.Invalid, "campaign.past")
		_, err = p.ScheduleCampaign(ctx, p.manager, desk.ScheduleCampaign{Campaign: nobody.ID, Version: nobody.Version, Starts: &time.Time{}})
		refuses(t, err, fault.Invalid, "campaign.past")
		_, err = p.ScheduleCampaign(ctx, p.manager, desk.ScheduleCampaign{Campaign: nobody.ID, Version: nobody.Version + 1})
		refuses(t, err, fault.Conflict, "campaign.stale")
		_, err = p.StopCampaign(ctx, p.manager, desk.StopCampaign{Campaign: nobody.ID, Version: nobody.Version})
		refuses(t, err, fault.Refused, "campaign.state")

		begun := p.start(t, nobody)
		_, err = p.SaveCampaign(ctx, p.manager, desk.SaveCampaign{ID: begun.ID, Version: begun.Version, Title: "x", Text: "x"})
		refuses(t, err, fault.Refused, "campaign.state")
	})
}

// A campaign for debtors shows its people only to who may see what people owe,
// and one of a branch exists for nobody of another.
func TestACampaignIsSeenByWhoMaySeeItsPeople(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		p.agreed(t, 1)
		c := p.draft(t, desk.SaveCampaign{Filter: desk.PatientFilter{Filter: "settled"}})
		_, err := p.CampaignAudience(ctx, p.manager, c.ID, "")
		if err != nil {
			t.Error(err)
		}
		if line := p.audit(t)[0]; line.Action != "campaign.audience" || line.Shown.Len() != 2 {
			t.Errorf("%+v", line)
		}
		if list, err := p.Campaigns(ctx, p.as(clinic.CRM), desk.CampaignQuery{}); err != nil || len(list.Items) != 1 {
			t.Errorf("in a clinic of one branch: %+v %v", list, err)
		}
		if _, err := p.SaveBranch(ctx, p.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}}); err != nil {
			t.Fatal(err)
		}
		crm := p.as(clinic.CRM)
		_, err = p.CampaignAudience(ctx, crm, c.ID, "")
		refuses(t, err, fault.NotFound, "campaign.none") // of all branches
		crm.Granted = clinic.RightsOf(clinic.AllBranches)
		_, err = p.CampaignAudience(ctx, crm, c.ID, "")
		refuses(t, err, fault.Forbidden, "permission")
		found, err := p.CampaignPage(ctx, crm, c.ID)
		if err != nil || !found.Closed || found.Example.Patient != 0 || found.Audience.People != 0 {
			t.Errorf("%+v %v", found, err)
		}
		_, err = p.ScheduleCampaign(ctx, crm, desk.ScheduleCampaign{Campaign: c.ID, Version: c.Version})
		refuses(t, err, fault.Forbidden, "permission")
		list, err := p.Campaigns(ctx, p.as(clinic.CRM), desk.CampaignQuery{})
		if err != nil || len(list.Items) != 0 {
			t.Errorf("%+v %v", list, err)
		}
		_, err = p.Campaigns(ctx, p.manager, desk.CampaignQuery{Status: "x"})
		refuses(t, err, fault.Invalid, "campaign.status")
		_, err = p.CampaignAudience(ctx, p.manager, c.ID, "x")
		refuses(t, err, fault.Invalid, "page.cursor")
	})
}

// A campaign starts when its time comes, and at night waits for the morning.
func TestACampaignWaitsForItsTime(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.agreed(t, 2)
		starts := at(t, "1405/09/03", 22, 30)
		c := p.draft(t, desk.SaveCampaign{})
		c, err := p.ScheduleCampaign(t.Context(), p.manager, desk.ScheduleCampaign{Campaign: c.ID, Version: c.Version, Starts: &starts})
		if err != nil {
			t.Fatal(err)
		}
		if waits := p.of(t, c).Waits; !waits.Equal(at(t, "1405/09/04", 8, 0)) {
			t.Errorf("it waits until %s", waits)
		}
		if n := p.queue(t); n != 0 {
			t.Fatalf("%d too early", n)
		}
		p.clock.pass(starts.Sub(p.clock.now()))
		if n := p.queue(t); n != 2 {
			t.Fatalf("%d are queued", n)
		}
		if sent := p.sent(t); len(sent) != 0 {
			t.Errorf("somebody is woken up: %+v", sent)
		}
		p.clock.pass(at(t, "1405/09/04", 8, 0).Sub(p.clock.now()))
		if sent := p.sent(t); len(sent) != 2 {
			t.Errorf("%d are sent in the morning", len(sent))
		}
	})
}

// A campaign that is stopped in the middle sends no more: neither what waits, nor
// what was being sent and comes back, nor who was not looked at yet.
func TestACampaignStopsInTheMiddle(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		ctx := t.Context()
		p.agreed(t, 6)
		c := p.start(t, p.draft(t, desk.SaveCampaign{}))
		p.queue(t)
		n := 0
		p.SendMessages(ctx, p.clinicID(), func(_ context.Context, m clinic.Message) error {
			if n++; n == 3 { // one is on its way while the campaign is stopped
				if _, err := p.StopCampaign(ctx, p.manager, desk.StopCampaign{Campaign: c.ID, Version: c.Version}); err != nil {
					t.Error(err)
				}
				if r := p.of(t, c).Result; r.Waiting != 0 || r.Sending != 1 || r.Left[clinic.SkipStopped] != 3 {
					t.Errorf("at once: %+v", r)
				}
				return errors.New("busy")
			}
			return nil
		})
		p.clock.pass(2 * time.Hour)
		if sent := p.sent(t); len(sent) != 0 {
			t.Errorf("%d are sent after it was stopped", len(sent))
		}
		if n := p.queue(t); n != 0 {
			t.Errorf("%d are queued after it was stopped", n)
		}
		got := p.of(t, c)
		if got.Status != clinic.CampaignStopped || got.Result.Sent != 2 || got.Result.Left[clinic.SkipStopped] != 4 {
			t.Errorf("%s %+v", got.Status, got.Result)
		}
		_, err := p.ScheduleCampaign(ctx, p.manager, desk.ScheduleCampaign{Campaign: c.ID, Version: got.Version})
		refuses(t, err, fault.Refused, "campaign.state")
	})
}

// Codes and messages about an appointment do not wait behind a campaign.
func TestACampaignIsSentLast(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.agreed(t, 3)
		p.start(t, p.draft(t, desk.SaveCampaign{}))
		p.queue(t)
		p.clock.pass(time.Minute)
		p.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0)})
		if sent := p.sent(t); len(sent) != 4 || sent[0].Kind != clinic.MessageBooked {
			t.Errorf("%+v", sent)
		}
	})
}

// Two programs that queue at once make one message for each person.
func TestACampaignIsQueuedByOneProgram(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.agreed(t, 1100)
		c := p.start(t, p.draft(t, desk.SaveCampaign{}))
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if _, err := p.SendCampaigns(t.Context(), p.clinicID()); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		p.queue(t)
		if r := p.of(t, c).Result; r.Waiting != 1100 || r.People != 1101 {
			t.Errorf("%+v", r)
		}
	})
}

// Somebody stops a campaign between two batches of the job: nothing waits
// afterwards, and nobody else is looked at.
func TestACampaignStopsBetweenBatches(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		p.agreed(t, 2600)
		c := p.start(t, p.draft(t, desk.SaveCampaign{}))
		var job sync.WaitGroup
		job.Go(func() {
			if _, err := p.SendCampaigns(t.Context(), p.clinicID()); err != nil {
				t.Error(err)
			}
		})
		for p.of(t, c).Result.People == 0 {
		}
		if _, err := p.StopCampaign(t.Context(), p.manager, desk.StopCampaign{Campaign: c.ID, Version: c.Version}); err != nil {
			t.Error(err)
		}
		stopped := p.of(t, c).Result
		job.Wait()
		if r := p.of(t, c).Result; r.Waiting != 0 || r.People != stopped.People {
			t.Errorf("%+v, when it was stopped %+v", r, stopped)
		}
	})
}
