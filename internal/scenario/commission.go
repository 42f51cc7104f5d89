package scenario

import "fmt"

// commissionVerbs are the words for what introducers and referrers earn.
func (p *parser) commissionVerbs() map[string]verb { return nil }

// settlesCommission reads "of A on account".
func (p *parser) settlesCommission(w *words, actor string) (func(*world) (reply, error), error) {
	return nil, fmt.Errorf("unknown word %q", w.shown())
}
