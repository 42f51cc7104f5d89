package scenario

// commissionVerbs are the words for what introducers and referrers earn.
func (p *parser) commissionVerbs() map[string]verb { return nil }
