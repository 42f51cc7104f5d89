package view

// Campaign is the page of a campaign: what it will do, or what became of it.
type Campaign struct {
	Chrome     Chrome
	ID         string
	Title      string
	State      string
	Tone       string
	By         string // who made it and when
	When       string // it starts, or began; "" for not decided
	Ended      string
	Waits      string // why it would not start at once; "" when it would
	Closed     string // why there are no numbers; "" when they are shown
	Off        bool   // the clinic sends no messages
	Settings   bool   // the reader may switch them on
	Facts      []Fact
	Example    string // whose message it is; "" for the example of the templates
	Text       string
	Size       string
	Conditions []string // the audience in words
	Audience   string   // path of the list of it; "" for who may not see it
	Result     []CampaignCount
	Left       []CampaignCount // who gets none, by reason
	Back       []CampaignCount // what the people did afterwards
	Edit       string          // path; "" for none
	Schedule   bool            // the reader may decide when
	Discard    bool            // the reader may throw it away
	Stop       bool            // the reader may stop it
	Reached    int
	Now        string // what the button says that starts it
	Sure       string // what is asked before it does
	Day, Clock Input
	Request    string
	Version    string
	Problems   []FieldProblem
}

// CampaignCount is a line of a small table: what, and how many.
type CampaignCount struct{ Text, N, Tone string }

// CampaignForm is the form of a draft.
type CampaignForm struct {
	Chrome   Chrome
	Title    string
	Action   string
	Back     string
	Request  string
	Version  string
	Views    []Chip // saved views of the list of patients
	Fields   []SettingField
	Audience []SettingField
	Problems []FieldProblem
}
