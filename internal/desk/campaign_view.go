package desk

import (
	"context"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// CampaignPage is a campaign with what it will do, or did. Of a Closed one there
// are no numbers.
type CampaignPage struct {
	Campaign
	StaffName string
	Audience  clinic.CampaignAudience // now, of one that has not begun
	Cost      clinic.CampaignCost     // of that audience at today's price
	Example   CampaignExample
	Waits     time.Time // when the quiet hours end that it would start in; zero: it starts in none
	Result    CampaignResult
	Off       bool // the clinic sends no messages
}

// CampaignExample is the text as one of the audience gets it; of Patient 0 with
// the example of the templates.
type CampaignExample struct {
	Patient clinic.PatientID
	Name    string
	Text    string
	Size    clinic.MessageSize
}

// CampaignResult is what became of an audience. Left are those without a
// message, by reason: the ones that were dropped as well.
type CampaignResult struct {
	People                         int
	Waiting, Sending, Sent, Failed int
	Left                           map[clinic.SkipReason]int
	Parts                          int          // that were sent
	Cost                           money.Amount // of them; 0: the price is not known
	store.CampaignReturn
}

func (p CampaignPage) shown() (people []clinic.PatientID) {
	if p.Example.Patient != 0 {
		people = append(people, p.Example.Patient)
	}
	return people
}

// CampaignPage returns a campaign. The audit says whose message it showed as an
// example. NotFound campaign.none.
func (d *Desk) CampaignPage(ctx context.Context, actor clinic.Actor, id clinic.CampaignID) (CampaignPage, error) {
	if err := actor.May(clinic.ReadCampaigns); err != nil {
		return CampaignPage{}, err
	}
	return readPatient(ctx, d, actor, "campaign.read", func(w work) (p CampaignPage, _ clinic.PatientID, err error) {
		if p.Campaign, err = w.campaign(ctx, id); err != nil {
			return p, 0, err
		}
		by, err := w.Tx.Staff(ctx, p.Staff)
		if err != nil {
			return p, 0, err
		}
		p.StaffName, p.Off, p.Campaign = by.Name, !w.clinic.SMS, p.told()
		p.Example = exampleOf(w.clinic, p.Template(), clinic.Sample(w.clinic))
		if p.Status == clinic.CampaignDraft || p.Status == clinic.CampaignScheduled {
			return p, 0, w.campaignPlan(ctx, &p)
		}
		if p.Closed {
			return p, 0, nil
		}
		return p, 0, w.campaignResult(ctx, &p)
	})
}

// campaignPlan adds what a campaign will do.
func (w work) campaignPlan(ctx context.Context, p *CampaignPage) error {
	rules, err := w.MessageRules(ctx)
	if err != nil {
		return err
	}
	starts := p.Starts
	if starts.Before(w.now) {
		starts = w.now
	}
	if until := rules.Wait(clinic.MessageCampaign, starts, w.clinic.Zone); until.After(starts) {
		p.Waits = until
	}
	if p.Closed {
		return nil
	}
	find, err := w.audience(p.Campaign)
	if err != nil {
		return err
	}
	if p.Audience, err = w.Audience(ctx, find); err != nil {
		return err
	}
	p.Cost = p.Campaign.Cost(w.clinic, p.Audience, rules)
	p.Example, err = w.example(ctx, p, find)
	return err
}

// mostExamples is how many of an audience are looked at for one who gets the
// message.
const mostExamples = 50

// example is the text as the first of the audience gets it to whom it goes.
func (w work) example(ctx context.Context, p *CampaignPage, find store.Conditions) (CampaignExample, error) {
	people, err := w.AudienceAfter(ctx, find, 0, mostExamples)
	if err != nil {
		return CampaignExample{}, err
	}
	for _, one := range people {
		if one.Leaves(false) == "" {
			e := exampleOf(w.clinic, p.Template(), clinic.CampaignFields(w.clinic, one))
			e.Patient, e.Name = one.ID, one.Name()
			return e, nil
		}
	}
	return p.Example, nil
}

func exampleOf(c clinic.Clinic, t clinic.MessageTemplate, fields clinic.MessageFields) CampaignExample {
	text := t.Fill(fields)
	return CampaignExample{Text: text, Size: clinic.SizeOf(text)}
}

// campaignResult adds what became of a campaign.
func (w work) campaignResult(ctx context.Context, p *CampaignPage) error {
	tallies, err := w.CampaignTallies(ctx, p.ID)
	if err != nil {
		return err
	}
	r := CampaignResult{Left: map[clinic.SkipReason]int{}}
	for _, t := range tallies {
		r.People += t.People
		switch t.Status {
		case clinic.MessageQueued:
			r.Waiting += t.People
		case clinic.MessageSending:
			r.Sending += t.People
		case clinic.MessageSent:
			r.Sent, r.Parts = r.Sent+t.People, r.Parts+t.Parts
		case clinic.MessageFailed:
			r.Failed += t.People
		default:
			r.Left[t.Reason] += t.People
		}
	}
	r.Cost = p.Estimate.Price * money.Amount(r.Parts)
	if r.Sent > 0 {
		if r.CampaignReturn, err = w.CampaignReturns(ctx, p.ID, clinic.CampaignReturns); err != nil {
			return err
		}
	}
	p.Result = r
	return nil
}

// audiencePerPage is how many people a page of an audience shows.
const audiencePerPage = 50

// AudienceItem is one of an audience: Status is that of the message, "" before
// there is one; Reason says why there is none.
type AudienceItem = store.RecipientItem

// AudiencePage is a page of the audience of a campaign: of one that has not
// begun whom it would reach now, else who was looked at.
type AudiencePage struct {
	Campaign
	Items []AudienceItem
	Next  string // "" on the last page
}

func (p AudiencePage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Patient.ID)
	}
	return people
}

