package web

// commissionRoutes: what introducers and referrers earn.
func (s *server) commissionRoutes() []route { return nil }
