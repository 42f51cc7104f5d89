package desk_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
)

// The program ends a hundred times while it queues campaigns, at any point of a
// batch. In the end each person of each campaign has one message, and no mobile
// two.
func TestACampaignSurvivesAHundredEnds(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		luck := rand.New(rand.NewPCG(3, 5))
		people := p.agreed(t, 700)
		p.register(t, clinic.Patient{FirstName: "هم", LastName: "شماره", Mobile: "09350000000", SMSAdvertising: true})
		var all []desk.Campaign
		cuts := 0
		for end := range 100 {
			if end%10 == 0 {
				all = append(all, p.start(t, p.draft(t, desk.SaveCampaign{})))
			}
			if ends(t, p.store, p.clock, p.ids, luck.IntN(560), luck.IntN(2) == 0, func(ctx context.Context, d *desk.Desk) error {
				_, err := d.SendCampaigns(ctx, p.clinicID())
				return err
			}) {
				cuts++
			}
			p.clock.pass(time.Second)
		}
		p.queue(t)
		if cuts < 70 {
			t.Errorf("only %d ends came in the middle", cuts)
		}
		for _, c := range all {
			r := p.of(t, c).Result
			if r.Waiting != len(people) || r.Left[clinic.SkipShared] != 1 || r.People != len(people)+2 {
				t.Errorf("%+v", r)
			}
		}
		p.eachMobileOnce(t, all)
	})
}

// eachMobileOnce counts the messages that campaigns made, from the queue itself.
func (p page) eachMobileOnce(t *testing.T, all []desk.Campaign) {
	t.Helper()
	for _, c := range all {
		told := map[string]int{}
		err := p.store.Read(t.Context(), p.clinicID(), func(tx *store.Tx) error {
			clear(told)
			messages, err := tx.MessagesAbout(t.Context(), int64(c.ID))
			for _, m := range messages {
				told[m.Mobile]++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(told) != 700 {
			t.Errorf("%d mobiles have a message", len(told))
		}
		for mobile, n := range told {
			if n != 1 {
				t.Errorf("%s has %d", mobile, n)
			}
		}
	}
}
