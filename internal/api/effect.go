package api

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// Drawer is the cash that the caller's shift should hold.
type Drawer struct {
	Before money.Amount `json:"before"`
	After  money.Amount `json:"after"`
}

// Effect is what a command of money did, or with dry_run would do, to what a
// cashier watches. Its document stands beside it.
type Effect struct {
	Before Position `json:"before"`
	After  Position `json:"after"`
	Drawer *Drawer  `json:"drawer,omitempty" doc:"cash of the caller's open shift; missing without one"`
	UnitID string   `json:"unit_id,omitempty" doc:"what the command did, to be undone as one or refused with why not; missing when it wrote nothing in the books"`
}

func showEffect(a clinic.Actor, e desk.Effect) Effect {
	shown := Effect{Before: showPosition(a, e.Before), After: showPosition(a, e.After), UnitID: name(e.Unit)}
	if e.Drawer != nil {
		shown.Drawer = &Drawer{e.Drawer.Before, e.Drawer.After}
	}
	return shown
}
