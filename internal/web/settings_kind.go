package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// settingGroups are the parts of the overview; icon is for the kinds without
// one of their own.
var settingGroups = []struct {
	name, icon string
	kinds      []string
}{
	{"clinic", "building-2", []string{"clinic", "branches", "sign-in", "staff", "roles"}},
	{"offer", "tag", []string{"sections", "services", "tariffs", "providers", "discount_codes", "club"}},
	{"plan", "calendar-cog", []string{"schedule", "holidays", "resources", "activities", "contact"}},
	{"payers", "shield-check", []string{"insurers"}},
	{"calendar", "calendar", []string{"feeds"}},
	{"messages", "message-square-text", []string{"messages", "message-rules", "jobs"}},
	{"money", "banknote", []string{"money", "cash_desks", "terminals", "bank_accounts"}},
	{"words", "list", []string{"discount_reasons", "cancel_reasons", "refund_reasons", "acquisition_sources", "tags"}},
}

// settingKinds are the kinds of rows that one list and one form serve.
var settingKinds = append([]setting{
	{kind: "branches", icon: "map-pin", columns: []string{"settings.code"}, rows: branchRows, values: branchValues, groups: namedGroups, save: saveBranch},
	{kind: "sections", icon: "layout-grid", columns: []string{"settings.code"}, rows: sectionRows, values: sectionValues, groups: namedGroups, save: saveSection},
	{kind: "services", icon: "stethoscope", columns: []string{"settings.code", "settings.section", "settings.sessions", "settings.vat"},
		numbers: []bool{false, false, true, true}, rows: serviceRows, values: serviceValues, groups: serviceGroups, save: saveService},
	{kind: "providers", icon: "user-round", columns: []string{"settings.council"}, rows: providerRows, values: providerValues, groups: providerGroups, save: saveProvider},
	{kind: "insurers", icon: "shield-check", columns: []string{"settings.code", "settings.kind", "settings.share"},
		numbers: []bool{false, false, true}, rows: insurerRows, values: insurerValues, groups: insurerGroups, save: saveInsurer},
	placeKind("cash_desks", "banknote", clinic.AccountCash),
	placeKind("terminals", "credit-card", clinic.AccountPOS),
	placeKind("bank_accounts", "landmark", clinic.AccountBank),
}, listKinds()...)

// input is a field that is called in the catalogue by its name.
func input(v visit, t *typed, name string) view.SettingField {
	return view.SettingField{Input: view.Input{Name: name, Label: v.l.T("settings.field."+name, "unit", v.l.Unit()), Value: t.text(name)}}
}

// nameField is the field that every row has.
func nameField(v visit, t *typed) view.SettingField {
	f := input(v, t, "name")
	f.Required, f.Focus = true, true
	return f
}

// codeField is the field for the code that exports name a row by.
func codeField(v visit, t *typed) view.SettingField {
	f := input(v, t, "code")
	f.Required, f.Latin, f.Hint = true, true, v.l.T("settings.field.code.hint")
	return f
}

// withSwitch adds the switch to the fields of a row that is there.
func withSwitch(v visit, t *typed, isNew bool, fields ...view.SettingField) []view.SettingField {
	if isNew {
		return fields
	}
	f := input(v, t, "active")
	f.Kind, f.Hint, f.Wide = view.SwitchField, v.l.T("settings.field.active.hint"), true
	return append(fields, f)
}

func numeric(f view.SettingField) view.SettingField {
	f.Mode, f.Latin = "numeric", true
	return f
}

// onText is the value of a switch.
func onText(on bool) string {
	if on {
		return "on"
	}
	return ""
}

// namedGroups are the fields of what has a code and a name.
func namedGroups(v visit, _ desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
	return []view.SettingFields{{Fields: withSwitch(v, t, isNew, nameField(v, t), codeField(v, t))}}
}

// find returns the row of that id.
func find[R any](all []R, is func(R) bool) (row R, found bool) {
	for _, r := range all {
		if is(r) {
			return r, true
		}
	}
	return row, false
}

func branchRows(_ visit, all desk.SettingRows) (rows []view.SettingRow) {
	for _, b := range all.Branches {
		rows = append(rows, view.SettingRow{ID: id(b.ID), Name: b.Name, Cells: []string{b.Code}, Off: b.Disabled})
	}
	return rows
}

func branchValues(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
	b, found := find(all.Branches, func(b clinic.Branch) bool { return int64(b.ID) == row })
	return filled(v, "name", b.Name, "code", b.Code, "active", onText(b.Offered())), b.Version, found || row == 0
}

func saveBranch(s *server, v visit, row int64, t *typed) (int64, error) {
	b := clinic.Branch{ID: clinic.BranchID(row), Name: t.text("name"), Code: t.text("code"), Standing: t.standing()}
	kept, err := s.Desk.SaveBranch(v.r.Context(), v.actor, desk.Save[clinic.Branch]{Row: b, Request: requestOf(v)})
	return int64(kept.ID), err
}

// requestOf is the key that the form carries.
func requestOf(v visit) desk.Request { return desk.Request{Key: v.r.PostFormValue("request")} }

func sectionRows(_ visit, all desk.SettingRows) (rows []view.SettingRow) {
	for _, r := range all.Sections {
		rows = append(rows, view.SettingRow{ID: id(r.ID), Name: r.Name, Cells: []string{r.Code}, Off: r.Disabled})
	}
	return rows
}

func sectionValues(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
	r, found := find(all.Sections, func(r clinic.Section) bool { return int64(r.ID) == row })
	return filled(v, "name", r.Name, "code", r.Code, "active", onText(r.Offered())), r.Version, found || row == 0
}

