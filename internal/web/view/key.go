package view

import "slices"

// keyHelp is one line of what "?" shows: a key or chord and what it does.
type keyHelp struct {
	text  string   // key of its text
	shown []string // as they stand on the keyboard
	codes []string // of those that a part of a page binds by data-key
}

// keyGroup is the keys that work in one place, under keys.group.NAME.
type keyGroup struct {
	name string
	keys []keyHelp
}

// keyList is every key that does something; a test compares it with what the
// pages bind. The keys of the name menu are those of its entries.
func keyList() []keyGroup {
	return []keyGroup{
		{"everywhere", []keyHelp{
			{"keys.palette", []string{"Ctrl K"}, nil},
			{"keys.find", []string{"/"}, []string{"Slash"}},
			{"keys.help", []string{"?"}, []string{"Slash"}},
			{"keys.escape", []string{"Esc"}, nil},
		}},
		{"list", []keyHelp{
			{"keys.found", []string{"Enter", "↓"}, nil},
			{"keys.next", []string{"J"}, nil},
			{"keys.previous", []string{"K"}, nil},
			{"keys.menu", []string{"Enter"}, nil},
			{"keys.new", []string{"N"}, []string{"KeyN"}},
			{"keys.activity.done", []string{"D"}, nil},
			{"keys.activity.result", []string{"R"}, nil},
		}},
		{"calendar", []keyHelp{
			{"keys.calendar.days", []string{"→", "←"}, []string{"ArrowRight", "ArrowLeft"}},
			{"keys.calendar.today", []string{"T"}, []string{"KeyT"}},
			{"keys.calendar.free", []string{"F"}, []string{"KeyF"}},
			{"keys.calendar.slots", []string{"↑", "↓", "→", "←"}, nil},
			{"keys.calendar.grab", []string{"M"}, nil},
			{"keys.calendar.move", []string{"↑", "↓", "→", "←", "PgUp", "PgDn"}, nil},
			{"keys.calendar.drop", []string{"Enter"}, nil},
			{"keys.calendar.leave", []string{"Esc"}, nil},
		}},
		{"menu", menuKeys()},
		{"window", []keyHelp{
			{"keys.tabs", []string{"1", "2", "3", "4", "5", "6"}, []string{"Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6"}},
			{"action.cashier", []string{"P"}, []string{"KeyP"}},
			{"action.admission", []string{"A"}, []string{"KeyA"}},
			{"action.appointment", []string{"N"}, []string{"KeyN"}},
			{"appointment.do.check_in", []string{"I"}, nil},
			{"action.deposit", []string{"B"}, []string{"KeyB"}},
			{"next.deposit.do", []string{"U"}, []string{"KeyU"}},
			{"action.activity", []string{"F"}, []string{"KeyF"}},
			{"action.lead", []string{"W"}, []string{"KeyW"}},
			{"keys.activity.first", []string{"D"}, nil},
			{"action.edit", []string{"E"}, []string{"KeyE"}},
			{"action.merge", []string{"G"}, []string{"KeyG"}},
			{"action.audit", []string{"H"}, []string{"KeyH"}},
			{"menu.copy.file", []string{"C"}, []string{"KeyC"}},
			{"menu.copy.mobile", []string{"M"}, []string{"KeyM"}},
			{"action.refund", []string{"R"}, nil},
			{"keys.undo", []string{"Z"}, nil},
		}},
		{"sheet", []keyHelp{
			{"keys.submit", []string{"Enter", "Ctrl Enter"}, nil},
		}},
		{"palette", []keyHelp{
			{"keys.palette.move", []string{"↑", "↓", "Home", "End"}, nil},
			{"keys.palette.open", []string{"Enter"}, nil},
			{"keys.palette.cashier", []string{"Shift Enter"}, nil},
			{"keys.palette.tab", []string{"Ctrl Enter"}, nil},
		}},
	}
}

// menuKeys are the letters of the name menu.
func menuKeys() (keys []keyHelp) {
	for _, item := range menuItems {
		if item.letter != "" {
			keys = append(keys, keyHelp{"menu." + item.key, []string{item.letter}, []string{item.code}})
		}
	}
	return keys
}

// Keys are the codes of the keys that parts of pages may bind in the places
// called names.
func Keys(names ...string) (codes []string) {
	for _, g := range keyList() {
		if slices.Contains(names, g.name) {
			for _, k := range g.keys {
				codes = append(codes, k.codes...)
			}
		}
	}
	return codes
}
