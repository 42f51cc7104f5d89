package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const resourcesPath = "/settings/resources"

// resourceRoutes: rooms and devices, for who plans when people work.
func (s *server) resourceRoutes() []route {
	return slices.Concat([]route{page(resourcesPath, clinic.WriteSchedules, "", s.resources)},
		settingSheet(s.sheetRoutes(resourcesPath+"/new", clinic.WriteSchedules, "", s.newResourceSheet)),
		settingSheet(s.sheetRoutes(resourcesPath+"/{resource}", clinic.WriteSchedules, "resource", s.resourceSheet)))
}

// GET /settings/resources
func (s *server) resources(v visit) error {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	title := v.l.T("settings.resources")
	p := view.TablePage{Chrome: s.chrome(v, title), Name: "resources", Title: title, Text: v.l.T("settings.resources.text"), Count: len(plan.Resources),
		Empty: v.l.T("resource.empty"), Links: []view.TableLink{{Text: v.l.T("resource.new"), URL: resourcesPath + "/new", Icon: "plus", Main: true},
			{Text: v.l.T("settings.schedule"), URL: schedulePath, Icon: "calendar-cog"}},
		Columns: []view.TableColumn{{Text: v.l.T("settings.name")}, {Text: v.l.T("settings.kind")}, {Text: v.l.T("settings.code"), Wide: true},
			{Text: v.l.T("settings.branch"), Wide: true}, {Text: v.l.T("schedule.field.capacity")}, {Text: v.l.T("settings.state")}}}
	done := v.r.URL.Query().Get(doneParam)
	for _, r := range plan.Resources {
		branch, _ := find(plan.Branches, func(b clinic.Branch) bool { return b.ID == r.Branch })
		state := view.TableCell{Text: v.l.T("settings.on"), Tone: "ok"}
		if r.Disabled {
			state = view.TableCell{Text: v.l.T("settings.off"), Tone: "hold"}
		}
		row := view.TableRow{ID: "resource-" + id(r.ID), Changed: id(r.ID) == done, Cells: []view.TableCell{{Text: r.Name, URL: resourcesPath + "/" + id(r.ID)},
			{Text: v.l.T("resource.kind." + string(r.Kind))}, {Text: r.Code}, {Text: branch.Name}, {Text: v.l.Number(r.Capacity)}, state}}
		if p.Rows = append(p.Rows, row); row.Changed {
			p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", r.Name)}
		}
	}
	return s.show(v, view.TablePageView(p))
}

func (s *server) newResourceSheet(v visit) (moneySheet, error) {
	return s.resourceForm(v, clinic.Resource{Kind: clinic.Room, Branch: v.actor.Branch, Capacity: 1})
}

func (s *server) resourceSheet(v visit) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	r, found := find(plan.Resources, func(r clinic.Resource) bool { return id(r.ID) == v.r.PathValue("resource") })
	if !found {
		return moneySheet{}, fault.New(fault.NotFound, "resource.none", "there is no such resource")
	}
	return s.resourceForm(v, r)
}

// resourceForm is the form of a room or a device: a new one where it has no id.
func (s *server) resourceForm(v visit, was clinic.Resource) (moneySheet, error) {
	plan, err := s.Desk.Schedule(v.r.Context(), v.actor)
	m := moneySheet{name: "resource", about: was.Name, back: resourcesPath, values: map[string]string{"name": was.Name, "code": was.Code, "kind": string(was.Kind),
		"branch_id": id(was.Branch), "capacity": numberText(v, was.Capacity), "active": onText(was.Offered()), "version": id(was.Version)}}
	m.fields = func(t *typed) []view.SettingField {
		name, code := rosterField(t, "name", ""), sheetField(t, "code", "")
		name.Required, code.Required, code.Latin, code.Hint = true, true, true, v.l.T("settings.field.code.hint")
		var kinds []view.Choice
		for _, k := range clinic.ResourceKinds {
			kinds = append(kinds, view.Choice{Value: string(k), Text: v.l.T("resource.kind." + string(k))})
		}
		capacity := plain(t, "capacity", v.l.T("schedule.field.capacity"))
		capacity.Hint = v.l.T("resource.capacity.hint")
		all := []view.SettingField{name, rosterChoice(t, "kind", kinds), code,
			rosterChoice(t, "branch_id", branchChoices(v, plan, "", t.text("branch_id"))), capacity}
		if was.ID != 0 {
			all = append(all, activeField(t), hiddenField(t, "version"))
		}
		return all
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		row := clinic.Resource{ID: was.ID, Branch: clinic.BranchID(t.id("branch_id")), Kind: clinic.ResourceKind(t.text("kind")),
			Name: t.text("name"), Code: t.text("code"), Capacity: t.number("capacity")}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		if was.ID != 0 {
			row.Standing = t.standing()
		}
		kept, err := s.Desk.SaveResource(v.r.Context(), v.actor, desk.Save[clinic.Resource]{Row: row, Request: r})
		switch e, _ := fault.As(err); {
		case fault.Code(err) == "resource.stale":
			t.nowIs(was.Version, joined(v, was.Name, was.Code, v.l.Number(was.Capacity)))
		case fault.Code(err) == "resource.exists":
			err = e.At("code")
		}
		return sheetDone{next: address(resourcesPath, doneParam, id(kept.ID))}, err
	}
	return m, err
}
