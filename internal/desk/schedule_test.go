package desk_test

import (
	"slices"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// audited fails the test unless the newest line of the audit has the action.
func (o office) audited(t *testing.T, action string, object int64) {
	t.Helper()
	if line := o.audit(t)[0]; line.Action != action || line.Object != object {
		t.Errorf("audit %s %d, want %s %d", line.Action, line.Object, action, object)
	}
}

func TestSavingShiftsOfTheWeek(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		good := clinic.WorkShift{Provider: c.rad, Branch: c.manager.Branch, Weekday: jalali.Friday, From: 9 * 60, Until: 12 * 60}
		for name, one := range map[string]struct {
			change func(w *clinic.WorkShift)
			kind   fault.Kind
			code   string
		}{
			"no such weekday":     {func(w *clinic.WorkShift) { w.Weekday = 7 }, fault.Invalid, "schedule.weekday"},
			"ends as it begins":   {func(w *clinic.WorkShift) { w.Until = w.From }, fault.Invalid, "schedule.hours"},
			"off the grid":        {func(w *clinic.WorkShift) { w.From++ }, fault.Invalid, "schedule.hours"},
			"into the next day":   {func(w *clinic.WorkShift) { w.Until = 25 * 60 }, fault.Invalid, "schedule.hours"},
			"room for too many":   {func(w *clinic.WorkShift) { w.Capacity = 101 }, fault.Invalid, "schedule.capacity"},
			"ends before it came": {func(w *clinic.WorkShift) { w.ValidFrom, w.ValidUntil = "2026-12-02", "2026-12-01" }, fault.Invalid, "schedule.range"},
			"nobody's":            {func(w *clinic.WorkShift) { w.Provider = 12 }, fault.NotFound, "provider.none"},
			"nowhere":             {func(w *clinic.WorkShift) { w.Branch = 12 }, fault.NotFound, "branch.none"},
			"in no room":          {func(w *clinic.WorkShift) { w.Room = 12 }, fault.NotFound, "resource.none"},
			"a change of nothing": {func(w *clinic.WorkShift) { w.ID, w.Version = 12, 1 }, fault.NotFound, "work_shift.none"},
		} {
			t.Run(name, func(t *testing.T) {
				bad := good
				one.change(&bad)
				_, err := c.SaveWorkShift(t.Context(), c.manager, row(bad))
				refuses(t, err, one.kind, one.code)
				_, err = c.SaveWorkShifts(t.Context(), c.manager, row([]clinic.WorkShift{good, bad}))
				refuses(t, err, one.kind, one.code)
			})
		}
		_, err := c.SaveWorkShifts(t.Context(), c.manager, row([]clinic.WorkShift(nil)))
		refuses(t, err, fault.Invalid, "schedule.weekday")
		_, err = c.SaveWorkShift(t.Context(), c.as(clinic.Receptionist), row(good))
		refuses(t, err, fault.Forbidden, "permission")
		if plan, err := c.Schedule(t.Context(), c.manager); err != nil || len(plan.Shifts) != 12 {
			t.Fatalf("%d shifts after refusals, %v", len(plan.Shifts), err)
		}
		kept, err := c.SaveWorkShifts(t.Context(), c.as(clinic.Supervisor), desk.Save[[]clinic.WorkShift]{Row: []clinic.WorkShift{good}, Request: desk.Request{Key: "k"}})
		if err != nil || len(kept) != 1 {
			t.Fatal(kept, err)
		}
		c.audited(t, "schedule.shift", int64(kept[0].ID))
		again, err := c.SaveWorkShifts(t.Context(), c.as(clinic.Supervisor), desk.Save[[]clinic.WorkShift]{Row: []clinic.WorkShift{good}, Request: desk.Request{Key: "k"}})
		if err != nil || again[0].ID != kept[0].ID {
			t.Errorf("sent twice: %+v, %v", again, err)
		}
		first, second := kept[0], kept[0]
		first.Until, second.Disabled = 13*60, true
		if first, err = c.SaveWorkShift(t.Context(), c.manager, row(first)); err != nil || first.Version != 2 {
			t.Errorf("%+v, %v", first, err)
		}
		_, err = c.SaveWorkShift(t.Context(), c.manager, row(second))
		refuses(t, err, fault.Conflict, "work_shift.stale")
	})
}

