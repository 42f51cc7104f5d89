package clinic

import (
	"slices"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
)

// MessageTemplate is the text of a clinic's messages of one kind, with fields
// in braces.
type MessageTemplate struct {
	Kind    MessageKind
	Text    string
	On      bool
	Version int64 // 0: the clinic has not changed it
}

// What a template may hold, in letters and, filled with the example, in parts.
const (
	templateLetters = 600
	templateParts   = 8
)

// Name is what the field is called in templates, which are Persian whatever the
// language of the screen.
func (f MessageField) Name() string { return message.Persian.Text("sms.field." + string(f)) }

// Place is the field as it stands in a template.
func (f MessageField) Place() string { return "{" + f.Name() + "}" }

// DefaultTemplate is what a clinic sends that has changed nothing.
func DefaultTemplate(k MessageKind) MessageTemplate {
	var places []any
	for _, f := range messageFields {
		places = append(places, string(f), f.Place())
	}
	return MessageTemplate{Kind: k, Text: message.Persian.Text("sms."+string(k), places...), On: k.onAtFirst()}
}

// MessageFields are the values of fields.
type MessageFields map[MessageField]string

// Sample are the values that a preview shows.
func Sample(c Clinic) MessageFields {
	values := MessageFields{FieldClinic: c.Name}
	for _, f := range messageFields {
		if f != FieldClinic {
			values[f] = message.Persian.Text("sms.sample." + string(f))
		}
	}
	return values
}

// piece is a stretch of a template: text, or what stands between braces.
type piece struct {
	text  string
	field bool
}

// pieces cuts a template at its braces. Invalid template.brace for one that is
// open or closed without the other, with what stands there.
func pieces(text string) (all []piece, err error) {
	for text != "" {
		i := strings.IndexAny(text, "{}")
		if i < 0 {
			return append(all, piece{text: text}), nil
		}
		all = append(all, piece{text: text[:i]})
		end := strings.IndexAny(text[i+1:], "{}\n")
		if text[i] == '}' || end < 0 || text[i+1+end] != '}' {
			return nil, fault.New(fault.Invalid, "template.brace", "a brace has no other one").With("near", shortened(text[i:], 20)).At("text")
		}
		all = append(all, piece{text: text[i+1 : i+1+end], field: true})
		text = text[i+end+2:]
	}
	return all, nil
}

// fieldNamed is the field that a name in braces means, however its letters and
// spaces are typed.
func fieldNamed(name string) (MessageField, bool) {
	for _, f := range messageFields {
		if farsi.Key(f.Name()) == farsi.Key(name) {
			return f, true
		}
	}
	return "", false
}

// Check cleans a template. Invalid template.kind and those of its text, see
// checkText.
func (t MessageTemplate) Check(c Clinic) (MessageTemplate, error) {
	if !slices.Contains(TemplateKinds, t.Kind) {
		return t, fault.New(fault.Invalid, "template.kind", "there is no message %q", t.Kind)
	}
	t.On = t.On || t.Kind.AlwaysOn()
	return t.checkText(c)
}

// checkText cleans the text. Invalid template.empty, template.brace,
// template.field for a name that is no field, template.other_field for one that
// messages of the kind do not have, both with the name, template.code for a code
// that is not told, template.parts, text.long, text.utf8.
func (t MessageTemplate) checkText(c Clinic) (MessageTemplate, error) {
	text, err := farsi.CleanLines(t.Text, templateLetters)
	if err != nil {
		return t, at(err, "text")
	}
	if t.Text = text; strings.TrimSpace(text) == "" {
		return t, fault.New(fault.Invalid, "template.empty", "the text is empty").At("text")
	}
	all, err := pieces(text)
	if err != nil {
		return t, err
	}
	told := map[MessageField]bool{}
	for _, p := range all {
		if !p.field {
			continue
		}
		f, known := fieldNamed(p.text)
		switch {
		case !known:
			return t, fault.New(fault.Invalid, "template.field", "there is no field %q", p.text).With("field", p.text).At("text")
		case !slices.Contains(t.Kind.Fields(), f):
			return t, fault.New(fault.Invalid, "template.other_field", "messages of this kind have no %s", f).With("field", f.Name()).At("text")
		}
		told[f] = true
	}
	if t.Kind == MessageCode && !told[FieldCode] {
		return t, fault.New(fault.Invalid, "template.code", "the code is not told").With("field", FieldCode.Place()).At("text")
	}
	if size := SizeOf(t.Fill(Sample(c))); size.Parts > templateParts {
		return t, fault.New(fault.Invalid, "template.parts", "a message has up to %d parts", templateParts).At("text")
	}
	return t, nil
}

// Fill is the text of a message. What is not known stays empty; values are not
// read again, so a brace in a name stays one.
func (t MessageTemplate) Fill(values MessageFields) string {
	all, err := pieces(t.Text)
	if err != nil { // no template that was checked
		return t.Text
	}
	var b strings.Builder
	for _, p := range all {
		if !p.field {
			b.WriteString(p.text)
			continue
		}
		f, _ := fieldNamed(p.text)
		b.WriteString(values[f])
	}
	return strings.TrimSpace(b.String())
}
