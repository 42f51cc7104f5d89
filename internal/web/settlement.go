package web

// settlementRoutes: what insurers pay and cut.
func (s *server) settlementRoutes() []route { return nil }
