package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// discount in a request: an amount, or a percentage in basis points.
type discount struct {
	Amount  amount `json:"amount,omitempty"`
	Percent int    `json:"percent,omitempty" doc:"basis points: 1000 is 10 percent"`
	Reason  string `json:"reason,omitempty"`
}

type orderedLine struct {
	ServiceID  string    `json:"service_id"`
	Quantity   *int64    `json:"quantity,omitempty" doc:"1 when missing"`
	ProviderID string    `json:"provider_id,omitempty"`
	Discount   *discount `json:"discount,omitempty"`
}

type coverage struct {
	BaseInsurerID          string `json:"base_insurer_id,omitempty"`
	SupplementaryInsurerID string `json:"supplementary_insurer_id,omitempty"`
}

type admitForm struct {
	Lines    []orderedLine `json:"lines"`
	Coverage *coverage     `json:"coverage,omitempty" doc:"the patient's insurances of today when missing"`
	Code     string        `json:"discount_code,omitempty"`
	Draft    bool          `json:"draft,omitempty"`
	Came     string        `json:"appointment_id,omitempty" doc:"of the patient, for today: it becomes the admission"`
	DryRun   bool          `json:"dry_run,omitempty"`
}

// clinic is the discount as the clinic knows it.
func (d discount) clinic() clinic.Discount {
	return clinic.Discount{Amount: money.Amount(d.Amount), Percent: d.Percent, Reason: d.Reason}
}

// admit turns the form into the command.
func (f admitForm) admit(patient clinic.PatientID) (cmd desk.Admit, err error) {
	cmd = desk.Admit{Patient: patient, Code: f.Code, Draft: f.Draft}
	if cmd.Appointment, err = number[clinic.AppointmentID](f.Came, "appointment", "appointment_id"); err != nil {
		return cmd, err
	}
	for _, l := range f.Lines {
		line, err := l.order()
		if err != nil {
			return cmd, err
		}
		cmd.Lines = append(cmd.Lines, line)
	}
	cmd.Coverage, err = f.Coverage.insurers()
	return cmd, err
}

// order is the wanted service as the desk knows it.
func (l orderedLine) order() (line desk.OrderedLine, err error) {
	line.Quantity = 1
	set(&line.Quantity, l.Quantity)
	if line.Service, err = number[clinic.ServiceID](l.ServiceID, "service", "service_id"); err != nil {
		return line, err
	}
	if line.Provider, err = number[clinic.ProviderID](l.ProviderID, "provider", "provider_id"); err != nil {
		return line, err
	}
	if l.Discount != nil {
		line.Discount = l.Discount.clinic()
	}
	return line, nil
}

// insurers are those of the form, nil when it names none.
func (c *coverage) insurers() (*desk.Insurers, error) {
	if c == nil {
		return nil, nil
	}
	var i desk.Insurers
	var err error
	if i.Base, err = number[clinic.InsurerID](c.BaseInsurerID, "insurer", "base_insurer_id"); err != nil {
		return nil, err
	}
	i.Supplementary, err = number[clinic.InsurerID](c.SupplementaryInsurerID, "insurer", "supplementary_insurer_id")
	return &i, err
}

// Shares is a price and who bears it.
type Shares struct {
	Gross              *money.Amount `json:"gross,omitempty"`
	BaseShare          *money.Amount `json:"base_share,omitempty"`
	SupplementaryShare *money.Amount `json:"supplementary_share,omitempty"`
	Discount           *money.Amount `json:"discount,omitempty"`
	VAT                *money.Amount `json:"vat,omitempty"`
	PatientShare       *money.Amount `json:"patient_share,omitempty"`
}

func showShares(a clinic.Actor, s clinic.Shares) Shares {
	return Shares{seen(a, s.Gross), seen(a, s.BaseShare), seen(a, s.SupplementaryShare), seen(a, s.Discount), seen(a, s.VAT), seen(a, s.PatientShare)}
}

type admissionLine struct {
	Line         int           `json:"line"`
	ServiceID    string        `json:"service_id"`
	Title        string        `json:"title"`
	ProviderID   string        `json:"provider_id,omitempty"`
	Quantity     int64         `json:"quantity"`
	UnitPrice    *money.Amount `json:"unit_price,omitempty"`
	Status       string        `json:"status"`
	Removed      bool          `json:"removed,omitempty" doc:"taken off: its figures are in no sum"`
	Sessions     int           `json:"sessions,omitempty" doc:"how many it takes; missing when none are planned"`
	SessionsDone int           `json:"sessions_done,omitempty"`
	LineDiscount
	Shares
}

