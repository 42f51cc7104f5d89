package intake

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/sheet"
)

// weekdays are the days as files name them.
var weekdays = []string{"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday"}

// minuteOf reads a time of the day as its minute.
func minuteOf(text string) (int, error) {
	latin := farsi.Digits(strings.TrimSpace(text))
	if latin == "24:00" {
		return 24 * 60, nil
	}
	clock, err := time.Parse("15:04", latin)
	return clock.Hour()*60 + clock.Minute(), err
}

// holiday writes a holiday of holidays.csv.
func (b *clinicBook) holiday(ctx context.Context, row sheet.Row) error {
	return b.once(ctx, "holiday", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		h := clinic.Holiday{Day: b.set.day(row.Get("day")), Name: row.Get("name"), Worked: row.Get("worked") == "yes"}
		number, _ := strconv.ParseInt(strings.ReplaceAll(string(h.Day), "-", ""), 10, 64)
		return number, b.Holiday(ctx, h)
	})
}

// shift writes the hours of a row of schedules.csv on each of its days.
func (b *clinicBook) shift(ctx context.Context, row sheet.Row) error {
	provider, err := b.provider(ctx, row)
	if err != nil {
		return err
	}
	room, err := b.room(ctx, row)
	if err != nil {
		return err
	}
	return b.once(ctx, "schedule", row.Get("key"), []sheet.Row{row}, func() (id int64, err error) {
		from, err := minuteOf(row.Get("from"))
		if err != nil {
			return 0, fault.New(fault.Invalid, "schedule.hours", "%q is no time like 14:30", row.Get("from")).At("from")
		}
		until, err := minuteOf(row.Get("until"))
		if err != nil {
			return 0, fault.New(fault.Invalid, "schedule.hours", "%q is no time like 14:30", row.Get("until")).At("until")
		}
		capacity, err := wholeNumber(row, "capacity", 1)
		if err != nil {
			return 0, err
		}
		for _, day := range strings.Fields(strings.ToLower(row.Get("weekdays"))) {
			n := slices.Index(weekdays, day)
			if n < 0 {
				return 0, fault.New(fault.Invalid, "schedule.weekday", "%q is none of %s", day, strings.Join(weekdays, ", ")).At("weekdays")
			}
			made, err := b.WorkShift(ctx, clinic.WorkShift{Provider: provider, Room: room, Weekday: jalali.Saturday + jalali.Weekday(n), From: from, Until: until,
				Capacity: capacity})
			if err != nil {
				return 0, err
			}
			id = int64(made)
		}
		return id, nil
	})
}

// room is where somebody works, made on first use by name.
func (b *clinicBook) room(ctx context.Context, row sheet.Row) (clinic.ResourceID, error) {
	name := row.Get("room")
	if name == "" || b.ids["room/"+name] != 0 {
		return clinic.ResourceID(b.ids["room/"+name]), nil
	}
	err := b.once(ctx, "room", name, []sheet.Row{key(row, "room")}, func() (int64, error) {
		b.rooms++
		id, err := b.Resource(ctx, clinic.Resource{Kind: clinic.Room, Code: fmt.Sprintf("room-%d", b.rooms), Name: name})
		return int64(id), err
	})
	return clinic.ResourceID(b.ids["room/"+name]), err
}

// wholeNumber reads a whole number of a column; empty is otherwise.
func wholeNumber(row sheet.Row, column string, otherwise int) (int, error) {
	text := row.Get(column)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(farsi.Digits(text))
	if err != nil {
		return 0, fault.New(fault.Invalid, "import.number", "%q is no whole number", text).At(column)
	}
	return n, nil
}

// appointment books a row of appointments.csv: what has begun as it was, what is
// to come where the calendar has room.
func (b *clinicBook) appointment(ctx context.Context, e *clinicEvent) error {
	row := e.rows[0]
	provider, err := b.provider(ctx, row)
	if err != nil {
		return err
	}
	return b.once(ctx, "appointment", row.Get("key"), e.rows, func() (int64, error) {
		minutes, err := wholeNumber(row, "minutes", 0)
		if err != nil {
			return 0, err
		}
		status := clinic.AppointmentStatus(row.Get("status"))
		if status == "" {
			status = clinic.Booked
		}
		if !slices.Contains(clinic.AppointmentStatuses, status) {
			return 0, fault.New(fault.Invalid, "appointment.filter", "there is no state %q", string(status)).At("status")
		}
		a, err := b.Book(ctx, desk.BatchBooking{Proposed: status == clinic.Proposed, Book: desk.Book{Patient: clinic.PatientID(b.id("patient", row, "patient")),
			Provider: provider, Service: clinic.ServiceID(b.id("service", row, "service")), Starts: e.at, Minutes: minutes,
			Channel: clinic.Channel(row.Get("channel")), Note: row.Get("note")}})
		if err != nil {
			return 0, err
		}
		return int64(a.ID), b.becomes(ctx, a, status, row)
	})
}

// becomes lets an appointment be what the row says. A fulfilled one names its
// admission.
func (b *clinicBook) becomes(ctx context.Context, a clinic.Appointment, status clinic.AppointmentStatus, row sheet.Row) error {
	switch status {
	case clinic.Proposed, clinic.Booked:
		return nil
	case clinic.Fulfilled:
		id := clinic.AdmissionID(b.id("admission", row, "admission"))
		if id == 0 {
			return fault.New(fault.Invalid, "import.order", "a fulfilled appointment names its admission, of the same day or before").At("admission")
		}
		return b.FulfilAppointment(ctx, a.ID, id)
	case clinic.CheckedIn:
		_, err := b.At(a.Starts).StepAppointment(ctx, a.ID, status, "")
		return err
	}
	_, err := b.StepAppointment(ctx, a.ID, status, row.Get("reason"))
	return err
}

// activity books a row of activities.csv.
func (b *clinicBook) activity(ctx context.Context, row sheet.Row) error {
	return b.once(ctx, "activity", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		a := clinic.Activity{Patient: clinic.PatientID(b.id("patient", row, "patient")), Kind: clinic.ActivityKind(row.Get("kind")), Subject: row.Get("subject"),
			Note: row.Get("note"), Result: row.Get("result"), Due: b.set.day(row.Get("due"))}
		status := clinic.ActivityStatus(row.Get("status"))
		if status != "" && status != clinic.ActivityOpen && status != clinic.ActivityDone {
			return 0, fault.New(fault.Invalid, "import.activity", "%q is neither open nor done", string(status)).At("status")
		}
		id, err := b.Batch.Activity(ctx, a, status == clinic.ActivityDone)
		return int64(id), err
	})
}
