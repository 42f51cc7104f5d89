package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// leadParams are what the address of the board and the list holds beside its
// cursor.
var leadParams = []string{"view", "state", "owner", "source", "introducer", "service", "channel", "q"}

// leadList is the view of the list; the board is the other.
const leadList = "list"

// GET /leads is the board of leads, or with ?view=list the list.
func (s *server) leadsPage(v visit) error {
	a := readAddress(v.r, leadsPath, leadParams...)
	q := desk.LeadQuery{State: a.get("state"), Owner: a.get("owner"), Source: a.get("source"), Introducer: clinic.PatientID(a.number("introducer")),
		Service: clinic.ServiceID(a.number("service")), Channel: clinic.LeadChannel(a.get("channel")), Text: a.get("q"), Cursor: a.cursor}
	bar, err := s.leadBar(v, a)
	if err != nil {
		return err
	}
	if a.get("view") == leadList {
		err = s.showLeadList(v, a, q, bar)
	} else {
		err = s.showLeadBoard(v, a, q, bar)
	}
	if e, ok := fault.As(err); ok && e.Kind == fault.Invalid { // an address that somebody typed
		return redirect(v, leadsPath)
	}
	return err
}

// showLeadBoard shows a column for each state.
func (s *server) showLeadBoard(v visit, a listAddress, q desk.LeadQuery, bar view.ListBar) error {
	found, err := s.Desk.LeadBoard(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	b := view.LeadBoard{Chrome: s.chrome(v, v.l.T("nav.leads")), Bar: bar}
	if v.actor.Can(clinic.AddLeads) {
		b.New = newLeadPath
	}
	if v.actor.Can(clinic.AllLeads) && v.actor.Can(clinic.ReadActivities) {
		b.Report = reportsPath + "/crm"
	}
	for _, c := range found.Columns {
		column := view.LeadColumn{Key: string(c.Status), Title: v.l.T("lead.state." + string(c.Status)), Tone: leadTones[c.Status], Count: c.Count}
		if c.Count > len(c.Items) {
			column.More = a.with("view", leadList, "state", string(c.Status))
		}
		for _, l := range c.Items {
			column.Cards = append(column.Cards, leadCard(v, l))
		}
		b.Count += c.Count
		b.Columns = append(b.Columns, column)
	}
	return s.show(v, view.LeadBoardPage(b))
}

// leadAge says how long ago a lead was recorded.
func leadAge(v visit, l desk.LeadShown) string {
	days := v.l.Today.Sub(v.clinic.Day(l.Recorded))
	if days <= 0 {
		return v.l.T("lead.age.today")
	}
	return v.l.T("lead.age", "n", days)
}

// leadCard is a lead on the board.
func leadCard(v visit, l desk.LeadShown) view.LeadCard {
	c := view.LeadCard{ID: id(l.ID), URL: leadPath(l.ID), Name: l.Name, Service: l.ServiceName, Age: leadAge(v, l), Owner: l.OwnerName}
	if l.Next.ID != 0 && v.actor.Can(clinic.ReadActivities) {
		c.Next, c.Late = joined(v, v.l.T("activity.kind."+string(l.Next.Kind)), v.l.Day(l.Next.Due)), l.Next.Due < v.l.Today
	}
	return c
}

// showLeadList shows the list.
func (s *server) showLeadList(v visit, a listAddress, q desk.LeadQuery, bar view.ListBar) error {
	found, err := s.Desk.ListLeads(v.r.Context(), v.actor, q)
	if err != nil {
		return err
	}
	title := v.l.T("nav.leads")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "leads", Title: title, Action: leadsPath, Count: found.Count, Older: a.other(found.Older),
		Empty: v.l.T("lead.none"), Quiet: v.l.T("lead.none.text"), Bar: &bar}
	if a.cursor != "" {
		p.Newer = a.page("")
	}
	if v.actor.Can(clinic.AddLeads) {
		p.Links = []view.TableLink{{Text: v.l.T("lead.add"), URL: newLeadPath, Icon: "plus", Main: true}}
	}
	for _, column := range []struct {
		key  string
		wide bool
	}{{"name", false}, {"service", false}, {"state", false}, {"when", true}, {"owner", true}, {"source", true}, {"introducer", true}, {"next", true}} {
		p.Columns = append(p.Columns, view.TableColumn{Text: v.l.T("lead." + column.key), Wide: column.wide})
	}
	sources, err := s.sourceNames(v)
	if err != nil {
		return err
	}
	for _, l := range found.Items {
		p.Rows = append(p.Rows, leadRow(v, l, sources))
	}
	return s.show(v, view.TablePageView(p))
}

