package web

// preferenceRoutes: language and calendar of one person.
func (s *server) preferenceRoutes() []route {
	return nil
}
