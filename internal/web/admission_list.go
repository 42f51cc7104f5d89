package web

// admissionRoutes: the list of admissions.
func (s *server) admissionRoutes() []route {
	return nil
}
