package intake_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/intake"
	"daftar/test/engine"
)

// coming is an appointment that is to come.
const coming = "(SELECT MIN(id) FROM appointment WHERE status = 'booked' AND starts > 1795600000000000 AND device IS NULL)"

// calendarDamage is what somebody may do to the calendar behind our back, and
// what verification then says.
var calendarDamage = map[string]struct{ statement, want string }{
	"a seat is given away":         {"DELETE FROM seat_taken WHERE booking = " + coming + " AND holder = (SELECT provider FROM appointment WHERE id = " + coming + ")", "seats"},
	"the seat is another":          {"UPDATE appointment SET seat = seat + 1 WHERE id = " + coming, "seats"},
	"a time is changed":            {"UPDATE appointment SET starts = starts + 300000000 WHERE id = " + coming, "seats"},
	"a cancelled one keeps seats":  {"UPDATE appointment SET status = 'cancelled_by_clinic' WHERE id = " + coming, "that is not its own"},
	"nobody's booking takes seats": {"INSERT INTO seat_taken (clinic, holder, starts, seat, ends, booking) SELECT clinic, holder, starts + 86400000000000, seat, ends + 86400000000000, 7 FROM seat_taken WHERE booking = " + coming, "that is not its own"},
	"two have one seat": {"INSERT INTO slot_hold (clinic, id, provider, service, starts, ends, expires, status, token, recorded) SELECT clinic, 8, provider, 1, starts + 300000000, ends, 1, 'held', x'01', 1 FROM appointment WHERE id = " + coming +
		"; INSERT INTO seat_taken (clinic, holder, starts, seat, ends, booking) SELECT clinic, holder, starts + 300000000, seat, ends, 8 FROM seat_taken WHERE booking = " + coming, "overlap"},
	"a unit is nobody's":                  {"INSERT INTO seat_unit (clinic, holder, unit, seat) VALUES (1, 5, 9999999, 0)", "no span takes it"},
	"a unit is free again":                {"DELETE FROM seat_unit WHERE unit = (SELECT starts / 300000000 FROM appointment WHERE id = " + coming + ")", "units of seat"},
	"a story is lost":                     {"DELETE FROM appointment_event WHERE appointment = " + coming, "ends with nothing"},
	"a story ends elsewhere":              {"UPDATE appointment_event SET status = 'no_show' WHERE appointment = " + coming, "ends with no_show"},
	"a story is of another time":          {"UPDATE appointment_event SET to_starts = to_starts - 1 WHERE appointment = " + coming, "at another time"},
	"an admission is another person's":    {"UPDATE appointment SET patient = (SELECT MAX(id) FROM patient) WHERE id = (SELECT MIN(id) FROM appointment WHERE status = 'fulfilled')", "its admission is missing"},
	"an admission is missing":             {"UPDATE appointment SET admission = NULL WHERE id = (SELECT MIN(id) FROM appointment WHERE status = 'fulfilled')", "its admission is missing"},
	"a deposit is for another's visit":    {"UPDATE deposit SET appointment = (SELECT MAX(id) FROM appointment WHERE patient <> deposit.patient) WHERE id = (SELECT MIN(id) FROM deposit WHERE appointment IS NOT NULL)", "its appointment is missing"},
	"a deposit is for a visit of nowhere": {"UPDATE deposit SET appointment = 5 WHERE id = (SELECT MIN(id) FROM deposit)", "its appointment is missing"},
}

func TestVerifyNoticesDamageToTheCalendarAndCRM(t *testing.T) {
	whole := engine.SQLite(t)
	d := open(t, whole)
	if _, err := intake.Demo(t.Context(), d, intake.DemoOptions{Patients: 12, Seed: 1, Now: today, Password: "sabz-derakht-91"}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "whole.db")
	tamper(t, strings.TrimPrefix(whole, "sqlite:"), "VACUUM INTO '"+file+"'")
	bytes, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(calendarDamage, crmDamage)
	for sentence, c := range calendarDamage {
		t.Run(sentence, func(t *testing.T) {
			broken := filepath.Join(t.TempDir(), "broken.db")
			if err := os.WriteFile(broken, bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			tamper(t, broken, c.statement)
			_, err = open(t, "sqlite:"+broken).Verify(t.Context(), desk.VerifyOptions{})
			if fault.Code(err) != "verify.wrong" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}
