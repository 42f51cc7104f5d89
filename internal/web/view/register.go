package view

import "daftar/internal/money"

// PatientForm is the form of a patient, new or known, with what it finds.
type PatientForm struct {
	Chrome     Chrome
	New        bool   // the patient is not registered yet
	Action     string // path that it is sent to
	Search     string // path that says who is known already
	Back       string // path without the form
	Patient    string // id; "" of a new one
	Request    string // names this form for ever; see desk
	Version    string // that the person sees
	Opened     string // the values as they were when the form was opened, as JSON; "" for a new patient
	Then       string // where success leads; "" to the statement
	Lead       string // that the patient comes of; "": none
	Fields     map[string]string
	Service    bool              // service SMS are allowed
	Ads        bool              // advertising SMS are allowed
	Consents   map[string]string // who last said what about messages, by field
	Offers     Offers
	SetsNumber bool   // the reader may choose a file number
	Photo      string // path of the picture; "" when there is none
	Focus      string // the field to begin with
	Problems   []FieldProblem
	Taken      *TakenCode
	Similar    []PatientMatch // who may be the same person; they ask for a confirmation
	Stale      *StaleForm
	Matches    Matches
	Receives   bool // the reader may take money, for the name menu
}

// Offers are the values that fields of the form offer.
type Offers struct {
	Base, Supplementary, Sources []Choice
	Referrers, Marketers, Tags   []string
}

// TakenCode is the file that has the national code already.
type TakenCode struct {
	File string
	URL  string
}

// StaleForm is what somebody else wrote while this form was open.
type StaleForm struct {
	By     string
	When   string
	Fields []StaleField
}

// StaleField is a field in which the form differs from what is written now.
type StaleField struct {
	Name  string // of the field, "" for what cannot be taken over by a button
	Label string
	Now   string
	Yours string
	Value string // Now as the field takes it
}

// Matches is who is known by what is typed so far.
type Matches struct {
	L      Locale
	Typed  bool // something to look for is typed
	Edit   bool // it is about a person who has a file
	People []PatientMatch
	More   bool
}

// PatientMatch is one person who may be meant.
type PatientMatch struct {
	ID      string
	Name    string
	File    string
	Mobile  string // whole, to be copied; "" for those who may not see it
	End     string // last four digits of the mobile
	Age     int    // in years; below zero when unknown
	Balance money.Amount
	Why     string // reason, a key of register.match
}

// in is a field of the form with what was typed into it.
func (f PatientForm) in(name string) Input {
	return Input{Name: name, Label: f.Chrome.L.T("register." + name), Value: f.Fields[name], Focus: f.Focus == name && len(f.Similar) == 0 && f.Stale == nil}
}

// open reports whether one of the fields holds something or is to be mended, so
// that the part of the form they stand in is not hidden.
func (f PatientForm) open(names ...string) bool {
	for _, name := range names {
		if f.Fields[name] != "" || problemOf(f.Problems, name) != "" {
			return true
		}
	}
	return false
}

func (in Input) latin(mode string) Input {
	in.Latin, in.Mode = true, mode
	return in
}

func (in Input) must() Input {
	in.Required = true
	return in
}

func (in Input) hint(text string) Input {
	in.Hint = text
	return in
}

func (in Input) list(id string) Input {
	in.List = id
	return in
}

func (in Input) wide() Input {
	in.Wide = true
	return in
}

// consentHint says what the messages are about and who last said what about them.
func (f PatientForm) consentHint(name string) string {
	hint := f.Chrome.L.T("register." + name + ".hint")
	if said := f.Consents[name]; said != "" {
		hint += " · " + said
	}
	return hint
}

// birthHint says how a birth date may be typed.
func (f PatientForm) birthHint() string {
	if f.Chrome.L.Calendar == Gregorian {
		return f.Chrome.L.T("register.birth_date.hint.gregorian")
	}
	return f.Chrome.L.T("register.birth_date.hint")
}

// oneOf are the values with the texts called prefix.value, after one for none.
func oneOf(l Locale, none, prefix string, values ...string) []Choice {
	choices := []Choice{{Text: none}}
	for _, v := range values {
		choices = append(choices, Choice{v, l.T(prefix + "." + v)})
	}
	return choices
}
