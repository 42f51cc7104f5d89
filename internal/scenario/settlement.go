package scenario

// settlementVerbs are the words for what insurers pay and cut.
func (p *parser) settlementVerbs() map[string]verb { return nil }
