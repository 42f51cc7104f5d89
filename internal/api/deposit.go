package api

// addDeposits registers the calls for deposits.
func (s *server) addDeposits() {}
