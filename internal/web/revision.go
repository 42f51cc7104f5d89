package web

// revisionRoutes: changes of admissions that are in the books.
func (s *server) revisionRoutes() []route { return nil }
