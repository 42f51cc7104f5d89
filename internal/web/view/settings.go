package view

import (
	"github.com/a-h/templ"

	"daftar/internal/money"
)

// The kinds of field on a settings form. The zero value is a line of text.
const (
	LinesField  = "lines"
	ChoiceField = "choice"
	SwitchField = "switch"
	AmountField = "amount"
	RateField   = "rate"
	DateField   = "day"
	FixedField  = "fixed" // shown, not changed
	HiddenField = "hidden"
	PartField   = "part"  // no field: what Part shows
	GroupField  = "group" // the fields of Group, which come anew together
	FileField   = "file"
	ChecksField = "checks" // Picked of Choices
)

// SettingGroup is a part of the overview.
type SettingGroup struct {
	Title string
	Items []SettingLink
}

// SettingLink leads to one kind of rows.
type SettingLink struct {
	Title string
	Text  string // what it is for
	Icon  string
	URL   string
	Count int // of the rows that are on; below zero where there are none
}

// Settings is the overview.
type Settings struct {
	Chrome Chrome
	Groups []SettingGroup
}

// SettingList is the list of one kind of rows.
type SettingList struct {
	Chrome   Chrome
	Title    string
	Text     string
	New      string   // path of the form for a new row; "" when there is none
	Columns  []string // headings beside the name
	Numbers  []bool   // of the columns that hold amounts and numbers
	Rows     []SettingRow
	Overview bool // the reader may open the overview
}

// SettingRow is one row of a list. Cells are in words already, one for each
// column.
type SettingRow struct {
	ID    string
	Name  string
	URL   string
	Cells []string
	Off   bool
	More  *SettingMore
}

// SettingMore is a second way on from a row.
type SettingMore struct{ Text, URL string }

// SettingForm is the form of one row.
type SettingForm struct {
	Chrome   Chrome
	Title    string
	Parent   string // title of the list that it belongs to
	Back     string
	Action   string
	Request  string
	Version  string // what was read; "" for a new row
	Groups   []SettingFields
	Problems []FieldProblem
	Stale    bool // somebody changed the row meanwhile
	More     *SettingMore
}

// SettingFields are the fields under one heading; it may be "".
type SettingFields struct {
	Title  string
	Fields []SettingField
}

// SettingField is one field of the form.
type SettingField struct {
	Input
	Kind    string
	Choices []Choice
	Picked  []string     // of a ChecksField
	Amount  money.Amount // what an amount reads as
	Now     string       // what is stored now, when somebody changed it meanwhile
	Part    templ.Component
	Group   []SettingField
	Source  string // where a part or a group comes anew from; "" when it stays
	When    string // what it comes anew on, as htmx says it
}

// Tariffs are the prices of one service.
type Tariffs struct {
	Chrome   Chrome
	Service  string
	Back     string
	Rows     []TariffRow
	Action   string // path that sets a price; "" when the reader may not
	Request  string
	Form     []SettingField
	Problems []FieldProblem
}

// TariffRow is one price. State is "now", "later" or "over".
type TariffRow struct {
	Payer string
	From  string
	Price money.Amount
	State string
}

func settingClass(off bool) string {
	if off {
		return "off"
	}
	return ""
}

func numberAt(numbers []bool, i int) bool { return i < len(numbers) && numbers[i] }

// tariffTone is the colour of a price's state.
func tariffTone(state string) string {
	switch state {
	case "now":
		return "ok"
	case "later":
		return "info"
	}
	return ""
}
