package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// addAppointments registers the calls for appointments.
func (s *server) addAppointments() {
	on := func(path, says string) call {
		return call{method: http.MethodPost, path: "/appointments/{id}/" + path, right: clinic.WriteAppointments, touches: aboutMoney, object: "appointment", says: says}
	}
	add(s, call{method: http.MethodGet, path: "/appointments", right: clinic.ReadAppointments, touches: aboutMoney, object: "appointment",
		says: "List appointments by their time"}, s.listAppointments)
	add(s, call{method: http.MethodPost, path: "/appointments", right: clinic.WriteAppointments, touches: aboutMoney, object: "appointment",
		says: "Keep a time for a patient, with a deposit when there is one", created: true}, s.bookAppointment)
	add(s, call{method: http.MethodPost, path: "/appointments/series", right: clinic.WriteAppointments, touches: aboutMoney, object: "appointment",
		says: "Keep several times, one every so many days; all of them or none", created: true}, s.bookSeries)
	add(s, call{method: http.MethodGet, path: "/appointments/{id}", right: clinic.ReadAppointments, touches: aboutMoney, object: "appointment",
		says: "One appointment with what happened to it and the messages about it"}, s.appointment)
	add(s, on("confirm", "The patient said yes again"), s.confirmAppointment)
	add(s, on("check-in", "The patient is here"), s.checkIn)
	add(s, on("undo-check-in", "The patient is not here after all"), s.undoCheckIn)
	add(s, call{method: http.MethodPost, path: "/appointments/{id}/admit", right: clinic.WriteAdmissions, touches: aboutMoney, object: "appointment",
		says: "The patient is here for it: the admission of its service, in one step"}, s.admitAppointment)
	add(s, on("cancel", "Cancel it; what is kept of its deposits is only proposed unless it is confirmed"), s.cancelAppointment)
	add(s, on("no-show", "The patient did not come"), s.missAppointment)
	add(s, on("reschedule", "Another time, perhaps with another provider"), s.rescheduleAppointment)
	add(s, on("restore", "A cancelled or missed appointment has its time again, if that is free"), s.restoreAppointment)
	add(s, on("in-error", "It was never meant"), s.appointmentInError)
	add(s, call{method: http.MethodPost, path: "/appointments/bulk-cancel", right: clinic.CancelManyAppointments, touches: aboutPatients, keyed: true,
		object: "appointment", says: "Nobody is there then: cancel what a provider or a branch has"}, s.cancelMany)
	s.addAvailability()
	s.addWaitlist()
	s.addSchedule()
	s.addActivities()
}

// stepped is a command that says nothing but which appointment it is.
func (s *server) stepped(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse],
	do func(context.Context, clinic.Actor, desk.OnAppointment) (desk.Booked, error)) (*answer[appointed], error) {
	return onAppointment(ctx, s, a, in, func(f AppointmentUse) AppointmentUse { return f },
		func(_ AppointmentUse, on desk.OnAppointment) (desk.Booked, error) { return do(ctx, a, on) })
}

func (s *server) confirmAppointment(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse]) (*answer[appointed], error) {
	return s.stepped(ctx, a, in, s.desk.ConfirmAppointment)
}

func (s *server) checkIn(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse]) (*answer[appointed], error) {
	return s.stepped(ctx, a, in, s.desk.CheckIn)
}

func (s *server) undoCheckIn(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse]) (*answer[appointed], error) {
	return s.stepped(ctx, a, in, s.desk.UndoCheckIn)
}

func (s *server) restoreAppointment(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse]) (*answer[appointed], error) {
	return s.stepped(ctx, a, in, s.desk.RestoreAppointment)
}

func (s *server) appointmentInError(ctx context.Context, a clinic.Actor, in *versioned[AppointmentUse]) (*answer[appointed], error) {
	return s.stepped(ctx, a, in, s.desk.AppointmentInError)
}

