package api

// addSettlements registers the calls for what insurers pay and cut.
func (s *server) addSettlements() {}