// LineDiscount is why a line has a discount and who answers for it.
type LineDiscount struct {
	DiscountPercent int    `json:"discount_percent,omitempty" doc:"basis points, when it was given as a percentage"`
	DiscountReason  string `json:"discount_reason,omitempty"`
	DiscountByID    string `json:"discount_by_id,omitempty" doc:"who answers for it; missing while it awaits approval"`
	DiscountBy      string `json:"discount_by,omitempty"`
}

func showDiscount(a clinic.Actor, l clinic.AdmissionLine) LineDiscount {
	if !a.Can(clinic.ReadMoney) || l.Discount == 0 {
		return LineDiscount{}
	}
	return LineDiscount{l.DiscountPercent, l.DiscountReason, name(l.DiscountBy), l.DiscountByName}
}

// Admission is an admission in an answer, with its lines and the sums of them.
type Admission struct {
	ID                     string          `json:"id"`
	PatientID              string          `json:"patient_id"`
	Number                 string          `json:"number"`
	Status                 string          `json:"status"`
	Day                    string          `json:"day"`
	DayJalali              string          `json:"day_jalali"`
	At                     time.Time       `json:"at"`
	Recorded               time.Time       `json:"recorded"`
	BaseInsurerID          string          `json:"base_insurer_id,omitempty"`
	SupplementaryInsurerID string          `json:"supplementary_insurer_id,omitempty"`
	CancelReason           string          `json:"cancel_reason,omitempty"`
	DiscountRejected       string          `json:"discount_rejected,omitempty" doc:"why the discount that the draft asked for was rejected"`
	AwaitsApproval         bool            `json:"awaits_approval" doc:"a discount of the draft needs somebody who may give it"`
	Lines                  []admissionLine `json:"lines"`
	Shares
	Version int64 `json:"version"`
}

func showAdmission(a clinic.Actor, m clinic.Admission, lines []clinic.AdmissionLine) Admission {
	shown := Admission{ID: name(m.ID), PatientID: name(m.Patient), Number: m.Number.String(), Status: string(m.Status),
		Day: string(m.Day), DayJalali: twin(m.Day), At: m.At.UTC(), Recorded: m.Recorded.UTC(), BaseInsurerID: name(m.BaseInsurer),
		SupplementaryInsurerID: name(m.SupplementaryInsurer), CancelReason: m.CancelReason, DiscountRejected: m.DiscountRejected, Lines: []admissionLine{},
		Shares: showShares(a, m.Shares), Version: m.Version}
	m.Lines = lines
	shown.AwaitsApproval = m.AwaitsApproval()
	for _, l := range lines {
		shown.Lines = append(shown.Lines, admissionLine{Line: l.Line, ServiceID: name(l.Service), Title: l.Title, ProviderID: name(l.Provider),
			Quantity: l.Quantity, UnitPrice: seen(a, l.UnitPrice), Status: string(l.Status), Removed: l.Removed, Sessions: l.Sessions, SessionsDone: l.SessionsDone, LineDiscount: showDiscount(a, l),
			Shares: showShares(a, l.Shares)})
	}
	return shown
}

// Position is what a patient owes; version is what a money command may name
// as seen_version.
type Position struct {
	Balance  *money.Amount `json:"balance,omitempty"`
	Deposits *money.Amount `json:"deposits,omitempty"`
	Version  int64         `json:"version"`
}

func showPosition(a clinic.Actor, p desk.Position) Position {
	return Position{seen(a, p.Balance), seen(a, p.Deposits), p.Version}
}

type admitted struct {
	Admission Admission `json:"admission"`
	Position
	Effect
}

func replyAdmitted(a clinic.Actor, m desk.Admitted) *answer[admitted] {
	return reply(admitted{showAdmission(a, m.Admission, m.Admission.Lines), showPosition(a, m.After), showEffect(a, m.Effect)})
}

func (s *server) addAdmissions() {
	add(s, call{method: http.MethodGet, path: "/admissions", right: clinic.ReadStatement, touches: aboutMoney,
		object: "admission", says: "List admissions, newest first"}, s.listAdmissions)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/admissions", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "patient", says: "Admit a patient for services", created: true}, s.admit)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/finalize", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Put a draft into the books"}, s.finalize)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/cancel", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Cancel an admission; what was paid becomes credit. A final one needs the right to cancel"}, s.cancel)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/discount", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Set and approve the discounts of a draft; of one in the books, let the patient off a part of the share"}, s.discount)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/discount/reject", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Reject the discounts of a draft that wait for approval"}, s.rejectDiscount)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/lines/{line}/status", right: clinic.PerformServices, touches: aboutPatients,
		object: "admission", says: "Say how far a service is"}, s.perform)
}

func (s *server) admit(ctx context.Context, a clinic.Actor, in *postTo[admitForm]) (*answer[admitted], error) {
	form, err := decode[admitForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	cmd, err := form.admit(id)
	if err != nil {
		return nil, err
	}
	cmd.Request = request
	done, err := s.desk.Admit(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}
