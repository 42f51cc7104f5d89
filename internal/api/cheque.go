package api

// addCheques registers the calls for cheques.
func (s *server) addCheques() {}
