package scenario

// discountCodeVerbs are the words for discount codes.
func (p *parser) discountCodeVerbs() map[string]verb { return nil }
