package scenario

// revisionVerbs are the words for changes of admissions that are in the books.
func (p *parser) revisionVerbs() map[string]verb { return nil }
