package clinic_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/message"
)

func TestTheSizeOfAMessage(t *testing.T) {
	fa := func(n int) string { return strings.Repeat("س", n) }
	for name, one := range map[string]struct {
		text  string
		units int
		parts int
		plain bool
	}{
		"nothing":                          {"", 0, 0, true},
		"Latin of one part":                {strings.Repeat("a", 160), 160, 1, true},
		"Latin of two":                     {strings.Repeat("a", 161), 161, 2, true},
		"Latin of two that are full":       {strings.Repeat("a", 306), 306, 2, true},
		"Latin of three":                   {strings.Repeat("a", 307), 307, 3, true},
		"Persian of one part":              {fa(70), 70, 1, false},
		"Persian of two":                   {fa(71), 71, 2, false},
		"Persian of two that are full":     {fa(134), 134, 2, false},
		"Persian of three":                 {fa(135), 135, 3, false},
		"Persian digits are wide":          {"۱۲۳", 3, 1, false},
		"Latin digits are not":             {"123", 3, 1, true},
		"a joiner is a letter":             {fa(69) + "\u200c" + fa(1), 71, 2, false},
		"a joiner makes Latin wide":        {strings.Repeat("a", 70) + "\u200c", 71, 2, false},
		"one Persian letter among Latin":   {strings.Repeat("a", 70) + "س", 71, 2, false},
		"a bracket takes two places":       {"[" + strings.Repeat("a", 158), 160, 1, true},
		"a bracket too many":               {"[" + strings.Repeat("a", 159), 161, 2, true},
		"a bracket is not cut":             {strings.Repeat("a", 152) + "[" + strings.Repeat("a", 152), 306, 3, true},
		"a picture takes two places":       {fa(68) + "🌹", 70, 1, false},
		"a picture is not cut":             {fa(66) + "🌹" + fa(66), 134, 3, false},
		"the euro is of the second set":    {"€", 2, 1, true},
		"a line break is of the first set": {"a\nb", 3, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := clinic.SizeOf(one.text); got != (clinic.MessageSize{Units: one.units, Parts: one.parts, Plain: one.plain}) {
				t.Errorf("%+v", got)
			}
		})
	}
	if cost := clinic.SizeOf(fa(71)).Cost(1500); cost != 3000 {
		t.Error(cost)
	}
}

func TestATemplateIsReadOrRefused(t *testing.T) {
	c := clinic.Clinic{Name: "درمانگاه"}
	for name, one := range map[string]struct {
		kind clinic.MessageKind
		text string
		code string
		says string // what the refusal names
	}{
		"a text with fields":            {clinic.MessageBooked, "{نام} عزیز، {تاریخ} ساعت {ساعت}", "", ""},
		"a text without any":            {clinic.MessageBooked, "سلام", "", ""},
		"a field in Arabic letters":     {clinic.MessageCode, "{كد}", "", ""},
		"a field with spaces":           {clinic.MessageBooked, "{ خدمت دهنده }", "", ""},
		"no such field":                 {clinic.MessageBooked, "{نامم} عزیز", "template.field", "نامم"},
		"an empty field":                {clinic.MessageBooked, "سلام {}", "template.field", ""},
		"a field of other messages":     {clinic.MessageBooked, "{نام}: {مبلغ}", "template.other_field", "مبلغ"},
		"a brace that is not closed":    {clinic.MessageBooked, "سلام {نام عزیز", "template.brace", "{نام عزیز"},
		"a brace that is not opened":    {clinic.MessageBooked, "سلام نام} عزیز", "template.brace", "} عزیز"},
		"a brace in a brace":            {clinic.MessageBooked, "{نام{مرکز}}", "template.brace", "{نام{مرکز}}"},
		"a field over two lines":        {clinic.MessageBooked, "{نام\nمرکز}", "template.brace", "{نام\nمرکز}"},
		"nothing":                       {clinic.MessageBooked, "", "template.empty", ""},
		"spaces only":                   {clinic.MessageBooked, " \n\u200c ", "template.empty", ""},
		"a code that is not told":       {clinic.MessageCode, "{مرکز}", "template.code", "{کد}"},
		"a code that is":                {clinic.MessageCode, "{کد}", "", ""},
		"a huge text":                   {clinic.MessageBooked, strings.Repeat("س", 100_000), "text.long", ""},
		"a text of too many parts":      {clinic.MessageBooked, strings.Repeat("س", 540), "template.parts", ""},
		"a kind that there is not":      {"x", "سلام", "template.kind", ""},
		"a campaign has no template":    {clinic.MessageCampaign, "سلام", "template.kind", ""},
		"what is no text":               {clinic.MessageBooked, "\xff", "text.utf8", ""},
		"a level is not in the receipt": {clinic.MessageReceipt, "{سطح}", "template.other_field", "سطح"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clinic.MessageTemplate{Kind: one.kind, Text: one.text}.Check(c)
			if fault.Code(err) != one.code {
				t.Fatalf("%v, want %q", err, one.code)
			}
			e, ok := fault.As(err)
			if !ok {
				return
			}
			if one.code != "template.kind" && e.Field != "text" {
				t.Errorf("the refusal is at %q", e.Field)
			}
			if said := e.Args["field"] + e.Args["near"]; one.says != "" && said != one.says {
				t.Errorf("it names %q, want %q", said, one.says)
			}
		})
	}
}

