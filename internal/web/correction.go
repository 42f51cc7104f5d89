package web

// correctionRoutes: voids, corrections, refunds and what is given up.
func (s *server) correctionRoutes() []route { return nil }
