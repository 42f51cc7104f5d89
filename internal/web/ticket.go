package web

// ticketRoutes: problem reports of the staff.
func (s *server) ticketRoutes() []route {
	return nil
}
