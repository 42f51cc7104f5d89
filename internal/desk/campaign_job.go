package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
)

// What bounds one run of the job: how many people one transaction looks at, and
// how many transactions a run has, so that other jobs get their turn.
const (
	campaignBatch       = 500
	mostCampaignBatches = 40
)

// SendCampaigns puts the messages of the campaigns whose time has come into the
// queue, and ends those of which none waits any more. It goes through an
// audience in batches, each in one transaction with how far it is: it may be
// ended at any point, run any number of times and in several programs at once,
// and each person gets one message. It returns how many it queued.
func (d *Desk) SendCampaigns(ctx context.Context, c clinic.ID) (queued int, err error) {
	var due []clinic.Campaign
	off := false
	err = d.read(ctx, byItself(c), func(w work) (err error) {
		off = !w.clinic.SMS
		due, err = w.DueCampaigns(ctx, w.now)
		return err
	})
	if err != nil || off {
		return 0, err // what is due waits until messages are switched on again
	}
	batches := mostCampaignBatches
	for _, one := range due {
		for more := true; more && batches > 0; batches-- {
			n := 0
			if n, more, err = d.sendCampaign(ctx, c, one.ID); err != nil {
				return queued, err
			}
			queued += n
		}
	}
	return queued, nil
}

// sendCampaign queues the next batch of a campaign, or ends it; more says that
// there is another one. A look at the campaign in the same transaction sees what
// another program, or whoever stopped it, has done.
func (d *Desk) sendCampaign(ctx context.Context, of clinic.ID, id clinic.CampaignID) (queued int, more bool, err error) {
	err = d.write(ctx, byItself(of), func(w work) error {
		queued, more = 0, false
		row, err := w.Tx.Campaign(ctx, id)
		if err != nil {
			return err
		}
		c, err := readCampaign(row)
		if err != nil {
			return err
		}
		switch {
		case c.Status == clinic.CampaignScheduled && !c.Starts.After(w.now):
			if c.Campaign, err = c.Begin(); err != nil {
				return err
			}
		case c.Status != clinic.CampaignSending:
			return nil // stopped, or put off
		case !c.Queued.IsZero():
			return w.finishCampaign(ctx, c.Campaign)
		}
		queued, more, err = w.queueCampaign(ctx, c, row)
		return err
	})
	return queued, more, err
}

// queueCampaign looks at the next people of a campaign that was so before.
func (w work) queueCampaign(ctx context.Context, c Campaign, was clinic.Campaign) (queued int, more bool, err error) {
	find, err := w.audience(c)
	if err != nil {
		return 0, false, err
	}
	people, err := w.AudienceAfter(ctx, find, c.Cursor, campaignBatch+1)
	if err != nil {
		return 0, false, err
	}
	if more = len(people) > campaignBatch; more {
		people = people[:campaignBatch]
	}
	if len(people) > 0 {
		c.Cursor = people[len(people)-1].ID
	}
	if !more {
		c.Queued = w.now
	}
	moved, err := w.MoveCampaign(ctx, c.Campaign, was)
	if err != nil || !moved {
		return 0, false, err
	}
	queued, err = w.tellAudience(ctx, c, people)
	return queued, more, err
}

// tellAudience makes the messages of a campaign to some of its audience: to each
// mobile one, and to those only who agree to advertising now.
func (w work) tellAudience(ctx context.Context, c Campaign, people []clinic.Patient) (int, error) {
	rules, err := w.MessageRules(ctx)
	if err != nil {
		return 0, err
	}
	var mobiles []string
	for _, p := range people {
		if p.Mobile != "" {
			mobiles = append(mobiles, p.Mobile)
		}
	}
	told, err := w.CampaignMobiles(ctx, c.ID, mobiles)
	if err != nil {
		return 0, err
	}
	taken := map[string]bool{}
	for _, m := range told {
		taken[m] = true
	}
	var recipients []clinic.CampaignRecipient
	var messages []clinic.Message
	due := rules.Wait(clinic.MessageCampaign, w.now, w.clinic.Zone)
	for _, p := range people {
		r := clinic.CampaignRecipient{Patient: p.ID, Mobile: p.Mobile, Reason: p.Leaves(taken[p.Mobile])}
		if r.Reason == "" {
			taken[p.Mobile] = true
			m := clinic.Message{ID: clinic.MessageID(w.id()), Patient: p.ID, Mobile: p.Mobile, Kind: clinic.MessageCampaign,
				Text: c.Template().Fill(clinic.CampaignFields(w.clinic, p)), Object: int64(c.ID), Occasion: strconv.FormatInt(int64(p.ID), 10),
				Status: clinic.MessageQueued, Due: due, Recorded: w.now}
			r.Message, r.Parts = m.ID, clinic.SizeOf(m.Text).Parts
			messages = append(messages, m)
		}
		recipients = append(recipients, r)
	}
	return len(messages), w.AddRecipients(ctx, c.ID, recipients, messages)
}

// finishCampaign ends a campaign of which no message waits.
func (w work) finishCampaign(ctx context.Context, c clinic.Campaign) error {
	on, err := w.CampaignGoesOn(ctx, c.ID)
	if err != nil || on {
		return err
	}
	done, err := c.Finish(w.now)
	if err != nil {
		return err
	}
	_, err = w.MoveCampaign(ctx, done, c)
	return err
}

// stopped reports whether a message is of a campaign that was stopped.
func (w work) stopped(ctx context.Context, m clinic.Message) (bool, error) {
	if m.Kind != clinic.MessageCampaign || m.Object == 0 {
		return false, nil
	}
	c, err := w.Tx.Campaign(ctx, clinic.CampaignID(m.Object))
	return c.Status == clinic.CampaignStopped, err
}
