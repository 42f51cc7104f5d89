package view

import "time"

// LeadBoard is the board: a column for each state.
type LeadBoard struct {
	Chrome  Chrome
	Bar     ListBar
	Columns []LeadColumn
	Count   int
	New     string // path of the form; "" for who may not
	Report  string // path of how far leads come; "" for who may not
}

// LeadColumn is one state on the board. Count is that of the whole state, More
// leads to all of them when the column does not show them.
type LeadColumn struct {
	Key, Title, Tone string
	Count            int
	Cards            []LeadCard
	More             string
}

// LeadCard is a lead on the board. Next is what is to be done about it.
type LeadCard struct {
	ID, URL, Name, Service, Age, Owner, Next string
	Late                                     bool // the day of that has passed
}

// Lead is the page of one lead.
type Lead struct {
	Chrome       Chrome
	Name         string
	Status, Tone string
	Mobile       string
	Patient      *TablePatient // nil: nobody of the register yet
	Facts        []LeadFact
	Note         string
	Actions      []TableLink
	Links        bool     // the reader may say who of the register it is
	Known        []Choice // who has the mobile
	Others       []Chip   // further open leads of the mobile
	Convert      string
	Request      string
	Version      string
	File         string // as typed
	Problem      string // of that
	Activities   *TableGroup
	Story        []LeadStep
	Back         string
}

// LeadFact is one thing that is known of a lead.
type LeadFact struct{ Label, Text string }

// LeadStep is one thing that happened to it. State is "" when that stayed.
type LeadStep struct {
	At          time.Time
	Text        string
	State, Tone string
	Note, Who   string
}

// Contact is the public contact form, with what was typed.
type Contact struct {
	Book
	Name, Mobile, Service, Note string
	Services                    []Choice
	Stamp                       string // of when it was shown
	Trap                        string // the field that nobody sees
	Problems                    []FieldProblem
}
