package api

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// audienceForm says to whom a campaign goes: the conditions of GET /patients.
type audienceForm struct {
	Filter     string `json:"filter,omitempty" doc:"debtor, creditor or settled"`
	Unseen     int    `json:"unseen,omitempty" doc:"not admitted in so many months"`
	Birthday   string `json:"birthday,omitempty" doc:"week: in the week that it starts in"`
	Source     string `json:"source,omitempty" doc:"how they found the clinic"`
	Tag        string `json:"tag,omitempty"`
	ProviderID string `json:"provider_id,omitempty" doc:"had a service of them"`
	InsurerID  string `json:"insurer_id,omitempty" doc:"covers them on the day that it starts"`
	BranchID   string `json:"branch_id,omitempty"`
}

func showAudience(f desk.PatientFilter) audienceForm {
	return audienceForm{Filter: f.Filter, Unseen: f.Unseen, Birthday: f.Birthday, Source: f.Source, Tag: f.Tag, ProviderID: name(f.Provider),
		InsurerID: name(f.Insurer), BranchID: name(f.Branch)}
}

// filter turns the form into what a list is asked for.
func (f audienceForm) filter() (desk.PatientFilter, error) {
	q, err := (&patientQuery{Filter: f.Filter, Unseen: f.Unseen, Birthday: f.Birthday, Source: f.Source, Tag: f.Tag, ProviderID: f.ProviderID,
		InsurerID: f.InsurerID, BranchID: f.BranchID}).query()
	return q.PatientFilter, err
}

// Campaign is one text to many people.
type Campaign struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Text     string        `json:"text"`
	Audience audienceForm  `json:"audience"`
	Status   string        `json:"status" doc:"draft, scheduled, sending, done or stopped"`
	Starts   *time.Time    `json:"starts,omitempty"`
	Ended    *time.Time    `json:"ended,omitempty"`
	Estimate *campaignCost `json:"estimate,omitempty" doc:"as it was scheduled; of a draft all is 0, and none for who may not ask for such an audience"`
	Recorded time.Time     `json:"recorded"`
	Version  int64         `json:"version" doc:"what If-Match names"`
}

// campaignCost is what a campaign costs.
type campaignCost struct {
	People int          `json:"people" doc:"who get a message"`
	Parts  int          `json:"parts" doc:"of each message, by the example of the templates"`
	Price  money.Amount `json:"price" doc:"of a part; 0 is not known"`
	Amount money.Amount `json:"amount"`
}

func showCampaign(c desk.Campaign) Campaign {
	shown := Campaign{ID: name(c.ID), Title: c.Title, Text: c.Text, Audience: showAudience(c.Filter), Status: string(c.Status), Starts: someTime(c.Starts),
		Ended: someTime(c.Ended), Recorded: c.Recorded.UTC(), Version: c.Version}
	if !c.Closed {
		cost := showCampaignCost(c.Estimate)
		shown.Estimate = &cost
	}
	return shown
}

func showCampaignCost(c clinic.CampaignCost) campaignCost {
	return campaignCost{c.People, c.Parts, c.Price, c.Amount()}
}

// campaignItem is a campaign in a list.
type campaignItem struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Status   string     `json:"status"`
	Starts   *time.Time `json:"starts,omitempty"`
	Messages *int       `json:"messages,omitempty" doc:"of the people who were looked at, who have one; none for who may not ask for such an audience"`
	LeftOut  *int       `json:"left_out,omitempty" doc:"and who have none"`
	By       string     `json:"by,omitempty"`
}

// campaignShown is a campaign with what it will do, or did; neither for who may
// not ask for such an audience.
type campaignShown struct {
	Campaign
	By      string          `json:"by"`
	Reaches *campaignReach  `json:"reaches,omitempty" doc:"of one that has not begun: whom it would reach now"`
	Result  *campaignResult `json:"result,omitempty" doc:"of one that has begun"`
}

type campaignReach struct {
	People    int          `json:"people"`
	Reached   int          `json:"reached"`
	NoMobile  int          `json:"no_mobile"`
	NoConsent int          `json:"no_consent"`
	Shared    int          `json:"shared" doc:"somebody else has the same mobile"`
	Cost      campaignCost `json:"cost"`
}