type rescheduleForm struct {
	Starts     string `json:"starts" doc:"an RFC 3339 instant on five minutes"`
	ProviderID string `json:"provider_id,omitempty" doc:"the same when missing"`
	Minutes    int    `json:"minutes,omitempty" doc:"as long as before when missing"`
	BranchID   string `json:"branch_id,omitempty"`
	Reason     string `json:"reason,omitempty"`
	Overbook   bool   `json:"overbook,omitempty"`
	AppointmentUse
}

func (s *server) rescheduleAppointment(ctx context.Context, a clinic.Actor, in *versioned[rescheduleForm]) (*answer[appointed], error) {
	return onAppointment(ctx, s, a, in, func(f rescheduleForm) AppointmentUse { return f.AppointmentUse },
		func(f rescheduleForm, on desk.OnAppointment) (_ desk.Booked, err error) {
			cmd := desk.Reschedule{OnAppointment: on, Minutes: f.Minutes, Reason: f.Reason, Overbook: f.Overbook}
			if cmd.Provider, err = number[clinic.ProviderID](f.ProviderID, "provider", "provider_id"); err != nil {
				return desk.Booked{}, err
			}
			if cmd.Branch, err = number[clinic.BranchID](f.BranchID, "branch", "branch_id"); err != nil {
				return desk.Booked{}, err
			}
			if cmd.Starts, err = startOf(f.Starts, "starts"); err != nil {
				return desk.Booked{}, err
			}
			return s.desk.Reschedule(ctx, a, cmd)
		})
}

// forfeitedDeposit is what is kept of one deposit.
type forfeitedDeposit struct {
	DepositID string `json:"deposit_id"`
	Amount    amount `json:"amount"`
}

func forfeits(said []forfeitedDeposit) (all []desk.Forfeit, err error) {
	for _, f := range said {
		id, err := number[clinic.DepositID](f.DepositID, "deposit", "deposit_id")
		if err != nil {
			return nil, err
		}
		all = append(all, desk.Forfeit{Deposit: id, Amount: money.Amount(f.Amount)})
	}
	return all, nil
}

type cancelAppointmentForm struct {
	ByClinic bool               `json:"by_clinic,omitempty" doc:"nothing of its deposits is proposed to be kept, and somebody offers another time"`
	Reason   string             `json:"reason"`
	Forfeits []forfeitedDeposit `json:"forfeits,omitempty" doc:"what is kept of its deposits now; takes the right to keep deposits"`
	AppointmentUse
}

func (s *server) cancelAppointment(ctx context.Context, a clinic.Actor, in *versioned[cancelAppointmentForm]) (*answer[appointed], error) {
	return onAppointment(ctx, s, a, in, func(f cancelAppointmentForm) AppointmentUse { return f.AppointmentUse },
		func(f cancelAppointmentForm, on desk.OnAppointment) (desk.Booked, error) {
			kept, err := forfeits(f.Forfeits)
			if err != nil {
				return desk.Booked{}, err
			}
			return s.desk.CancelAppointment(ctx, a, desk.CancelAppointment{OnAppointment: on, ByClinic: f.ByClinic, Reason: f.Reason, Forfeits: kept})
		})
}

type missAppointmentForm struct {
	Forfeits []forfeitedDeposit `json:"forfeits,omitempty" doc:"what is kept of its deposits now; takes the right to keep deposits"`
	AppointmentUse
}

func (s *server) missAppointment(ctx context.Context, a clinic.Actor, in *versioned[missAppointmentForm]) (*answer[appointed], error) {
	return onAppointment(ctx, s, a, in, func(f missAppointmentForm) AppointmentUse { return f.AppointmentUse },
		func(f missAppointmentForm, on desk.OnAppointment) (desk.Booked, error) {
			kept, err := forfeits(f.Forfeits)
			if err != nil {
				return desk.Booked{}, err
			}
			return s.desk.MissAppointment(ctx, a, desk.MissAppointment{OnAppointment: on, Forfeits: kept})
		})
}

