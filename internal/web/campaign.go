package web

import (
	"net/http"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const campaignsPath = "/campaigns"

// campaignRoutes: one text to many people.
func (s *server) campaignRoutes() []route {
	const one = campaignsPath + "/{campaign}"
	return []route{
		page(campaignsPath, clinic.ReadCampaigns, "", s.campaigns),
		page(campaignsPath+"/new", clinic.WriteCampaigns, "", s.newCampaign),
		page(campaignsPath+"/preview", clinic.WriteCampaigns, "", s.campaignPreview),
		form(campaignsPath, clinic.WriteCampaigns, "", s.addCampaign),
		people(page(one, clinic.ReadCampaigns, "campaign", s.campaign)),
		people(page(one+"/edit", clinic.WriteCampaigns, "campaign", s.editCampaign)),
		people(form(one, clinic.WriteCampaigns, "campaign", s.saveCampaign)),
		people(page(one+"/audience", clinic.ReadCampaigns, "campaign", s.campaignAudience)),
		people(form(one+"/schedule", clinic.WriteCampaigns, "campaign", s.scheduleCampaign)),
		people(form(one+"/stop", clinic.WriteCampaigns, "campaign", s.stopCampaign)),
		people(form(one+"/discard", clinic.WriteCampaigns, "campaign", s.discardCampaign)),
	}
}

// campaignTones are the tones of the pills of the states.
var campaignTones = map[clinic.CampaignStatus]string{clinic.CampaignDraft: "plain", clinic.CampaignScheduled: "info", clinic.CampaignSending: "hold",
	clinic.CampaignDone: "ok", clinic.CampaignStopped: "due"}

// campaignOf reads the campaign of the path. NotFound campaign.none.
func campaignOf(v visit) (clinic.CampaignID, error) {
	n, err := strconv.ParseInt(v.r.PathValue("campaign"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "campaign.none", "there is no such campaign")
	}
	return clinic.CampaignID(n), nil
}

func campaignPath(n clinic.CampaignID) string { return campaignsPath + "/" + id(n) }

// GET /campaigns
func (s *server) campaigns(v visit) error {
	a := readAddress(v.r, campaignsPath, "status")
	found, err := s.Desk.Campaigns(v.r.Context(), v.actor, desk.CampaignQuery{Status: clinic.CampaignStatus(a.get("status")), Cursor: a.cursor})
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid { // an address that somebody typed
		return redirect(v, campaignsPath)
	}
	if err != nil {
		return err
	}
	title := v.l.T("nav.campaigns")
	states := []string{""}
	for _, status := range clinic.CampaignStatuses {
		states = append(states, string(status))
	}
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "campaigns", Title: title, Text: v.l.T("campaign.list.text"), Action: campaignsPath, Count: -1,
		Older: a.other(found.Next), Empty: v.l.T("campaign.list.empty"), Quiet: v.l.T("campaign.list.empty.text")}
	p.Bar = &view.ListBar{L: v.l, List: "campaigns", Action: a.path, Quick: []view.ChipGroup{a.quick(v, "campaign.status", "status", "campaign.status.", states...)}}
	if a.cursor != "" {
		p.Newer = a.page("") // the list has one end; there is one way back
	}
	if v.r.URL.Query().Get("done") == "discard" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("campaign.done.discard")}
	}
	if v.actor.Can(clinic.WriteCampaigns) {
		p.Links = []view.TableLink{{Text: v.l.T("campaign.new"), URL: campaignsPath + "/new", Icon: "plus", Main: true}}
	}
	for _, c := range []struct {
		key          string
		amount, wide bool
	}{{"title", false, false}, {"state", false, false}, {"starts", false, true}, {"people", true, true}, {"messages", true, false}, {"leaves", true, true}, {"estimate", true, true}, {"by", false, true}} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("campaign." + c.key), Amount: c.amount, Wide: c.wide})
	}
	for _, i := range found.Items {
		p.Rows = append(p.Rows, campaignRow(v, i))
	}
	return s.show(v, view.TablePageView(p))
}

