package clinic

import (
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// CampaignID names a campaign.
type CampaignID int64

// Campaign is one text to many people, once. The audience is whom a list of
// patients shows on the day that it starts; each of them gets one message if
// they agreed to advertising, and each mobile one.
//
// Cursor is the last of the audience who was looked at, in the order of ids: the
// job goes on behind it. Queued is when everybody was.
type Campaign struct {
	ID       CampaignID
	Title    string
	Text     string   // with fields in braces
	Audience string   // the conditions of the list, as the desk writes them
	Money    bool     // what people owe says who is in it
	Branch   BranchID // whose people it is for, and who sees it; 0: of all branches
	Status   CampaignStatus
	Starts   time.Time // zero: not decided
	Estimate CampaignCost
	Cursor   PatientID
	Queued   time.Time // zero: not everybody was looked at
	Ended    time.Time // zero: it goes on
	Recorded time.Time
	Staff    StaffID
	Version  int64 // rises with what people change, not with what the job does
}

// CampaignStatus is how far a campaign is.
type CampaignStatus string

// The states of a campaign. A stopped one stays stopped.
const (
	CampaignDraft     CampaignStatus = "draft"
	CampaignScheduled CampaignStatus = "scheduled"
	CampaignSending   CampaignStatus = "sending"
	CampaignDone      CampaignStatus = "done"
	CampaignStopped   CampaignStatus = "stopped"
)

// CampaignStatuses lists them in the order of the filter.
var CampaignStatuses = []CampaignStatus{CampaignDraft, CampaignScheduled, CampaignSending, CampaignDone, CampaignStopped}

// CampaignCost is what a campaign costs: messages to People, of Parts each by
// the example, at the price of a part. Price 0 is not known.
type CampaignCost struct {
	People int
	Parts  int
	Price  money.Amount
}

// Amount is the cost in all.
func (c CampaignCost) Amount() money.Amount {
	return c.Price * money.Amount(c.Parts) * money.Amount(c.People)
}

// CampaignAudience counts whom a campaign reaches: of People, Reached get the
// message, and each of the others is left out for one reason.
type CampaignAudience struct {
	People, Reached             int
	NoMobile, NoConsent, Shared int
}

// CampaignReturns is how long after its message somebody who comes is counted
// as one who came back.
const CampaignReturns = 30 * 24 * time.Hour

// What bounds a campaign: the letters of its title, and how far ahead it is
// scheduled.
const (
	campaignTitle = 80
	campaignAhead = 366 * 24 * time.Hour
)

// campaignMoves are the states that each one goes to.
var campaignMoves = map[CampaignStatus][]CampaignStatus{
	CampaignDraft:     {CampaignScheduled},
	CampaignScheduled: {CampaignScheduled, CampaignSending, CampaignStopped},
	CampaignSending:   {CampaignDone, CampaignStopped},
}

// Moves reports whether a campaign of the state goes to another.
func (s CampaignStatus) Moves(to CampaignStatus) bool { return slices.Contains(campaignMoves[s], to) }

// move puts a campaign into a state. Refused campaign.state.
func (c Campaign) move(to CampaignStatus) (Campaign, error) {
	if !c.Status.Moves(to) {
		return c, fault.New(fault.Refused, "campaign.state", "a campaign that is %s does not become %s", c.Status, to)
	}
	c.Status = to
	return c, nil
}

// Check cleans the title and the text of a draft. Refused campaign.state of one
// that is none; Invalid campaign.title and what is wrong with a template.
func (c Campaign) Check(of Clinic) (Campaign, error) {
	if c.Status != CampaignDraft {
		return c, fault.New(fault.Refused, "campaign.state", "a campaign that is %s is not changed", c.Status)
	}
	title, err := farsi.Clean(c.Title, campaignTitle)
	if err != nil {
		return c, at(err, "title")
	}
	if c.Title = title; title == "" {
		return c, fault.New(fault.Invalid, "campaign.title", "a campaign needs a title").At("title")
	}
	t, err := c.Template().checkText(of)
	c.Text = t.Text
	return c, err
}

// Template is the text with its fields.
func (c Campaign) Template() MessageTemplate {
	return MessageTemplate{Kind: MessageCampaign, Text: c.Text, On: true}
}

// CampaignFields are the values of the fields for a person.
func CampaignFields(c Clinic, p Patient) MessageFields {
	return MessageFields{FieldName: p.Name(), FieldClinic: c.Name}
}

// Cost is what the campaign costs as far as is known before it starts.
func (c Campaign) Cost(of Clinic, a CampaignAudience, r MessageRules) CampaignCost {
	return CampaignCost{People: a.Reached, Parts: SizeOf(c.Template().Fill(Sample(of))).Parts, Price: r.Price}
}

// Schedule decides when a campaign starts. Refused campaign.state, campaign.nobody when the message reaches nobody; Invalid
// campaign.past, campaign.far.
func (c Campaign) Schedule(starts time.Time, cost CampaignCost, now time.Time) (Campaign, error) {
	c, err := c.move(CampaignScheduled)
	switch {
	case err != nil:
		return c, err
	case starts.Before(now):
		return c, fault.New(fault.Invalid, "campaign.past", "the time has passed").At("day")
	case starts.Sub(now) > campaignAhead:
		return c, fault.New(fault.Invalid, "campaign.far", "the time is more than a year away").At("day")
	}
	if cost.People == 0 {
		return c, fault.New(fault.Refused, "campaign.nobody", "the message would reach nobody")
	}
	c.Starts, c.Estimate = starts, cost
	return c, nil
}

// Discard allows a draft to be thrown away; what was decided once is kept.
// Refused campaign.state.
func (c Campaign) Discard() error {
	if c.Status != CampaignDraft {
		return fault.New(fault.Refused, "campaign.state", "a campaign that is %s is not thrown away", c.Status)
	}
	return nil
}

// Begin is a campaign whose time has come. Refused campaign.state.
func (c Campaign) Begin() (Campaign, error) { return c.move(CampaignSending) }

// Stop ends a campaign before its end. Refused campaign.state.
func (c Campaign) Stop(now time.Time) (Campaign, error) {
	c.Ended = now
	return c.move(CampaignStopped)
}

// Finish ends a campaign of which every message was sent or given up. Refused
// campaign.state.
func (c Campaign) Finish(now time.Time) (Campaign, error) {
	c.Ended = now
	return c.move(CampaignDone)
}

// Leaves says why a person of the audience gets no message; "" when it goes
// out. taken says that the mobile has it by somebody else.
func (p Patient) Leaves(taken bool) SkipReason {
	if why := p.MayBeSent(MessageCampaign); why != "" || !taken {
		return why
	}
	return SkipShared
}

// CampaignRecipient is one of the audience who was looked at: with a message, or
// with the reason why there is none.
type CampaignRecipient struct {
	Patient PatientID
	Mobile  string
	Message MessageID // 0: none
	Reason  SkipReason
	Parts   int
}
