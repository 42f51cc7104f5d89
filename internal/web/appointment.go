package web

import (
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// appointmentTab is the tab on which the rows of appointments stand.
const appointmentTab = "appointments"

// appointmentRoutes: appointments in the window of their patient.
func (s *server) appointmentRoutes() (all []route) {
	all = append(s.sheetRoutes("/patients/{patient}/appointments/new", clinic.WriteAppointments, "patient", s.bookSheet),
		page("/patients/{patient}/appointments/free", clinic.WriteAppointments, "patient", s.freeTimes))
	for _, sheet := range []struct {
		path  string
		build func(v visit) (moneySheet, error)
	}{
		{"/move", s.rescheduleSheet},
		{"/cancel", s.cancelAppointmentSheet},
		{"/no-show", s.missSheet},
		{"/confirm", s.stepSheet("confirm", s.Desk.ConfirmAppointment)},
		{"/check-in", s.stepSheet("check_in", s.Desk.CheckIn)},
		{"/undo-check-in", s.stepSheet("undo_check_in", s.Desk.UndoCheckIn)},
		{"/restore", s.stepSheet("restore", s.Desk.RestoreAppointment)},
		{"/in-error", s.stepSheet("in_error", s.Desk.AppointmentInError)},
	} {
		all = append(all, s.sheetRoutes("/appointments/{appointment}"+sheet.path, clinic.WriteAppointments, "appointment", sheet.build)...)
	}
	return slices.Concat(all,
		s.sheetRoutes("/patients/{patient}/waitlist/new", clinic.WriteAppointments, "patient", s.waitSheet),
		s.sheetRoutes("/waitlist/{wait}/leave", clinic.WriteAppointments, "wait", s.leaveSheet))
}

func appointmentPath(a clinic.AppointmentID, verb string) string {
	return "/appointments/" + id(a) + "/" + verb
}

// bookPath is the sheet that books for the person.
func bookPath(patient clinic.PatientID) string {
	return "/patients/" + id(patient) + "/appointments/new"
}

// appointmentOf is the appointment that the path names. NotFound
// appointment.none.
func (s *server) appointmentOf(v visit) (desk.AppointmentItem, error) {
	n := number[clinic.AppointmentID](v.r.PathValue("appointment"))
	if n == 0 {
		return desk.AppointmentItem{}, fault.New(fault.NotFound, "appointment.none", "there is no such appointment")
	}
	return s.Desk.Appointment(v.r.Context(), v.actor, n)
}

// appointments fetches the tab of appointments: those that are ahead stand
// apart, on top.
func (s *server) appointments(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.AppointmentsTab(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	a := view.Appointments{L: v.l, Filtered: k.filtered() || k.inPast(), Tab: appointmentTab}
	if v.actor.Can(clinic.WriteAppointments) && !k.inPast() {
		a.New = address(bookPath(patient), "tab", appointmentTab)
		a.Wait = address("/patients/"+id(patient)+"/waitlist/new", "tab", appointmentTab)
	}
	ahead := func(i desk.AppointmentItem) bool {
		return i.Ahead || (i.Status.Waits() || i.Status == clinic.CheckedIn) && v.clinic.Day(i.Starts) == v.l.Today
	}
	keyed := false
	add := func(rows *[]view.AppointmentRow, i desk.AppointmentItem) {
		row := appointmentRow(v, i)
		if !k.inPast() {
			row.Do = s.appointmentActions(v, i, &keyed)
		}
		row.Open = v.r.URL.Query().Get("open") == row.ID || len(found.Rows) == 1 || row.Today && len(row.Do) > 0 && !row.Over && i.Admission == 0
		*rows = append(*rows, row)
	}
	for _, i := range slices.Backward(found.Rows) { // what comes next stands first, and has the key
		if ahead(i) {
			add(&a.Ahead, i)
		}
	}
	for _, i := range found.Rows {
		if !ahead(i) {
			add(&a.Past, i)
		}
	}
	for _, w := range found.Waiting {
		a.Waiting = append(a.Waiting, s.waitRow(v, patient, w))
	}
	return found.Header, view.AppointmentsTab(a), nil
}

// momentText is a day and a clock in words.
func momentText(v visit, at time.Time) string {
	day := v.clinic.Day(at)
	return v.l.T("appointment.at", "weekday", v.l.Weekday(day), "day", v.l.Day(day), "clock", v.l.Clock(at))
}

// lengthText is how long something takes.
func lengthText(v visit, minutes int) string { return v.l.T("appointment.minutes", "n", minutes) }

// appointmentRow is an appointment in words.
func appointmentRow(v visit, i desk.AppointmentItem) view.AppointmentRow {
	day := v.clinic.Day(i.Starts)
	row := view.AppointmentRow{ID: id(i.ID), Version: id(i.Version), When: v.l.Day(day), Weekday: v.l.Weekday(day),
		Clock: v.l.T("appointment.span", "from", v.l.Clock(i.Starts), "to", v.l.Clock(i.Ends)), Length: lengthText(v, i.Minutes()),
		Provider: i.ProviderName, Section: i.SectionName, Service: i.ServiceName, Channel: string(i.Channel), Status: string(i.Status),
		Deposit: i.Deposit, Asked: i.Asked, Message: i.Message, User: i.StaffName, Reason: i.Reason, Note: i.Note, Overbooked: i.Overbooked,
		Series: i.Series != 0, Today: day == v.l.Today, Over: !i.Status.TakesTime(), Where: joined(v, i.BranchName, i.RoomName)}
	for n, step := range i.Steps {
		if step.Kind == clinic.EventMoved {
			row.Was = v.l.T("appointment.from_to", "from", momentText(v, step.From.Starts), "to", momentText(v, step.To.Starts))
		}
		row.Steps = append(row.Steps, view.AppointmentStep{Kind: string(step.Kind), When: v.l.Day(v.clinic.Day(step.At)) + " " + v.l.Clock(step.At),
			Text: stepText(v, i, n), User: step.StaffName})
	}
	return row
}

// stepText says what the n-th thing that happened to an appointment changed.
func stepText(v visit, i desk.AppointmentItem, n int) string {
	step, parts := i.Steps[n], []string{}
	switch step.Kind {
	case clinic.EventBooked:
		parts = append(parts, momentText(v, step.To.Starts))
	case clinic.EventMoved:
		parts = append(parts, v.l.T("appointment.from_to", "from", momentText(v, step.From.Starts), "to", momentText(v, step.To.Starts)))
		if after := providerAfter(i, n); after != step.ProviderName {
			parts = append(parts, v.l.T("appointment.from_to", "from", step.ProviderName, "to", after))
		}
	case clinic.EventCancelled:
		parts = append(parts, v.l.T("appointment.status."+string(step.Status)))
	}
	return joined(v, append(parts, step.Reason)...)
}

// providerAfter is with whom an appointment was after the n-th thing.
func providerAfter(i desk.AppointmentItem, n int) string {
	if n+1 < len(i.Steps) {
		return i.Steps[n+1].ProviderName
	}
	return i.ProviderName
}

// appointmentActions are what the person may do with an appointment now, the
// likeliest first. The first who can be checked in is so by a key.
func (s *server) appointmentActions(v visit, i desk.AppointmentItem, keyed *bool) (list []view.AppointmentAction) {
	may := func(to ...clinic.AppointmentStatus) bool {
		return slices.ContainsFunc(to, func(one clinic.AppointmentStatus) bool { return slices.Contains(i.To, one) })
	}
	writes, today := v.actor.Can(clinic.WriteAppointments), v.clinic.Day(i.Starts) == v.l.Today
	add := func(possible bool, a view.AppointmentAction) {
		if !possible {
			return
		}
		if a.URL == "" {
			a.URL = appointmentPath(i.ID, strings.ReplaceAll(a.Key, "_", "-"))
			if a.Request == "" {
				a.URL = address(a.URL, "tab", appointmentTab)
			}
		}
		list = append(list, a)
	}
	here := i.Status == clinic.CheckedIn
	if admits := today && may(clinic.Fulfilled) && v.actor.Can(clinic.WriteAdmissions); admits {
		add(true, view.AppointmentAction{Key: "admit", URL: admitPath(i), Icon: "clipboard-pen", Main: here})
	}
	if checks := writes && today && may(clinic.CheckedIn); checks {
		in := view.AppointmentAction{Key: "check_in", Icon: "user-check", Request: s.RequestKey(), Main: true}
		if !*keyed {
			*keyed, in.Letter, in.KeyCode = true, "I", "KeyI"
		}
		add(true, in)
	}
	add(writes && may(clinic.Confirmed), view.AppointmentAction{Key: "confirm", Icon: "check", Request: s.RequestKey()})
	add(writes && i.Status.Waits(), view.AppointmentAction{Key: "move", Icon: "calendar-clock"})
	add((i.Status.Waits() || here) && v.actor.Can(clinic.WriteDeposits), view.AppointmentAction{Key: "deposit", Icon: "piggy-bank",
		URL: address("/patients/"+id(i.Person.ID)+"/deposits/new", "appointment", id(i.ID), "tab", appointmentTab)})
	add(writes && may(clinic.CancelledByPatient, clinic.CancelledByClinic) && i.Status != clinic.NoShow, view.AppointmentAction{Key: "cancel", Icon: "x"})
	add(writes && may(clinic.NoShow), view.AppointmentAction{Key: "no_show", Icon: "user-x"})
	add(writes && here && may(clinic.Booked), view.AppointmentAction{Key: "undo_check_in", Icon: "undo-2"})
	add(writes && i.Restores, view.AppointmentAction{Key: "restore", Icon: "refresh-cw"})
	add(writes && may(clinic.EnteredInError), view.AppointmentAction{Key: "in_error", Icon: "eraser"})
	return list
}

// admitPath is the sheet that admits who came for an appointment.
func admitPath(i desk.AppointmentItem) string {
	return address("/patients/"+id(i.Person.ID)+"/admit", "appointment", id(i.ID), "tab", appointmentTab)
}

// waitRow is a line of the waitlist in words.
func (s *server) waitRow(v visit, patient clinic.PatientID, w desk.WaitShown) view.WaitRow {
	row := view.WaitRow{ID: id(w.ID), Text: waitText(v, w), Note: w.Note, Since: v.l.T("appointments.waits.since", "day", v.l.Day(v.clinic.Day(w.Recorded)))}
	if v.actor.Can(clinic.WriteAppointments) {
		row.Book = address(bookPath(patient), "wait", id(w.ID), "provider", optional(w.Provider), "service", optional(w.Service), "tab", appointmentTab)
		row.Leave, row.Request = "/waitlist/"+id(w.ID)+"/leave", s.RequestKey()
	}
	return row
}

// waitText is what somebody waits for.
func waitText(v visit, w desk.WaitShown) string {
	provider := w.ProviderName
	if provider == "" {
		provider = v.l.T("wait.anybody")
	}
	days := v.l.T("wait.from", "day", v.l.Day(w.First))
	if w.Last != "" {
		days = v.l.T("wait.between", "from", v.l.Day(w.First), "to", v.l.Day(w.Last))
	}
	return joined(v, w.ServiceName, provider, days, v.l.T("wait.part."+string(w.Part)))
}
