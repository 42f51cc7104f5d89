package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// campaignsPerPage is how many campaigns a page shows.
const campaignsPerPage = 25

// Campaign is a campaign with the conditions of its audience, read. Closed says
// that the reader may not ask for such an audience: neither who is in it nor how
// many they are is told.
type Campaign struct {
	clinic.Campaign
	Filter PatientFilter
	Closed bool
}

// told is a campaign as its reader may know it.
func (c Campaign) told() Campaign {
	if c.Closed {
		c.Estimate = clinic.CampaignCost{}
	}
	return c
}

// SaveCampaign is the command "write this draft": of ID 0 a new one, else over
// the version that was read.
type SaveCampaign struct {
	ID          clinic.CampaignID
	Title, Text string
	Filter      PatientFilter
	Version     int64   // 0: not compared
	Request     Request `json:"-"`
}

// SaveCampaign carries out the command. Faults are those of
// clinic.Campaign.Check and of a list of patients with the filter; text.long,
// provider.none, insurer.none, branch.none at its field; Forbidden
// permission as well for a draft whose audience the actor may not ask for, since
// its form cannot show it; NotFound campaign.none, Conflict campaign.stale.
func (d *Desk) SaveCampaign(ctx context.Context, actor clinic.Actor, cmd SaveCampaign) (Campaign, error) {
	return command(ctx, d, actor, clinic.WriteCampaigns, "campaign.save", cmd.Request, cmd, func(w work) (Campaign, error) {
		return w.saveCampaign(ctx, cmd)
	})
}

func (w work) saveCampaign(ctx context.Context, cmd SaveCampaign) (c Campaign, err error) {
	c.Campaign = clinic.Campaign{ID: clinic.CampaignID(w.id()), Branch: w.branch(), Status: clinic.CampaignDraft, Recorded: w.now, Staff: w.actor.Staff, Version: 1}
	if cmd.ID != 0 {
		if c, err = w.campaignAt(ctx, cmd.ID, cmd.Version); err != nil {
			return c, err
		}
		if c.Closed {
			return c, c.Filter.allowed(w.actor)
		}
	}
	if c.Filter, err = w.knownAudience(ctx, cmd.Filter); err != nil {
		return c, err
	}
	c.Title, c.Text = cmd.Title, cmd.Text
	if c.Campaign, err = c.Check(w.clinic); err != nil {
		return c, err
	}
	audience, err := json.Marshal(c.Filter)
	if err != nil {
		return c, fmt.Errorf("audience: %w", err)
	}
	c.Audience, c.Money = string(audience), c.Filter.Filter != ""
	if cmd.ID == 0 {
		err = w.AddCampaign(ctx, c.Campaign)
	} else {
		err = w.Tx.SaveCampaign(ctx, c.Campaign)
		c.Version++
	}
	if err != nil {
		return c, err
	}
	return c, w.audit(ctx, "campaign.save", 0, int64(c.ID))
}

// ScheduleCampaign is the command "send it then"; without Starts now. Version is
// that of the campaign on the screen; 0 is not compared.
type ScheduleCampaign struct {
	Campaign clinic.CampaignID
	Starts   *time.Time
	Version  int64
	Request  Request `json:"-"`
}

// ScheduleCampaign carries out the command. Faults are those of
// clinic.Campaign.Schedule and of a list of patients with the filter; Refused
// campaign.off in a clinic that sends no messages; NotFound campaign.none,
// Conflict campaign.stale.
func (d *Desk) ScheduleCampaign(ctx context.Context, actor clinic.Actor, cmd ScheduleCampaign) (Campaign, error) {
	return command(ctx, d, actor, clinic.WriteCampaigns, "campaign.schedule", cmd.Request, cmd, func(w work) (Campaign, error) {
		return w.scheduleCampaign(ctx, cmd)
	})
}

func (w work) scheduleCampaign(ctx context.Context, cmd ScheduleCampaign) (Campaign, error) {
	c, err := w.campaignAt(ctx, cmd.Campaign, cmd.Version)
	if err != nil {
		return c, err
	}
	if !w.clinic.SMS {
		return c, fault.New(fault.Refused, "campaign.off", "the clinic sends no messages")
	}
	rules, err := w.MessageRules(ctx)
	if err != nil {
		return c, err
	}
	starts := w.now
	if cmd.Starts != nil {
		starts = *cmd.Starts
	}
	on := c
	on.Starts = starts
	reached, err := w.countAudience(ctx, on)
	if err != nil {
		return c, err
	}
	if c.Campaign, err = c.Schedule(starts, c.Cost(w.clinic, reached, rules), w.now); err != nil {
		return c, err
	}
	if err := w.Tx.SaveCampaign(ctx, c.Campaign); err != nil {
		return c, err
	}
	c.Version++
	return c, w.audit(ctx, "campaign.schedule", 0, int64(c.ID))
}

