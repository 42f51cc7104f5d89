package desk

import (
	"context"

	"daftar/internal/clinic"
)

// MessageSettings are the texts of a clinic's messages and what holds for all of
// them.
type MessageSettings struct {
	Templates []clinic.MessageTemplate // one for each of clinic.TemplateKinds
	Rules     clinic.MessageRules
}

// Template is the template of the kind.
func (s MessageSettings) Template(k clinic.MessageKind) (clinic.MessageTemplate, bool) {
	for _, t := range s.Templates {
		if t.Kind == k {
			return t, true
		}
	}
	return clinic.MessageTemplate{}, false
}

// MessageSettings returns them.
func (d *Desk) MessageSettings(ctx context.Context, actor clinic.Actor) (s MessageSettings, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return s, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		s.Templates = nil
		for _, k := range clinic.TemplateKinds {
			t, err := w.MessageTemplate(ctx, k)
			if err != nil {
				return err
			}
			s.Templates = append(s.Templates, t)
		}
		s.Rules, err = w.MessageRules(ctx)
		return err
	})
	return s, err
}

// SaveMessageTemplate changes the text of a kind and whether it is sent. Faults
// are those of Check, Conflict message_template.stale.
func (d *Desk) SaveMessageTemplate(ctx context.Context, actor clinic.Actor, s Save[clinic.MessageTemplate]) (clinic.MessageTemplate, error) {
	return saved(ctx, d, actor, "settings.message_template", s, func(w work, t clinic.MessageTemplate) (clinic.MessageTemplate, int64, error) {
		t, err := t.Check(w.clinic)
		if err != nil {
			return t, 0, err
		}
		err = w.SaveMessageTemplate(ctx, t, w.actor.Staff, w.now)
		t.Version++
		return t, 0, err
	})
}

// SaveMessageRules changes the quiet hours and the price. Faults are those of
// Check, Conflict message_rules.stale.
func (d *Desk) SaveMessageRules(ctx context.Context, actor clinic.Actor, s Save[clinic.MessageRules]) (clinic.MessageRules, error) {
	return saved(ctx, d, actor, "settings.message_rules", s, func(w work, r clinic.MessageRules) (clinic.MessageRules, int64, error) {
		r, err := r.Check()
		if err != nil {
			return r, 0, err
		}
		err = w.SaveMessageRules(ctx, r, w.actor.Staff, w.now)
		r.Version++
		return r, 0, err
	})
}
