package intake

import (
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/sheet"
)

// tehranZone is the zone of a clinic that an import makes.
const tehranZone = "Asia/Tehran"

// tehran is that zone; a machine without zones takes today's offset.
func tehran() *time.Location {
	zone, err := time.LoadLocation(tehranZone)
	if err != nil {
		return time.FixedZone(tehranZone, 12600)
	}
	return zone
}

// clinicSet is what the files say, read and checked.
type clinicSet struct {
	rows     map[string][]sheet.Row
	events   []*clinicEvent
	settings clinic.Clinic
	today    jalali.Day
}

// clinicEvent is an admission or a receipt: the rows of one key.
type clinicEvent struct {
	rows []sheet.Row
	at   time.Time
}

// last is the name of the file of events that are booked after all others, ""
// for those.
func (e *clinicEvent) last() string {
	if file := e.rows[0].File; file == "appointments.csv" {
		return file
	}
	return ""
}

// clinicRead is a reading under way.
type clinicRead struct {
	folder
	set  *clinicSet
	keys map[string]map[string]bool // by file
}

// readClinic reads and checks the folder. Invalid import.rows.
func readClinic(dir string, settings clinic.Clinic, today jalali.Day) (*clinicSet, error) {
	r := &clinicRead{folder{dir: dir}, &clinicSet{map[string][]sheet.Row{}, nil, settings, today}, map[string]map[string]bool{}}
	for _, name := range notYet {
		if rows, err := r.read(name, false, sheet.Columns{Any: true}); err != nil || rows != nil {
			r.problems.Add(sheet.Problem{File: name, Reason: "this kind of data is not yet known; take the file away"})
		}
	}
	for _, f := range clinicFiles {
		rows, err := r.read(f.name, f.name == "patients.csv", sheet.Columns{Required: f.required, Optional: f.optional})
		if err != nil {
			return nil, err
		}
		r.set.rows[f.name] = rows
	}
	for _, f := range clinicFiles {
		r.check(f.name)
	}
	return r.set, r.problems.Err()
}

// references are the columns that name a row of another file.
var references = map[string]string{
	"patient": "patients.csv", "service": "services.csv", "admission": "admissions.csv",
	"base_insurer": "insurers.csv", "supplementary_insurer": "insurers.csv", "insurer": "insurers.csv",
}

// check looks at every value of a file that can be judged by itself, and
// groups what happened by key.
func (r *clinicRead) check(file string) {
	grouped := file == "admissions.csv" || file == "receipts.csv"
	timed := grouped || file == "appointments.csv"
	events := map[string]*clinicEvent{}
	for _, row := range r.set.rows[file] {
		r.checkRow(row)
		key := row.Get("key")
		event := events[key]
		switch {
		case key == "":
			r.problems.Add(row.Wrong("key", "the key is missing"))
		case event == nil:
			event = &clinicEvent{rows: []sheet.Row{row}}
			events[key] = event
			if timed {
				event.at = r.instant(row)
				r.set.events = append(r.set.events, event)
			}
		case !grouped:
			r.problems.Add(row.Wrong("key", "the key %q is there twice", key))
		default:
			for _, column := range []string{"patient", "date", "time", "status", "base_insurer", "supplementary_insurer"} {
				if row.Get(column) != event.rows[0].Get(column) {
					r.problems.Add(row.Wrong(column, "it differs from line %d of the same key", event.rows[0].Line))
				}
			}
			event.rows = append(event.rows, row)
		}
	}
}

// checkRow looks at references, amounts, rates and days.
func (r *clinicRead) checkRow(row sheet.Row) {
	for column, file := range references {
		if name := row.Get(column); name != "" && !r.has(file, name) {
			r.problems.Add(row.Wrong(column, "%q is no key in %s", name, file))
		}
	}
	for _, column := range []string{"price", "amount", "unit_price", "base_share", "supplementary_share", "discount"} {
		if _, err := r.set.amount(row, column); err != nil {
			r.problems.Add(row.Wrong(column, "%q is no amount in %s", row.Get(column), r.set.settings.Currency.Code))
		}
	}
	if _, err := rate(row, "share"); err != nil {
		r.problems.Add(row.Wrong("share", "%q is no percentage", row.Get("share")))
	}
	for _, column := range []string{"date", "birth_date", "registered_on", "valid_from", "day", "due"} {
		if text := row.Get(column); text != "" && r.set.day(text) == "" {
			r.problems.Add(row.Wrong(column, "%q is no day like 1405/09/02 or 2026-11-23", text))
		}
	}
	if text := row.Get("quantity"); text != "" {
		if _, err := strconv.Atoi(farsi.Digits(text)); err != nil {
			r.problems.Add(row.Wrong("quantity", "%q is no whole number", text))
		}
	}
}

// has reports whether a file has the key.
func (r *clinicRead) has(file, key string) bool {
	if r.keys[file] == nil {
		r.keys[file] = map[string]bool{}
		for _, row := range r.set.rows[file] {
			r.keys[file][row.Get("key")] = true
		}
	}
	return r.keys[file][key]
}

// amount reads an amount in the clinic's minor unit; empty is nothing.
func (s *clinicSet) amount(row sheet.Row, column string) (money.Amount, error) {
	text := row.Get(column)
	if text == "" {
		return 0, nil
	}
	// Files hold minor units, whatever the currency's decimals.
	return money.Currency{Code: s.settings.Currency.Code}.Parse(text)
}

// rate reads a percentage as basis points; empty is nothing.
func rate(row sheet.Row, column string) (int, error) {
	text := row.Get(column)
	if text == "" {
		return 0, nil
	}
	hundredths, err := money.USD.Parse(text)
	return int(min(hundredths, 1_000_000)), err
}

// day reads a day with its year in four digits, "" when it is none.
func (s *clinicSet) day(text string) jalali.Day {
	latin := farsi.Digits(strings.TrimSpace(text))
	if len(latin) < 8 || strings.Trim(latin[:4], "0123456789") != "" {
		return ""
	}
	day, err := jalali.Parse(latin, s.today)
	if err != nil {
		return ""
	}
	return day
}

// instant is the time of a row on its day; noon when it has none.
func (r *clinicRead) instant(row sheet.Row) time.Time {
	clock := time.Date(0, 1, 1, 12, 0, 0, 0, time.UTC)
	if text := row.Get("time"); text != "" {
		var err error
		if clock, err = time.Parse("15:04", farsi.Digits(text)); err != nil {
			r.problems.Add(row.Wrong("time", "%q is no time like 14:30", text))
		}
	}
	day := r.set.day(row.Get("date"))
	if day == "" {
		if row.Get("date") == "" {
			r.problems.Add(row.Wrong("date", "the date is missing"))
		}
		return time.Time{}
	}
	year, month, date := day.Time().Date()
	return time.Date(year, month, date, clock.Hour(), clock.Minute(), 0, 0, r.set.settings.Zone).UTC()
}
