package web

// instalmentRoutes: instalment plans.
func (s *server) instalmentRoutes() []route { return nil }
