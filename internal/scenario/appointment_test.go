package scenario_test

import (
	"strings"
	"testing"

	"daftar/internal/scenario"
)

const booked = `scenario T نوبت
at 1405/09/02 10:00
given messages
given actor R1 receptionist
given room اتاق۱ capacity 2
given device دستگاه۱
given provider Rad «دکتر راد»; works Sat-Thu 09:00-13:00, 16:00-24:00 in اتاق۱; works Fri 10:00-11:00; slot 20; capacity 2; open 30
given service لیزر 28000000 minutes 40 device دستگاه۱
given provider Amini; does لیزر
given holiday 1405/09/17 «شهادت» worked
given leave of Rad from 1405/09/11 to 1405/09/12 09:00-11:00 «همایش»
given closure from 1405/09/24
given extra of Rad from 1405/09/13 09:00-11:00
given patient A زهرا کریمی mobile 09121234567
R1 books A with Rad as N1: 1405/09/10 10:00; for لیزر; minutes 30; deposit D1 cash 5000, pos 6000; asks D2 7000; overbook; phone; dry
R1 waits for A as W1; with Rad; service لیزر; from 1405/09/05; to 1405/09/20; morning
R1 books A with Rad: 1405/09/10 11:00; use D1; answers W1 -> refused appointment.taken status 422 next 1405/09/10 11:20, 1405/09/10 11:40
R1 moves N1 to 1405/09/14 16:30; with Amini; «سفر»; stale -> suits A
R1 confirms N1; dry
R1 checks in N1
R1 cancels N1 «انصراف»; by clinic; keeps D1 2000; dry -> proposes 2000 refundable 8000
R1 cancels day 1405/09/10 of Rad «سفر»; leave; hours 09:00-11:00 -> cancelled 1 messages 1
R1 admits N1 as P1; draft
R1 leaves W1
R1 completes A no_show «آمد»
the day's job runs
expect N1 status booked; at 1405/09/14 16:30; with Rad; moves 1; overbooked; admission P1; history booked, moved; messages none
expect N1 moved from 1405/09/10 10:00 to 1405/09/14 16:30
expect D1 planned 1405/09/14 16:30; belongs to N1
expect Rad not free 1405/09/10 10:00, 1405/09/10 10:20
expect A next N1
expect A activities no_show open, cancelled done
expect waitlist A
`

func TestParseAppointments(t *testing.T) {
	if _, err := scenario.Parse("T.scenario", booked); err != nil {
		t.Fatal(err)
	}
}

// A word of appointments that is not of the language is an error with its line.
func TestParseRefusesAppointments(t *testing.T) {
	for name, tt := range map[string]struct{ old, new, want string }{
		"an unknown given":       {"given room", "given cellar", `T.scenario:5: unknown word "cellar"`},
		"an unknown day":         {"Sat-Thu", "Sat-Moonday", `T.scenario:7: "Sat-Moonday" is no stretch of a week`},
		"hours backwards":        {"09:00-13:00", "13:00-09:00", "are no hours"},
		"an unknown room":        {"in اتاق۱", "in اتاق۹", `there is no room "اتاق۹"`},
		"an unknown option":      {"slot 20", "pause 20", `unknown word "pause"`},
		"an unknown device":      {"device دستگاه۱\ngiven provider Amini", "device لیزر۹\ngiven provider Amini", `there is no device "لیزر۹"`},
		"a name that is there":   {"as N1:", "as A:", "A is there already"},
		"an unknown provider":    {"R1 books A with Rad as", "R1 books A with Raad as", `T.scenario:15: there is no provider "Raad"`},
		"an unknown way to book": {"overbook", "overlook", `unknown word "overlook"`},
		"an unknown appointment": {"R1 checks in N1", "R1 checks in N2", `no appointment "N2"`},
		"an unknown line":        {"answers W1", "answers W2", `no line of the waitlist "W2"`},
		"an unknown answer":      {"-> suits", "-> fits", `T.scenario:18: unknown word "fits"`},
		"a next that is none":    {"next 1405/09/10 11:20", "next soon", `"soon" is no date`},
		"another job":            {"the day's job", "the night's job", `T.scenario:26: "night's" where "day's"`},
		"an unknown figure":      {"overbooked;", "overlooked;", `T.scenario:27: unknown word "overlooked"`},
		"an unknown wish":        {"; morning", "; midnight", `unknown word "midnight"`},
		"an unknown part":        {"hours 09:00-11:00 ->", "noon ->", `unknown word "noon"`},
		"who is not known":       {"waitlist A", "waitlist B", `no patient "B"`},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(booked, tt.old, tt.new, 1)
			if text == booked {
				t.Fatal("the row changes nothing")
			}
			if _, err := scenario.Parse("T.scenario", text); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error = %v, want %q", err, tt.want)
			}
		})
	}
}
