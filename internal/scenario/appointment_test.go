package scenario_test

import (
	"strings"
	"testing"

	"daftar/internal/scenario"
)

const visits = `scenario T نوبت
at 1405/09/02 10:00
given messages
given actor R1 receptionist
given service بوتاکس 20000000 minutes 30
given provider Rad دکتر راد; works sat-thu 09:00-13:00 16:00-20:00; works fri 10:00-12:00; capacity 2; slots 30; does بوتاکس
given leave Rad 1405/09/11 to 1405/09/12 09:00-11:00 «همایش»
given closure 1405/09/16 «تعمیر»
given extra Rad 1405/09/20 ۱۰:۰۰-۱۲:۰۰
given holiday 1405/09/15 «تعطیل»
given patient A زهرا کریمی mobile 09121234567
R1 waits A as W1; with Rad; for بوتاکس; from 1405/09/05; to 1405/09/12; morning
R1 books A as N1 with Rad at 1405/09/10 10:00; for بوتاکس; minutes 30; deposit as D1 pos 10000000, cash 5; answers W1; overbook; channel phone; note «با همراه»; stale; dry
R1 books A with Rad at 1405/09/10 10:00; deposit requested 5000000; uses D1
R1 moves N1 to 1405/09/14 16:30 «سفر»; with Rad; minutes 45; overbook; stale; dry
R1 confirms N1
R1 checks in N1; stale
R1 checks out N1
R1 cancels N1 «سفر»; by clinic; keeps D1 2000000; dry
R1 misses N1; keeps D1 5
R1 restores N1
R1 annuls N1
R1 admits N1 as P1; draft; dry
R1 cancels Rad on 1405/09/10 to 1405/09/11 09:00-13:00 «نیست»; leave; dry
R1 leaves W1
R1 completes A no_show «آمد»
R1 completes A call_out answered «آمد»; next visit 1405/09/12; dry
R1 records A call_out «قیمت» due 1405/09/11
R1 records A call_out «قیمت» no_answer «خاموش»; next call_out 1405/09/12; dry
job marks 2 missed
job makes 2 activities
expect N1 status booked; at 1405/09/10 10:00; was 1405/09/10 10:00; moves 0; with Rad; not overbooked; history booked, moved; messages none
expect Rad free at 1405/09/10 10:00
expect R1 told next 1405/09/10 10:00; proposed 1; refundable 2; waiting A; cancelled 3; messages 4
expect A open no_show 1 due 1405/09/11, cancelled 2
expect A next appointment none
expect D1 planned 1405/09/10 10:00; appointment N1
`

// A word that is not of the language of appointments is an error with its line.
func TestParseRefusesOfAppointments(t *testing.T) {
	if _, err := scenario.Parse("T.scenario", visits); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		old, new, want string
	}{
		"no such days":             {"works fri", "works xyz", `T.scenario:6: unknown word "xyz"`},
		"days backwards":           {"works sat-thu", "works thu-sat", `unknown word "thu-sat"`},
		"no hours":                 {"works fri 10:00-12:00", "works fri", "where hours are expected"},
		"hours that are none":      {"works fri 10:00-12:00", "works fri 10-12", "is no stretch of a day"},
		"an option of a provider":  {"capacity 2", "kindness 2", `unknown word "kindness"`},
		"leave of nobody":          {"leave Rad", "leave Sam", `there is no provider "Sam"`},
		"a given":                  {"given messages", "given pigeons", `T.scenario:3: unknown word "pigeons"`},
		"with nobody":              {"N1 with Rad", "N1 with Sam", `there is no provider "Sam"`},
		"no time":                  {"Rad at 1405/09/10 10:00; for", "Rad at 1405/09/10; for", "is no time of day"},
		"an option of a booking":   {"channel phone", "pigeon phone", `T.scenario:13: unknown word "pigeon"`},
		"a line nobody waits in":   {"answers W1", "answers W2", `there is no line of the waitlist "W2"`},
		"a name that is there":     {"as N1", "as W1", "W1 is there already"},
		"an appointment":           {"restores N1", "restores N2", `there is no appointment "N2"`},
		"checks nowhere":           {"checks in N1", "checks on N1", `"on" where "in" is expected`},
		"an option of cancelling":  {"by clinic", "by luck", `"luck" where "clinic" is expected`},
		"a deposit that is none":   {"keeps D1 2000000", "keeps D2 2000000", `there is no deposit "D2"`},
		"an option of a day":       {"; leave; dry", "; gone; dry", `unknown word "gone"`},
		"a job":                    {"job marks", "job paints", `T.scenario:30: "paints" where "marks" is expected`},
		"of an appointment":        {"moves 0", "hops 0", `unknown word "hops"`},
		"of a provider":            {"expect Rad free", "expect Rad tired", `unknown word "tired"`},
		"what nobody is told":      {"waiting A", "gossip A", `unknown word "gossip"`},
		"next what":                {"next appointment none", "next week", `"week" where "appointment" is expected`},
		"whose is to be done":      {"no_show 1 due 1405/09/11", "no_show one", `"one" is no amount`},
		"a deposit's other figure": {"planned 1405/09/10 10:00; app", "planed 1405/09/10 10:00; app", `unknown word "planed"`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(visits, tt.old, tt.new, 1)
			if text == visits {
				t.Fatal("the row changes nothing")
			}
			_, err := scenario.Parse("T.scenario", text)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q", err, tt.want)
			}
		})
	}
}
