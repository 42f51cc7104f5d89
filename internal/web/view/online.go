package view

import (
	"time"

	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Book frames the pages of the public. Root is the address below which they
// lie.
type Book struct {
	Chrome  Chrome
	Root    string
	Clinic  string
	Phone   string // of the clinic; "" when it says none
	Address string
}

// BookTold is a page that says one thing.
type BookTold struct {
	Book
	Text  string
	Phone string
}

// BookList is whom the public can book.
type BookList struct {
	Book
	Providers []BookProvider
}

// BookProvider is one of them.
type BookProvider struct {
	Name, Council, Biography string
	URL                      string
	Services                 []Choice
}

// BookTimes are the free times of a provider.
type BookTimes struct {
	Book
	Provider       BookProvider
	Whom           string // id of the provider
	Service        string // that was chosen; "": none yet
	Action         string
	Days           []BookDay
	Earlier, Later string // addresses; "" at the end
	Problem        string
	Next           []BookTime // in place of one that was taken
}

// serviceName is the name of the service that was chosen.
func (p BookTimes) serviceName() string {
	for _, c := range p.Provider.Services {
		if c.Value == p.Service {
			return c.Text
		}
	}
	return ""
}

// free reports whether any of the days has a time.
func (p BookTimes) free() bool {
	for _, d := range p.Days {
		if len(d.Times) > 0 {
			return true
		}
	}
	return false
}

// BookDay is a day with its free times.
type BookDay struct {
	Day     jalali.Day
	Holiday string
	Times   []BookTime
}

// BookTime is a time that a button books.
type BookTime struct {
	Starts time.Time
	Value  string
}

// BookHold is what is being booked. Left is how many seconds it is kept.
type BookHold struct {
	Book
	Provider, Service, Branch string
	Starts, Ends              time.Time
	Expires                   time.Time
	Left                      int
	Amount                    money.Amount // of the deposit
	Again                     string       // where another time is chosen, below Root
}

// dayOf is the clinic's day of an instant.
func (l Locale) dayOf(t time.Time) jalali.Day {
	if l.Zone == nil {
		return jalali.DayOf(t, time.UTC)
	}
	return jalali.DayOf(t, l.Zone)
}

// when writes an instant with its day.
func (l Locale) when(t time.Time) string {
	return l.T("online.when", "day", l.DayLong(l.dayOf(t)), "clock", l.Clock(t))
}

// BookPerson is the form of who comes.
type BookPerson struct {
	BookHold
	FirstName, LastName, Mobile, NationalCode string // as typed
	Problems                                  []FieldProblem
}

// BookCode is the form of the one-time code.
type BookCode struct {
	BookHold
	Mobile  string
	Problem string
}

// BookPay is what is to be paid. Bank is where that is done once it was
// started.
type BookPay struct {
	BookHold
	Bank    string
	Problem string
}

// BookDone is what came of a booking: booked, or money that is kept, or
// nothing.
type BookDone struct {
	BookHold
	Booked, Kept, Paid, Cancelled bool
	Visit                         string // public link
	CancelUntil                   time.Time
}

// BookVisit is the appointment of a public link.
type BookVisit struct {
	BookHold
	Cancelled, Waits, MayCancel, Paid bool
	CancelUntil                       time.Time
}

// Feeds are the calendars that phones subscribe to. Made is the address of one
// that was just made.
type Feeds struct {
	Chrome    Chrome
	Overview  bool // the reader may see the overview of the settings
	Made      string
	Rows      []FeedRow
	Providers []Choice
	Provider  string
	Problems  []FieldProblem
}

// FeedRow is one of them.
type FeedRow struct {
	ID       string
	Provider string
	Created  time.Time
	By       string
}
