package web

import (
	"net/url"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// audienceParams are the parts of the address of the list of patients that say
// who is in it.
var audienceParams = []string{"filter", "unseen", "birthday", "source", "tag", "provider", "insurer", "branch"}

// audienceAddress is the list of patients that the form of a campaign means.
func audienceAddress(t *typed) listAddress {
	a := listAddress{path: campaignsPath + "/new", names: audienceParams, values: url.Values{}}
	for _, name := range audienceParams {
		if value := t.text(name); value != "" {
			a.values.Set(name, value)
		}
	}
	return a
}

// audienceValues is a filter as its address has it, name after name.
func audienceValues(f desk.PatientFilter) (pairs []string) {
	return []string{"filter", f.Filter, "unseen", optional(int64(f.Unseen)), "birthday", f.Birthday, "source", f.Source, "tag", f.Tag,
		"provider", optional(f.Provider), "insurer", optional(f.Insurer), "branch", optional(f.Branch)}
}

// campaignConditions says a filter in words.
func campaignConditions(v visit, f desk.PatientFilter, o desk.ListOptions) (all []string) {
	is := func(label, value string) {
		all = append(all, v.l.T("list.is", "field", v.l.T(label), "value", v.l.Digits(value)))
	}
	nameOf := func(list []desk.Named, n int64) string {
		for _, one := range list {
			if one.ID == n {
				return one.Name
			}
		}
		return id(n)
	}
	if f.Filter != "" {
		is("patients.filter", v.l.T("patients.filter."+f.Filter))
	}
	if f.Unseen != 0 {
		is("list.unseen", v.l.T("list.months", "n", f.Unseen))
	}
	if f.Birthday != "" {
		is("list.birthday", v.l.T("list.birthday.week"))
	}
	if f.Source != "" {
		name := ""
		for _, source := range o.Sources {
			if source.Code == f.Source {
				name = source.Name
			}
		}
		is("patients.source", sourceName(v, f.Source, name))
	}
	if f.Tag != "" {
		is("list.tag", f.Tag)
	}
	if f.Provider != 0 {
		is("list.provider", nameOf(o.Providers, int64(f.Provider)))
	}
	if f.Insurer != 0 {
		is("patients.insurance", nameOf(o.Insurers, int64(f.Insurer)))
	}
	if f.Branch != 0 {
		is("list.branch", nameOf(o.Branches, int64(f.Branch)))
	}
	if all == nil {
		all = []string{v.l.T("campaign.everybody")}
	}
	return all
}

// campaignForm is the form of a draft with what was typed: of 0 a new one.
func (s *server) campaignForm(v visit, n clinic.CampaignID, version int64, t *typed) (view.CampaignForm, error) {
	a := audienceAddress(t)
	bar, err := s.patientBar(v, a)
	if err != nil {
		return view.CampaignForm{}, err
	}
	title := v.l.T("campaign.new")
	p := view.CampaignForm{Action: campaignsPath, Back: campaignsPath, Request: s.RequestKey(), Version: id(version), Problems: t.problems}
	if n != 0 {
		title = v.l.T("campaign.edit")
		p.Action, p.Back = campaignPath(n), campaignPath(n)
	}
	p.Chrome, p.Title = s.chrome(v, title), title
	for _, saved := range bar.Views {
		if _, query, _ := cut(saved.URL); n == 0 && query.Get("q") == "" { // who a search finds is no audience
			p.Views = append(p.Views, view.Chip{Text: saved.Name, URL: address(a.path, queryPairs(query)...)})
		}
	}
	text := view.SettingField{Kind: view.LinesField, Input: view.Input{Name: "text", Label: v.l.T("settings.field.message_text"), Value: t.text("text"), Wide: true, Required: true}}
	preview := view.SettingField{Kind: view.PartField, Input: view.Input{Name: "preview", Wide: true}, Source: campaignsPath + "/preview",
		When: "input changed delay:300ms from:#text", Part: view.MessagePreviewPart(s.campaignExample(v, t.text("text")))}
	p.Fields = []view.SettingField{{Input: view.Input{Name: "title", Label: v.l.T("campaign.title"), Hint: v.l.T("campaign.title.hint"), Value: t.text("title"), Wide: true,
		Required: true, Focus: true}}, text, preview}
	if !v.l.NoMoney {
		choices := []view.Choice{{Text: v.l.T("list.any")}}
		for _, filter := range []string{"debtor", "creditor", "settled"} {
			choices = append(choices, view.Choice{Value: filter, Text: v.l.T("patients.filter." + filter)})
		}
		p.Audience = append(p.Audience, view.SettingField{Kind: view.ChoiceField, Choices: choices,
			Input: view.Input{Name: "filter", Label: v.l.T("patients.filter"), Value: t.text("filter")}})
	}
	for _, f := range bar.Fields {
		field := view.SettingField{Choices: f.Choices, Input: view.Input{Name: f.Name, Label: f.Label, Value: f.Value}}
		if len(f.Choices) > 0 {
			field.Kind = view.ChoiceField
			if !slices.ContainsFunc(f.Choices, func(c view.Choice) bool { return c.Value == f.Value }) { // of an address that somebody typed
				field.Choices = append(slices.Clone(f.Choices), view.Choice{Value: f.Value, Text: v.l.Digits(f.Value)})
			}
		}
		p.Audience = append(p.Audience, field)
	}
	for _, name := range audienceParams { // what this reader is not asked stays as it is
		asked := func(f view.SettingField) bool { return f.Name == name }
		if value := a.get(name); value != "" && !slices.ContainsFunc(p.Audience, asked) {
			p.Audience = append(p.Audience, view.SettingField{Kind: view.HiddenField, Input: view.Input{Name: name, Value: value}})
		}
	}
	return p, nil
}

// cut is an address as its path and its query.
func cut(to string) (path string, query url.Values, err error) {
	u, err := url.Parse(to)
	if err != nil {
		return to, nil, err
	}
	return u.Path, u.Query(), nil
}

// queryPairs are the conditions of a list's query, name after name.
func queryPairs(query url.Values) (pairs []string) {
	for _, name := range audienceParams {
		pairs = append(pairs, name, query.Get(name))
	}
	return pairs
}

// campaignExample is what a text makes of the example of the templates.
func (s *server) campaignExample(v visit, text string) view.MessagePreview {
	p := view.MessagePreview{L: v.l, Cost: v.l.T("campaign.cost.later")}
	for _, f := range clinic.MessageCampaign.Fields() {
		p.Fields = append(p.Fields, view.Choice{Value: f.Place(), Text: v.l.T("sms.field." + string(f))})
	}
	c, err := clinic.Campaign{Status: clinic.CampaignDraft, Title: "…", Text: text}.Check(v.clinic)
	if err != nil {
		p.Problem = v.l.T("settings.message.unreadable")
		return p
	}
	p.Text = c.Template().Fill(clinic.Sample(v.clinic))
	size := clinic.SizeOf(p.Text)
	p.Size = v.l.T("settings.message.size", "letters", size.Units, "parts", size.Parts)
	return p
}

// GET /campaigns/preview?text=
func (s *server) campaignPreview(v visit) error {
	return s.show(v, view.MessagePreviewPart(s.campaignExample(v, v.r.URL.Query().Get("text"))))
}

// GET /campaigns/new, with the conditions of a list of patients.
func (s *server) newCampaign(v visit) error {
	p, err := s.campaignForm(v, 0, 0, filled(v, queryPairs(v.r.URL.Query())...))
	if err != nil {
		return err
	}
	return s.show(v, view.CampaignFormPage(p))
}

// GET /campaigns/{campaign}/edit
func (s *server) editCampaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	c, err := s.Desk.CampaignOf(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	p, err := s.campaignForm(v, n, c.Version, filled(v, append(audienceValues(c.Filter), "title", c.Title, "text", c.Text)...))
	if err != nil {
		return err
	}
	return s.show(v, view.CampaignFormPage(p))
}

// POST /campaigns
func (s *server) addCampaign(v visit) error { return s.keepCampaign(v, 0) }

// POST /campaigns/{campaign}
func (s *server) saveCampaign(v visit) error {
	n, err := campaignOf(v)
	if err != nil {
		return err
	}
	return s.keepCampaign(v, n)
}

func (s *server) keepCampaign(v visit, n clinic.CampaignID) error {
	t := readTyped(v)
	cmd := desk.SaveCampaign{ID: n, Title: t.text("title"), Text: t.text("text"), Filter: patientQuery(audienceAddress(t)).PatientFilter, Request: requestOf(v)}
	var err error
	if n != 0 {
		cmd.Version, err = campaignSeen(t)
	}
	if err == nil {
		var kept desk.Campaign
		if kept, err = s.Desk.SaveCampaign(v.r.Context(), v.actor, cmd); err == nil {
			return redirect(v, address(campaignPath(kept.ID), "done", "save"))
		}
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	version := cmd.Version
	if stale {
		now, err := s.Desk.CampaignOf(v.r.Context(), v.actor, n)
		if err == nil {
			t.problem("", message.Text(v.l.Lang, "campaign.stale"))
		} else if code, _, err = t.refused(v, err); err != nil { // it is no draft any more, unless it is gone
			return err
		}
		version = now.Version
	}
	p, err := s.campaignForm(v, n, version, t)
	if err != nil {
		return err
	}
	s.write(v, code, view.CampaignFormPage(p))
	return nil
}
