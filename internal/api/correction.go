package api

// addCorrections registers the calls for voids, corrections, refunds and what is given up.
func (s *server) addCorrections() {}