func TestSavingLeaveAndClosures(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		north := c.branch(t, "north")
		leave := clinic.Exception{Kind: clinic.Leave, Provider: c.rad, First: "2026-12-01", Reason: "همایش"}
		for name, one := range map[string]struct {
			change func(e *clinic.Exception)
			code   string
		}{
			"no such kind":       {func(e *clinic.Exception) { e.Kind = "strike" }, "exception.kind"},
			"nobody's leave":     {func(e *clinic.Exception) { e.Provider = 0 }, "exception.provider"},
			"somebody's closure": {func(e *clinic.Exception) { e.Kind = clinic.Closure }, "exception.provider"},
			"no day":             {func(e *clinic.Exception) { e.First = "" }, "date.syntax"},
			"ends too early":     {func(e *clinic.Exception) { e.Last = "2026-11-30" }, "exception.days"},
			"half an hour":       {func(e *clinic.Exception) { e.From, e.Until = 9*60, 8*60 }, "schedule.hours"},
			"extra all day":      {func(e *clinic.Exception) { e.Kind = clinic.Extra }, "schedule.hours"},
			"a long story":       {func(e *clinic.Exception) { e.Reason = strings.Repeat("ن", 201) }, "text.long"},
		} {
			t.Run(name, func(t *testing.T) {
				bad := leave
				one.change(&bad)
				_, err := c.SaveException(t.Context(), c.manager, row(bad))
				refuses(t, err, fault.Invalid, one.code)
			})
		}
		kept, err := c.SaveException(t.Context(), c.as(clinic.Supervisor), row(leave))
		if err != nil || kept.Until != 24*60 || kept.Last != leave.First {
			t.Fatalf("%+v, %v", kept, err)
		}
		c.audited(t, "schedule.exception", int64(kept.ID))
		off := kept
		off.Disabled = true
		if _, err = c.SaveException(t.Context(), c.manager, row(off)); err != nil {
			t.Fatal(err)
		}
		_, err = c.SaveException(t.Context(), c.manager, row(kept))
		refuses(t, err, fault.Conflict, "schedule_exception.stale")
		_, err = c.SaveException(t.Context(), c.as(clinic.Receptionist), row(leave))
		refuses(t, err, fault.Forbidden, "permission")

		closed, err := c.SaveException(t.Context(), c.as(clinic.Supervisor), row(clinic.Exception{Kind: clinic.Closure, First: "2026-12-02"}))
		if err != nil || closed.Branch != c.manager.Branch {
			t.Errorf("a supervisor closes one branch: %+v, %v", closed, err)
		}
		theirs, err := c.SaveException(t.Context(), c.manager, row(clinic.Exception{Kind: clinic.Closure, Branch: north, First: "2026-12-02"}))
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.SaveException(t.Context(), c.as(clinic.Supervisor), row(theirs))
		refuses(t, err, fault.NotFound, "schedule_exception.none")
	})
}

