package web

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// typed is a form as it was typed. What cannot be read is a problem of its
// field and reads as nothing.
type typed struct {
	v        visit
	values   map[string]string
	picked   map[string][]string // every value of a name
	problems []view.FieldProblem
}

// readTyped reads the form of the request.
func readTyped(v visit) *typed {
	t := &typed{v: v, values: map[string]string{}, picked: v.r.PostForm}
	for name, values := range v.r.PostForm {
		t.values[name] = values[0]
	}
	return t
}

// filled is a form with what is stored.
func filled(v visit, pairs ...string) *typed {
	t := &typed{v: v, values: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		t.values[pairs[i]] = pairs[i+1]
	}
	return t
}

func (t *typed) text(name string) string { return t.values[name] }

// has reports whether the form had the field at all; one that is older than the
// field has not, and leaves what is stored.
func (t *typed) has(name string) bool { _, there := t.values[name]; return there }

func (t *typed) on(name string) bool { return t.values[name] == "on" }

func (t *typed) problem(field, text string) {
	t.problems = append(t.problems, view.FieldProblem{Field: field, Text: text})
}

// number reads a whole number; nothing is 0.
func (t *typed) number(name string) int {
	text := strings.TrimSpace(farsi.Digits(t.values[name]))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1_000_000 {
		t.problem(name, t.v.l.T("fault.number.syntax"))
		return 0
	}
	return n
}

// id reads the value of a choice; what is no id is none.
func (t *typed) id(name string) int64 {
	n, err := strconv.ParseInt(t.values[name], 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// percent is how rates are typed and shown: with up to two decimals.
var percent = money.Currency{Code: "%", Scale: 2}

// arabicPercent is the sign that a Persian keyboard writes.
const arabicPercent = 0x066a

// rate reads a percentage in basis points; nothing is 0.
func (t *typed) rate(name string) int {
	text := strings.TrimFunc(t.values[name], func(r rune) bool { return r == '%' || r == arabicPercent || unicode.IsSpace(r) })
	if text == "" {
		return 0
	}
	points, err := percent.Parse(text)
	if err != nil || points > 10000 {
		t.problem(name, t.v.l.T("fault.catalogue.rate"))
		return 0
	}
	return int(points)
}

// rateText is a rate as it is typed, "" for nothing.
func rateText(v visit, points int) string {
	if points == 0 {
		return ""
	}
	text := strings.TrimSuffix(strings.TrimRight(percent.FormatLatin(money.Amount(points)), "0"), ".")
	return v.l.Digits(strings.Replace(text, ".", v.l.T("word.point"), 1))
}

// amount reads an amount in the unit that the form shows; nothing is 0. The
// text becomes one in the unit of now.
func (t *typed) amount(name string) money.Amount {
	if strings.TrimSpace(t.values[name]) == "" {
		return 0
	}
	value, err := amount(t.v, t.values[name])
	if e, ok := fault.As(err); ok {
		t.problem(name, message.Fault(t.v.l.Lang, e))
		return 0
	}
	t.values[name] = typedAmount(t.v, t.values[name], value)
	return value
}

// amountText is an amount as it is typed, "" for nothing.
func amountText(v visit, a money.Amount) string {
	if a == 0 {
		return ""
	}
	return v.l.Amount(a)
}

func numberText(v visit, n int) string {
	if n == 0 {
		return ""
	}
	return v.l.Digits(strconv.Itoa(n))
}

// version is what the form was read at, 0 for none.
func (t *typed) version() int64 { return t.id("version") }

// standing is the switch and the version of the form.
func (t *typed) standing() clinic.Standing {
	return clinic.Standing{Disabled: !t.on("active"), Version: t.version()}
}

// refused makes the refusal of a form a problem of its field and says with
// which status the form is shown again, and whether somebody changed the record
// meanwhile. An error that the form cannot help comes back.
func (t *typed) refused(v visit, err error) (code int, stale bool, _ error) {
	if err == nil {
		return http.StatusUnprocessableEntity, false, nil
	}
	e, ok := fault.As(err)
	switch {
	case ok && e.Kind == fault.Conflict && strings.HasSuffix(e.Code, ".stale"):
		return http.StatusConflict, true, nil
	case ok && (e.Kind == fault.Invalid || e.Kind == fault.Refused || e.Kind == fault.Conflict || e.Kind == fault.NotFound && e.Field != ""):
		field := e.Field
		if field == "" && strings.HasSuffix(e.Code, ".exists") {
			field = "code"
		}
		t.problem(field, message.Fault(v.l.Lang, e))
		return http.StatusUnprocessableEntity, false, nil
	}
	return 0, false, err
}

// tellNow says at each field that holds something else than what is stored
// what that is.
func tellNow(v visit, groups []view.SettingFields, stored *typed) {
	for _, g := range groups {
		for i, f := range g.Fields {
			now := stored.text(f.Name)
			if f.Kind == view.FixedField || now == f.Value {
				continue
			}
			for _, c := range f.Choices {
				if c.Value == now {
					now = c.Text
				}
			}
			if f.Kind == view.SwitchField {
				now = v.l.T("settings." + map[bool]string{true: "on", false: "off"}[stored.on(f.Name)])
			}
			if now == "" {
				now = v.l.T("word.none")
			}
			g.Fields[i].Now = now
		}
	}
}