type campaignResult struct {
	People   int            `json:"people" doc:"who were looked at"`
	Waiting  int            `json:"waiting"`
	Sent     int            `json:"sent"`
	Failed   int            `json:"failed"`
	LeftOut  []campaignLeft `json:"left_out" doc:"by reason"`
	Cost     money.Amount   `json:"cost" doc:"of what was sent; 0 is not known"`
	Booked   int            `json:"booked" doc:"of those it was sent to, who booked within 30 days"`
	Admitted int            `json:"admitted" doc:"who were admitted"`
	Withdrew int            `json:"withdrew" doc:"who took the consent back"`
}

// campaignLeft is how many got no message for a reason.
type campaignLeft struct {
	Reason string `json:"reason" doc:"no_mobile, no_consent, shared, stopped or late"`
	People int    `json:"people"`
}

// campaignQuery are the parameters of GET /campaigns.
type campaignQuery struct {
	Status string `query:"status" doc:"draft, scheduled, sending, done or stopped"`
	Cursor string `query:"cursor"`
}

// oneCampaign is the path of GET /campaigns/{id}.
type oneCampaign struct {
	ID string `path:"id"`
}

// campaignForm is the body of POST /campaigns.
type campaignForm struct {
	Title    string       `json:"title"`
	Text     string       `json:"text" doc:"with the fields of the texts of messages in braces: the name of the patient, the name of the clinic"`
	Audience audienceForm `json:"audience,omitempty" doc:"everybody when missing"`
	DryRun   bool         `json:"dry_run,omitempty"`
}

// CampaignUse is the body of a command on a campaign.
type CampaignUse struct {
	Version *int64 `json:"version,omitempty" doc:"of the campaign that was read; If-Match says the same"`
	DryRun  bool   `json:"dry_run,omitempty"`
}

// campaignScheduleForm is the body of POST /campaigns/{id}/schedule.
type campaignScheduleForm struct {
	CampaignUse
	Starts *string `json:"starts,omitempty" doc:"an instant; now when missing"`
}

func (s *server) addCampaigns() {
	add(s, call{method: http.MethodGet, path: "/campaigns", right: clinic.ReadCampaigns, object: "campaign", says: "List the campaigns, the newest first"}, s.campaigns)
	add(s, call{method: http.MethodPost, path: "/campaigns", right: clinic.WriteCampaigns, object: "campaign", keyed: true, says: "Write a campaign, a draft", created: true}, s.addCampaign)
	add(s, call{method: http.MethodGet, path: "/campaigns/{id}", right: clinic.ReadCampaigns, object: "campaign", touches: aboutPatients,
		says: "A campaign with whom it reaches, or what became of it"}, s.campaign)
	add(s, call{method: http.MethodPost, path: "/campaigns/{id}/schedule", right: clinic.WriteCampaigns, object: "campaign", keyed: true, touches: aboutPatients,
		says: "Decide when a campaign starts"}, s.scheduleCampaign)
	add(s, call{method: http.MethodPost, path: "/campaigns/{id}/stop", right: clinic.WriteCampaigns, object: "campaign", keyed: true, touches: aboutPatients,
		says: "Send no more of a campaign"}, s.stopCampaign)
	add(s, call{method: http.MethodPost, path: "/campaigns/{id}/discard", right: clinic.WriteCampaigns, object: "campaign", keyed: true, touches: aboutPatients,
		says: "Throw a draft away"}, s.discardCampaign)
}

func (s *server) campaigns(ctx context.Context, a clinic.Actor, in *campaignQuery) (*answer[list[campaignItem]], error) {
	found, err := s.desk.Campaigns(ctx, a, desk.CampaignQuery{Status: clinic.CampaignStatus(in.Status), Cursor: in.Cursor})
	if err != nil {
		return nil, err
	}
	all := list[campaignItem]{Items: []campaignItem{}, NextCursor: found.Next}
	for _, i := range found.Items {
		item := campaignItem{ID: name(i.ID), Title: i.Title, Status: string(i.Status), Starts: someTime(i.Starts), By: i.StaffName}
		if !i.Closed {
			item.Messages, item.LeftOut = &i.Messages, &i.Leaves
		}
		all.Items = append(all.Items, item)
	}
	return reply(all), nil
}