// sourceNames are the names of the sources by their code.
func (s *server) sourceNames(v visit) (map[string]string, error) {
	choices, err := s.choices(v, clinic.AcquisitionSources, "")
	names := map[string]string{}
	for _, c := range choices {
		names[c.Value] = c.Text
	}
	return names, err
}

// leadRow is a lead in the list.
func leadRow(v visit, l desk.LeadShown, sources map[string]string) view.TableRow {
	none := func(text string) view.TableCell {
		if text == "" {
			text = v.l.T("word.none")
		}
		return view.TableCell{Text: text}
	}
	next := none("")
	if l.Next.ID != 0 {
		next = view.TableCell{Day: l.Next.Due, Note: v.l.T("activity.kind." + string(l.Next.Kind))}
	}
	source := sources[l.Source]
	if source == "" {
		source = l.Source
	}
	return view.TableRow{ID: "lead-" + id(l.ID), Cells: []view.TableCell{{Text: l.Name, URL: leadPath(l.ID), Note: v.l.Mobile(l.Mobile)}, none(l.ServiceName),
		{Text: v.l.T("lead.state." + string(l.Status)), Tone: leadTones[l.Status]}, none(leadAge(v, l)), none(l.OwnerName), none(source), none(l.IntroducerName), next}}
}

// leadBar arranges what the board and the list can be limited to; all of it is
// a link or a plain form.
func (s *server) leadBar(v visit, a listAddress) (b view.ListBar, err error) {
	b = view.ListBar{L: v.l, List: "leads", Action: leadsPath}
	b.Quick = []view.ChipGroup{a.quick(v, "lead.view", "view", "lead.view.", "", leadList)}
	if a.get("view") == leadList {
		states := []string{"", desk.LeadsOpen}
		for _, state := range clinic.LeadStatuses {
			states = append(states, string(state))
		}
		b.Quick = append(b.Quick, a.quick(v, "lead.state", "state", "lead.state.", states...))
	} else {
		delete(a.values, "state") // the board shows all of them
	}
	offer, err := s.Desk.LeadOffer(v.r.Context(), v.actor)
	if err != nil {
		return b, err
	}
	owners := []view.Choice{{Text: v.l.T("list.any")}, {Value: desk.OwnerMe, Text: v.l.T("activity.owner.me")}, {Value: desk.OwnerNobody, Text: v.l.T("activity.owner.nobody")}}
	owners = append(owners, named(v, offer.Owners)[1:]...)
	sources, err := s.choices(v, clinic.AcquisitionSources, a.get("source"))
	if err != nil {
		return b, err
	}
	any := view.Choice{Text: v.l.T("list.any")}
	b.Fields = []view.ListField{{Name: "q", Label: v.l.T("lead.text"), Value: a.get("q")},
		{Name: "owner", Label: v.l.T("lead.owner"), Value: a.get("owner"), Choices: owners},
		{Name: "source", Label: v.l.T("lead.source"), Value: a.get("source"), Choices: append([]view.Choice{any}, sources...)},
		{Name: "introducer", Label: v.l.T("lead.introducer"), Value: a.get("introducer"), Choices: append([]view.Choice{any}, marketerChoices(offer)...)},
		{Name: "service", Label: v.l.T("lead.service"), Value: a.get("service"), Choices: named(v, offer.Services)},
		{Name: "channel", Label: v.l.T("lead.channel"), Value: a.get("channel"), Choices: []view.Choice{any,
			{Value: string(clinic.LeadByStaff), Text: v.l.T("lead.channel.staff")}, {Value: string(clinic.LeadByForm), Text: v.l.T("lead.channel.form")}}}}
	finishBar(v, a, &b)
	return b, nil
}

func marketerChoices(offer desk.LeadOffer) (choices []view.Choice) {
	for _, p := range offer.Marketers {
		choices = append(choices, view.Choice{Value: id(p.ID), Text: introducerLabel(p)})
	}
	return choices
}
