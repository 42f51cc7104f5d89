package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
)

// calendarTables grow with the years too.
var calendarTables = []string{"appointment", "appointment_event", "seat_taken", "seat_unit", "waitlist", "activity", "message", "slot_hold", "deposit",
	"deposit_movement"}

// calendarAsked opens a database and asks it everything that the calendar and
// the header ask.
func calendarAsked(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	ctx, now, files := t.Context(), time.Now(), clinic.Files{1}
	expected := []clinic.AppointmentStatus{clinic.Proposed, clinic.Booked, clinic.Confirmed}
	err = s.Read(ctx, 1, func(tx *Tx) error {
		key := &Key{now, 1}
		for _, q := range []AppointmentQuery{
			{From: now, Until: now, Provider: 1}, {From: now, Until: now}, {From: now, Until: now, Branch: 1}, // columns of a day
			{Files: files}, {Files: files, From: now, Statuses: expected}, {Files: files, Newest: true, KnownAt: now}, // of a person
			{Limit: 51}, {Limit: 51, After: key}, {Limit: 51, After: key, Newest: true}, {Limit: 51, From: now, Until: now, Newest: true}, // the list
			{Provider: 1, Limit: 51, After: key}, {From: now, Statuses: expected, Limit: 51},
			{Admission: 1}, {Series: 1}, {ID: 1},
		} {
			tx.Appointments(ctx, q)
		}
		for _, r := range []Range{{Limit: 51}, {Limit: 51, Older: key}, {Limit: 51, Newer: key}} {
			tx.BegunAppointments(ctx, files, r, now)
			tx.CountBegun(ctx, files, r, now)
		}
		tx.AppointmentsByDay(ctx, AppointmentQuery{From: now, Until: now, Provider: 1}, nil)
		tx.CountAppointments(ctx, files, Moment{}, now)
		tx.CountActivities(ctx, files, Moment{})
		tx.ActivitiesOf(ctx, files, Moment{})
		tx.CausedActivity(ctx, clinic.CauseNoShow, 1, 0)
		tx.AppointmentEvents(ctx, []clinic.AppointmentID{1, 2})
		tx.ExpectedBefore(ctx, now)
		tx.Busy(ctx, []int64{1}, clinic.Span{Starts: now, Ends: now})
		tx.Busy(ctx, []int64{1, 2, 3}, clinic.Span{Starts: now, Ends: now})
		tx.DepositsForAppointment(ctx, 1)
		tx.NextMessage(ctx, now)
		tx.MessagesAbout(ctx, 1)
		tx.Waiting(ctx, 0, nil)
		tx.Waiting(ctx, 0, files)
		tx.ExpireHolds(ctx, now)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	if len(s.reading.ready) < 30 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	return s
}

// The calendar, the tabs and the header find by keys what they show; a page of
// the list and the rows of a person come in the order of an index.
func TestTheCalendarSearchesByKeys(t *testing.T) {
	withCalendar(t)
	s := calendarAsked(t)
	for query := range s.reading.ready {
		plan := planOf(t, s.reader, query)
		for i, step := range plan {
			// A page of the list walks the index of time from its beginning.
			walk := strings.Contains(step, "USING INDEX appointment_by_time") && strings.Contains(query, "LIMIT")
			// The few branches and people who work here are no table that grows.
			small := strings.HasPrefix(step, "SEARCH b ") || strings.HasPrefix(step, "SEARCH f ")
			// The page that was cut is read whole.
			page := i > 0 && step == "SCAN a"
			waits := strings.HasPrefix(step, "SEARCH w ") // the lines that wait are few
			if table, bad := scans(step); bad && !walk && !small && !page && !waits {
				t.Errorf("scans %s (%s):\n%s\n%s", table, step, query, strings.Join(plan, "\n"))
			}
		}
	}
}

// withCalendar lets the tables of the calendar be watched in this test.
func withCalendar(t *testing.T) {
	t.Helper()
	kept := growing
	growing = append(append([]string{}, growing...), calendarTables...)
	t.Cleanup(func() { growing = kept })
}

// The same on PostgreSQL, where it may choose.
func TestTheCalendarSearchesByKeysOnPostgres(t *testing.T) {
	withCalendar(t)
	asked := calendarAsked(t).reading.ready
	s, err := Open(t.Context(), emptyPostgres(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	db, err := s.reader.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, set := range []string{"session_replication_role = replica", "enable_seqscan = off", "enable_hashjoin = off", "enable_mergejoin = off", "plan_cache_mode = force_generic_plan"} {
		if _, err := db.ExecContext(t.Context(), "SET "+set); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"appointment", "appointment_event", "seat_taken", "activity", "message", "patient", "admission", "admission_line"} {
		if err := crowd(t.Context(), db, table); err != nil {
			t.Fatal(err)
		}
	}
	for query := range asked {
		plan := postgresPlan(t, db, query)
		for _, table := range wholes(plan) {
			// A page of the list walks the index of time; the tables that were not
			// filled have nothing to choose for.
			walk := table == "appointment" && strings.Contains(strings.Join(plan, "\n"), "appointment_by_time") && strings.Contains(query, "LIMIT")
			if empty := table == "waitlist" || table == "slot_hold" || table == "deposit" || table == "deposit_movement"; !walk && !empty {
				t.Errorf("reads %s whole:\n%s\n%s", table, query, strings.Join(plan, "\n"))
			}
		}
	}
}
