package scenario

// reportVerbs are the words for the lists and reports of the desk.
func (p *parser) reportVerbs() map[string]verb { return nil }
