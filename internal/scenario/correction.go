package scenario

// correctionVerbs are the words for voids, corrections, refunds and what is given up.
func (p *parser) correctionVerbs() map[string]verb { return nil }
