package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// AddCampaign writes a campaign.
func (tx *Tx) AddCampaign(ctx context.Context, c clinic.Campaign) error {
	const columns = "clinic, id, title, text, audience, money, branch, status, recorded, staff"
	err := tx.exec(ctx, insert("campaign", columns, 1), tx.clinic, c.ID, c.Title, c.Text, c.Audience, bit(c.Money), nullID(c.Branch), c.Status, micros(c.Recorded), c.Staff)
	if err != nil {
		return fmt.Errorf("add campaign: %w", err)
	}
	return nil
}

// SaveCampaign writes what people change of a campaign over the version that was
// read. Conflict campaign.stale.
func (tx *Tx) SaveCampaign(ctx context.Context, c clinic.Campaign) error {
	n, err := tx.change(ctx, `
		UPDATE campaign SET title = $4, text = $5, audience = $6, status = $7, starts = $8, people = $9, parts = $10, price = $11, ended = $12,
			money = $13, version = version + 1
		WHERE clinic = $1 AND id = $2 AND version = $3`, tx.clinic, c.ID, c.Version, c.Title, c.Text, c.Audience, c.Status, nullMoment(c.Starts),
		c.Estimate.People, c.Estimate.Parts, c.Estimate.Price, nullMoment(c.Ended), bit(c.Money))
	return saved(n, err, "campaign")
}

// DeleteCampaign takes away a draft as it was read. Conflict campaign.stale.
func (tx *Tx) DeleteCampaign(ctx context.Context, c clinic.Campaign) error {
	n, err := tx.change(ctx, `DELETE FROM campaign WHERE clinic = $1 AND id = $2 AND version = $3 AND status = 'draft'`, tx.clinic, c.ID, c.Version)
	return saved(n, err, "campaign")
}

// MoveCampaign writes what the job changes of a campaign; false when it is not
// any more as it was read.
func (tx *Tx) MoveCampaign(ctx context.Context, c, was clinic.Campaign) (bool, error) {
	n, err := tx.change(ctx, `
		UPDATE campaign SET status = $5, looked = $6, queued = $7, ended = $8
		WHERE clinic = $1 AND id = $2 AND status = $3 AND looked = $4`, tx.clinic, c.ID, was.Status, was.Cursor,
		c.Status, c.Cursor, nullMoment(c.Queued), nullMoment(c.Ended))
	if err != nil {
		return false, fmt.Errorf("move campaign %d: %w", c.ID, err)
	}
	return n > 0, nil
}

const campaignColumns = `c.id, c.title, c.text, c.audience, c.money, COALESCE(c.branch, 0), c.status, c.starts, c.people, c.parts, c.price, c.looked, c.queued,
	c.ended, c.recorded, c.staff, c.version`

func scanCampaign(scan func(...any) error) (c clinic.Campaign, err error) {
	var starts, queued, ended sql.NullInt64
	var recorded int64
	err = scan(&c.ID, &c.Title, &c.Text, &c.Audience, &c.Money, &c.Branch, &c.Status, &starts, &c.Estimate.People, &c.Estimate.Parts, &c.Estimate.Price,
		&c.Cursor, &queued, &ended, &recorded, &c.Staff, &c.Version)
	c.Starts, c.Queued, c.Ended, c.Recorded = someMoment(starts), someMoment(queued), someMoment(ended), moment(recorded)
	return c, err
}

// Campaign returns one campaign. NotFound campaign.none.
func (tx *Tx) Campaign(ctx context.Context, id clinic.CampaignID) (clinic.Campaign, error) {
	c, err := scanCampaign(tx.row(ctx, `SELECT `+campaignColumns+` FROM campaign c WHERE c.clinic = $1 AND c.id = $2`, tx.clinic, id).Scan)
	return c, some(err, "campaign.none", "campaign", id)
}

// DueCampaigns lists the campaigns whose time has come and that are not over.
func (tx *Tx) DueCampaigns(ctx context.Context, now time.Time) ([]clinic.Campaign, error) {
	all, err := collect(ctx, tx, scanCampaign, `
		SELECT `+campaignColumns+` FROM campaign c
		WHERE c.clinic = $1 AND c.status IN ('scheduled', 'sending') AND c.starts <= $2
		ORDER BY c.starts, c.id LIMIT 100`, tx.clinic, micros(now))
	if err != nil {
		return nil, fmt.Errorf("campaigns that are due: %w", err)
	}
	return all, nil
}

// CampaignFilter says which campaigns: those for the people of the branch, 0
// being any; "" is any state; before the id Before, 0 being the newest.
type CampaignFilter struct {
	Branch clinic.BranchID
	Status clinic.CampaignStatus
	Before clinic.CampaignID
	Limit  int
}

// CampaignItem is a campaign with who made it and how many of its audience have
// a message, or none.
type CampaignItem struct {
	clinic.Campaign
	StaffName        string
	Messages, Leaves int
}

// Campaigns lists campaigns, the newest first.
func (tx *Tx) Campaigns(ctx context.Context, f CampaignFilter) ([]CampaignItem, error) {
	args := arguments{tx.clinic}
	where := ""
	if f.Branch != 0 {
		where += " AND c.branch = " + args.add(f.Branch)
	}
	if f.Status != "" {
		where += " AND c.status = " + args.add(f.Status)
	}
	if f.Before != 0 {
		where += " AND c.id < " + args.add(f.Before)
	}
	const counted = `(SELECT COUNT(*) FROM campaign_recipient r WHERE r.clinic = c.clinic AND r.campaign = c.id AND r.reason %s '')`
	all, err := collect(ctx, tx, func(scan func(...any) error) (i CampaignItem, err error) {
		i.Campaign, err = scanCampaign(func(fields ...any) error { return scan(append(fields, &i.StaffName, &i.Messages, &i.Leaves)...) })
		return i, err
	}, `
		SELECT `+campaignColumns+`, COALESCE(s.name, ''), `+fmt.Sprintf(counted, "=")+`, `+fmt.Sprintf(counted, "<>")+`
		FROM campaign c LEFT JOIN staff s ON s.clinic = c.clinic AND s.id = c.staff
		WHERE c.clinic = $1`+where+` ORDER BY c.id DESC`+limitTo(args.add(f.Limit)), args...)
	if err != nil {
		return nil, fmt.Errorf("campaigns: %w", err)
	}
	return all, nil
}
