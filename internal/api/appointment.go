package api

import (
	"context"
	"reflect"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// Appointment is a time that a provider keeps for a patient, in an answer. Its
// id stays when it moves.
type Appointment struct {
	ID          string     `json:"id"`
	PatientID   string     `json:"patient_id,omitempty" doc:"missing of somebody of another branch, of whom only the time is told"`
	ProviderID  string     `json:"provider_id"`
	ServiceID   string     `json:"service_id,omitempty"`
	BranchID    string     `json:"branch_id"`
	RoomID      string     `json:"room_id,omitempty"`
	DeviceID    string     `json:"device_id,omitempty"`
	Starts      time.Time  `json:"starts"`
	Ends        time.Time  `json:"ends"`
	Minutes     int        `json:"minutes"`
	Day         string     `json:"day"`
	DayJalali   string     `json:"day_jalali"`
	Status      string     `json:"status" doc:"proposed, booked, confirmed, checked_in, fulfilled, cancelled_by_patient, cancelled_by_clinic, no_show or entered_in_error"`
	Channel     string     `json:"channel" doc:"in_person, phone or online"`
	Overbooked  bool       `json:"overbooked" doc:"beyond the capacity"`
	Note        string     `json:"note,omitempty"`
	SeriesID    string     `json:"series_id,omitempty" doc:"of appointments that were booked together"`
	Moves       int        `json:"moves" doc:"how often it was moved"`
	AdmissionID string     `json:"admission_id,omitempty" doc:"that it became"`
	Reason      string     `json:"reason,omitempty" doc:"why it was cancelled"`
	Arrived     *time.Time `json:"arrived,omitempty"`
	Ended       *time.Time `json:"ended,omitempty" doc:"when it was cancelled or missed"`
	Recorded    time.Time  `json:"recorded"`
	Version     int64      `json:"version" doc:"what If-Match names"`
}

func showAppointment(c clinic.Clinic, a clinic.Appointment) Appointment {
	day := c.Day(a.Starts)
	return Appointment{ID: name(a.ID), PatientID: name(a.Patient), ProviderID: name(a.Provider), ServiceID: name(a.Service), BranchID: name(a.Branch),
		RoomID: name(a.Room), DeviceID: name(a.Device), Starts: a.Starts.UTC(), Ends: a.Ends.UTC(), Minutes: a.Minutes(), Day: string(day), DayJalali: twin(day),
		Status: string(a.Status), Channel: string(a.Channel), Overbooked: a.Overbooked, Note: a.Note, SeriesID: name(a.Series), Moves: a.Moves,
		AdmissionID: name(a.Admission), Reason: a.Reason, Arrived: someTime(a.Arrived), Ended: someTime(a.Ended), Recorded: a.Recorded.UTC(), Version: a.Version}
}

// BookedDeposit is a deposit that is for an appointment, with what the clinic's
// tiers would keep of it when the visit does not happen, and the rest.
type BookedDeposit struct {
	Deposit
	Proposed   money.Amount `json:"proposed_forfeit" doc:"what the clinic's tiers would keep of it; of an appointment that is over, by when it was cancelled"`
	Refundable money.Amount `json:"refundable" doc:"what is left of it then"`
}

// showBookedDeposits is empty for who may not see money.
func showBookedDeposits(a clinic.Actor, deposits []clinic.Deposit, proposed []money.Amount) []BookedDeposit {
	shown := []BookedDeposit{}
	for i, d := range deposits {
		if a.Can(clinic.ReadMoney) {
			shown = append(shown, BookedDeposit{showDeposit(d), proposed[i], d.Remaining - proposed[i]})
		}
	}
	return shown
}

// waitingPerson is somebody of the waitlist who could have a time that became
// free.
type waitingPerson struct {
	ID        string `json:"id" doc:"of the line, for waitlist_id"`
	PatientID string `json:"patient_id"`
	Patient   string `json:"patient"`
	Mobile    string `json:"mobile,omitempty"`
}

// appointed is the answer to a command on an appointment.
type appointed struct {
	Appointment Appointment     `json:"appointment"`
	Deposits    []BookedDeposit `json:"deposits" doc:"that are for it; none without the right to see money"`
	Waiting     []waitingPerson `json:"waiting" doc:"who of the waitlist could have the time that became free"`
	Effect
}

func (s *server) showAppointed(ctx context.Context, a clinic.Actor, done desk.Booked) (*answer[appointed], error) {
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	shown := appointed{Appointment: showAppointment(c, done.Appointment), Deposits: showBookedDeposits(a, done.Deposits, done.Proposed),
		Waiting: []waitingPerson{}, Effect: showEffect(a, done.Effect)}
	for _, w := range done.Suits {
		shown.Waiting = append(shown.Waiting, waitingPerson{name(w.ID), name(w.Patient), w.PatientName, w.Mobile})
	}
	return &answer[appointed]{ETag: etag(done.Appointment.Version), Body: shown}, nil
}

// etag is the version of a record as a header says it.
func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// matched reads the version that a header or a form says was read, nil for none.
// Invalid request.version for one that is no version, and where the two differ.
func matched(header string, said *int64) (*int64, error) {
	text := strings.TrimSpace(header)
	if text == "" || text == "*" {
		return said, nil
	}
	version, err := strconv.ParseInt(strings.Trim(text, `"`), 10, 64)
	if err != nil || said != nil && *said != version {
		return nil, fault.New(fault.Invalid, "request.version", "the header If-Match is the ETag that was read").At("If-Match")
	}
	return &version, nil
}

// startOf reads an instant that has to be there. Invalid date.syntax.
func startOf(text, field string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, fault.New(fault.Invalid, "date.syntax", "%q is no RFC 3339 instant", text).At(field)
	}
	// What is not written with four digits of the year cannot be written down.
	if t = t.UTC(); t.Year() < 1 || t.Year() > 9999 {
		return t, fault.New(fault.Invalid, "date.range", "%q lies beyond all years", text).At(field)
	}
	return t, nil
}

