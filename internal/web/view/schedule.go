package view

// SchedulePage is the week of each provider at a glance.
type SchedulePage struct {
	Chrome   Chrome
	Overview bool // the reader may open the overview of the settings
	Links    []TableLink
	Weeks    []ProviderWeek
}

// ProviderWeek is the week of one provider, from Saturday on.
type ProviderWeek struct {
	ID, Name string
	Text     string // what the provider does
	Links    []TableLink
	Days     []WeekDay
}

// WeekDay is a weekday with its shifts in the order of the day.
type WeekDay struct {
	Name   string
	Shifts []WeekShift
}

// WeekShift is a shift in words; Notes are the branch, the room, the capacity
// and how long it holds.
type WeekShift struct {
	URL, Hours string
	Notes      []string
	Off        bool
}

// class is that of what may be switched off.
func (s WeekShift) class() string { return settingClass(s.Off) }
