package scenario

// instalmentVerbs are the words for instalment plans.
func (p *parser) instalmentVerbs() map[string]verb { return nil }
