package desk

import (
	"context"
	"time"
)

// DraftCampaign makes a draft. Faults are those of Desk.SaveCampaign.
func (b Batch) DraftCampaign(ctx context.Context, cmd SaveCampaign) (Campaign, error) {
	return b.w.saveCampaign(ctx, cmd)
}

// SendCampaign makes up that a campaign was sent whole at the instant of the
// batch, and was over so much later. Faults are those of Desk.ScheduleCampaign.
func (b Batch) SendCampaign(ctx context.Context, c Campaign, took time.Duration) error {
	w := b.w
	c, err := w.scheduleCampaign(ctx, ScheduleCampaign{Campaign: c.ID})
	if err != nil {
		return err
	}
	was := c.Campaign
	if c.Campaign, err = c.Begin(); err != nil {
		return err
	}
	for more := true; more; was = c.Campaign {
		if _, more, err = w.queueCampaign(ctx, c, was); err != nil {
			return err
		}
		if c.Campaign, err = w.Tx.Campaign(ctx, c.ID); err != nil {
			return err
		}
	}
	w.now = w.now.Add(took)
	if err := (Batch{w}).Deliver(ctx, int64(c.ID), w.now, ""); err != nil {
		return err
	}
	return w.finishCampaign(ctx, c.Campaign)
}