// BookForm is what a booking says; the body of POST /appointments.
type BookForm struct {
	PatientID   string       `json:"patient_id"`
	ProviderID  string       `json:"provider_id"`
	ServiceID   string       `json:"service_id,omitempty"`
	Starts      string       `json:"starts" doc:"an RFC 3339 instant on five minutes"`
	Minutes     int          `json:"minutes,omitempty" doc:"as long as the service, or a slot of the provider, when missing"`
	BranchID    string       `json:"branch_id,omitempty" doc:"wherever the provider is then when missing"`
	Channel     string       `json:"channel,omitempty" doc:"in_person, phone or online; in_person when missing"`
	Note        string       `json:"note,omitempty"`
	Overbook    bool         `json:"overbook,omitempty" doc:"beyond the capacity; takes a right of its own"`
	WaitlistID  string       `json:"waitlist_id,omitempty" doc:"the line of the waitlist that it answers"`
	ActivityID  string       `json:"activity_id,omitempty" doc:"the activity that it comes of, which is done then"`
	LeadID      string       `json:"lead_id,omitempty" doc:"the lead that it comes of; it is booked then"`
	Deposit     *bookDeposit `json:"deposit,omitempty" doc:"a deposit that comes with it; an amount alone is only asked for"`
	UseDeposits []string     `json:"use_deposit_ids,omitempty" doc:"deposits of the patient that are for it from now on"`
	SeenVersion *int64       `json:"seen_version,omitempty" doc:"of the account"`
	DryRun      bool         `json:"dry_run,omitempty"`
}

// bookDeposit is a deposit that comes with an appointment.
type bookDeposit struct{ DepositMoney }

