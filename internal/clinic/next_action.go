package clinic

import "daftar/internal/money"

// ActionKind names what the desk can do next for a patient.
type ActionKind string

// The next actions, the most pressing first.
const (
	ActionAdmit    ActionKind = "admit"    // who has an appointment is here
	ActionCheckIn  ActionKind = "check_in" // who has an appointment today may come
	ActionOverdue  ActionKind = "overdue"  // the day of an instalment has passed
	ActionReceive  ActionKind = "receive"  // the patient owes
	ActionDeposit  ActionKind = "deposit"  // a deposit is held beside what the patient owes
	ActionAllocate ActionKind = "allocate" // there is credit beside something open
	ActionFinalize ActionKind = "finalize" // a draft admission waits
	ActionComplete ActionKind = "complete" // what is needed to reach or bill the patient is missing
)

// Arrival is whether somebody with an appointment is here.
type Arrival int

// Nobody is expected today, somebody is, or is here and not admitted yet.
const (
	NotToday Arrival = iota
	ExpectedToday
	IsHere
)

// Circumstances are the facts of a patient that a next action comes from.
type Circumstances struct {
	Arrived      Arrival
	Balance      money.Amount // positive: the patient owes
	Credit       money.Amount // not allocated
	Deposits     money.Amount // what they hold
	Open         int          // live admissions with something left
	OldestDays   int          // since the oldest of them
	Overdue      money.Amount // of instalments whose day has passed
	OverdueCount int          // instalments
	OverdueDays  int          // since the first of them
	Waiting      money.Amount // of instalments whose day has not come
	Drafts       int
	OldestDraft  int // days since the oldest draft
	NoMobile     bool
	NoIdentifier bool // neither a national code nor a foreign id
}

// NextAction is one thing to do, with what the sentence about it says.
type NextAction struct {
	Kind   ActionKind
	Amount money.Amount // owed, or what the credit can pay
	Count  int          // of open or draft admissions
	Days   int          // since the oldest of them
	Fields []string     // that are missing: "mobile", "identifier"
}

// mostNext bounds the next actions: a line is read, a list is not.
const mostNext = 2

// NextActions says what to do next for a patient, the most pressing first, at
// most two things. What has a plan is not asked for before its day.
func NextActions(c Circumstances) []NextAction {
	var next []NextAction
	switch c.Arrived {
	case IsHere:
		next = append(next, NextAction{Kind: ActionAdmit})
	case ExpectedToday:
		next = append(next, NextAction{Kind: ActionCheckIn})
	}
	if c.Overdue > 0 {
		next = append(next, NextAction{Kind: ActionOverdue, Amount: c.Overdue, Count: c.OverdueCount, Days: c.OverdueDays})
	}
	if due := c.Balance - c.Overdue - c.Waiting; due > 0 {
		next = append(next, NextAction{Kind: ActionReceive, Amount: due, Count: c.Open, Days: c.OldestDays})
	}
	if c.Deposits > 0 && c.Balance > 0 && c.Open > 0 {
		next = append(next, NextAction{Kind: ActionDeposit, Amount: min(c.Deposits, c.Balance), Count: c.Open})
	}
	if c.Credit > 0 && c.Open > 0 {
		next = append(next, NextAction{Kind: ActionAllocate, Amount: c.Credit, Count: c.Open})
	}
	if c.Drafts > 0 {
		next = append(next, NextAction{Kind: ActionFinalize, Count: c.Drafts, Days: c.OldestDraft})
	}
	var missing []string
	if c.NoMobile {
		missing = append(missing, "mobile")
	}
	if c.NoIdentifier {
		missing = append(missing, "identifier")
	}
	if len(missing) > 0 {
		next = append(next, NextAction{Kind: ActionComplete, Fields: missing})
	}
	return next[:min(len(next), mostNext)]
}
