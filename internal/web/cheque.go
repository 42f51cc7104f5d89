package web

// chequeRoutes: cheques.
func (s *server) chequeRoutes() []route { return nil }
