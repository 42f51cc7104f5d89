package scenario

// shiftVerbs are the words for shifts, hand-overs and closed days.
func (p *parser) shiftVerbs() map[string]verb { return nil }
