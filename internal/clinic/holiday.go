package clinic

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// The most lines that ReadHolidays takes, and the most faults that it names.
const (
	maxHolidayLines  = 400
	maxHolidayFaults = 10
)

// ReadHolidays reads lines of CSV, each a day as people type it and the name of
// the holiday: "1405/01/01,Nowruz". Empty lines are passed over. today is for
// days that are counted from it.
//
// With a fault in any line nothing is read: the faults, at most ten, are
// Invalid holiday.empty, holiday.lines for too many, and with the argument
// "line" holiday.csv, holiday.fields, holiday.day, holiday.name, holiday.twice.
func ReadHolidays(text string, today jalali.Day) (all []Holiday, faults []*fault.Error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	seen := map[jalali.Day]bool{}
	for len(faults) < maxHolidayFaults {
		fields, err := r.Read()
		if err == io.EOF {
			break
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, append(faults, holidayFault("holiday.csv", broken.StartLine))
		}
		if len(fields) == 1 && strings.TrimSpace(fields[0]) == "" {
			continue
		}
		line, _ := r.FieldPos(0)
		if len(all) == maxHolidayLines {
			return nil, []*fault.Error{fault.New(fault.Invalid, "holiday.lines", "at most %d lines are read", maxHolidayLines).
				With("n", strconv.Itoa(maxHolidayLines))}
		}
		h, code := readHoliday(fields, today)
		if code == "" && seen[h.Day] {
			code = "holiday.twice"
		}
		if code != "" {
			faults = append(faults, holidayFault(code, line).With("text", fields[0]))
			continue
		}
		seen[h.Day] = true
		all = append(all, h)
	}
	switch {
	case len(faults) > 0:
		return nil, faults
	case len(all) == 0:
		return nil, []*fault.Error{fault.New(fault.Invalid, "holiday.empty", "there is no line")}
	}
	return all, nil
}

func holidayFault(code string, line int) *fault.Error {
	return fault.New(fault.Invalid, code, "line %d is no day and name", line).With("line", strconv.Itoa(line))
}

// readHoliday reads the fields of a line, or says which fault they have.
func readHoliday(fields []string, today jalali.Day) (h Holiday, code string) {
	if len(fields) != 2 {
		return h, "holiday.fields"
	}
	day, err := jalali.Parse(fields[0], today)
	if err != nil {
		return h, "holiday.day"
	}
	name, err := farsi.Clean(fields[1], 200)
	if err != nil || name == "" {
		return h, "holiday.name"
	}
	return Holiday{Day: day, Name: name}, ""
}
