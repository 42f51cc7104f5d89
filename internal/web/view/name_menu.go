package view

import (
	"strings"

	"daftar/internal/clinic"
)

// menuItem is one entry of the name menu: a way into the window, or something
// of the row to copy. A feature adds its entry as a row of menuItems.
type menuItem struct {
	key    string // its text is menu.KEY
	icon   string
	letter string // shown
	code   string // of the key on the keyboard, whatever the layout
	path   string // "{id}" stands for the patient; "" when it copies
	copy   string // "file" or "mobile"
	layer  bool   // opens in the window over the list
	rule   bool   // a line above it
	needs  clinic.Permission
}

var menuItems = []menuItem{
	{key: "statement", icon: "scroll-text", letter: "S", code: "KeyS", path: "/patients/{id}/statement/summary", layer: true, needs: clinic.ReadStatement},
	{key: "admit", icon: "clipboard-pen", letter: "A", code: "KeyA", path: "/patients/{id}/admit?tab=summary", layer: true, needs: clinic.WriteAdmissions},
	{key: "cashier", icon: "banknote", letter: "P", code: "KeyP", path: "/patients/{id}/cashier?tab=summary", layer: true, needs: clinic.ReceiveMoney},
	{key: "deposit", icon: "piggy-bank", letter: "B", code: "KeyB", path: "/patients/{id}/deposits/new?tab=summary", layer: true, needs: clinic.WriteDeposits},
	{key: "appointment", icon: "calendar-clock", letter: "N", code: "KeyN", path: "/patients/{id}/appointments/new?tab=summary", layer: true, needs: clinic.WriteAppointments},
	{key: "lead", icon: "user-search", letter: "G", code: "KeyG", path: "/patients/{id}/leads/new?tab=summary", layer: true, needs: clinic.AddLeads},
	{key: "edit", icon: "user-pen", letter: "E", code: "KeyE", path: "/patients/{id}/edit", needs: clinic.WritePatients},
	{key: "admissions", icon: "clipboard-list", letter: "L", code: "KeyL", path: "/patients/{id}/statement/admissions", layer: true, rule: true, needs: clinic.ReadStatement},
	{key: "appointments", icon: "calendar", letter: "V", code: "KeyV", path: "/patients/{id}/statement/appointments", layer: true, needs: clinic.ReadStatement},
	{key: "transactions", icon: "arrow-left-right", letter: "T", code: "KeyT", path: "/patients/{id}/statement/transactions", layer: true, needs: clinic.ReadMoney},
	{key: "copy.file", icon: "copy", letter: "C", code: "KeyC", copy: "file", rule: true},
	{key: "copy.mobile", icon: "phone", letter: "M", code: "KeyM", copy: "mobile", needs: clinic.ReadMobile},
}

// menuFor is the menu without what the reader would be refused.
func menuFor(l Locale) []menuItem {
	var items []menuItem
	for _, item := range menuItems {
		if item.needs == "" || l.Rights.Has(item.needs) {
			items = append(items, item)
		}
	}
	return items
}

// copied is a number that may be copied: a whole one.
func copied(mobile string) string {
	if strings.HasPrefix(mobile, "•") {
		return ""
	}
	return mobile
}

// statementPath is the address of a tab of a patient's statement.
func statementPath(patient, tab string) string {
	return "/patients/" + patient + "/statement/" + tab
}
