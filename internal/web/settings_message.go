package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

const (
	templatesPath    = "/settings/messages"
	messageRulesPath = "/settings/message-rules"
)

// messageSettingRoutes: the texts of messages, and what holds for all of them.
func (s *server) messageSettingRoutes() []route {
	return []route{
		page(templatesPath, clinic.WriteSettings, "", s.templates),
		page(templatesPath+"/{template}", clinic.WriteSettings, "", s.templateForm),
		form(templatesPath+"/{template}", clinic.WriteSettings, "", s.saveTemplate),
		page(templatesPath+"/{template}/preview", clinic.WriteSettings, "", s.templatePreview),
		page(messageRulesPath, clinic.WriteSettings, "", s.messageRulesForm),
		form(messageRulesPath, clinic.WriteSettings, "", s.saveMessageRules),
	}
}

// GET /settings/messages
func (s *server) templates(v visit) error {
	all, err := s.Desk.MessageSettings(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("settings.messages")
	p := view.SettingList{Chrome: s.chrome(v, title), Title: title, Text: v.l.T("settings.messages.text"), Overview: true, Numbers: []bool{true, true, true},
		Columns: []string{v.l.T("settings.message.length"), v.l.T("settings.message.parts"), v.l.T("settings.message.cost", "unit", v.l.Unit())}}
	for _, t := range all.Templates {
		size, cost := clinic.SizeOf(t.Fill(clinic.Sample(v.clinic))), v.l.T("word.none")
		if all.Rules.Price != 0 {
			cost = v.l.Amount(size.Cost(all.Rules.Price))
		}
		p.Rows = append(p.Rows, view.SettingRow{ID: string(t.Kind), Name: v.l.T("message.kind." + string(t.Kind)), URL: templatesPath + "/" + string(t.Kind),
			Cells: []string{v.l.Number(size.Units), v.l.Number(size.Parts), cost}, Off: !t.On})
	}
	if saved := v.r.URL.Query().Get("saved"); message.Has("message.kind." + saved) {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("message.kind."+saved))}
	}
	return s.show(v, view.SettingListPage(p))
}

// templateOf is the template that the path names, with the rules. NotFound
// page.none.
func (s *server) templateOf(v visit) (t clinic.MessageTemplate, r clinic.MessageRules, err error) {
	all, err := s.Desk.MessageSettings(v.r.Context(), v.actor)
	if err != nil {
		return t, r, err
	}
	t, found := all.Template(clinic.MessageKind(v.r.PathValue("template")))
	if !found {
		return t, r, noPage()
	}
	return t, all.Rules, nil
}

// templateValues is a template as its form shows it.
func templateValues(v visit, t clinic.MessageTemplate) *typed {
	return filled(v, "text", t.Text, "message_on", onText(t.On))
}

// templatePage is the form of a template with what was typed.
func (s *server) templatePage(v visit, kept clinic.MessageTemplate, r clinic.MessageRules, version int64, t *typed) view.SettingForm {
	path := templatesPath + "/" + string(kept.Kind)
	text := input(v, t, "text")
	text.Label, text.Kind, text.Wide, text.Required = v.l.T("settings.field.message_text"), view.LinesField, true, true
	preview := view.SettingField{Kind: view.PartField, Input: view.Input{Name: "preview", Wide: true}, Source: path + "/preview",
		When: "input changed delay:300ms from:#text", Part: view.MessagePreviewPart(s.previewOf(v, kept.Kind, r, t.text("text")))}
	on := switchOf(v, t, "message_on")
	if kept.Kind.AlwaysOn() {
		on = view.SettingField{Kind: view.FixedField, Input: view.Input{Name: "message_on", Label: on.Label, Value: v.l.T("settings.message.always"), Wide: true}}
	}
	title := v.l.T("message.kind." + string(kept.Kind))
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Parent: v.l.T("settings.messages"), Back: templatesPath, Action: path,
		Request: s.RequestKey(), Version: id(version), Problems: t.problems, Groups: []view.SettingFields{{Fields: []view.SettingField{text, preview, on}}}}
}

// previewOf is what a text makes of the example; what cannot be read says why.
func (s *server) previewOf(v visit, kind clinic.MessageKind, r clinic.MessageRules, text string) view.MessagePreview {
	p := view.MessagePreview{L: v.l}
	for _, f := range kind.Fields() {
		p.Fields = append(p.Fields, view.Choice{Value: f.Place(), Text: v.l.T("sms.field." + string(f))})
	}
	t, err := clinic.MessageTemplate{Kind: kind, Text: text}.Check(v.clinic)
	if err != nil {
		p.Problem = v.l.T("settings.message.unreadable")
		return p
	}
	p.Text = t.Fill(clinic.Sample(v.clinic))
	size := clinic.SizeOf(p.Text)
	p.Size = v.l.T("settings.message.size", "letters", size.Units, "parts", size.Parts)
	p.Cost = v.l.T("settings.message.size.unpriced")
	if r.Price != 0 {
		p.Cost = v.l.T("settings.message.size.cost", "cost", v.l.Amount(size.Cost(r.Price)), "unit", v.l.Unit())
	}
	return p
}

