package web

// mergeRoutes: merging two files of one person and taking it back.
func (s *server) mergeRoutes() []route {
	return nil
}
