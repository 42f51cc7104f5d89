package web

// discountCodeRoutes: discount codes.
func (s *server) discountCodeRoutes() []route { return nil }
