package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		// The manager has a shift; somebody who has none opens one.
		c.manager = c.fresh
		c.command(t, "POST /shifts", "POST", "/shifts", `{"float":0,"note":"صبح"}`)
	})
}