func saveSection(s *server, v visit, row int64, t *typed) (int64, error) {
	r := clinic.Section{ID: clinic.SectionID(row), Name: t.text("name"), Code: t.text("code"), Standing: t.standing()}
	kept, err := s.Desk.SaveSection(v.r.Context(), v.actor, desk.Save[clinic.Section]{Row: r, Request: requestOf(v)})
	return int64(kept.ID), err
}

func orNone(v visit, text string) string {
	if text == "" {
		return v.l.T("word.none")
	}
	return text
}

func insurerRows(v visit, all desk.SettingRows) (rows []view.SettingRow) {
	for _, i := range all.Insurers {
		rows = append(rows, view.SettingRow{ID: id(i.ID), Name: i.Name, Off: i.Disabled,
			Cells: []string{i.Code, v.l.T("settings.kind." + string(i.Kind)), orNone(v, rateText(v, i.Share))}})
	}
	return rows
}

func insurerValues(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
	i, found := find(all.Insurers, func(i clinic.Insurer) bool { return int64(i.ID) == row })
	if row == 0 {
		i.Kind = clinic.BaseInsurance
	}
	return filled(v, "name", i.Name, "code", i.Code, "kind", string(i.Kind), "share", rateText(v, i.Share),
		"requires_national_code", onText(i.RequiresNationalCode), "active", onText(i.Offered())), i.Version, found || row == 0
}

func insurerGroups(v visit, all desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
	kind, share := input(v, t, "kind"), input(v, t, "share")
	kind.Kind, share.Hint = view.ChoiceField, v.l.T("settings.field.share.hint")
	for _, k := range []clinic.InsurerKind{clinic.BaseInsurance, clinic.SupplementaryInsurance} {
		kind.Choices = append(kind.Choices, view.Choice{Value: string(k), Text: v.l.T("settings.kind." + string(k))})
	}
	needs := input(v, t, "requires_national_code")
	needs.Kind, needs.Wide = view.SwitchField, true
	return []view.SettingFields{{Fields: withSwitch(v, t, isNew, nameField(v, t), codeField(v, t), kind, numeric(share), needs)}}
}

func saveInsurer(s *server, v visit, row int64, t *typed) (int64, error) {
	i := clinic.Insurer{ID: clinic.InsurerID(row), Name: t.text("name"), Code: t.text("code"), Kind: clinic.InsurerKind(t.text("kind")),
		Share: t.rate("share"), RequiresNationalCode: t.text("requires_national_code") != "", Standing: t.standing()}
	if len(t.problems) > 0 {
		return 0, nil
	}
	kept, err := s.Desk.SaveInsurer(v.r.Context(), v.actor, desk.Save[clinic.Insurer]{Row: i, Request: requestOf(v)})
	return int64(kept.ID), err
}

// placeKind is a kind of place that takes money.
func placeKind(kind, icon, account string) setting {
	ofBranch := account != clinic.AccountBank
	k := setting{kind: kind, icon: icon, columns: []string{"settings.code"}}
	if ofBranch {
		k.columns = append(k.columns, "settings.branch")
	}
	branchName := func(all desk.SettingRows, of clinic.BranchID) string {
		b, _ := find(all.Branches, func(b clinic.Branch) bool { return b.ID == of })
		return b.Name
	}
	k.rows = func(_ visit, all desk.SettingRows) (rows []view.SettingRow) {
		for _, p := range all.Places[account] {
			r := view.SettingRow{ID: id(p.ID), Name: p.Name, Cells: []string{p.Code}, Off: p.Disabled}
			if ofBranch {
				r.Cells = append(r.Cells, branchName(all, p.Branch))
			}
			rows = append(rows, r)
		}
		return rows
	}
	k.values = func(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
		p, found := find(all.Places[account], func(p clinic.Place) bool { return int64(p.ID) == row })
		return filled(v, "name", p.Name, "code", p.Code, "branch", id(p.Branch), "active", onText(p.Offered())), p.Version, found || row == 0
	}
	k.groups = func(v visit, all desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
		fields := []view.SettingField{nameField(v, t), codeField(v, t)}
		if ofBranch {
			branch := input(v, t, "branch")
			branch.Kind = view.ChoiceField
			for _, b := range clinic.Offered(all.Branches) {
				branch.Choices = append(branch.Choices, view.Choice{Value: id(b.ID), Text: b.Name})
			}
			fields = append(fields, branch)
		}
		if !isNew { // the books name a place by where it is and its code
			row, _ := rowOf(v)
			stored, _, _ := k.values(v, all, row)
			for i := 1; i < len(fields); i++ {
				f := input(v, stored, fields[i].Name)
				f.Kind = view.FixedField
				if f.Name == "branch" {
					f.Value = branchName(all, clinic.BranchID(stored.id("branch")))
				}
				fields[i] = f
			}
		}
		return []view.SettingFields{{Fields: withSwitch(v, t, isNew, fields...)}}
	}
	k.save = func(s *server, v visit, row int64, t *typed) (int64, error) {
		p := clinic.Place{ID: clinic.PlaceID(row), Branch: clinic.BranchID(t.id("branch")), Name: t.text("name"), Code: t.text("code"), Standing: t.standing()}
		kept, err := s.Desk.SavePlace(v.r.Context(), v.actor, desk.Save[desk.SavePlace]{Row: desk.SavePlace{Kind: account, Place: p}, Request: requestOf(v)})
		return int64(kept.ID), err
	}
	return k
}
