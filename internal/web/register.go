package web

// registerRoutes: the form of a patient: search, register, edit, photo.
func (s *server) registerRoutes() []route {
	return nil
}
