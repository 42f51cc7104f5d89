package scenario

import (
	"fmt"
	"net/http"
	"strconv"
)

// discountCodeVerbs are the words for discount codes.
func (p *parser) discountCodeVerbs() map[string]verb {
	return map[string]verb{"offers": p.offers, "switches": p.switches}
}

// offers reads "code SPRING off 10%; most 500000; to 1405/09/30; uses 2; for A;
// service بوتاکس; combinable".
func (p *parser) offers(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("code"); err != nil {
		return nil, err
	}
	code, err := w.name("the code")
	if err != nil {
		return nil, err
	}
	if err := w.need("off"); err != nil {
		return nil, err
	}
	body, err := readDiscount(w)
	if err != nil {
		return nil, err
	}
	body["code"] = code
	patient := ""
	var services []string
	for w.accept(";") {
		switch {
		case w.accept("for"):
			patient, err = p.patient(w)
		case w.accept("service"):
			var name string
			name, err = w.name("the service")
			services = append(services, name)
		default:
			err = p.codeOption(w, body)
		}
		if err != nil {
			return nil, err
		}
	}
	return func(w *world) (reply, error) {
		if patient != "" {
			body["patient_id"] = w.patients[patient].id
		}
		var ids []string
		for _, name := range services {
			ids = append(ids, strconv.FormatInt(int64(w.services[name]), 10))
		}
		body["service_ids"] = ids
		r, err := w.command(actor, "/discount-codes", body)
		if err == nil && r.status < http.StatusBadRequest {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.codes[code] = r.text("id")
		}
		return r, err
	}, nil
}

func (p *parser) codeOption(w *words, body map[string]any) (err error) {
	switch {
	case w.accept("most"):
		body["most"], err = w.amount()
	case w.accept("uses"):
		body["uses"], err = w.amount()
	case w.accept("combinable"):
		body["combinable"] = true
	case w.accept("from"):
		body["valid_from"], err = p.day(w)
	case w.accept("to"):
		body["valid_to"], err = p.day(w)
	default:
		err = fmt.Errorf("unknown word %q; a code has most, uses, from, to, for PATIENT, service, combinable", w.shown())
	}
	return err
}

// switches reads "code SPRING off" and "code SPRING on".
func (p *parser) switches(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("code"); err != nil {
		return nil, err
	}
	code, err := w.name("the code")
	if err != nil {
		return nil, err
	}
	off := w.accept("off")
	if !off {
		err = w.need("on")
	}
	return func(w *world) (reply, error) {
		return w.command(actor, "/discount-codes/"+w.codes[code]+"/switch", map[string]any{"off": off})
	}, err
}
