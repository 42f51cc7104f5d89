package view

import "time"

// Messages is the page at /messages.
type Messages struct {
	Chrome       Chrome
	States       []Chip // filters
	Kinds        []Chip
	Status, Kind string // that are on
	Rows         []MessageRow
	Older        string
	Off          bool // the clinic sends none
	Settings     bool // the reader may switch them on
}

// MessageRow is one message.
type MessageRow struct {
	ID       string
	Patient  *TablePatient // nil: nobody known
	Mobile   string
	Kind     string
	Text     string
	Secret   bool   // the text is shown to nobody
	State    string // a key of message.state
	Said     string // why it is so, in words
	Error    string // what the service said
	Recorded time.Time
	Sent     time.Time
	Due      time.Time // of one that waits for a later time
	Tries    int
	Retry    string // request key of the form that tries it again; "" for none
}

// messageTone is the colour of a state.
func messageTone(state string) string {
	switch state {
	case "sent":
		return "ok"
	case "failed":
		return "due"
	case "again", "unknown":
		return "hold"
	case "queued", "sending":
		return "info"
	}
	return ""
}

// MessagePreview is a text with the example filled in, what it costs, and the
// fields that it may hold.
type MessagePreview struct {
	L       Locale
	Text    string
	Size    string
	Cost    string
	Problem string // why there is no example
	Fields  []Choice
}

// Jobs is the page at /settings/jobs.
type Jobs struct {
	Chrome Chrome
	Rows   []JobRow
}

// JobRow is a job with its runs, the newest first.
type JobRow struct {
	Name    string
	Title   string
	Every   string
	Next    time.Time // zero: as soon as possible
	Request string    // key of the form that asks for a run
	Runs    []JobRun
}

// JobRun is one run. State is a key of job: ok, idle, failed, running, asked.
type JobRun struct {
	At    time.Time
	Took  string
	Did   int
	State string
	Note  string
	Error string
}

func jobTone(state string) string {
	switch state {
	case "ok":
		return "ok"
	case "failed":
		return "due"
	case "running":
		return "info"
	case "asked":
		return "hold"
	}
	return ""
}
