package api

// addRevisions registers the calls for changes of admissions that are in the books.
func (s *server) addRevisions() {}
