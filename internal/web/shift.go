package web

// shiftRoutes: shifts, hand-overs and closed days.
func (s *server) shiftRoutes() []route { return nil }