// StopCampaign is the command "send no more of it".
type StopCampaign struct {
	Campaign clinic.CampaignID
	Version  int64
	Request  Request `json:"-"`
}

// StopCampaign carries out the command: what waits in the queue is dropped, what
// is sent stays. Refused campaign.state; NotFound campaign.none, Conflict
// campaign.stale.
func (d *Desk) StopCampaign(ctx context.Context, actor clinic.Actor, cmd StopCampaign) (Campaign, error) {
	return command(ctx, d, actor, clinic.WriteCampaigns, "campaign.stop", cmd.Request, cmd, func(w work) (Campaign, error) {
		c, err := w.campaignAt(ctx, cmd.Campaign, cmd.Version)
		if err != nil {
			return c, err
		}
		if c.Campaign, err = c.Stop(w.now); err != nil {
			return c, err
		}
		if err := w.Tx.SaveCampaign(ctx, c.Campaign); err != nil {
			return c, err
		}
		c.Version++
		if err := w.StopMessages(ctx, c.ID); err != nil {
			return c, err
		}
		return c.told(), w.audit(ctx, "campaign.stop", 0, int64(c.ID))
	})
}

// DiscardCampaign is the command "throw this draft away".
type DiscardCampaign struct {
	Campaign clinic.CampaignID
	Version  int64
	Request  Request `json:"-"`
}

// DiscardCampaign carries out the command; the answer is the draft that was.
// Refused campaign.state; Forbidden permission for an audience that the actor may
// not ask for; NotFound campaign.none, Conflict campaign.stale.
func (d *Desk) DiscardCampaign(ctx context.Context, actor clinic.Actor, cmd DiscardCampaign) (Campaign, error) {
	return command(ctx, d, actor, clinic.WriteCampaigns, "campaign.discard", cmd.Request, cmd, func(w work) (Campaign, error) {
		c, err := w.campaignAt(ctx, cmd.Campaign, cmd.Version)
		if err != nil {
			return c, err
		}
		if c.Closed {
			return c, c.Filter.allowed(w.actor)
		}
		if err := c.Discard(); err != nil {
			return c, err
		}
		if err := w.DeleteCampaign(ctx, c.Campaign); err != nil {
			return c, err
		}
		return c, w.audit(ctx, "campaign.discard", 0, int64(c.ID))
	})
}

// campaign is a campaign that the actor may see: one for the people of another
// branch, or of all, does not exist. NotFound campaign.none.
func (w work) campaign(ctx context.Context, id clinic.CampaignID) (c Campaign, err error) {
	if c.Campaign, err = w.Tx.Campaign(ctx, id); err != nil {
		return c, err
	}
	scope, err := w.searched(ctx)
	if err != nil {
		return c, err
	}
	if scope != 0 && c.Branch != scope {
		return Campaign{}, fault.New(fault.NotFound, "campaign.none", "there is no campaign %d", id)
	}
	c, err = readCampaign(c.Campaign)
	c.Closed = c.Filter.allowed(w.actor) != nil
	return c, err
}

// readCampaign reads the conditions of a campaign.
func readCampaign(row clinic.Campaign) (Campaign, error) {
	c := Campaign{Campaign: row}
	if err := json.Unmarshal([]byte(row.Audience), &c.Filter); err != nil {
		return c, fmt.Errorf("audience of campaign %d: %w", row.ID, err)
	}
	return c, nil
}

// campaignAt is a campaign to be changed as it was seen; 0 is not compared.
// Conflict campaign.stale.
func (w work) campaignAt(ctx context.Context, id clinic.CampaignID, version int64) (Campaign, error) {
	c, err := w.campaign(ctx, id)
	if err == nil && version != 0 && c.Version != version {
		err = fault.New(fault.Conflict, "campaign.stale", "the campaign was changed meanwhile")
	}
	return c, err
}