// campaignRow is a campaign as a line of the list. Of one that has not begun
// nobody was looked at, and of a closed one no numbers are told.
func campaignRow(v visit, i desk.CampaignItem) view.TableRow {
	none := v.l.T("word.none")
	number := func(n int) view.TableCell {
		if i.Closed || i.Status == clinic.CampaignDraft || i.Status == clinic.CampaignScheduled {
			return view.TableCell{Text: none}
		}
		return view.TableCell{Text: v.l.Number(n)}
	}
	starts, estimate := none, amountCell(i.Estimate.Amount())
	if i.Closed {
		estimate = view.TableCell{Text: none}
	}
	if !i.Starts.IsZero() {
		starts = v.l.Moment(i.Starts)
	}
	return view.TableRow{ID: "campaign-" + id(i.ID), Cells: []view.TableCell{{Text: i.Title, URL: campaignPath(i.ID)},
		{Text: v.l.T("campaign.status." + string(i.Status)), Tone: campaignTones[i.Status]}, {Text: starts}, number(i.Messages + i.Leaves), number(i.Messages), number(i.Leaves),
		estimate, {Text: i.StaffName}}}
}

// GET /campaigns/{campaign}
func (s *server) campaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	return s.showCampaign(v, http.StatusOK, n, filled(v))
}

// showCampaign shows a campaign with what was typed into the form of its time.
func (s *server) showCampaign(v visit, code int, n clinic.CampaignID, t *typed) error {
	found, err := s.Desk.CampaignPage(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	options, err := s.Desk.ListOptions(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	c := found.Campaign
	p := view.Campaign{Chrome: s.chrome(v, c.Title), ID: id(c.ID), Title: c.Title, State: v.l.T("campaign.status." + string(c.Status)), Tone: campaignTones[c.Status],
		By: v.l.T("campaign.by.text", "name", found.StaffName, "when", v.l.Moment(c.Recorded)), Off: found.Off, Settings: v.actor.Can(clinic.WriteSettings),
		Text: found.Example.Text, Size: v.l.T("settings.message.size", "letters", found.Example.Size.Units, "parts", found.Example.Size.Parts),
		Conditions: campaignConditions(v, c.Filter, options), Request: s.RequestKey(), Version: id(c.Version), Problems: t.problems}
	if found.Example.Patient != 0 {
		p.Example = v.l.T("campaign.example.of", "name", found.Example.Name)
	}
	if found.Closed {
		p.Closed = v.l.T("campaign.closed")
	} else {
		p.Audience = campaignPath(c.ID) + "/audience"
	}
	if until := found.Waits; !until.IsZero() {
		p.Waits = v.l.T("campaign.waits."+string(c.Status), "when", v.l.Moment(until))
	}
	writes := v.actor.Can(clinic.WriteCampaigns)
	if c.Status == clinic.CampaignDraft || c.Status == clinic.CampaignScheduled {
		planOfCampaign(v, &p, found)
		p.Schedule = writes && !found.Closed
		p.Day = view.Input{Name: "day", Label: v.l.T("campaign.day"), Value: t.text("day")}
		p.Clock = view.Input{Name: "clock", Label: v.l.T("campaign.clock"), Value: t.text("clock"), Latin: true}
	} else {
		resultOfCampaign(v, &p, found)
	}
	if writes && !found.Closed && c.Status == clinic.CampaignDraft {
		p.Edit, p.Discard = campaignPath(c.ID)+"/edit", true
	}
	p.Stop = writes && c.Status.Moves(clinic.CampaignStopped)
	if done := v.r.URL.Query().Get("done"); done == "save" || done == "schedule" || done == "stop" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("campaign.done." + done)}
	}
	s.write(v, code, view.CampaignPage(p))
	return nil
}

// campaignMoney is a cost in words; what has no price is not known.
func campaignMoney(v visit, c clinic.CampaignCost) (value, unit string) {
	if c.Price == 0 {
		return v.l.T("word.none"), ""
	}
	return v.l.Amount(c.Amount()), v.l.Unit()
}

