package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// OrderedLine is one wanted service.
type OrderedLine struct {
	Service  clinic.ServiceID
	Provider clinic.ProviderID // 0: nobody named
	Quantity int64
	Discount clinic.Discount
}

// Insurers says who pays a part; 0 is nobody.
type Insurers struct {
	Base, Supplementary clinic.InsurerID
}

// Admit is the command "admit the patient for these services". Coverage nil
// takes the patient's coverages of the day. A draft owes nothing yet.
type Admit struct {
	Patient  clinic.PatientID
	Lines    []OrderedLine
	Coverage *Insurers
	Code     string // of a discount; "" for none
	Draft    bool
	// Appointment is what the patient came for; it becomes the admission.
	Appointment clinic.AppointmentID
	Request     Request `json:"-"`
}

// Position is what a patient owes: positive is owed by the patient, negative
// by the clinic; and what deposits of the patient hold, which is no part of it.
// Version counts the movements of both; a money command that carries an older
// one is refused.
type Position struct {
	Balance  money.Amount
	Deposits money.Amount
	Version  int64
}

// Admitted is the answer of admission commands.
type Admitted struct {
	Admission clinic.Admission
	// CodeUnused is what a discount code could give beyond the patient's share: it
	// is gone with the code.
	CodeUnused money.Amount `json:",omitempty"`
	Effect
}

// Admit carries out the command.
//
// A discount beyond the actor's cap is refused, unless the admission is a draft,
// which then waits for approval. Faults of a line are at its field, as
// "quantity-0".
//
// NotFound patient.none, service.none, insurer.none, appointment.none; Refused
// appointment.other for another person's, appointment.status,
// appointment.not_today; Invalid and Refused of clinic.PriceLine, Admission.Approve and Admission.Total.
func (d *Desk) Admit(ctx context.Context, actor clinic.Actor, cmd Admit) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.write", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, err := w.order(ctx, cmd)
		if err != nil {
			return Admitted{}, err
		}
		before, err := w.watchPerson(ctx, a.Patient, nil)
		if err != nil {
			return Admitted{}, err
		}
		if cmd.Draft {
			a = a.Offer(w.actor.Staff, w.actor.DiscountCap())
		} else if a, err = a.Approve(w.actor.Staff, w.actor.DiscountCap()); err != nil {
			return Admitted{}, err
		}
		a, code, err := w.applyCode(ctx, a, cmd.Code)
		if err != nil {
			return Admitted{}, err
		}
		if a, err = w.admit(ctx, a, !cmd.Draft); err != nil {
			return Admitted{}, err
		}
		if err := w.takeCode(ctx, a, code); err != nil {
			return Admitted{}, err
		}
		if err := w.fulfil(ctx, cmd.Appointment, a); err != nil {
			return Admitted{}, err
		}
		if !cmd.Draft {
			if err := w.leadsAdmitted(ctx, a); err != nil {
				return Admitted{}, err
			}
		}
		done, err := w.admitted(ctx, "admission.write", a, before)
		done.CodeUnused = code.unused()
		return done, err
	})
}

// admitted audits an admission command and answers it; before is what it
// found.
func (w work) admitted(ctx context.Context, action string, a clinic.Admission, before Effect) (Admitted, error) {
	if err := w.audit(ctx, action, a.Patient, int64(a.ID)); err != nil {
		return Admitted{}, err
	}
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return Admitted{}, err
	}
	effect, err := w.watched(ctx, files, before)
	return Admitted{Admission: a, Effect: effect}, err
}

// order prices the wanted services on today's tariffs.
func (w work) order(ctx context.Context, cmd Admit) (a clinic.Admission, err error) {
	p, err := w.person(ctx, cmd.Patient)
	if err != nil {
		return a, err
	}
	cmd.Patient = p.ID
	a = clinic.Admission{Patient: cmd.Patient, At: w.now, Branch: w.actor.Branch}
	insurers, err := w.insurers(ctx, cmd)
	if err != nil {
		return a, err
	}
	payers, err := w.payers(ctx, insurers)
	if err != nil {
		return a, err
	}
	a.BaseInsurer, a.SupplementaryInsurer = insurers.Base, insurers.Supplementary
	for i, l := range cmd.Lines {
		ordered, err := w.ordered(ctx, l, nil)
		if err != nil {
			return a, clinic.AtLine(err, i)
		}
		line, err := clinic.PriceLine(ordered, payers, w.today())
		if err != nil {
			return a, clinic.AtLine(err, i)
		}
		a.Lines = append(a.Lines, line)
	}
	return a, nil
}