func (s *server) addCampaign(ctx context.Context, a clinic.Actor, in *post[campaignForm]) (*answer[Campaign], error) {
	form, err := decode[campaignForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.SaveCampaign{Title: form.Title, Text: form.Text}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Filter, err = form.Audience.filter(); err != nil {
		return nil, err
	}
	return replyCampaign(s.desk.SaveCampaign(ctx, a, cmd))
}

func (s *server) campaign(ctx context.Context, a clinic.Actor, in *oneCampaign) (*answer[campaignShown], error) {
	id, err := number[clinic.CampaignID](in.ID, "campaign", "id")
	if err != nil {
		return nil, err
	}
	p, err := s.desk.CampaignPage(ctx, a, id)
	if err != nil {
		return nil, err
	}
	shown := campaignShown{Campaign: showCampaign(p.Campaign), By: p.StaffName}
	switch {
	case p.Closed:
	case p.Status == clinic.CampaignDraft || p.Status == clinic.CampaignScheduled:
		shown.Reaches = &campaignReach{p.Audience.People, p.Audience.Reached, p.Audience.NoMobile, p.Audience.NoConsent, p.Audience.Shared, showCampaignCost(p.Cost)}
	default:
		r := p.Result
		shown.Result = &campaignResult{People: r.People, Waiting: r.Waiting + r.Sending, Sent: r.Sent, Failed: r.Failed, LeftOut: []campaignLeft{}, Cost: r.Cost,
			Booked: r.Booked, Admitted: r.Admitted, Withdrew: r.Withdrew}
		for _, why := range slices.Sorted(maps.Keys(r.Left)) {
			shown.Result.LeftOut = append(shown.Result.LeftOut, campaignLeft{string(why), r.Left[why]})
		}
	}
	return &answer[campaignShown]{ETag: etag(p.Version), Body: shown}, nil
}

func (s *server) scheduleCampaign(ctx context.Context, a clinic.Actor, in *versioned[campaignScheduleForm]) (*answer[Campaign], error) {
	form, err := decode[campaignScheduleForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	var cmd desk.ScheduleCampaign
	if cmd.Campaign, cmd.Version, cmd.Request, err = onCampaign(in.ID, in.IfMatch, in.Key, form.CampaignUse); err != nil {
		return nil, err
	}
	if form.Starts != nil {
		starts, err := startOf(*form.Starts, "starts")
		if err != nil {
			return nil, err
		}
		cmd.Starts = &starts
	}
	return replyCampaign(s.desk.ScheduleCampaign(ctx, a, cmd))
}

func (s *server) stopCampaign(ctx context.Context, a clinic.Actor, in *versioned[CampaignUse]) (*answer[Campaign], error) {
	form, err := decode[CampaignUse](in.RawBody)
	if err != nil {
		return nil, err
	}
	var cmd desk.StopCampaign
	if cmd.Campaign, cmd.Version, cmd.Request, err = onCampaign(in.ID, in.IfMatch, in.Key, form); err != nil {
		return nil, err
	}
	return replyCampaign(s.desk.StopCampaign(ctx, a, cmd))
}

func (s *server) discardCampaign(ctx context.Context, a clinic.Actor, in *versioned[CampaignUse]) (*answer[Campaign], error) {
	form, err := decode[CampaignUse](in.RawBody)
	if err != nil {
		return nil, err
	}
	var cmd desk.DiscardCampaign
	if cmd.Campaign, cmd.Version, cmd.Request, err = onCampaign(in.ID, in.IfMatch, in.Key, form); err != nil {
		return nil, err
	}
	return replyCampaign(s.desk.DiscardCampaign(ctx, a, cmd))
}

// onCampaign reads what every command on a campaign says.
func onCampaign(path, header, key string, use CampaignUse) (id clinic.CampaignID, version int64, request desk.Request, err error) {
	if request, err = keyed(key, use.DryRun); err != nil {
		return 0, 0, request, err
	}
	if id, err = number[clinic.CampaignID](path, "campaign", "id"); err != nil {
		return 0, 0, request, err
	}
	said, err := matched(header, use.Version)
	if err == nil && said != nil {
		if version = *said; version <= 0 { // there is none such, and the desk would not compare
			err = fault.New(fault.Invalid, "request.version", "a campaign has no version %d", version).At("version")
		}
	}
	return id, version, request, err
}

func replyCampaign(c desk.Campaign, err error) (*answer[Campaign], error) {
	if err != nil {
		return nil, err
	}
	return &answer[Campaign]{ETag: etag(c.Version), Body: showCampaign(c)}, nil
}