func TestWhoIsAffectedByLeave(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		early := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 9, 0), Service: c.botox})
		late := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 11, 0), Service: c.botox})
		other := c.book(t, desk.Book{Starts: at(t, "1405/09/11", 9, 0), Service: c.botox})
		for name, one := range map[string]struct {
			e    clinic.Exception
			want []clinic.AppointmentID
		}{
			"leave of the day":           {clinic.Exception{Kind: clinic.Leave, Provider: c.rad, First: "2026-12-01"}, []clinic.AppointmentID{early.Appointment.ID, late.Appointment.ID}},
			"leave that begins in one":   {clinic.Exception{Kind: clinic.Leave, Provider: c.rad, First: "2026-12-01", From: 9*60 + 15, Until: 11 * 60}, []clinic.AppointmentID{early.Appointment.ID}},
			"leave that begins after it": {clinic.Exception{Kind: clinic.Leave, Provider: c.rad, First: "2026-12-01", From: 9*60 + 30, Until: 11 * 60}, nil},
			"closure of two days": {clinic.Exception{Kind: clinic.Closure, First: "2026-12-01", Last: "2026-12-02"},
				[]clinic.AppointmentID{early.Appointment.ID, late.Appointment.ID, other.Appointment.ID}},
			"closure of another branch": {clinic.Exception{Kind: clinic.Closure, Branch: c.branch(t, "north"), First: "2026-12-01"}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				items, err := c.Affected(t.Context(), c.manager, one.e)
				if err != nil {
					t.Fatal(err)
				}
				var got []clinic.AppointmentID
				for _, i := range items {
					got = append(got, i.ID)
					if i.Person.ID != c.patient || i.Mobile == "" {
						t.Errorf("%+v", i.Person)
					}
				}
				if !slices.Equal(got, one.want) {
					t.Errorf("%v, want %v", got, one.want)
				}
			})
		}
		if line := c.audit(t)[0]; line.Action != "appointment.list" {
			t.Errorf("who was shown is not in the audit: %+v", line)
		}
	})
}

func TestRoomsDevicesAndWhatAProviderDoes(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		ctx := t.Context()
		room := clinic.Resource{Branch: c.manager.Branch, Kind: clinic.Room, Code: "r1", Name: "اتاق ۱"}
		kept, err := c.SaveResource(ctx, c.as(clinic.Supervisor), row(room))
		if err != nil || kept.Capacity != 1 {
			t.Fatalf("%+v, %v", kept, err)
		}
		c.audited(t, "schedule.resource", int64(kept.ID))
		_, err = c.SaveResource(ctx, c.manager, row(room))
		refuses(t, err, fault.Conflict, "resource.exists")
		changed := kept
		changed.Capacity = 3
		if _, err = c.SaveResource(ctx, c.manager, row(changed)); err != nil {
			t.Fatal(err)
		}
		_, err = c.SaveResource(ctx, c.manager, row(kept))
		refuses(t, err, fault.Conflict, "resource.stale")
		room.Code, room.Kind = "r2", "yard"
		_, err = c.SaveResource(ctx, c.manager, row(room))
		refuses(t, err, fault.Invalid, "resource.kind")
		room.Kind, room.Branch = clinic.Device, 12
		_, err = c.SaveResource(ctx, c.manager, row(room))
		refuses(t, err, fault.NotFound, "branch.none")

		if err := c.SetProviderServices(ctx, c.as(clinic.Supervisor), c.rad, []clinic.ServiceID{c.botox, c.botox}, desk.Request{}); err != nil {
			t.Fatal(err)
		}
		c.audited(t, "schedule.services", int64(c.rad))
		plan, err := c.Schedule(ctx, c.manager)
		if err != nil || !slices.Equal(plan.Does[c.rad], []clinic.ServiceID{c.botox}) {
			t.Errorf("%v, %v", plan.Does, err)
		}
		refuses(t, c.SetProviderServices(ctx, c.manager, c.rad, []clinic.ServiceID{12}, desk.Request{}), fault.NotFound, "service.none")
		refuses(t, c.SetProviderServices(ctx, c.manager, 12, nil, desk.Request{}), fault.NotFound, "provider.none")
		refuses(t, c.SetProviderServices(ctx, c.as(clinic.CRM), c.rad, nil, desk.Request{}), fault.Forbidden, "permission")
		if err := c.SetProviderServices(ctx, c.manager, c.rad, nil, desk.Request{}); err != nil {
			t.Fatal(err)
		}
		if plan, _ = c.Schedule(ctx, c.manager); len(plan.Does[c.rad]) != 0 {
			t.Errorf("nothing is everything: %v", plan.Does)
		}
	})
}