// audience is what the people of a campaign meet on the day that it starts, or
// today when that is not decided. Faults are those of a list of patients.
func (w work) audience(c Campaign) (store.Conditions, error) {
	if w.actor.Staff != 0 { // not the job, which sends what somebody decided
		if err := c.Filter.allowed(w.actor); err != nil {
			return store.Conditions{}, err
		}
	}
	f := c.Filter
	if f.Branch == 0 {
		f.Branch = c.Branch
	}
	if c.Starts.After(w.now) || c.Status == clinic.CampaignSending {
		w.now = c.Starts
	}
	return w.conditions(f)
}

// audienceWords bounds the letters of a condition that somebody writes.
const audienceWords = 100

// knownAudience cleans the conditions of a draft, which are kept, and refuses
// those that nobody can meet.
func (w work) knownAudience(ctx context.Context, f PatientFilter) (PatientFilter, error) {
	err := f.allowed(w.actor)
	if err != nil {
		return f, err
	}
	if f.Tag, err = farsi.Clean(f.Tag, audienceWords); err != nil {
		return f, at(err, "tag")
	}
	if f.Source, err = farsi.Clean(f.Source, audienceWords); err != nil {
		return f, at(err, "source")
	}
	if f.Provider != 0 {
		if _, err := w.Tx.Provider(ctx, f.Provider); err != nil {
			return f, at(err, "provider")
		}
	}
	if f.Insurer != 0 {
		if _, err := w.Tx.Insurer(ctx, f.Insurer); err != nil {
			return f, at(err, "insurer")
		}
	}
	if f.Branch != 0 {
		if _, err := w.Tx.Branch(ctx, f.Branch); err != nil {
			return f, at(err, "branch")
		}
	}
	_, err = w.conditions(f)
	return f, err
}

// countAudience counts the audience of a campaign.
func (w work) countAudience(ctx context.Context, c Campaign) (clinic.CampaignAudience, error) {
	find, err := w.audience(c)
	if err != nil {
		return clinic.CampaignAudience{}, err
	}
	return w.Audience(ctx, find)
}

// CampaignQuery asks for campaigns: "" is any state; Cursor is Next of the page
// before.
type CampaignQuery struct {
	Status clinic.CampaignStatus
	Cursor string
}

// CampaignItem is a campaign in the list. Of a Closed one, whose audience the
// reader may not ask for, the numbers are not told.
type CampaignItem struct {
	store.CampaignItem
	Closed bool
}

// CampaignList is one page of campaigns, the newest first.
type CampaignList struct {
	Items []CampaignItem
	Next  string // "" on the last page
}

// Campaigns lists the campaigns for the people whom the actor may see. Invalid
// campaign.status, page.cursor.
func (d *Desk) Campaigns(ctx context.Context, actor clinic.Actor, q CampaignQuery) (l CampaignList, err error) {
	if err := actor.May(clinic.ReadCampaigns); err != nil {
		return l, err
	}
	before, err := cursorID(q.Cursor)
	if err != nil {
		return l, err
	}
	if q.Status != "" && !slices.Contains(clinic.CampaignStatuses, q.Status) {
		return l, fault.New(fault.Invalid, "campaign.status", "there is no state %q", q.Status).At("status")
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		l = CampaignList{}
		scope, err := w.searched(ctx)
		if err != nil {
			return err
		}
		found, err := w.Campaigns(ctx, store.CampaignFilter{Branch: scope, Status: q.Status, Before: clinic.CampaignID(before), Limit: campaignsPerPage + 1})
		if len(found) > campaignsPerPage {
			found = found[:campaignsPerPage]
			l.Next = strconv.FormatInt(int64(found[campaignsPerPage-1].ID), 10)
		}
		for _, i := range found {
			c, err := readCampaign(i.Campaign)
			if err != nil {
				return err
			}
			if c.Closed = c.Filter.allowed(actor) != nil; c.Closed {
				i.Messages, i.Leaves = 0, 0
			}
			i.Campaign = c.told().Campaign
			l.Items = append(l.Items, CampaignItem{i, c.Closed})
		}
		return err
	})
	return l, err
}

// cursorID reads a cursor that is an id; 0 for none. Invalid page.cursor.
func cursorID(cursor string) (int64, error) {
	if cursor == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || id <= 0 {
		return 0, fault.New(fault.Invalid, "page.cursor", "there is no such page").At("cursor")
	}
	return id, nil
}