// admitAppointmentForm is the body of POST /appointments/{id}/admit.
type admitAppointmentForm struct {
	Lines    []orderedLine `json:"lines,omitempty" doc:"the service of the appointment with its provider when missing"`
	Coverage *coverage     `json:"coverage,omitempty" doc:"the patient's insurances of today when missing"`
	Code     string        `json:"discount_code,omitempty"`
	Draft    bool          `json:"draft,omitempty"`
	Version  *int64        `json:"version,omitempty" doc:"of the appointment that was read; If-Match says the same"`
	DryRun   bool          `json:"dry_run,omitempty"`
}

func (s *server) admitAppointment(ctx context.Context, a clinic.Actor, in *versioned[admitAppointmentForm]) (*answer[admitted], error) {
	form, err := decode[admitAppointmentForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.AdmitAppointment{Code: form.Code, Draft: form.Draft}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Appointment, err = number[clinic.AppointmentID](in.ID, "appointment", "id"); err != nil {
		return nil, err
	}
	if cmd.Version, err = matched(in.IfMatch, form.Version); err != nil {
		return nil, err
	}
	ordered, err := admitForm{Lines: form.Lines, Coverage: form.Coverage}.admit(0)
	if err != nil {
		return nil, err
	}
	cmd.Lines, cmd.Coverage = ordered.Lines, ordered.Coverage
	done, err := s.desk.AdmitAppointment(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}

type cancelManyForm struct {
	ProviderID string `json:"provider_id,omitempty" doc:"everybody when missing"`
	BranchID   string `json:"branch_id,omitempty" doc:"every branch that the caller sees when missing"`
	First      string `json:"first" doc:"the first day"`
	Last       string `json:"last,omitempty" doc:"the first when missing"`
	From       string `json:"from,omitempty" doc:"HH:MM; the beginning of the day when missing"`
	Until      string `json:"until,omitempty" doc:"HH:MM; the end of the day when missing"`
	Reason     string `json:"reason"`
	Leave      bool   `json:"leave,omitempty" doc:"the provider is absent then as well, or the branch closed"`
	DryRun     bool   `json:"dry_run,omitempty"`
}

type manyCancelled struct {
	Appointments []Appointment `json:"appointments" doc:"as they are now"`
	Messages     int           `json:"messages" doc:"that tell the patients"`
}

// cancel turns the form into the command.
func (f cancelManyForm) cancel(today jalali.Day) (cmd desk.CancelMany, err error) {
	cmd = desk.CancelMany{Reason: f.Reason, Leave: f.Leave}
	if cmd.Provider, err = number[clinic.ProviderID](f.ProviderID, "provider", "provider_id"); err != nil {
		return cmd, err
	}
	if cmd.Branch, err = number[clinic.BranchID](f.BranchID, "branch", "branch_id"); err != nil {
		return cmd, err
	}
	if cmd.First, err = day(f.First, "first", today); err != nil {
		return cmd, err
	}
	if cmd.Last, err = day(f.Last, "last", today); err != nil {
		return cmd, err
	}
	if cmd.From, err = clock(f.From, "from"); err != nil {
		return cmd, err
	}
	cmd.Until, err = clock(f.Until, "until")
	return cmd, err
}

func (s *server) cancelMany(ctx context.Context, a clinic.Actor, in *post[cancelManyForm]) (*answer[manyCancelled], error) {
	form, err := decode[cancelManyForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	cmd, err := form.cancel(s.desk.Today(c))
	if err != nil {
		return nil, err
	}
	cmd.Request = request
	done, err := s.desk.CancelMany(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	shown := manyCancelled{Appointments: []Appointment{}, Messages: done.Messages}
	for _, one := range done.Appointments {
		shown.Appointments = append(shown.Appointments, showAppointment(c, one))
	}
	return reply(shown), nil
}
