package clinic

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/fault"
)

// The ways of a lead, from each state to each: by hand (h), by work on it (w),
// by an appointment (b), its end (g) and its return (r), by an admission (a) and
// its end (u).
const leadWays = `
           new  following  booked  converted  lost  invalid
new        -    h+w        b       a          h     h
following  -    -          b+r     a          h     h
booked     -    g          -       a          -     -
converted  -    u          -       -          -     -
lost       -    h          b       -          -     -
invalid    -    h          -       -          -     -
`

var leadCauses = map[string]LeadEventKind{"h": LeadMoved, "w": LeadWorked, "b": LeadTimeBooked, "g": LeadTimeGone, "r": LeadTimeBack,
	"a": LeadAdmitted, "u": LeadUnadmitted}

func TestALeadGoesTheseWaysAndNoOther(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(leadWays), "\n")
	heads := strings.Fields(lines[0])
	if len(heads) != len(LeadStatuses) || len(lines)-1 != len(LeadStatuses) {
		t.Fatal("the table has other states than there are")
	}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		from := LeadStatus(cells[0])
		for i, cell := range cells[1:] {
			to := LeadStatus(heads[i])
			for letter, by := range leadCauses {
				want := strings.Contains(cell, letter)
				after, e, err := Lead{ID: 7, Status: from}.Step(by, to, "گران بود")
				if (err == nil) != want {
					t.Errorf("%s %s→%s: %v", by, from, to, err)
				}
				if err == nil && (after.Status != to || e.From != from || e.To != to || e.Kind != by || e.Lead != 7 || e.Reason != "گران بود") {
					t.Errorf("%s %s→%s leaves %+v %+v", by, from, to, after, e)
				}
			}
		}
	}
}

func TestAStepOfALeadIsRefused(t *testing.T) {
	for name, one := range map[string]struct {
		from, to LeadStatus
		reason   string
		code     string
	}{
		"lost without a reason":      {LeadFollowing, LeadLost, " ", "lead.reason"},
		"a state that is none":       {LeadNew, "won", "", "lead.state"},
		"away from an appointment":   {LeadBooked, LeadLost, "x", "lead.booked"},
		"converted by hand":          {LeadFollowing, LeadConverted, "", "lead.move"},
		"a reason without an end":    {LeadFollowing, LeadLost, strings.Repeat("x", 301), "text.long"},
		"back from what it became":   {LeadConverted, LeadFollowing, "", "lead.move"},
		"to the state that it is in": {LeadLost, LeadLost, "x", "lead.move"},
	} {
		if _, _, err := (Lead{Status: one.from}).Step(LeadMoved, one.to, one.reason); fault.Code(err) != one.code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALeadIsCleaned(t *testing.T) {
	l, err := Lead{Name: " سارا  رحیمی ", Mobile: "+98 912 111 2233", Note: "قیمت\r\nپرسید "}.Check()
	if err != nil || l.Name != "سارا رحیمی" || l.Mobile != "09121112233" || l.Note != "قیمت\nپرسید" {
		t.Errorf("%+v %v", l, err)
	}
	if l, err = (Lead{Name: "سارا", Patient: 4}).Check(); err != nil || l.Mobile != "" {
		t.Error("a patient of the register without a mobile", err)
	}
	for code, wrong := range map[string]Lead{"lead.name": {Mobile: "09121112233"}, "lead.mobile": {Name: "سارا"}, "mobile.invalid": {Name: "سارا", Mobile: "123"},
		"text.long": {Name: strings.Repeat("س", maxLeadName+1), Mobile: "09121112233"}} {
		if _, err := wrong.Check(); fault.Code(err) != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// An admission is what came of a lead when it is the first, came of its
// appointment, or holds what was wanted.
func TestAnAdmissionIsWhatCameOfALead(t *testing.T) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	implant := Admission{At: at, Lines: []AdmissionLine{{Line: 1, Service: 9, Quantity: 1}}}
	other := Admission{At: at, Lines: []AdmissionLine{{Line: 1, Service: 4, Quantity: 1}}}
	lead := Lead{Status: LeadFollowing, Service: 9, Recorded: at.Add(-time.Hour)}
	later, open, lost := lead, lead, lead
	later.Recorded, open.Service, lost.Status = at.Add(time.Minute), 0, LeadLost
	for name, one := range map[string]struct {
		lead                 Lead
		a                    Admission
		first, ofAppointment bool
		want                 bool
	}{
		"the service":            {lead, implant, false, false, true},
		"another service":        {lead, other, false, false, false},
		"another, but the first": {lead, other, true, false, true},
		"another, by its time":   {lead, other, false, true, true},
		"nothing was wanted":     {open, other, false, false, true},
		"recorded after it":      {later, implant, true, true, false},
		"lost before":            {lost, implant, true, true, false},
	} {
		if got := one.lead.BecameBy(one.a, one.first, one.ofAppointment); got != one.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheContactFormTakesNoLinks(t *testing.T) {
	good := Contact{Name: "سارا رحیمی", Mobile: "۰۹۱۲۱۱۱۲۲۳۳", Note: "درباره ایمپلنت، ساعت 10:30"}
	if l, err := good.Check(); err != nil || l.Channel != LeadByForm || l.Mobile != "09121112233" {
		t.Errorf("%+v %v", l, err)
	}
	for _, text := range []string{"ｈｔｔｐ：／／x", "bit.ly/x", "telegram.me/x", "x.ir", "WWW.x"} {
		if _, err := (Contact{Name: good.Name, Mobile: good.Mobile, Note: text}).Check(); fault.Code(err) != "contact.link" {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{"ساعت 10.30 یا 5/6", "دکتر ع.م. گفت", "dr. ali"} {
		if _, err := (Contact{Name: good.Name, Mobile: good.Mobile, Note: text}).Check(); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
	for field, wrong := range map[string]Contact{"name": {Name: "www.x.ir", Mobile: good.Mobile}, "note": {Name: "x", Mobile: good.Mobile, Note: "see HTTPS://x"}} {
		_, err := wrong.Check()
		if e, ok := fault.As(err); !ok || e.Code != "contact.link" || e.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}
