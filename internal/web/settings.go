package web

// settingsRoutes: what the clinic offers and how it works.
func (s *server) settingsRoutes() []route {
	return nil
}