// Every kind has a text that works untouched, is read by its own rule, and fills
// every place.
func TestEveryKindHasATextThatWorks(t *testing.T) {
	c := clinic.Clinic{Name: "درمانگاه نمونه"}
	for _, kind := range clinic.TemplateKinds {
		d := clinic.DefaultTemplate(kind)
		checked, err := d.Check(c)
		if err != nil || checked.Text != d.Text {
			t.Errorf("%s: %v\n%q\n%q", kind, err, d.Text, checked.Text)
		}
		text := d.Fill(clinic.Sample(c))
		if strings.ContainsAny(text, "{}") || !strings.Contains(text, c.Name) || clinic.SizeOf(text).Parts > 3 {
			t.Errorf("%s: %q", kind, text)
		}
		if !message.Has("message.kind." + string(kind)) {
			t.Errorf("%s has no name", kind)
		}
		appointment := strings.HasPrefix(string(kind), "appointment_") || kind == clinic.MessageCode
		if d.On != appointment {
			t.Errorf("%s is on: %t", kind, d.On)
		}
		if class := kind.Class(); class != clinic.ServiceMessages && kind != clinic.MessageCode {
			t.Errorf("%s is of the class %q", kind, class)
		}
	}
	if clinic.MessageCampaign.Class() != clinic.AdvertisingMessages {
		t.Error("a campaign is advertising")
	}
}

// What is filled in is not read again.
func TestABraceInANameStays(t *testing.T) {
	got := clinic.MessageTemplate{Kind: clinic.MessageBooked, Text: "{نام}، {مرکز}"}.Fill(clinic.MessageFields{clinic.FieldName: "{مرکز}", clinic.FieldClinic: "x"})
	if got != "{مرکز}، x" {
		t.Error(got)
	}
}

