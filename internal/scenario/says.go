package scenario

import "fmt"

// checked compares what happened with all that the file says of it.
func (o outcome) checked(w *world, r reply) error {
	if err := o.check(r); err != nil {
		return err
	}
	if r.status >= 400 {
		for _, f := range o.refused {
			if f.code == r.text("code") {
				return f.offers(w, r)
			}
		}
		return nil
	}
	for _, says := range o.says {
		if err := says(w, r); err != nil {
			return err
		}
	}
	return nil
}

// readSays reads what an answer about appointments says: "proposes 2000000
// refundable 8000000", "suits A, B", "cancelled 3 messages 3".
func readSays(w *words) (func(*world, reply) error, error) {
	switch {
	case w.accept("proposes"):
		keep, err := w.amount()
		if err != nil {
			return nil, err
		}
		if err := w.need("refundable"); err != nil {
			return nil, err
		}
		back, err := w.amount()
		return func(_ *world, r reply) error {
			var kept, left int64
			for _, d := range r.items("deposits") {
				kept, left = kept+d.amount("proposed_forfeit"), left+d.amount("refundable")
			}
			if err := same("what is proposed to be kept", kept, keep); err != nil {
				return err
			}
			return same("what would go back", left, back)
		}, err
	case w.accept("suits"):
		letters, err := listed(w, 1)
		return func(w *world, r reply) error {
			return w.samePeople("who could have the time", r.items("waiting"), letters)
		}, err
	case w.accept("cancelled"):
		n, err := w.amount()
		if err != nil {
			return nil, err
		}
		if err := w.need("messages"); err != nil {
			return nil, err
		}
		messages, err := w.amount()
		return func(_ *world, r reply) error {
			if err := same("how many were cancelled", int64(len(r.items("appointments"))), n); err != nil {
				return err
			}
			return same("the messages", r.amount("messages"), messages)
		}, err
	}
	return nil, fmt.Errorf("unknown word %q; a command ends in done, refused CODE, balance AMOUNT, proposes, suits or cancelled", w.shown())
}
