package scenario

import (
	"fmt"

	"daftar/internal/desk"
	"daftar/internal/money"
)

// holds reads "P1 line 1 session 2 done on 1405/09/05" and "P1 line 1 session 3
// planned on 1405/10/01".
func (p *parser) holds(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("line"); err != nil {
		return nil, err
	}
	line, err := w.amount()
	if err != nil {
		return nil, err
	}
	if err := w.need("session"); err != nil {
		return nil, err
	}
	n, err := w.amount()
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if body["status"], err = w.name("done or planned"); err != nil {
		return nil, err
	}
	if w.accept("on") {
		if body["day"], err = p.day(w); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		return w.onAdmission(actor, name, fmt.Sprintf("lines/%d/sessions/%d", line, n), body)
	}, nil
}

// abandons reads "P1 line 1 «reason»; dry".
func (p *parser) abandons(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.admission(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("line"); err != nil {
		return nil, err
	}
	line, err := w.amount()
	if err != nil {
		return nil, err
	}
	body := map[string]any{"reason": w.text()}
	for w.accept(";") {
		if err := cancelOption(w, body); err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		return w.onAdmission(actor, name, fmt.Sprintf("lines/%d/abandon", line), body)
	}, nil
}

// readPackage reads "6 every 30 single 28000000" of a service.
func readPackage(w *words, s *desk.NewService) error {
	n, err := w.amount()
	if err != nil {
		return err
	}
	s.Sessions = int(n)
	if w.accept("every") {
		if n, err = w.amount(); err != nil {
			return err
		}
		s.Interval = int(n)
	}
	if w.accept("single") {
		n, err = w.amount()
		s.SinglePrice = money.Amount(n)
	}
	return err
}
