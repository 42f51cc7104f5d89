package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Whatever is said of an appointment and is not so is reported with its line.
func TestWrongAppointmentsAreNoticed(t *testing.T) {
	const begin = "scenario T\nat 1405/09/02 10:00\ngiven messages\ngiven actor R1 receptionist\ngiven actor S1 supervisor\n" +
		"given service بوتاکس 20000000 minutes 30\ngiven provider Rad دکتر راد; works sat-thu 09:00-13:00\ngiven provider Sam دکتر سام; works sat 09:00-10:00\n" +
		"given patient A زهرا کریمی mobile 09121234567\ngiven patient B علی رضایی\n" +
		"R1 books A as N1 with Rad at 1405/09/10 10:00; for بوتاکس; deposit as D1 pos 10000000\n" +
		"R1 books B as N2 with Rad at 1405/09/10 11:00; for بوتاکس\n"
	tests := map[string]struct {
		line, want string
	}{
		"a state":              {"expect N1 status no_show", "T.scenario:13: the status of N1 is booked, want no_show"},
		"a time":               {"expect N1 at 1405/09/10 10:30", "the time of N1 is 2026-12-01 10:00, want 2026-12-01 10:30"},
		"a time before":        {"R1 moves N1 to 1405/09/10 12:00\nexpect N1 was 1405/09/10 10:15", "2026-12-01 10:00, want 2026-12-01 10:15"},
		"moves":                {"expect N1 moves 1", "moves of N1 is 0, want 1"},
		"a length":             {"expect N1 minutes 15", "minutes of N1 is 30, want 15"},
		"a provider":           {"expect N1 with Sam", "whom N1 is with is"},
		"overbooked":           {"expect N1 overbooked", "N1 is overbooked is false, want true"},
		"not overbooked":       {"S1 books B as N3 with Rad at 1405/09/10 10:00; overbook\nexpect N3 not overbooked", "N3 is overbooked is true, want false"},
		"a history":            {"expect N1 history booked, moved", "the history of N1 is booked, want booked, moved"},
		"a message":            {"expect N1 messages appointment_moved 1", "the number of appointment_moved in the messages of N1 is 0, want 1"},
		"no message":           {"expect N1 messages none", "the messages of N1 are also map[appointment_booked:1]"},
		"a free time":          {"expect Rad free at 1405/09/10 10:00", "is false, want true"},
		"a taken time":         {"expect Rad taken at 1405/09/10 12:00", "is true, want false"},
		"a count":              {"expect Sam free 5 on 1405/09/14", "the free times of Sam is 4, want 5"},
		"an offer":             {"R1 moves N1 to 1405/09/10 11:00 -> refused appointment.taken\nexpect R1 told next 1405/09/10 11:30, 1405/09/10 11:45, 1405/09/10 12:15", "offer 3 is 2026-12-01 12:00, want 2026-12-01 12:15"},
		"no offer":             {"expect R1 told next 1405/09/10 11:30", "offered is 0, want 1"},
		"what is proposed":     {"R1 cancels N1 «سفر»; dry\nexpect R1 told proposed 1", "of proposed is 2000000, want 1"},
		"what is refundable":   {"R1 cancels N1 «سفر»; dry\nexpect R1 told proposed 2000000; refundable 1", "of refundable is 8000000, want 1"},
		"who waits":            {"R1 cancels N1 «سفر»\nexpect R1 told waiting B", "R1 is not told that B waits"},
		"how many":             {"S1 cancels Rad on 1405/09/10 «سفر»\nexpect S1 told cancelled 3", "the cancelled appointments is 2, want 3"},
		"how many messages":    {"S1 cancels Rad on 1405/09/10 «سفر»\nexpect S1 told messages 2", "the messages is 1, want 2"},
		"what is to be done":   {"expect A open no_show 1", "the number of no_show in what is to be done about A is 0, want 1"},
		"something to be done": {"R1 cancels N1 «سفر»; by clinic\nexpect A open none", "what is to be done about A are also map[cancelled:1]"},
		"its day":              {"R1 cancels N1 «سفر»; by clinic\nexpect A open cancelled 1 due 1405/09/03", "the day of cancelled is 2026-11-23, want 2026-11-24"},
		"the next one":         {"expect A next appointment N2", "the next appointment of A is"},
		"none next":            {"expect A next appointment none", "the next appointment of A is"},
		"a deposit's visit":    {"expect D1 planned 1405/09/10 11:00", "the time of D1 is 2026-12-01 10:00, want 2026-12-01 11:00"},
		"whose deposit":        {"expect D1 appointment N2", "the appointment of D1 is"},
		"the job":              {"job marks 1 missed", "the number of appointments that were marked is 0, want 1"},
		"an admission":         {"R1 admits A as P1: بوتاکس\nexpect N1 admission P1", "the admission of N1 is , want"},
		"the reason":           {"R1 cancels N1 «سفر»\nexpect N1 reason «نیامد»", "the reason of N1 is سفر, want نیامد"},
		"a refusal of a time":  {"R1 books B with Rad at 1405/09/10 10:00", "it was refused with appointment.taken"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "T.scenario"), []byte(begin+tt.line+"\nexpect A credit 0\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			status := play(t.Context(), dir, "", &out)
			if status != 1 || !strings.Contains(out.String(), tt.want) || !strings.Contains(out.String(), "0 passed, 1 failed") {
				t.Errorf("status %d, said %q; want 1 and %q", status, out.String(), tt.want)
			}
		})
	}
}
