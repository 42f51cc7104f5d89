package web

// paletteRoutes: the command palette.
func (s *server) paletteRoutes() []route {
	return nil
}