// GET /settings/messages/{template}
func (s *server) templateForm(v visit) error {
	kept, r, err := s.templateOf(v)
	if err != nil {
		return err
	}
	return s.show(v, view.SettingFormPage(s.templatePage(v, kept, r, kept.Version, templateValues(v, kept))))
}

// GET /settings/messages/{template}/preview?text=
func (s *server) templatePreview(v visit) error {
	kept, r, err := s.templateOf(v)
	if err != nil {
		return err
	}
	return s.show(v, view.MessagePreviewPart(s.previewOf(v, kept.Kind, r, v.r.URL.Query().Get("text"))))
}

// POST /settings/messages/{template}
func (s *server) saveTemplate(v visit) error {
	kept, r, err := s.templateOf(v)
	if err != nil {
		return err
	}
	t := readTyped(v)
	row := clinic.MessageTemplate{Kind: kept.Kind, Text: t.text("text"), On: t.on("message_on"), Version: t.version()}
	_, err = s.Desk.SaveMessageTemplate(v.r.Context(), v.actor, desk.Save[clinic.MessageTemplate]{Row: row, Request: requestOf(v)})
	if err == nil {
		return redirect(v, address(templatesPath, "saved", string(kept.Kind)))
	}
	return s.showRefused(v, t, err, kept.Version, func(version int64) view.SettingForm { return s.templatePage(v, kept, r, version, t) },
		templateValues(v, kept))
}

// showRefused shows a form again that was refused, with what was typed and, when
// somebody else saved it meanwhile, with what is stored now.
func (s *server) showRefused(v visit, t *typed, err error, now int64, form func(version int64) view.SettingForm, stored *typed) error {
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	version := t.version()
	if stale {
		version = now
	}
	p := form(version)
	if p.Stale = stale; stale {
		tellNow(v, p.Groups, stored)
	}
	s.write(v, code, view.SettingFormPage(p))
	return nil
}

// messageRulesValues are the rules as their form shows them.
func messageRulesValues(v visit, r clinic.MessageRules) *typed {
	return filled(v, "quiet_from", clockText(v, r.QuietFrom), "quiet_until", clockText(v, r.QuietUntil), "part_price", amountText(v, r.Price))
}

// messageRulesPage is their form with what was typed.
func (s *server) messageRulesPage(v visit, version int64, t *typed) view.SettingForm {
	from, until := input(v, t, "quiet_from"), hinted(v, input(v, t, "quiet_until"))
	from.Latin, until.Latin = true, true
	price := hinted(v, input(v, t, "part_price"))
	price.Kind = view.AmountField
	quiet := *t // what cannot be read is a problem already
	quiet.problems = slices.Clone(t.problems)
	price.Amount = quiet.amount("part_price")
	title := v.l.T("settings.message-rules")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: messageRulesPath, Request: s.RequestKey(),
		Version: id(version), Problems: t.problems, Groups: []view.SettingFields{
			{Title: v.l.T("settings.message.quiet"), Fields: []view.SettingField{from, until}},
			{Title: v.l.T("settings.message.price"), Fields: []view.SettingField{price}}}}
}

// GET /settings/message-rules
func (s *server) messageRulesForm(v visit) error {
	all, err := s.Desk.MessageSettings(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := s.messageRulesPage(v, all.Rules.Version, messageRulesValues(v, all.Rules))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("settings.message-rules"))}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/message-rules
func (s *server) saveMessageRules(v visit) error {
	t := readTyped(v)
	r := clinic.MessageRules{QuietFrom: t.clockOf("quiet_from"), QuietUntil: t.clockOf("quiet_until"), Price: t.amount("part_price"), Version: t.version()}
	var err error
	if len(t.problems) == 0 {
		if _, err = s.Desk.SaveMessageRules(v.r.Context(), v.actor, desk.Save[clinic.MessageRules]{Row: r, Request: requestOf(v)}); err == nil {
			return redirect(v, messageRulesPath+"?saved=1")
		}
	}
	now, failed := s.Desk.MessageSettings(v.r.Context(), v.actor)
	if failed != nil {
		return failed
	}
	return s.showRefused(v, t, err, now.Rules.Version, func(version int64) view.SettingForm { return s.messageRulesPage(v, version, t) },
		messageRulesValues(v, now.Rules))
}
