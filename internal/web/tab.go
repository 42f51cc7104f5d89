package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// tab is one tab of the statement: a row of tabs, a function that fetches and
// one that arranges.
type tab struct {
	key        string
	permission clinic.Permission
	kinds      []string // that its rows can be limited to
	count      func(h desk.Header) int
	fetch      func(s *server, v visit, id clinic.PatientID, k look) (desk.Header, view.Body, error)
}

// tabs lists the tabs in their order.
func tabs() []tab {
	return []tab{
		{"summary", clinic.ReadStatement, []string{"money", "admission", "receipt", "refund", "deposit", "discount", "cheque", "correction", "insurance", desk.RowAppointment, desk.RowActivity},
			func(h desk.Header) int { return h.Events }, (*server).summary},
		{"admissions", clinic.ReadStatement, nil,
			func(h desk.Header) int { return h.Admissions }, (*server).admissions},
		{appointmentTab, clinic.ReadStatement, nil,
			func(h desk.Header) int { return h.Appointments.Count }, (*server).appointments},
		{"transactions", clinic.ReadMoney, []string{"admission", "receipt", "refund", "deposit", "discount", "cheque", "correction", "insurance"},
			func(h desk.Header) int { return h.Transactions }, (*server).transactions},
		{depositTab, clinic.ReadMoney, nil, func(h desk.Header) int { return h.Deposited }, (*server).deposits},
		{crmTab, clinic.ReadActivities, nil, func(h desk.Header) int { return h.Activities.All }, (*server).activities},
		{clubTab, clinic.ReadClub, nil, func(h desk.Header) int { return h.Club.Rows }, (*server).club},
	}
}

// tab returns the tab called key, and false when there is none.
func (s *server) tab(key string) (tab, bool) {
	for _, t := range s.tabs {
		if t.key == key {
			return t, true
		}
	}
	return tab{}, false
}
