package view

import (
	"slices"
	"strconv"

	"daftar/internal/jalali"
)

// Stretch is a part of a day, in minutes from midnight.
type Stretch struct{ From, Until int }

// unitOfBoard is how many minutes a row of the board has.
const unitOfBoard = 5

// place are the classes that put a stretch onto the rows of the board: the hour
// and the row in it where it begins, and how many hours and rows it has.
func (s Stretch) place() string {
	rows := max(1, (s.Until-s.From+unitOfBoard-1)/unitOfBoard)
	begins := s.From / unitOfBoard
	const hour = 60 / unitOfBoard
	return "h-" + strconv.Itoa(begins/hour) + " u-" + strconv.Itoa(begins%hour) + " dh-" + strconv.Itoa(rows/hour) + " du-" + strconv.Itoa(rows%hour)
}

// Lane is where something stands beside what shares its time: the Index-th of
// Of, from 0.
type Lane struct{ Index, Of int }

// maxLanes is how many stand side by side; what comes beyond lies on the last.
const maxLanes = 8

// class puts a card into its lane.
func (l Lane) class() string {
	return "of-" + strconv.Itoa(min(l.Of, maxLanes)) + " lane-" + strconv.Itoa(min(l.Index, maxLanes-1))
}

// Lanes gives each stretch a lane, so that none lies on another: the first that
// is free at its beginning. What hangs together by sharing time is divided into
// as many lanes as it needs, whatever the order they come in.
func Lanes(all []Stretch) []Lane {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if all[a].From != all[b].From {
			return all[a].From - all[b].From
		}
		return all[b].Until - all[a].Until
	})
	lanes := make([]Lane, len(all))
	var group, ends []int // of those that hang together, and until when each lane is taken
	until := 0
	finish := func() {
		for _, i := range group {
			lanes[i].Of = len(ends)
		}
		group, ends, until = nil, nil, 0
	}
	for _, i := range order {
		if all[i].From >= until {
			finish()
		}
		at := slices.IndexFunc(ends, func(end int) bool { return end <= all[i].From })
		if at < 0 {
			at, ends = len(ends), append(ends, 0)
		}
		lanes[i].Index, ends[at], until = at, all[i].Until, max(until, all[i].Until)
		group = append(group, i)
	}
	finish()
	return lanes
}

// Board is days of the calendar: columns beside one axis of time.
type Board struct {
	First, Last int // hours that the axis begins and ends with
	Fine        bool
	Columns     []BoardColumn
	Moves       bool // the reader may move appointments
	Request     string
	Then        string // where a move leads back to
	Week        bool   // the columns are days of one provider
}

// BoardColumn is a provider on a day.
type BoardColumn struct {
	Provider string // id
	Name     string // of the provider
	Day      jalali.Day
	Title    string
	URL      string // of the title; "" for none
	Notes    []string
	Today    bool
	Step     int // minutes of the provider's slots
	Over     int // until this minute the day is over; 0: nothing is
	Now      int // minute of the line for now; 0: none
	Entries  []BoardEntry
}

// BoardEntry is one thing in a column, by its beginning: open hours, a stretch
// that is shut, a free time or an appointment.
type BoardEntry struct {
	At   Stretch
	Kind string     // "open", "shut", "slot" or "card"
	Text string     // of what is shut; of a slot what it says
	URL  string     // of a slot
	Card *BoardCard // of a card
}

// BoardCard is an appointment in its place.
type BoardCard struct {
	ID         string
	Patient    *TablePatient // nil: the reader may not know whose it is
	Clock      string        // from and until
	Service    string
	Status     string // in words
	Tone       string
	Deposit    string // amount with unit; "" for none
	Phone      string
	Note       string
	Overbooked bool
	Passed     bool
	Changed    bool
	Movable    bool
	Version    string
	Minutes    string
	Lane       Lane
	Links      []TableLink
}

// size is how tall a card is, for what fits into it.
func (e BoardEntry) size() string {
	switch minutes := e.At.Until - e.At.From; {
	case minutes < 20:
		return "tiny"
	case minutes < 40:
		return "short"
	}
	return "tall"
}

// hours are those of the axis.
func (b Board) hours() (all []int) {
	for h := b.First; h < b.Last; h++ {
		all = append(all, h)
	}
	return all
}

// whole is the stretch of the whole axis.
func (b Board) whole() Stretch { return Stretch{b.First * 60, b.Last * 60} }

// clockOf writes a minute of a day.
func clockOf(l Locale, minute int) string {
	text := strconv.Itoa(minute % 60)
	if len(text) < 2 {
		text = "0" + text
	}
	return l.Digits(strconv.Itoa(minute/60) + ":" + text)
}

// ClockOf writes a minute of a day as 9:05 in the reader's digits.
func (l Locale) ClockOf(minute int) string { return clockOf(l, minute) }