// planOfCampaign adds what a campaign will do.
func planOfCampaign(v visit, p *view.Campaign, found desk.CampaignPage) {
	if found.Status == clinic.CampaignScheduled {
		p.When = v.l.T("campaign.scheduled", "when", v.l.Moment(found.Starts))
	}
	if found.Closed {
		return
	}
	a := found.Audience
	cost, unit := campaignMoney(v, found.Cost)
	p.Facts = []view.Fact{{Label: v.l.T("campaign.people"), Value: v.l.Number(a.People)}, {Label: v.l.T("campaign.reached"), Value: v.l.Number(a.Reached), Tone: "info"},
		{Label: v.l.T("campaign.leaves"), Value: v.l.Number(a.People - a.Reached)},
		{Label: v.l.T("campaign.estimate"), Value: cost, Unit: unit, Note: v.l.T("campaign.estimate.note", "people", a.Reached, "parts", found.Cost.Parts, "price", v.l.Amount(found.Cost.Price))}}
	if found.Cost.Price == 0 {
		p.Facts[3].Note = v.l.T("settings.message.size.unpriced")
	}
	for _, l := range []struct {
		why clinic.SkipReason
		n   int
	}{{clinic.SkipNoMobile, a.NoMobile}, {clinic.SkipNoConsent, a.NoConsent}, {clinic.SkipShared, a.Shared}} {
		p.Left = append(p.Left, view.CampaignCount{Text: v.l.T("campaign.reason." + string(l.why)), N: v.l.Number(l.n)})
	}
	p.Reached = a.Reached
	p.Now = v.l.T("campaign.now", "n", a.Reached)
	p.Sure = v.l.T("campaign.sure", "n", a.Reached)
	if found.Cost.Price != 0 {
		p.Sure = v.l.T("campaign.sure.cost", "n", a.Reached, "cost", cost, "unit", unit)
	}
}

// resultOfCampaign adds what became of a campaign.
func resultOfCampaign(v visit, p *view.Campaign, found desk.CampaignPage) {
	p.When = v.l.T("campaign.began", "when", v.l.Moment(found.Starts))
	if !found.Ended.IsZero() {
		p.Ended = v.l.T("campaign.ended."+string(found.Status), "when", v.l.Moment(found.Ended))
	}
	if found.Closed {
		return
	}
	r := found.Result
	count := func(key string, n int, tone string) view.CampaignCount {
		return view.CampaignCount{Text: v.l.T("campaign.result." + key), N: v.l.Number(n), Tone: tone}
	}
	p.Result = []view.CampaignCount{count("sent", r.Sent, "ok"), count("waiting", r.Waiting+r.Sending, "info"), count("failed", r.Failed, "due")}
	left := 0
	for _, why := range []clinic.SkipReason{clinic.SkipNoMobile, clinic.SkipNoConsent, clinic.SkipShared, clinic.SkipStopped, clinic.SkipLate} {
		left += r.Left[why]
		if n := r.Left[why]; n > 0 {
			p.Left = append(p.Left, view.CampaignCount{Text: v.l.T("campaign.reason." + string(why)), N: v.l.Number(n)})
		}
	}
	estimate, _ := campaignMoney(v, found.Estimate)
	real := found.Estimate
	real.People, real.Parts = 1, r.Parts
	cost, unit := campaignMoney(v, real)
	p.Facts = []view.Fact{{Label: v.l.T("campaign.people"), Value: v.l.Number(r.People)}, {Label: v.l.T("campaign.result.sent"), Value: v.l.Number(r.Sent), Tone: "info"},
		{Label: v.l.T("campaign.leaves"), Value: v.l.Number(left)}, {Label: v.l.T("campaign.cost"), Value: cost, Unit: unit, Note: v.l.T("campaign.cost.note", "cost", estimate)}}
	days := int(clinic.CampaignReturns / (24 * time.Hour))
	p.Back = []view.CampaignCount{{Text: v.l.T("campaign.back.booked", "days", days), N: v.l.Number(r.Booked)},
		{Text: v.l.T("campaign.back.admitted", "days", days), N: v.l.Number(r.Admitted)}, {Text: v.l.T("campaign.back.withdrew", "days", days), N: v.l.Number(r.Withdrew)}}
}

// GET /campaigns/{campaign}/audience
func (s *server) campaignAudience(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	a := readAddress(v.r, campaignPath(n)+"/audience")
	found, err := s.Desk.CampaignAudience(v.r.Context(), v.actor, n, a.cursor)
	if err != nil {
		return err
	}
	p := view.TablePage{Chrome: s.chrome(v, v.l.T("campaign.audience")), Name: "audience", Title: v.l.T("campaign.audience"), Text: found.Title, Count: -1,
		Links: []view.TableLink{{Text: v.l.T("campaign.back"), URL: campaignPath(n)}}, Empty: v.l.T("campaign.audience.empty"), Older: a.other(found.Next)}
	if a.cursor != "" {
		p.Newer = a.page("") // the list has one end; there is one way back
	}
	for _, key := range []string{"patients.name", "patients.mobile", "message.state", "message.when"} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T(key), Wide: key == "message.when"})
	}
	for _, i := range found.Items {
		p.Rows = append(p.Rows, audienceRow(v, i))
	}
	return s.show(v, view.TablePageView(p))
}

