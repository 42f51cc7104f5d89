package scenario

import (
	"fmt"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// parser knows the names that lines may use.
type parser struct {
	dated, expects               bool
	actors, patients, admissions map[string]bool
	shifts                       map[string]bool // who opens a shift in the file
	depositNames                 map[string]bool
	providers, visits, waits     map[string]bool
	campaigns, leadNames         map[string]bool
}

// step reads one line. Within a meanwhile block only commands may stand.
func (p *parser) step(w *words, together bool) (step, error) {
	first := w.peek()
	if p.actors[first] && p.dated {
		w.at++
		return p.command(w, first)
	}
	if together {
		return step{}, fmt.Errorf("a meanwhile block has commands only, not %q", first)
	}
	w.at++
	var s step
	var err error
	switch first {
	case "at":
		s, err = p.clock(w)
	case "given":
		s, err = p.given(w)
	case "job":
		return p.job(w)
	case "public":
		return p.public(w)
	case "expect":
		p.expects = true
		s, err = p.expect(w)
	default:
		w.at--
		return s, fmt.Errorf("unknown word %q; name people with: given actor NAME ROLE", w.shown())
	}
	s.still = true
	if err == nil {
		err = w.end()
	}
	return s, err
}

// clock reads "1405/09/02 10:00".
func (p *parser) clock(w *words) (step, error) {
	day, err := p.day(w)
	if err != nil {
		return step{}, err
	}
	hour := 9 * time.Hour
	if !w.done() {
		t, err := time.Parse("15:04", farsi.Digits(w.shown()))
		if err != nil {
			return step{}, fmt.Errorf("%q is no time of day", w.shown())
		}
		w.at++
		hour = time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
	}
	p.dated = true
	return step{do: func(w *world) error { return w.setClock(day, hour) }}, nil
}

// day reads a Jalali or Gregorian date.
func (p *parser) day(w *words) (jalali.Day, error) {
	d, err := jalali.Parse(w.shown(), "")
	if err != nil || w.done() {
		return "", fmt.Errorf("%q is no date", w.shown())
	}
	w.at++
	return d, nil
}

// given reads what is there before the story begins.
func (p *parser) given(w *words) (step, error) {
	if !p.dated {
		return step{}, fmt.Errorf("say first when it happens: at 1405/09/02 10:00")
	}
	switch {
	case w.accept("actor"):
		return p.givenActor(w)
	case w.accept("insurer"):
		return p.givenInsurer(w)
	case w.accept("service"):
		return p.givenService(w)
	case w.accept("patient"):
		return p.givenPatient(w)
	case w.accept("referrer"):
		return p.givenReferrer(w)
	case w.accept("contact"):
		return p.givenContact(w)
	case w.accept("blind"):
		return p.givenBlind(w)
	case w.accept("club"):
		return p.givenClub(w)
	}
	if s, mine, err := p.givenCalendar(w); mine {
		return s, err
	}
	return step{}, fmt.Errorf("unknown word %q; given actor, insurer, service, patient, referrer, blind count, contact form, club, provider, leave, closure, extra, holiday or messages", w.shown())
}

// grants reads "may refund.write, receipt.correct", the rights that somebody has
// beside the role.
func grants(w *words) (all clinic.Rights, err error) {
	if !w.accept("may") {
		return 0, nil
	}
	for {
		right := clinic.Permission(w.shown())
		w.at++
		if !slices.Contains(clinic.Permissions, right) {
			return 0, fmt.Errorf("unknown word %q; a right is one of %v", right, clinic.Permissions)
		}
		all |= clinic.RightsOf(right)
		if !w.accept(",") {
			return all, nil
		}
	}
}

func (p *parser) givenActor(w *words) (step, error) {
	name, err := w.name("the name")
	if err != nil {
		return step{}, err
	}
	role := clinic.Role(w.shown())
	w.at++
	if !slices.Contains(clinic.Roles, role) {
		return step{}, fmt.Errorf("unknown word %q; a role is one of %v", role, clinic.Roles)
	}
	if p.actors[name] {
		return step{}, fmt.Errorf("%s is there already", name)
	}
	granted, err := grants(w)
	if err != nil {
		return step{}, err
	}
	p.actors[name] = true
	return step{do: func(w *world) error { return w.addActor(name, role, granted) }}, nil
}

func (p *parser) givenInsurer(w *words) (step, error) {
	name, err := w.name("the name")
	if err != nil {
		return step{}, err
	}
	kind := clinic.InsurerKind(w.peek())
	if kind != clinic.BaseInsurance && kind != clinic.SupplementaryInsurance {
		return step{}, fmt.Errorf("unknown word %q; an insurer is base or supplementary", w.shown())
	}
	w.at++
	share, err := w.percent()
	return step{do: func(w *world) error { return w.addInsurer(name, kind, share) }}, err
}

// tariff is an insurer's own price.
type tariff struct {
	insurer string
	price   int64
}

func (p *parser) givenService(w *words) (step, error) {
	name, err := w.name("the service")
	if err != nil {
		return step{}, err
	}
	price, err := w.amount()
	if err != nil {
		return step{}, err
	}
	made := desk.NewService{Price: money.Amount(price)}
	var tariffs []tariff
	for !w.done() {
		w.accept(";")
		switch {
		case w.accept("vat"):
			if made.VAT, err = w.percent(); err != nil {
				return step{}, err
			}
		case w.accept("minutes"):
			minutes, err := w.amount()
			if err != nil {
				return step{}, err
			}
			made.Duration = int(minutes)
		case w.accept("sessions"):
			if err := readPackage(w, &made); err != nil {
				return step{}, err
			}
		case w.accept("tariff"):
			var t tariff
			if t.insurer, err = w.name("the insurer"); err != nil {
				return step{}, err
			}
			if t.price, err = w.amount(); err != nil {
				return step{}, err
			}
			tariffs = append(tariffs, t)
		case w.peek() == "marketer" || w.peek() == "referrer":
			if err := readCommission(w, &made.Commission); err != nil {
				return step{}, err
			}
		default:
			return step{}, fmt.Errorf("unknown word %q; a service has vat, tariff, minutes, sessions, marketer and referrer", w.shown())
		}
	}
	return step{do: func(w *world) error { return w.addService(name, made, tariffs) }}, nil
}

func (p *parser) givenPatient(w *words) (step, error) {
	letter, err := p.newPatient(w)
	if err != nil {
		return step{}, err
	}
	first, err := w.name("the first name")
	if err != nil {
		return step{}, err
	}
	last, err := w.name("the last name")
	if err != nil {
		return step{}, err
	}
	var insurers []string
	if w.accept("covered") {
		for {
			name, err := w.name("the insurer")
			if err != nil {
				return step{}, err
			}
			if insurers = append(insurers, name); !w.accept(",") {
				break
			}
		}
	}
	sent, err := p.sentBy(w)
	return step{do: func(w *world) error { return w.addPatient(letter, first, last, insurers, sent) }}, err
}

// newPatient reads the letter of somebody who is not there yet.
func (p *parser) newPatient(w *words) (string, error) {
	letter, err := w.name("the patient's letter")
	if err == nil && (p.patients[letter] || p.actors[letter] || p.admissions[letter]) {
		err = fmt.Errorf("%s is there already", letter)
	}
	p.patients[letter] = true
	return letter, err
}

// patient reads the letter of a patient.
func (p *parser) patient(w *words) (string, error) {
	letter, err := w.name("the patient's letter")
	if err == nil && !p.patients[letter] {
		err = fmt.Errorf("there is no patient %q so far", letter)
	}
	return letter, err
}
