package web

// sessionRoutes: a person's own sessions and second factor.
func (s *server) sessionRoutes() []route {
	return nil
}