// CampaignAudience lists the audience of a campaign in the order of files. The
// audit says whom it showed. NotFound campaign.none; Forbidden permission for an
// audience that the actor may not ask for; Invalid page.cursor.
func (d *Desk) CampaignAudience(ctx context.Context, actor clinic.Actor, id clinic.CampaignID, cursor string) (AudiencePage, error) {
	if err := actor.May(clinic.ReadCampaigns); err != nil {
		return AudiencePage{}, err
	}
	after, err := cursorID(cursor)
	if err != nil {
		return AudiencePage{}, err
	}
	return readPatient(ctx, d, actor, "campaign.audience", func(w work) (p AudiencePage, _ clinic.PatientID, err error) {
		if p.Campaign, err = w.campaign(ctx, id); err != nil {
			return p, 0, err
		}
		if p.Items, err = w.audienceItems(ctx, p.Campaign, clinic.PatientID(after)); err != nil {
			return p, 0, err
		}
		if len(p.Items) > audiencePerPage {
			p.Items = p.Items[:audiencePerPage]
			p.Next = strconv.FormatInt(int64(p.Items[audiencePerPage-1].Patient.ID), 10)
		}
		for i := range p.Items {
			p.Items[i].Mobile = w.maskedNumber(p.Items[i].Mobile)
		}
		return p, 0, nil
	})
}

func (w work) audienceItems(ctx context.Context, c Campaign, after clinic.PatientID) (items []AudienceItem, err error) {
	find, err := w.audience(c)
	if err != nil {
		return nil, err
	}
	if c.Status != clinic.CampaignDraft && c.Status != clinic.CampaignScheduled {
		return w.Recipients(ctx, c.ID, after, audiencePerPage+1)
	}
	people, err := w.AudienceAfter(ctx, find, after, audiencePerPage+1)
	for _, p := range people {
		items = append(items, AudienceItem{Patient: p, Mobile: p.Mobile, Reason: p.Leaves(false)})
	}
	return items, err
}

// CampaignOf returns a campaign as it is changed. NotFound campaign.none;
// Forbidden permission for an audience that the actor may not ask for; Refused
// campaign.state of one that is no draft any more.
func (d *Desk) CampaignOf(ctx context.Context, actor clinic.Actor, id clinic.CampaignID) (c Campaign, err error) {
	if err := actor.May(clinic.WriteCampaigns); err != nil {
		return c, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if c, err = w.campaign(ctx, id); err != nil {
			return err
		}
		return c.Filter.allowed(actor)
	})
	if err == nil && c.Status != clinic.CampaignDraft {
		return c, fault.New(fault.Refused, "campaign.state", "a campaign that is %s is not changed", c.Status)
	}
	return c, err
}
