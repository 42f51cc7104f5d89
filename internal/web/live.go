package web

// liveRoutes: what changes while a page is open.
func (s *server) liveRoutes() []route {
	return nil
}