// book turns the form into the command.
func (f BookForm) book() (cmd desk.Book, err error) {
	cmd = desk.Book{Minutes: f.Minutes, Channel: clinic.Channel(f.Channel), Note: f.Note, Overbook: f.Overbook, Seen: f.SeenVersion}
	if cmd.Patient, err = number[clinic.PatientID](f.PatientID, "patient", "patient_id"); err != nil {
		return cmd, err
	}
	if cmd.Provider, err = number[clinic.ProviderID](f.ProviderID, "provider", "provider_id"); err != nil {
		return cmd, err
	}
	if cmd.Service, err = number[clinic.ServiceID](f.ServiceID, "service", "service_id"); err != nil {
		return cmd, err
	}
	if cmd.Branch, err = number[clinic.BranchID](f.BranchID, "branch", "branch_id"); err != nil {
		return cmd, err
	}
	if cmd.Wait, err = number[clinic.WaitID](f.WaitlistID, "waitlist", "waitlist_id"); err != nil {
		return cmd, err
	}
	if cmd.Lead, err = number[clinic.LeadID](f.LeadID, "lead", "lead_id"); err != nil {
		return cmd, err
	}
	if cmd.Activity, err = number[clinic.ActivityID](f.ActivityID, "activity", "activity_id"); err != nil {
		return cmd, err
	}
	if cmd.Starts, err = startOf(f.Starts, "starts"); err != nil {
		return cmd, err
	}
	for _, text := range f.UseDeposits {
		id, err := number[clinic.DepositID](text, "deposit", "use_deposit_ids")
		if err != nil {
			return cmd, err
		}
		cmd.Use = append(cmd.Use, id)
	}
	cmd.Deposit, err = f.Deposit.booked()
	return cmd, err
}

// booked is the deposit as the command knows it, nil for none.
func (f *bookDeposit) booked() (*desk.BookDeposit, error) {
	if f == nil {
		return nil, nil
	}
	lines, err := f.lines()
	if err != nil {
		return nil, err
	}
	d := &desk.BookDeposit{Lines: lines}
	if f.Amount != nil {
		d.Amount = money.Amount(*f.Amount)
	}
	return d, nil
}

func (s *server) bookAppointment(ctx context.Context, a clinic.Actor, in *post[BookForm]) (*answer[appointed], error) {
	form, err := decode[BookForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	cmd, err := form.book()
	if err != nil {
		return nil, err
	}
	cmd.Request = request
	done, err := s.desk.Book(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return s.showAppointed(ctx, a, done)
}

// versioned is a call with a body on one record, of a version that was read.
type versioned[B any] struct {
	ID      string `path:"id"`
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	IfMatch string `header:"If-Match" doc:"the ETag that was read; not compared when missing"`
	RawBody []byte `contentType:"application/json"`
}

func (versioned[B]) bodyType() reflect.Type { return reflect.TypeFor[B]() }

// AppointmentUse is what every command on an appointment says.
type AppointmentUse struct {
	Version     *int64 `json:"version,omitempty" doc:"of the appointment that was read; If-Match says the same"`
	SeenVersion *int64 `json:"seen_version,omitempty" doc:"of the account"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

// onAppointment reads the form of a command on an appointment, carries it out
// and shows what it did.
func onAppointment[F any](ctx context.Context, s *server, a clinic.Actor, in *versioned[F], use func(F) AppointmentUse,
	do func(F, desk.OnAppointment) (desk.Booked, error)) (*answer[appointed], error) {
	form, err := decode[F](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, said := desk.OnAppointment{}, use(form)
	if on.Request, err = keyed(in.Key, said.DryRun); err != nil {
		return nil, err
	}
	if on.Appointment, err = number[clinic.AppointmentID](in.ID, "appointment", "id"); err != nil {
		return nil, err
	}
	if on.Version, err = matched(in.IfMatch, said.Version); err != nil {
		return nil, err
	}
	on.Seen = said.SeenVersion
	done, err := do(form, on)
	if err != nil {
		return nil, err
	}
	return s.showAppointed(ctx, a, done)
}
