package api

// addInstalments registers the calls for instalment plans.
func (s *server) addInstalments() {}
