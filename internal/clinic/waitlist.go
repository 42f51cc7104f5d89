package clinic

import (
	"slices"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// WaitID names a line of the waitlist.
type WaitID int64

// DayPart is the part of a day that somebody can come in.
type DayPart string

// The parts of a day; noon divides them.
const (
	AnyTime   DayPart = "any"
	Morning   DayPart = "morning"
	Afternoon DayPart = "afternoon"
)

// DayParts lists them.
var DayParts = []DayPart{AnyTime, Morning, Afternoon}

// WaitStatus is whether somebody still waits.
type WaitStatus string

// Somebody waits, got a time, or does not want one any more.
const (
	Waiting    WaitStatus = "waiting"
	WaitBooked WaitStatus = "booked"
	WaitEnded  WaitStatus = "ended"
)

// Wait is a patient who wants an earlier or any time: with a provider or with
// any, on the days from First to Last.
type Wait struct {
	ID          WaitID
	Patient     PatientID
	Provider    ProviderID // 0: any
	Service     ServiceID  // 0: not said
	Branch      BranchID
	First, Last jalali.Day // Last "": open
	Part        DayPart
	Note        string
	Status      WaitStatus
	Appointment AppointmentID // that came of it
	Recorded    time.Time
	Staff       StaffID
	Version     int64
}

// Check cleans a line of the waitlist. Invalid waitlist.days, waitlist.part,
// text.long.
func (w Wait) Check(today jalali.Day) (Wait, error) {
	note, err := farsi.Clean(w.Note, 300)
	if err != nil {
		return w, at(err, "note")
	}
	w.Note = note
	if w.First == "" {
		w.First = today
	}
	if w.Part == "" {
		w.Part = AnyTime
	}
	switch {
	case !w.First.Valid() || w.Last != "" && (!w.Last.Valid() || w.Last < w.First || w.Last < today):
		return w, fault.New(fault.Invalid, "waitlist.days", "the days end after they begin, today or later").At("last")
	case !slices.Contains(DayParts, w.Part):
		return w, fault.New(fault.Invalid, "waitlist.part", "there is no part of a day %q", w.Part).At("part")
	}
	return w, nil
}

// Suits reports whether a free time is one that the patient waits for.
func (w Wait) Suits(s Slot, zone *time.Location) bool {
	day, hour := jalali.DayOf(s.Starts, zone), s.Starts.In(zone).Hour()
	switch {
	case w.Status != Waiting || w.Provider != 0 && w.Provider != s.Provider || day < w.First || w.Last != "" && day > w.Last:
		return false
	case w.Part == Morning:
		return hour < 12
	case w.Part == Afternoon:
		return hour >= 12
	}
	return true
}
