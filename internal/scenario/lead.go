package scenario

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// leadVerbs are the words for who may want a service.
func (p *parser) leadVerbs() map[string]verb {
	return map[string]verb{"leads": p.leads, "amends": p.amends, "calls": p.calls, "marks": p.marks, "converts": p.converts}
}

// givenContact reads "form": the public may write.
func (p *parser) givenContact(w *words) (step, error) {
	return step{do: func(w *world) error {
		c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		c.Contact = true
		_, err = w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
		return err
	}}, w.need("form")
}

// fillsIn is how long somebody of the public takes for the contact form.
const fillsIn = 10 * time.Second

// publicWrites reads "«name» 09121112233 «note»": the contact form, which makes a
// lead of that name or adds to it.
func (p *parser) publicWrites(w *words, name string) (func(*world) error, error) {
	who, err := w.name("a name")
	if err != nil {
		return nil, err
	}
	mobile, err := w.name("a mobile")
	if err != nil {
		return nil, err
	}
	note := map[string]any{}
	readNote(w, note, "note")
	if p.leadNames == nil {
		p.leadNames = map[string]bool{}
	}
	p.leadNames[name] = true
	return func(w *world) error {
		offer, err := w.site.Desk.ContactOffer(w.ctx, w.manager.Clinic, publicOrigin)
		if err != nil {
			return err
		}
		w.clock.Lock()
		w.instant = w.instant.Add(fillsIn)
		w.clock.Unlock()
		text, _ := note["note"].(string)
		form := desk.SendContact{Contact: clinic.Contact{Name: who, Mobile: mobile, Note: text}, Origin: publicOrigin, Stamp: offer.Stamp}
		if err := w.site.Desk.SendContact(w.ctx, w.manager.Clinic, form); err != nil {
			return err
		}
		found, err := w.look("/leads?state=open&q=" + url.QueryEscape(mobile))
		if err != nil {
			return err
		}
		if n := len(found.items()); n != 1 {
			return fmt.Errorf("%d open leads have the mobile %s", n, mobile)
		}
		w.keepLead(name, found.items()[0])
		return nil
	}, nil
}

// keepLead remembers the lead of an answer by its name.
func (w *world) keepLead(name string, lead reply) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.leads == nil {
		w.leads = map[string]string{}
	}
	w.leads[name] = lead.text("id")
}

// lead reads the name of a lead.
func (p *parser) lead(w *words) (string, error) { return known(w, "the lead", "lead", p.leadNames) }

// leadPath is the address of a lead, or below it.
func (w *world) leadPath(name, below string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return "/leads/" + w.leads[name] + below
}

// leads reads "A as L1; for بوتاکس; sent by B" of a patient and "«name»
// 09121112233 as L1" of somebody else.
func (p *parser) leads(w *words, actor string) (func(*world) (reply, error), error) {
	body, letter := map[string]any{}, ""
	who, err := w.name("who it is")
	if err != nil {
		return nil, err
	}
	if p.patients[who] {
		letter = who
	} else if body["name"] = who; true {
		if body["mobile"], err = w.name("the mobile"); err != nil {
			return nil, err
		}
	}
	if err := w.need("as"); err != nil {
		return nil, err
	}
	name, err := p.newName(w, "the lead's name", &p.leadNames)
	if err != nil {
		return nil, err
	}
	fillers, err := p.leadOptions(w, body)
	return func(w *world) (reply, error) {
		full, err := w.filled(body, fillers)
		if err != nil {
			return reply{}, err
		}
		if letter != "" {
			full["patient_id"] = w.patients[letter].id
		}
		r, err := w.command(actor, "/leads", full)
		if err == nil && r.status < http.StatusBadRequest && body["dry_run"] != true {
			w.keepLead(name, r)
		}
		return r, err
	}, err
}