func TestAMessageWaitsForTheEndOfTheQuietHours(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	over, within := clinic.DefaultMessageRules(), clinic.MessageRules{QuietFrom: 13 * 60, QuietUntil: 16*60 + 30}
	for name, one := range map[string]struct {
		rules     clinic.MessageRules
		kind      clinic.MessageKind
		at, until string
	}{
		"the afternoon":                        {over, clinic.MessageBooked, "2026-11-23 15:00", "2026-11-23 15:00"},
		"the last minute before":               {over, clinic.MessageBooked, "2026-11-23 20:59", "2026-11-23 20:59"},
		"the first minute":                     {over, clinic.MessageBooked, "2026-11-23 21:00", "2026-11-24 08:00"},
		"after midnight":                       {over, clinic.MessageBooked, "2026-11-24 00:30", "2026-11-24 08:00"},
		"the last minute of them":              {over, clinic.MessageBooked, "2026-11-24 07:59", "2026-11-24 08:00"},
		"their end":                            {over, clinic.MessageBooked, "2026-11-24 08:00", "2026-11-24 08:00"},
		"the end of a month":                   {over, clinic.MessageBooked, "2026-11-30 22:00", "2026-12-01 08:00"},
		"a code is not kept":                   {over, clinic.MessageCode, "2026-11-24 03:00", "2026-11-24 03:00"},
		"the reminder two hours before is not": {over, clinic.MessageReminderSoon, "2026-11-24 06:00", "2026-11-24 06:00"},
		"the reminder a day before is":         {over, clinic.MessageReminder, "2026-11-24 06:00", "2026-11-24 08:00"},
		"quiet hours of an afternoon":          {within, clinic.MessageReceipt, "2026-11-23 14:00", "2026-11-23 16:30"},
		"the morning before them":              {within, clinic.MessageReceipt, "2026-11-23 12:59", "2026-11-23 12:59"},
		"the night after them":                 {within, clinic.MessageReceipt, "2026-11-23 23:00", "2026-11-23 23:00"},
		"no quiet hours":                       {clinic.MessageRules{QuietFrom: 60, QuietUntil: 60}, clinic.MessageBooked, "2026-11-23 01:00", "2026-11-23 01:00"},
		"the night that clocks were put back":  {over, clinic.MessageBooked, "2020-09-20 23:30", "2020-09-21 08:00"},
	} {
		t.Run(name, func(t *testing.T) {
			at, err := time.ParseInLocation("2006-01-02 15:04", one.at, zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := one.rules.Wait(one.kind, at.UTC(), zone).In(zone).Format("2006-01-02 15:04"); got != one.until {
				t.Errorf("%s, want %s", got, one.until)
			}
		})
	}
	for _, wrong := range []clinic.MessageRules{{QuietFrom: -1}, {QuietFrom: 1440}, {QuietUntil: 1440}, {Price: -1}, {Price: 10_000_000}} {
		if _, err := wrong.Check(); fault.Of(err) != fault.Invalid {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}

// A message goes from state to state until it is sent or given up; each step is
// seen.
func TestTheStatesOfAMessage(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	zone, rules := time.UTC, clinic.MessageRules{}
	m := clinic.Message{Kind: clinic.MessageBooked, Status: clinic.MessageQueued, Due: now, Recorded: now}
	waits := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour}
	for i, wait := range waits {
		m = m.Take(rules, zone, now)
		if m.Status != clinic.MessageSending || m.Tries != i+1 {
			t.Fatalf("%d: %+v", i, m)
		}
		if m = m.After(errors.New("busy"), now); m.Status != clinic.MessageQueued || m.Due.Sub(now) != wait {
			t.Fatalf("%d: %+v", i, m)
		}
	}
	if m = m.Take(rules, zone, now).After(errors.New("busy"), now); m.Status != clinic.MessageFailed {
		t.Fatalf("%+v", m)
	}
	again, err := m.Again(now)
	if err != nil || again.Status != clinic.MessageQueued || again.Tries != 0 {
		t.Errorf("%+v %v", again, err)
	}
	if _, err := again.Again(now); fault.Code(err) != "message.not_failed" {
		t.Error(err)
	}
	m.Expires = now
	if _, err := m.Again(now); fault.Code(err) != "message.late" {
		t.Error(err)
	}
	refused := again.Take(rules, zone, now).After(fault.New(fault.Refused, "message.refused", "no such number"), now)
	if refused.Status != clinic.MessageFailed || refused.Tries != 1 {
		t.Errorf("%+v", refused)
	}
	lost := again.Take(rules, zone, now).Take(rules, zone, now.Add(10*time.Minute))
	if lost.Status != clinic.MessageSending || lost.Tries != 2 || lost.Error != clinic.MessageInterrupted {
		t.Errorf("%+v", lost)
	}
	again.Expires = now.Add(time.Hour)
	if late := again.Take(rules, zone, now.Add(time.Hour)); late.Status != clinic.MessageDropped || late.Reason != clinic.SkipLate {
		t.Errorf("%+v", late)
	}
	long := again.Take(rules, zone, now).After(errors.New(strings.Repeat("خ", 1000)), now)
	if len([]rune(long.Error)) != 300 {
		t.Error(len(long.Error))
	}
}

func TestWhomAnAppointmentReminds(t *testing.T) {
	starts := time.Date(2026, 11, 25, 8, 0, 0, 0, time.UTC)
	before := func(d time.Duration) time.Time { return starts.Add(-d) }
	for name, one := range map[string]struct {
		status    clinic.AppointmentStatus
		told, now time.Time
		want      clinic.MessageKind
	}{
		"two days before":            {clinic.Booked, before(100 * time.Hour), before(48 * time.Hour), ""},
		"a day before":               {clinic.Booked, before(100 * time.Hour), before(24 * time.Hour), clinic.MessageReminder},
		"a minute more than a day":   {clinic.Booked, before(100 * time.Hour), before(24*time.Hour + time.Minute), ""},
		"the program was off":        {clinic.Confirmed, before(100 * time.Hour), before(9 * time.Hour), clinic.MessageReminder},
		"two hours before":           {clinic.Booked, before(100 * time.Hour), before(2 * time.Hour), clinic.MessageReminderSoon},
		"told today":                 {clinic.Booked, before(5 * time.Hour), before(4 * time.Hour), ""},
		"told today, two hours left": {clinic.Booked, before(5 * time.Hour), before(2 * time.Hour), clinic.MessageReminderSoon},
		"told an hour before":        {clinic.Booked, before(time.Hour), before(30 * time.Minute), ""},
		"begun":                      {clinic.Booked, before(100 * time.Hour), starts, ""},
		"cancelled":                  {clinic.CancelledByClinic, before(100 * time.Hour), before(24 * time.Hour), ""},
		"asked for only":             {clinic.Proposed, before(100 * time.Hour), before(24 * time.Hour), ""},
		"here already":               {clinic.CheckedIn, before(100 * time.Hour), before(time.Hour), ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := clinic.Appointment{Status: one.status, Span: clinic.Span{Starts: starts, Ends: starts.Add(time.Hour)}}
			if got := clinic.DueReminder(a, one.told, one.now); got != one.want {
				t.Errorf("%q, want %q", got, one.want)
			}
		})
	}
}

func TestWhatAPatientAgreesTo(t *testing.T) {
	asked := clinic.Patient{Mobile: "09121234567", SMSService: true}
	for name, one := range map[string]struct {
		p    clinic.Patient
		kind clinic.MessageKind
		want clinic.SkipReason
	}{
		"a service message":              {asked, clinic.MessageReceipt, ""},
		"advertising without a yes":      {asked, clinic.MessageCampaign, clinic.SkipNoConsent},
		"advertising with a yes":         {clinic.Patient{Mobile: "09121234567", SMSAdvertising: true}, clinic.MessageCampaign, ""},
		"a service message after a no":   {clinic.Patient{Mobile: "09121234567", SMSAdvertising: true}, clinic.MessageBooked, clinic.SkipNoConsent},
		"a code after a no":              {clinic.Patient{Mobile: "09121234567"}, clinic.MessageCode, ""},
		"no mobile":                      {clinic.Patient{SMSService: true}, clinic.MessageBooked, clinic.SkipNoMobile},
		"no mobile is said before no no": {clinic.Patient{}, clinic.MessageBooked, clinic.SkipNoMobile},
	} {
		t.Run(name, func(t *testing.T) {
			if got := one.p.MayBeSent(one.kind); got != one.want {
				t.Errorf("%q, want %q", got, one.want)
			}
		})
	}
	if got := clinic.ConsentChanges(clinic.Patient{}, asked); len(got) != 0 {
		t.Errorf("a new patient who was not asked said %v", got)
	}
	if got := clinic.ConsentChanges(clinic.Patient{ID: 1, SMSService: true}, clinic.Patient{ID: 1, SMSAdvertising: true}); len(got) != 2 {
		t.Errorf("%v", got)
	}
}
