package api

// addCommissions registers the calls for what introducers and referrers earn.
func (s *server) addCommissions() {}