// leadOptions read "; for بوتاکس; sent A; note «…»; dry" of a lead.
func (p *parser) leadOptions(w *words, body map[string]any) (fillers []filler, err error) {
	err = options(w, "of a lead", map[string]func() error{
		"for": func() error {
			service, err := w.name("the service")
			fillers = append(fillers, serviceOf(service))
			return err
		},
		"sent": func() error {
			if err := w.need("by"); err != nil {
				return err
			}
			marketer, err := p.patient(w)
			fillers = append(fillers, func(w *world, body map[string]any) error {
				body["introducer_id"] = w.patients[marketer].id
				return nil
			})
			return err
		},
		"note": word(w, body, "note"), "dry": flag(body, "dry_run", true),
	})
	return fillers, err
}

// amends reads "L1; for بوتاکس; sent by A": what is not said stays.
func (p *parser) amends(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.lead(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	fillers, err := p.leadOptions(w, body)
	return func(w *world) (reply, error) {
		now, err := w.look(w.leadPath(name, ""))
		if err != nil {
			return reply{}, err
		}
		full, err := w.filled(body, fillers)
		for _, field := range []string{"name", "mobile", "service_id", "acquisition_source", "introducer_id", "referrer_id", "note", "owner_id"} {
			if _, said := full[field]; !said {
				full[field] = now.text(field)
			}
		}
		if err != nil {
			return reply{}, err
		}
		return w.command(actor, w.leadPath(name, "/edit"), full)
	}, err
}

// calls reads "L1 «subject» no_answer «result»; next call_out 1405/09/12": a call
// that was made about a lead.
func (p *parser) calls(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.lead(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{"kind": string(clinic.CallOut), "done": true}
	readNote(w, body, "subject")
	if err := p.cameOf(w, body); err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) { return w.command(actor, w.leadPath(name, "/activities"), body) }, nil
}

// marks reads "L1 lost «reason»": by hand.
func (p *parser) marks(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.lead(w)
	if err != nil {
		return nil, err
	}
	body := map[string]any{}
	if body["state"], err = w.name("the state"); err != nil {
		return nil, err
	}
	readNote(w, body, "reason")
	return func(w *world) (reply, error) { return w.command(actor, w.leadPath(name, "/state"), body) }, nil
}

// converts reads "L1 as B", a new patient, and "L1 to A", one of the register.
func (p *parser) converts(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := p.lead(w)
	if err != nil {
		return nil, err
	}
	if w.accept("to") {
		letter, err := p.patient(w)
		return func(w *world) (reply, error) {
			return w.command(actor, w.leadPath(name, "/convert"), map[string]any{"patient_id": w.patients[letter].id})
		}, err
	}
	if err := w.need("as"); err != nil {
		return nil, err
	}
	letter, err := w.name("the patient's letter")
	p.patients[letter] = true
	return func(w *world) (reply, error) {
		r, err := w.command(actor, w.leadPath(name, "/convert"), map[string]any{})
		if err != nil || r.status >= http.StatusBadRequest {
			return r, err
		}
		made, err := w.look("/patients/" + r.text("patient_id"))
		if err != nil {
			return r, err
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		w.patients[letter] = person{id: made.text("id"), file: made.text("file_number")}
		return r, nil
	}, err
}

// expectLead reads "converted": the state of a lead, which its last event left
// it in.
func (p *parser) expectLead(w *words, name string) (step, error) {
	want, err := w.name("the state")
	return step{do: func(w *world) error {
		r, err := w.look(w.leadPath(name, ""))
		if err != nil {
			return err
		}
		if err := same("the state of "+name, r.text("state"), want); err != nil {
			return err
		}
		return same("where the last event left "+name, r.items("history")[0].text("to"), want)
	}}, err
}

// expectLeads reads "2": how many leads there are; their counts agree.
func (p *parser) expectLeads(w *words) (step, error) {
	want, err := w.amount()
	return step{do: func(w *world) error {
		r, err := w.look("/leads?limit=200")
		if err != nil {
			return err
		}
		if err := same("the number of leads", r.amount("count"), want); err != nil {
			return err
		}
		states := map[string]int64{}
		for _, l := range r.items() {
			states[l.text("state")]++
		}
		for _, s := range clinic.LeadStatuses {
			if err := same("the count of leads that are "+string(s), r.amount("counts", string(s)), states[string(s)]); err != nil {
				return err
			}
		}
		return same("the rows of the list", strconv.Itoa(len(r.items())), strconv.FormatInt(want, 10))
	}}, err
}
