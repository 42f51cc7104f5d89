package view

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
	money  bool   // only for who may see amounts
	takes  bool   // only for who may take money
}

var menuItems = []menuItem{
	{key: "statement", icon: "scroll-text", letter: "S", code: "KeyS", path: "/patients/{id}/statement/summary", layer: true},
	{key: "cashier", icon: "banknote", letter: "P", code: "KeyP", path: "/patients/{id}/cashier?tab=summary", layer: true, takes: true},
	{key: "admissions", icon: "clipboard-list", letter: "A", code: "KeyA", path: "/patients/{id}/statement/admissions", layer: true, rule: true},
	{key: "transactions", icon: "arrow-left-right", letter: "T", code: "KeyT", path: "/patients/{id}/statement/transactions", layer: true, money: true},
	{key: "copy.file", icon: "copy", letter: "C", code: "KeyC", copy: "file", rule: true},
	{key: "copy.mobile", icon: "phone", letter: "M", code: "KeyM", copy: "mobile"},
}

// menuFor is the menu without what the reader would be refused.
func menuFor(l Locale, receives bool) []menuItem {
	var items []menuItem
	for _, item := range menuItems {
		if item.money && l.NoMoney || item.takes && !receives {
			continue
		}
		items = append(items, item)
	}
	return items
}

// statementPath is the address of a tab of a patient's statement.
func statementPath(patient, tab string) string {
	return "/patients/" + patient + "/statement/" + tab
}
