package intake_test

import (
	"crypto/rand"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/engine"
)

// found are the values of a column of a demo, with how often they are there.
func found(t *testing.T, db *sql.DB, query string) map[string]int {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var value string
		var n int
		if err := rows.Scan(&value, &n); err != nil {
			t.Fatal(err)
		}
		counts[value] = n
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return counts
}

// Whatever can become of an appointment, a message about it, an activity or a
// line of the waitlist is in the demo.
func TestTheDemoHasAppointmentsInEveryState(t *testing.T) {
	database := engine.SQLite(t)
	d := open(t, database)
	if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 120, Seed: 1, Now: today, Password: "sabz-derakht-91"}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", strings.TrimPrefix(database, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := today.UnixMicro()
	for query, want := range map[string][]string{
		"SELECT status, COUNT(*) FROM appointment GROUP BY 1":      texts(clinic.AppointmentStatuses),
		"SELECT channel, COUNT(*) FROM appointment GROUP BY 1":     texts(clinic.Channels),
		"SELECT kind, COUNT(*) FROM schedule_exception GROUP BY 1": texts(clinic.ExceptionKinds),
		"SELECT kind, COUNT(*) FROM resource GROUP BY 1":           texts(clinic.ResourceKinds),
		"SELECT kind, COUNT(*) FROM activity GROUP BY 1":           texts(clinic.ActivityKinds),
		"SELECT status, COUNT(*) FROM activity GROUP BY 1":         {"open", "done", "cancelled"},
		"SELECT cause, COUNT(*) FROM activity GROUP BY 1":          {"", "no_show", "cancelled"},
		"SELECT status, COUNT(*) FROM lead GROUP BY 1":             texts(clinic.LeadStatuses),
		"SELECT channel, COUNT(*) FROM lead GROUP BY 1":            {"staff", "form"},
		"SELECT status, COUNT(*) FROM waitlist GROUP BY 1":         {"waiting", "booked", "ended"},
		"SELECT part, COUNT(*) FROM waitlist GROUP BY 1":           texts(clinic.DayParts),
		"SELECT status, COUNT(*) FROM message GROUP BY 1":          {"queued", "sent", "failed", "dropped"},
		"SELECT kind, COUNT(*) FROM message GROUP BY 1":            {"appointment_booked", "appointment_moved", "appointment_cancelled"},
		"SELECT CASE WHEN due < '2026-11-23' THEN 'overdue' ELSE 'ahead' END, COUNT(*) FROM activity WHERE status = 'open' GROUP BY 1": {"overdue", "ahead"},
		"SELECT kind, COUNT(*) FROM appointment_event GROUP BY 1": {"booked", "confirmed", "moved", "checked_in", "fulfilled", "cancelled", "no_show",
			"restored", "entered_in_error"},
		"SELECT v.kind, COUNT(*) FROM deposit d JOIN deposit_movement v ON v.deposit = d.id WHERE d.appointment IS NOT NULL GROUP BY 1":                             {"receive", "forfeit", "refund"},
		"SELECT 'overbooked', COUNT(*) FROM appointment WHERE overbooked = 1 HAVING COUNT(*) > 0":                                                                   {"overbooked"},
		"SELECT 'series', COUNT(*) FROM appointment GROUP BY series HAVING series IS NOT NULL AND COUNT(*) > 2":                                                     {"series"},
		"SELECT 'travelled', COUNT(*) FROM appointment a JOIN deposit d ON d.appointment = a.id AND d.planned = a.starts WHERE a.moves > 0 AND a.status = 'booked'": {"travelled"},
		fmt.Sprintf(`SELECT CASE WHEN status = 'confirmed' AND starts < %d THEN 'late' WHEN status = 'checked_in' THEN 'here' WHEN starts > %d THEN 'ahead'
			ELSE status END, COUNT(*) FROM appointment WHERE starts > %d AND starts < %d GROUP BY 1`, now, now, now-6*3600*1e6, now+8*3600*1e6): {"late", "here", "ahead", "fulfilled"},
		"SELECT l.status, COUNT(*) FROM appointment a JOIN admission_line l ON l.admission = a.admission GROUP BY 1": {"waiting", "in_progress", "completed"},
	} {
		got := found(t, db, query)
		for _, w := range want {
			if got[w] == 0 {
				t.Errorf("there is no %s: %v\n%s", w, got, query)
			}
		}
	}
	manager, err := d.Operator(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	schedule, err := d.Schedule(t.Context(), manager)
	if err != nil {
		t.Fatal(err)
	}
	online := slices.DeleteFunc(schedule.Providers, func(p clinic.Provider) bool { return !p.Booking.Online })
	c, err := d.Clinic(t.Context(), 1)
	if err != nil || !c.Appointments.Online || len(online) != 2 {
		t.Errorf("the public page is open: %v, %d providers are on it, %v", c.Appointments.Online, len(online), err)
	}
}

func texts[S ~string](all []S) (text []string) {
	for _, s := range all {
		text = append(text, string(s))
	}
	return text
}

// Whenever the demo is made, at night, on a Friday, at Nowruz, somebody is in a
// room and somebody is to come, and the books are right.
func TestTheDemosTodayIsAliveWhenever(t *testing.T) {
	for sentence, now := range map[string]time.Time{
		"a Friday night":                time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC),
		"just after midnight":           time.Date(2026, 11, 23, 20, 40, 0, 0, time.UTC),
		"a minute after midnight":       time.Date(2026, 11, 28, 20, 31, 0, 0, time.UTC),
		"just before midnight":          time.Date(2026, 11, 23, 20, 10, 0, 0, time.UTC),
		"Nowruz":                        time.Date(2027, 3, 21, 9, 0, 0, 0, time.UTC),
		"a day after summer time began": time.Date(2022, 3, 24, 18, 0, 0, 0, time.UTC), // summer time began on the 22nd
	} {
		t.Run(sentence, func(t *testing.T) {
			s, err := store.Open(t.Context(), engine.SQLite(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			clock := func() time.Time { return now }
			d := desk.New(s, desk.Options{Now: clock, NextID: serial.New(clock, 1).Next, Random: rand.Reader})
			if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 12, Seed: 2, Now: now, Password: "sabz-derakht-91"}); err != nil {
				t.Fatal(err)
			}
			manager, err := d.Operator(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			c, err := d.Clinic(t.Context(), 1)
			if err != nil {
				t.Fatal(err)
			}
			page, err := d.Calendar(t.Context(), manager, desk.CalendarQuery{First: c.Day(now), Last: c.Day(now).Add(1)})
			if err != nil {
				t.Fatal(err)
			}
			before, ahead := 0, 0
			for _, column := range page.Columns {
				for _, i := range column.Items {
					if i.Starts.After(now) {
						ahead++
					} else {
						before++
					}
				}
			}
			if ahead < 3 || before == 0 && !strings.HasSuffix(sentence, "after midnight") {
				t.Errorf("%d appointments before now, %d to come", before, ahead)
			}
			if _, err := d.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
}
