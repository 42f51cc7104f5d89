package web

// depositRoutes: deposits.
func (s *server) depositRoutes() []route { return nil }
