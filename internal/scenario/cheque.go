package scenario

// chequeVerbs are the words for cheques.
func (p *parser) chequeVerbs() map[string]verb { return nil }
