package web

// admitRoutes: the sheet of a new admission.
func (s *server) admitRoutes() []route {
	return nil
}