// ordered looks up one wanted service. A line that is kept may be of a service
// and a provider that were switched off since.
func (w work) ordered(ctx context.Context, l OrderedLine, kept *clinic.AdmissionLine) (line clinic.OrderedService, err error) {
	service, err := w.Service(ctx, l.Service)
	if err != nil {
		return line, err
	}
	if service.Disabled && kept == nil {
		return line, fault.New(fault.Refused, "service.off", "service %s is switched off", service.Code).With("service", service.Name)
	}
	if l.Provider != 0 && (kept == nil || kept.Provider != l.Provider) {
		provider, err := w.Provider(ctx, l.Provider)
		if err == nil && provider.Disabled {
			err = fault.New(fault.Refused, "provider.off", "the provider is switched off").With("provider", provider.Name)
		}
		if err != nil {
			return line, at(err, "provider")
		}
	}
	if l.Discount.Reason, err = cleanReason(l.Discount.Reason); err != nil {
		return line, err
	}
	tariffs, err := w.Tariffs(ctx, l.Service)
	return clinic.OrderedService{Service: service, Provider: l.Provider, Quantity: l.Quantity, Discount: l.Discount, Tariffs: tariffs}, err
}

// at puts a fault at a field.
func at(err error, field string) error {
	if e, ok := fault.As(err); ok {
		return e.At(field)
	}
	return err
}

// insurers are those of the command, or the patient's of today.
func (w work) insurers(ctx context.Context, cmd Admit) (found Insurers, err error) {
	if cmd.Coverage != nil {
		return *cmd.Coverage, nil
	}
	files, _, err := w.files(ctx, cmd.Patient, store.Moment{})
	if err != nil {
		return found, err
	}
	holding, err := w.coverages(ctx, files)
	if err != nil {
		return found, err
	}
	for _, c := range holding {
		insurer, err := w.Insurer(ctx, c.Insurer)
		if err != nil {
			return found, err
		}
		switch {
		case insurer.Kind == clinic.BaseInsurance && found.Base == 0:
			found.Base = c.Insurer
		case insurer.Kind == clinic.SupplementaryInsurance && found.Supplementary == 0:
			found.Supplementary = c.Insurer
		}
	}
	return found, nil
}

// payers loads the insurers and checks that each pays in its own turn.
func (w work) payers(ctx context.Context, i Insurers) (p clinic.Payers, err error) {
	load := func(id clinic.InsurerID, kind clinic.InsurerKind) (*clinic.Insurer, error) {
		if id == 0 {
			return nil, nil
		}
		insurer, err := w.Insurer(ctx, id)
		if err == nil && insurer.Kind != kind {
			err = fault.New(fault.Invalid, "insurer.kind", "insurer %s is no %s insurance", insurer.Code, kind).At("coverage")
		}
		return &insurer, err
	}
	if p.Base, err = load(i.Base, clinic.BaseInsurance); err != nil {
		return p, err
	}
	p.Supplementary, err = load(i.Supplementary, clinic.SupplementaryInsurance)
	return p, err
}

// admit totals, numbers and stores a priced admission and, when it is final,
// puts it into the books and lets the patient's credit pay it.
func (w work) admit(ctx context.Context, a clinic.Admission, final bool) (clinic.Admission, error) {
	a, err := a.Total(a.Lines)
	if err != nil {
		return a, err
	}
	a.ID, a.Day, a.Recorded, a.Staff, a.Version = clinic.AdmissionID(w.id()), w.clinic.Day(a.At), w.now, w.actor.Staff, 1
	a.Status = clinic.Draft
	a.Number.Year = a.Day.Date().Year
	if a.Number.Count, err = w.NextNumber(ctx, store.AdmissionNumbers, a.Number.Year); err != nil {
		return a, err
	}
	if !final {
		return a, w.AddAdmission(ctx, a, w.unit, time.Time{})
	}
	a, entries, err := clinic.Finalize(w.clinic, a, a.Day)
	if err != nil {
		return a, err
	}
	if err := w.AddAdmission(ctx, a, w.unit, w.now); err != nil {
		return a, err
	}
	if err := w.planSessions(ctx, a); err != nil {
		return a, err
	}
	return a, w.enter(ctx, a, entries, a.At)
}

// enter posts the entries of an admission, which count at the instant, and
// settles what credit can pay.
func (w work) enter(ctx context.Context, a clinic.Admission, entries []ledger.Entry, at time.Time) error {
	for _, e := range entries {
		if err := w.post(ctx, e, at, a.Patient, int64(a.ID)); err != nil {
			return err
		}
	}
	return w.settle(ctx, a.Patient, 0, at)
}
