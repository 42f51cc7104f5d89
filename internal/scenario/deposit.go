package scenario

// depositVerbs are the words for deposits.
func (p *parser) depositVerbs() map[string]verb { return nil }
