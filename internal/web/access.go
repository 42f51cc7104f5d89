package web

// accessRoutes: staff, roles, permissions, branches.
func (s *server) accessRoutes() []route {
	return nil
}