// audienceRow is one of an audience with what becomes of the message.
func audienceRow(v visit, i desk.AudienceItem) view.TableRow {
	row := "audience-" + id(i.Patient.ID)
	i.Patient.Mobile = i.Mobile
	state := view.TableCell{Text: v.l.T("campaign.gets"), Tone: "info"}
	switch {
	case i.Reason != "":
		state = view.TableCell{Text: v.l.T("message.state.dropped"), Tone: "plain", Note: v.l.T("campaign.reason." + string(i.Reason))}
	case i.Status != "":
		state = view.TableCell{Text: v.l.T("message.state." + i.Status), Tone: map[string]string{clinic.MessageSent: "ok", clinic.MessageFailed: "due"}[i.Status]}
		if state.Tone == "" {
			state.Tone = "info"
		}
	}
	when := v.l.T("word.none")
	if !i.Sent.IsZero() {
		when = v.l.Moment(i.Sent)
	}
	mobile := v.l.T("word.none")
	if i.Mobile != "" {
		mobile = v.l.Mobile(i.Mobile)
	}
	return view.TableRow{ID: row, Cells: []view.TableCell{personCell(v, row, i.Patient), {Text: mobile}, state, {Text: when}}}
}

// POST /campaigns/{campaign}/schedule; now= starts it at once.
func (s *server) scheduleCampaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	cmd := desk.ScheduleCampaign{Campaign: n, Request: requestOf(v)}
	if t.text("now") == "" {
		starts := t.campaignStart()
		cmd.Starts = &starts
	}
	if cmd.Version, err = campaignSeen(t); err == nil && len(t.problems) == 0 {
		if _, err = s.Desk.ScheduleCampaign(v.r.Context(), v.actor, cmd); err == nil {
			s.kick()
			return redirect(v, address(campaignPath(n), "done", "schedule"))
		}
	}
	return s.campaignRefused(v, n, t, err)
}

// campaignSeen is the version that a form about a campaign was read at. One that
// does not say it may be as old as any: Conflict campaign.stale.
func campaignSeen(t *typed) (int64, error) {
	seen := t.version()
	if seen == 0 {
		return 0, fault.New(fault.Conflict, "campaign.stale", "the form does not say which version it is about")
	}
	return seen, nil
}

// campaignStart reads the day and the hour of a campaign; both are needed.
func (t *typed) campaignStart() time.Time {
	day, err := t.v.day(t.text("day"))
	if e, ok := fault.As(err); ok {
		t.problem("day", sentence(t.v, e))
	} else if day == "" {
		t.problem("day", t.v.l.T("campaign.day.needed"))
	}
	if t.text("clock") == "" {
		t.problem("clock", t.v.l.T("campaign.clock.needed"))
	}
	minute := t.clockOf("clock")
	if len(t.problems) > 0 {
		return time.Time{}
	}
	midnight, _ := day.Bounds(t.v.l.Zone)
	local := midnight.In(t.v.l.Zone)
	return time.Date(local.Year(), local.Month(), local.Day(), minute/60, minute%60, 0, 0, t.v.l.Zone).UTC()
}

// POST /campaigns/{campaign}/stop
func (s *server) stopCampaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	cmd := desk.StopCampaign{Campaign: n, Request: requestOf(v)}
	if cmd.Version, err = campaignSeen(t); err == nil {
		if _, err = s.Desk.StopCampaign(v.r.Context(), v.actor, cmd); err == nil {
			return redirect(v, address(campaignPath(n), "done", "stop"))
		}
	}
	return s.campaignRefused(v, n, t, err)
}

// POST /campaigns/{campaign}/discard
func (s *server) discardCampaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	cmd := desk.DiscardCampaign{Campaign: n, Request: requestOf(v)}
	if cmd.Version, err = campaignSeen(t); err == nil {
		if _, err = s.Desk.DiscardCampaign(v.r.Context(), v.actor, cmd); err == nil {
			return redirect(v, address(campaignsPath, "done", "discard"))
		}
	}
	return s.campaignRefused(v, n, t, err)
}

// campaignRefused shows a campaign as it is now with what could not be done.
func (s *server) campaignRefused(v visit, n clinic.CampaignID, t *typed, err error) error {
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	if stale {
		t.problem("", v.l.T("campaign.stale"))
	}
	return s.showCampaign(v, code, n, t)
}
