package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// choices are the items of a list as a form offers them: records keep the
// value. kept is what the record holds; it stays a choice when it was switched
// off since, or is a word of before there were lists.
func (s *server) choices(v visit, l clinic.List, kept string) ([]view.Choice, error) {
	all, err := s.Desk.ListItems(v.r.Context(), v.actor, l)
	if err != nil {
		return nil, err
	}
	var choices []view.Choice
	known := kept == ""
	for _, i := range all {
		if i.Offered() || i.Code == kept {
			choices = append(choices, view.Choice{Value: i.Code, Text: itemName(v, i)})
		}
		known = known || i.Code == kept
	}
	if !known {
		choices = append(choices, view.Choice{Value: kept, Text: kept})
	}
	return choices, nil
}

// words are the items of a list that a text field offers, as view.Words shows
// them: what is written instead is as good.
func (s *server) words(v visit, l clinic.List) ([]string, error) {
	all, err := s.Desk.List(v.r.Context(), v.actor, l)
	var words []string
	for _, i := range all {
		words = append(words, itemName(v, i))
	}
	return words, err
}

// itemName is what the reader calls an item.
func itemName(v visit, i clinic.ListItem) string { return v.l.Item(string(i.List), i.Code, i.Name) }

// listKinds are the lists of words, each a kind: discount_reason is at
// /settings/discount_reasons.
func listKinds() (kinds []setting) {
	for _, l := range clinic.Lists {
		kinds = append(kinds, listKind(l))
	}
	return kinds
}

func listKind(l clinic.List) setting {
	k := setting{kind: string(l) + "s", icon: "list", columns: []string{"settings.position"}, numbers: []bool{true}}
	k.rows = func(v visit, all desk.SettingRows) (rows []view.SettingRow) {
		for _, i := range all.Items[l] {
			rows = append(rows, view.SettingRow{ID: id(i.ID), Name: itemName(v, i), Cells: []string{v.l.Number(i.Position)}, Off: i.Disabled})
		}
		return rows
	}
	k.values = func(v visit, all desk.SettingRows, row int64) (*typed, int64, bool) {
		i, found := find(all.Items[l], func(i clinic.ListItem) bool { return int64(i.ID) == row })
		if row == 0 {
			i.Position = len(all.Items[l]) + 1
			return filled(v, "position", numberText(v, i.Position)), 0, true
		}
		return filled(v, "name", itemName(v, i), "code", i.Code, "position", numberText(v, i.Position), "active", onText(i.Offered())), i.Version, found
	}
	k.groups = func(v visit, _ desk.SettingRows, t *typed, isNew bool) []view.SettingFields {
		position := numeric(input(v, t, "position"))
		position.Hint = v.l.T("settings.field.position.hint")
		return []view.SettingFields{{Fields: withSwitch(v, t, isNew, nameField(v, t), position)}}
	}
	k.save = func(s *server, v visit, row int64, t *typed) (int64, error) {
		i := clinic.ListItem{ID: clinic.ListItemID(row), List: l, Name: strings.TrimSpace(t.text("name")), Position: t.number("position"), Standing: t.standing()}
		if len(t.problems) > 0 {
			return 0, nil
		}
		all, err := s.Desk.ListItems(v.r.Context(), v.actor, l)
		if err != nil {
			return 0, err
		}
		// A shipped name that was left as it is stays one in every language.
		if old, found := find(all, func(old clinic.ListItem) bool { return old.ID == i.ID }); found && old.Shipped() && i.Name == v.l.Item(string(l), old.Code, "") {
			i.Name = ""
		} else if i.Name == "" {
			return 0, fault.New(fault.Invalid, "catalogue.name", "a name is needed").At("name")
		}
		kept, err := s.Desk.SaveListItem(v.r.Context(), v.actor, desk.Save[clinic.ListItem]{Row: i, Request: requestOf(v)})
		return int64(kept.ID), err
	}
	return k
}
