package scenario

import (
	"fmt"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// commissionVerbs are the words for what introducers and referrers earn; that
// they are paid is among those of settlements.
func (p *parser) commissionVerbs() map[string]verb { return nil }

// sending is what is known of a patient beside the name: the mobile, who sent
// them, and what they get for sending others.
type sending struct {
	born                 jalali.Day
	mobile               string
	marketer             bool
	advertising          bool // agrees to it
	percent              int
	introducer, referrer string
}

// sentBy reads "mobile 09121234567", "advertising", "marketer 5%", "introduced by A", "referred by «دکتر راد»".
func (p *parser) sentBy(w *words) (s sending, err error) {
	for !w.done() && err == nil {
		switch {
		case w.accept("mobile"):
			s.mobile, err = w.name("the mobile")
		case w.accept("advertising"):
			s.advertising = true
		case w.accept("born"):
			s.born, err = p.day(w)
		case w.accept("marketer"):
			s.marketer = true
			s.percent, err = w.percent()
		case w.accept("introduced"):
			if err = w.need("by"); err == nil {
				s.introducer, err = p.patient(w)
			}
		case w.accept("referred"):
			if err = w.need("by"); err == nil {
				s.referrer, err = w.name("the referrer")
			}
		default:
			return s, fmt.Errorf("unknown word %q; a patient is covered INSURER, mobile NUMBER, advertising, born DAY, marketer 5%%, introduced by LETTER, referred by NAME", w.shown())
		}
	}
	return s, err
}

// of is the patient with who sent them.
func (s sending) of(w *world, patient clinic.Patient) clinic.Patient {
	patient.Mobile, patient.BirthDate, patient.SMSService, patient.SMSAdvertising = s.mobile, s.born, true, s.advertising
	if s.marketer {
		patient.MarketerStatus = clinic.Marketing
	}
	if s.introducer != "" {
		id, _ := strconv.ParseInt(w.patients[s.introducer].id, 10, 64)
		patient.Introducer = clinic.PatientID(id)
	}
	if s.referrer != "" {
		patient.ReferrerID = w.referrers[s.referrer]
	}
	return patient
}

// rate sets what a marketer gets.
func (s sending) rate(w *world, b desk.Batch, id clinic.PatientID) error {
	if !s.marketer {
		return nil
	}
	return b.CommissionRate(w.ctx, clinic.CommissionRate{Kind: clinic.EarnsMarketer, Earner: clinic.EarnerID(id), ValidFrom: "2020-01-01", Rate: s.percent})
}

// givenReferrer reads "«دکتر راد» 10%".
func (p *parser) givenReferrer(w *words) (step, error) {
	name, err := w.name("the referrer")
	if err != nil {
		return step{}, err
	}
	percent, err := w.percent()
	return step{do: func(w *world) error {
		r, err := w.site.Desk.SaveReferrer(w.ctx, w.manager, desk.SaveReferrer{Referrer: clinic.Referrer{Name: name}})
		if err != nil {
			return err
		}
		w.referrers[name] = r.ID
		return w.site.Desk.Batch(w.ctx, w.manager, false, func(b desk.Batch) error {
			return b.CommissionRate(w.ctx, clinic.CommissionRate{Kind: clinic.EarnsReferrer, Earner: clinic.EarnerID(r.ID), ValidFrom: "2020-01-01", Rate: percent})
		})
	}}, err
}

// readCommission reads "marketer 3%" and "referrer 2%" of a service.
func readCommission(w *words, c *clinic.Commission) (err error) {
	if w.accept("marketer") {
		c.Marketer, err = w.percent()
		return err
	}
	if err := w.need("referrer"); err != nil {
		return err
	}
	c.Referrer, err = w.percent()
	return err
}

// settlesCommission reads "of A on account", "of A in cash 1000000" and "of
// «دکتر راد» by bank_transfer".
func (p *parser) settlesCommission(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("of"); err != nil {
		return nil, err
	}
	who, err := w.name("who earned it")
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	switch {
	case w.accept("on"):
		err = w.need("account")
		body["how"] = "account"
	case w.accept("in"), w.accept("by"):
		body["how"], err = methodWord(w)
	default:
		err = fmt.Errorf("unknown word %q; a commission is settled on account, in cash or by bank_transfer", w.shown())
	}
	if err != nil {
		return nil, err
	}
	if !w.done() && !strings.Contains("|->|;|", "|"+w.peek()+"|") {
		if body["amount"], err = w.amount(); err != nil {
			return nil, err
		}
	}
	body["dry_run"] = w.accept(";") && w.accept("dry")
	return func(w *world) (reply, error) {
		id, err := w.earner(who)
		if err != nil {
			return reply{}, err
		}
		r, err := w.command(actor, "/commissions/"+id+"/settle", body)
		if err == nil {
			w.noteSettled(r, "/commissions/settlements/", body["dry_run"] == true)
		}
		return r, err
	}, nil
}

// earner is the id of a patient by letter, or of a referrer by name.
func (w *world) earner(who string) (string, error) {
	if p, ok := w.patients[who]; ok {
		return p.id, nil
	}
	if id, ok := w.referrers[who]; ok {
		return strconv.FormatInt(int64(id), 10), nil
	}
	return "", fmt.Errorf("there is no patient and no referrer %q", who)
}

// expectCommission reads "of A left 3000000; accrued 3000000; settled 0" and
// "hidden in B".
func (p *parser) expectCommission(w *words) (step, error) {
	if w.accept("hidden") {
		if err := w.need("in"); err != nil {
			return step{}, err
		}
		letter, err := p.patient(w)
		return step{do: func(w *world) error { return w.expectNoCommission(letter) }}, err
	}
	if err := w.need("of"); err != nil {
		return step{}, err
	}
	who, err := w.name("who earned it")
	if err != nil {
		return step{}, err
	}
	var figures []figure
	for {
		field := w.peek()
		if !strings.Contains("|left|accrued|settled|", "|"+field+"|") {
			return step{}, fmt.Errorf("unknown word %q; of a commission: left, accrued, settled", w.shown())
		}
		w.at++
		n, err := w.amount()
		if err != nil {
			return step{}, err
		}
		if figures = append(figures, figure{field, n}); !w.accept(";") {
			break
		}
	}
	return step{do: func(w *world) error { return w.expectEarner(who, figures) }}, nil
}

// expectEarner compares the figures of one, and that the rows make them and the
// list says the same.
func (w *world) expectEarner(who string, figures []figure) error {
	id, err := w.earner(who)
	if err != nil {
		return err
	}
	one, err := w.look("/commissions/" + id)
	if err != nil {
		return err
	}
	all, err := w.look("/commissions")
	if err != nil {
		return err
	}
	var sum int64
	for _, row := range one.items() {
		sum += row.amount("amount")
	}
	if err := same("the rows of commission of "+who, sum, one.amount("earner", "accrued")); err != nil {
		return err
	}
	for _, row := range all.items() {
		if row.text("id") == id {
			if err := same("what the list says of "+who, row.amount("left"), one.amount("earner", "left")); err != nil {
				return err
			}
		}
	}
	for _, f := range figures {
		if err := same(f.name+" of the commission of "+who, one.amount("earner", f.name), f.want); err != nil {
			return err
		}
	}
	return nil
}

// expectNoCommission looks for a trace of commission in all that the account of
// a patient shows, to the one who may see everything.
func (w *world) expectNoCommission(letter string) error {
	for _, below := range []string{"", "/balance", "/balance/explain", "/statement/summary?limit=200", "/statement/admissions?limit=200", "/statement/transactions?limit=200"} {
		r, err := w.look(w.path(letter, below))
		if err != nil {
			return err
		}
		if strings.Contains(r.raw, "commission") {
			return fmt.Errorf("%s of %s tells of a commission: %s", below, letter, r.raw)
		}
	}
	return nil
}
