package web

// reportRoutes: the lists and reports of the desk.
func (s *server) reportRoutes() []route { return nil }
