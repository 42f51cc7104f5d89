package clinic_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Each state of a campaign with the ones that it goes to; it goes to no other.
func TestTheStatesOfACampaign(t *testing.T) {
	table := map[clinic.CampaignStatus][]clinic.CampaignStatus{
		clinic.CampaignDraft:     {clinic.CampaignScheduled},
		clinic.CampaignScheduled: {clinic.CampaignScheduled, clinic.CampaignSending, clinic.CampaignStopped},
		clinic.CampaignSending:   {clinic.CampaignDone, clinic.CampaignStopped},
		clinic.CampaignDone:      {},
		clinic.CampaignStopped:   {},
	}
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	moves := map[clinic.CampaignStatus]func(c clinic.Campaign) (clinic.Campaign, error){
		clinic.CampaignScheduled: func(c clinic.Campaign) (clinic.Campaign, error) {
			return c.Schedule(now, clinic.CampaignCost{People: 1}, now)
		},
		clinic.CampaignSending: func(c clinic.Campaign) (clinic.Campaign, error) { return c.Begin() },
		clinic.CampaignDone:    func(c clinic.Campaign) (clinic.Campaign, error) { return c.Finish(now) },
		clinic.CampaignStopped: func(c clinic.Campaign) (clinic.Campaign, error) { return c.Stop(now) },
	}
	for _, from := range clinic.CampaignStatuses {
		for to, move := range moves {
			may := false
			for _, s := range table[from] {
				may = may || s == to
			}
			got, err := move(clinic.Campaign{Status: from})
			switch {
			case may && (err != nil || got.Status != to):
				t.Errorf("%s to %s: %s %v", from, to, got.Status, err)
			case !may && fault.Code(err) != "campaign.state":
				t.Errorf("%s to %s is not refused: %v", from, to, err)
			}
		}
		_, err := clinic.Campaign{Status: from, Title: "x", Text: "x"}.Check(clinic.Clinic{})
		if (err == nil) != (from == clinic.CampaignDraft) {
			t.Errorf("a campaign that is %s is changed: %v", from, err)
		}
		if err := (clinic.Campaign{Status: from}).Discard(); (err == nil) != (from == clinic.CampaignDraft) {
			t.Errorf("a campaign that is %s is thrown away: %v", from, err)
		}
	}
}

func TestACampaignIsReadOrRefused(t *testing.T) {
	c := clinic.Clinic{Name: "درمانگاه"}
	for name, one := range map[string]struct{ title, text, code, field string }{
		"a text with fields":    {"نوروز", "{نام} عزیز، {مرکز}", "", ""},
		"a title with spaces":   {"  نوروز ", "سلام", "", ""},
		"no title":              {" ", "سلام", "campaign.title", "title"},
		"a huge title":          {strings.Repeat("س", 100_000), "سلام", "text.long", "title"},
		"no text":               {"نوروز", " \n", "template.empty", "text"},
		"a huge text":           {"نوروز", strings.Repeat("س", 100_000), "text.long", "text"},
		"too many parts":        {"نوروز", strings.Repeat("س", 540), "template.parts", "text"},
		"no such field":         {"نوروز", "{نامم}", "template.field", "text"},
		"a field of other ones": {"نوروز", "{مبلغ}", "template.other_field", "text"},
		"a brace":               {"نوروز", "{نام", "template.brace", "text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := clinic.Campaign{Status: clinic.CampaignDraft, Title: one.title, Text: one.text}.Check(c)
			e, _ := fault.As(err)
			if fault.Code(err) != one.code || e != nil && e.Field != one.field {
				t.Errorf("%v at %v, want %q at %q", err, e, one.code, one.field)
			}
		})
	}
}

func TestWhenACampaignStarts(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	for name, one := range map[string]struct {
		starts time.Time
		people int
		code   string
	}{
		"now":                 {now, 1, ""},
		"the zero instant":    {time.Time{}, 1, "campaign.past"},
		"tomorrow":            {now.Add(24 * time.Hour), 1, ""},
		"a moment ago":        {now.Add(-time.Microsecond), 1, "campaign.past"},
		"in two years":        {now.Add(800 * 24 * time.Hour), 1, "campaign.far"},
		"it reaches nobody":   {now, 0, "campaign.nobody"},
		"nobody, and too old": {now.Add(-time.Hour), 0, "campaign.past"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := clinic.Campaign{Status: clinic.CampaignDraft}.Schedule(one.starts, clinic.CampaignCost{People: one.people}, now)
			if fault.Code(err) != one.code {
				t.Fatalf("%v, want %q", err, one.code)
			}
			if err == nil && (c.Starts.IsZero() || c.Estimate.People != one.people) {
				t.Errorf("%+v", c)
			}
		})
	}
}

func TestWhatACampaignCosts(t *testing.T) {
	c := clinic.Campaign{Text: strings.Repeat("س", 71)}
	cost := c.Cost(clinic.Clinic{}, clinic.CampaignAudience{People: 9, Reached: 5}, clinic.MessageRules{Price: 1500})
	if cost.Amount() != 5*2*1500 {
		t.Errorf("%+v", cost)
	}
}

// Who gets none is told the first reason that holds.
func TestWhoGetsAMessageOfACampaign(t *testing.T) {
	for name, one := range map[string]struct {
		p     clinic.Patient
		taken bool
		want  clinic.SkipReason
	}{
		"somebody who agreed":           {clinic.Patient{Mobile: "0912", SMSAdvertising: true}, false, ""},
		"who agreed to service only":    {clinic.Patient{Mobile: "0912", SMSService: true}, false, clinic.SkipNoConsent},
		"without a mobile":              {clinic.Patient{SMSAdvertising: true}, false, clinic.SkipNoMobile},
		"the mobile has it already":     {clinic.Patient{Mobile: "0912", SMSAdvertising: true}, true, clinic.SkipShared},
		"a no is said before the phone": {clinic.Patient{Mobile: "0912"}, true, clinic.SkipNoConsent},
	} {
		t.Run(name, func(t *testing.T) {
			if got := one.p.Leaves(one.taken); got != one.want {
				t.Errorf("%q, want %q", got, one.want)
			}
		})
	}
}
