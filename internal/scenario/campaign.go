package scenario

import (
	"context"
	"fmt"
	"net/http"
	"strconv"

	"daftar/internal/clinic"
)

// campaignVerbs are the words for campaigns, and for who wants no advertising.
func (p *parser) campaignVerbs() map[string]verb {
	return map[string]verb{"drafts": p.drafts, "schedules": p.schedules, "stops": p.ends("stop"), "discards": p.ends("discard"), "spares": p.spares}
}

// drafts reads "campaign M1 «title» «text»; unseen 3; filter debtor".
func (p *parser) drafts(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("campaign"); err != nil {
		return nil, err
	}
	name, err := p.newName(w, "the campaign", &p.campaigns)
	if err != nil {
		return nil, err
	}
	audience := map[string]any{}
	body := map[string]any{"audience": audience}
	readNote(w, body, "title")
	readNote(w, body, "text")
	err = options(w, "of a campaign", map[string]func() error{"unseen": number(w, audience, "unseen"), "filter": word(w, audience, "filter"),
		"birthday": word(w, audience, "birthday"), "dry": flag(body, "dry_run", true)})
	return func(w *world) (reply, error) {
		r, err := w.command(actor, "/campaigns", body)
		if err == nil && r.status < http.StatusBadRequest {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.campaigns[name] = r.text("id")
		}
		return r, err
	}, err
}

// schedules reads "M1 now" and "M1 at 1405/09/10 10:00"; "dry" only asks.
func (p *parser) schedules(w *words, actor string) (func(*world) (reply, error), error) {
	name, err := known(w, "the campaign", "campaign", p.campaigns)
	if err != nil {
		return nil, err
	}
	var fillers []filler
	if !w.accept("now") {
		if err := w.need("at"); err != nil {
			return nil, err
		}
		starts, err := p.visit(w)
		if err != nil {
			return nil, err
		}
		fillers = append(fillers, func(w *world, body map[string]any) error {
			body["starts"] = starts(w)
			return nil
		})
	}
	body := map[string]any{"dry_run": readDry(w)}
	return func(w *world) (reply, error) {
		full, err := w.filled(body, fillers)
		if err != nil {
			return reply{}, err
		}
		return w.command(actor, "/campaigns/"+w.campaigns[name]+"/schedule", full)
	}, nil
}

// ends reads "M1": the campaign is stopped, or thrown away.
func (p *parser) ends(how string) verb {
	return func(w *words, actor string) (func(*world) (reply, error), error) {
		name, err := known(w, "the campaign", "campaign", p.campaigns)
		body := map[string]any{"dry_run": readDry(w)}
		return func(w *world) (reply, error) { return w.command(actor, "/campaigns/"+w.campaigns[name]+"/"+how, body) }, err
	}
}

// spares reads "A advertising": the patient agrees to it no more.
func (p *parser) spares(w *words, actor string) (func(*world) (reply, error), error) {
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) {
		seen, err := w.get(actor, w.path(letter, ""))
		if err != nil || seen.status != http.StatusOK {
			return seen, err
		}
		return w.send(w.tokens[actor], http.MethodPatch, w.path(letter, ""), strconv.FormatInt(seen.amount("version"), 10), map[string]any{"sms_advertising": false})
	}, w.need("advertising")
}

// campaignJob reads "queues 2 messages" and "sends 2 messages": the jobs of
// campaigns and of messages run, and do so many.
func (p *parser) campaignJob(w *words) (s step, mine bool, err error) {
	queues := w.accept("queues")
	if !queues && !w.accept("sends") {
		return s, false, nil
	}
	want, err := w.amount()
	if err != nil {
		return s, true, err
	}
	if err := w.need("messages"); err != nil {
		return s, true, err
	}
	run := func(w *world) (int, error) {
		return w.site.Desk.SendMessages(w.ctx, w.manager.Clinic, func(context.Context, clinic.Message) error { return nil })
	}
	if queues {
		run = func(w *world) (int, error) { return w.site.Desk.SendCampaigns(w.ctx, w.manager.Clinic) }
	}
	return step{do: func(w *world) error {
		n, err := run(w)
		if err != nil {
			return err
		}
		return same("the number of messages", int64(n), want)
	}}, true, w.end()
}

// expectCampaign reads "status done; sent 2; left no_consent 1; booked 1".
func (p *parser) expectCampaign(w *words, name string) (step, error) {
	var err error
	var checks []func(reply) error
	for {
		what := w.peek()
		switch what {
		case "status":
			w.at++
			want, err := w.name("the state")
			if err != nil {
				return step{}, err
			}
			checks = append(checks, func(r reply) error {
				if got := r.text("status"); got != want {
					return fmt.Errorf("%s is %s, expected %s", name, got, want)
				}
				return nil
			})
		case "people", "reached", "no_mobile", "no_consent", "shared", "cost":
			err = campaignFigure(w, &checks, name, "reaches")
		case "sent", "waiting", "failed", "booked", "admitted", "withdrew":
			err = campaignFigure(w, &checks, name, "result")
		case "left":
			err = campaignLeft(w, &checks, name)
		default:
			return step{}, fmt.Errorf("unknown word %q; of a campaign: status, people, reached, no_mobile, no_consent, shared, sent, waiting, failed, booked, admitted, withdrew, left", w.shown())
		}
		if err != nil {
			return step{}, err
		}
		if !w.accept(";") {
			break
		}
	}
	return step{do: func(w *world) error {
		r, err := w.look("/campaigns/" + w.campaigns[name])
		if err != nil {
			return err
		}
		for _, check := range checks {
			if err := check(r); err != nil {
				return err
			}
		}
		return nil
	}}, nil
}

// campaignFigure reads "sent 2": a figure of the part of the answer.
func campaignFigure(w *words, checks *[]func(reply) error, name, part string) error {
	field := w.peek()
	w.at++
	want, err := w.amount()
	*checks = append(*checks, func(r reply) error { return same(field+" of "+name, r.amount(part, field), want) })
	return err
}

// campaignLeft reads "left no_consent 1".
func campaignLeft(w *words, checks *[]func(reply) error, name string) error {
	w.at++
	reason, err := w.name("the reason")
	if err != nil {
		return err
	}
	want, err := w.amount()
	*checks = append(*checks, func(r reply) error {
		left := int64(0)
		for _, one := range r.items("result", "left_out") {
			if one.text("reason") == reason {
				left = one.amount("people")
			}
		}
		return same(reason+" of "+name, left, want)
	})
	return err
}
