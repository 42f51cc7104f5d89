package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// RegisterPatient is the form of a new patient. Without a file number the next
// of the series is given; to give one by hand takes a right of its own.
type RegisterPatient struct {
	Patient    clinic.Patient
	Referrer   clinic.Referrer   // details of the referrer that Patient names, for one who is new
	Insurance  *clinic.Insurance // nil: none
	AskSimilar bool              // refuse while others look like the same person
	Lead       clinic.LeadID     `json:",omitempty"` // that it comes of; 0: none
	Request    Request           `json:"-"`
}

// RegisterPatient adds a patient and returns it with its file number. Faults
// are those of clinic.CheckPatient, clinic.CheckCoverage and clinic.CheckInsured
// with the field named after the kind of insurance, Invalid
// patient.file_number, patient.introducer and patient.introducer_inactive,
// Conflict patient.file_number, patient.national_code and
// patient.national_code_taken, and Refused patient.similar when AskSimilar is
// set. With a lead, NotFound lead.none and Conflict lead.patient; Forbidden
// without the right to work on leads.
func (d *Desk) RegisterPatient(ctx context.Context, actor clinic.Actor, r RegisterPatient) (clinic.Patient, error) {
	if err := maySetNumber(actor, r.Patient.FileNumber); err != nil {
		return clinic.Patient{}, err
	}
	if r.Lead != 0 {
		if err := actor.May(clinic.WriteLeads); err != nil {
			return clinic.Patient{}, err
		}
	}
	return command(ctx, d, actor, clinic.WritePatients, "patient.register", r.Request, r,
		func(w work) (clinic.Patient, error) {
			p, err := w.registering(ctx, r)
			if err == nil && r.Insurance != nil {
				err = w.insure(ctx, p, *r.Insurance)
			}
			if err == nil {
				err = w.registeredFrom(ctx, r.Lead, p)
			}
			return p, err
		})
}

// registering looks for others like the patient before it is added.
func (w work) registering(ctx context.Context, r RegisterPatient) (clinic.Patient, error) {
	p, err := clinic.CheckPatient(r.Patient, w.today())
	if err != nil {
		return p, err
	}
	if r.AskSimilar {
		similar, err := w.similar(ctx, p)
		if err != nil {
			return p, err
		}
		if len(similar) > 0 {
			return p, fault.New(fault.Refused, "patient.similar", "%d others may be the same person", len(similar))
		}
	}
	if p, err = w.refer(ctx, p, r.Referrer); err != nil {
		return p, err
	}
	return w.registerPatient(ctx, p)
}

// registerPatient adds a patient in the transaction at hand. A time of
// registration that is given, by an import, stays.
func (w work) registerPatient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	p, err := w.checkPatient(ctx, p, clinic.Patient{})
	if err != nil {
		return p, err
	}
	p.ID, p.Version, p.RegisteredBy = clinic.PatientID(w.id()), 1, w.actor.Staff
	if p.Registered.IsZero() {
		p.Registered = w.now
	}
	if p.FileNumber == 0 {
		next, err := w.NextNumber(ctx, store.PatientNumbers, 0)
		if err != nil {
			return p, err
		}
		p.FileNumber = clinic.FileNumber(next)
	} else if err := w.NumberTaken(ctx, store.PatientNumbers, 0, int64(p.FileNumber)); err != nil {
		return p, err
	}
	if err := w.AddPatient(ctx, p); err != nil {
		return p, err
	}
	if err := w.consents(ctx, clinic.Patient{}, p); err != nil {
		return p, err
	}
	return p, w.audit(ctx, "patient.register", p.ID, 0)
}

// maxFileNumber keeps a slip of the finger from spoiling the series.
const maxFileNumber = 999_999_999

// maySetNumber refuses a number by hand to those who may not choose one.
func maySetNumber(actor clinic.Actor, n clinic.FileNumber) error {
	if n == 0 {
		return nil
	}
	err := actor.May(clinic.SetFileNumber)
	if e, ok := fault.As(err); ok {
		return e.At("file_number")
	}
	return err
}

// checkPatient cleans the form and looks at what it refers to. old is what is
// written now; of a new patient it has no id.
func (w work) checkPatient(ctx context.Context, p, old clinic.Patient) (clinic.Patient, error) {
	p, err := clinic.CheckPatient(p, w.today())
	if err != nil {
		return p, err
	}
	if p.FileNumber < 0 || p.FileNumber > maxFileNumber {
		return p, fault.New(fault.Invalid, "patient.file_number_form", "a file number has 1 to 9 digits").At("file_number")
	}
	if p.Branch == 0 {
		p.Branch = w.actor.Branch
	} else if _, err := w.Branch(ctx, p.Branch); err != nil {
		return p, err
	}
	if err := w.checkCode(ctx, p); err != nil {
		return p, err
	}
	if p, err = w.refer(ctx, p, clinic.Referrer{}); err != nil {
		return p, err
	}
	return w.checkIntroducer(ctx, p, old)
}

// checkCode refuses a national code that another patient has. Who may see that
// patient is told which file it is: Conflict patient.national_code with the
// file's number and the patient; others only that it is taken: Conflict
// patient.national_code_taken.
func (w work) checkCode(ctx context.Context, p clinic.Patient) error {
	if p.NationalCode == "" {
		return nil
	}
	other, err := w.PatientByNationalCode(ctx, p.NationalCode)
	switch {
	case fault.Of(err) == fault.NotFound || err == nil && other.ID == p.ID:
		return nil
	case err != nil:
		return err
	}
	seen, err := w.person(ctx, other.ID)
	if fault.Of(err) == fault.NotFound {
		return fault.New(fault.Conflict, "patient.national_code_taken", "the national code is taken").At("national_code")
	}
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "patient.national_code", "another patient has this national code").At("national_code").
		With("file_number", seen.FileNumber.String()).With("patient", strconv.FormatInt(int64(seen.ID), 10))
}

// checkIntroducer refuses an introducer who is nobody, the patient or no
// marketer. One who was named before and has stopped since may stay.
func (w work) checkIntroducer(ctx context.Context, p, old clinic.Patient) (clinic.Patient, error) {
	if p.Introducer == 0 || p.Introducer == old.Introducer {
		return p, nil
	}
	who, err := w.person(ctx, p.Introducer)
	switch {
	case fault.Of(err) == fault.NotFound || err == nil && who.ID == old.ID:
		return p, fault.New(fault.Invalid, "patient.introducer", "the introducer is no patient of the clinic").At("introducer")
	case err != nil:
		return p, err
	case who.MarketerStatus != clinic.Marketing:
		return p, fault.New(fault.Invalid, "patient.introducer_inactive", "the introducer is no active marketer").At("introducer")
	}
	p.Introducer = who.ID
	return p, nil
}

// EditPatient is the form of a patient that exists; Patient has the id and the
// version that was read.
type EditPatient struct {
	Patient   clinic.Patient
	Referrer  clinic.Referrer   // details of the referrer that Patient names, for one who is new
	Insurance *clinic.Insurance // nil: it stays as it is
	Request   Request           `json:"-"`
}

// EditPatient writes the form back and returns the patient. Faults are those
// of RegisterPatient, NotFound patient.none, and Conflict patient.stale when
// it was changed in between.
func (d *Desk) EditPatient(ctx context.Context, actor clinic.Actor, e EditPatient) (clinic.Patient, error) {
	return command(ctx, d, actor, clinic.WritePatients, "patient.edit", e.Request, e,
		func(w work) (clinic.Patient, error) {
			p, err := w.editPatient(ctx, e)
			if err == nil && e.Insurance != nil {
				err = w.insure(ctx, p, *e.Insurance)
			}
			return p, err
		})
}

func (w work) editPatient(ctx context.Context, e EditPatient) (clinic.Patient, error) {
	p := e.Patient
	old, err := w.person(ctx, p.ID)
	if err != nil {
		return p, err
	}
	// A form of a file that was merged meanwhile is about other values, whatever
	// its version.
	alias := p.ID != old.ID
	p.ID = old.ID
	if alias || p.Version != old.Version {
		return p, fault.New(fault.Conflict, "patient.stale", "the file was changed by someone else")
	}
	if p.Branch == 0 {
		p.Branch = old.Branch
	}
	if p.FileNumber == 0 {
		p.FileNumber = old.FileNumber
	}
	if p, err = w.refer(ctx, p, e.Referrer); err != nil {
		return p, err
	}
	if p, err = w.checkPatient(ctx, p, old); err != nil {
		return p, err
	}
	p.Registered, p.RegisteredBy, p.MergedInto = old.Registered, old.RegisteredBy, old.MergedInto
	if p.FileNumber != old.FileNumber {
		if err := maySetNumber(w.actor, p.FileNumber); err != nil {
			return p, err
		}
		if err := w.NumberTaken(ctx, store.PatientNumbers, 0, int64(p.FileNumber)); err != nil {
			return p, err
		}
	}
	if err := w.SavePatient(ctx, p); err != nil {
		return p, err
	}
	if err := w.consents(ctx, old, p); err != nil {
		return p, err
	}
	p.Version++
	return p, w.audit(ctx, "patient.edit", p.ID, 0)
}

// Patient returns one patient; the audit says who read it. NotFound
// patient.none.
func (d *Desk) Patient(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (clinic.Patient, error) {
	return readPatient(ctx, d, actor, "patient.read", func(w work) (clinic.Patient, clinic.PatientID, error) {
		p, err := w.person(ctx, id)
		return w.read(p), p.ID, err
	})
}

// read is a patient as the actor may read them. Who writes patients reads them
// whole, or what was not shown would be written over.
func (w work) read(p clinic.Patient) clinic.Patient {
	if w.actor.Can(clinic.WritePatients) {
		return p
	}
	return w.masked(p)
}

// PatientByFileNumber returns the patient with the number on the file. NotFound
// patient.none.
func (d *Desk) PatientByFileNumber(ctx context.Context, actor clinic.Actor, n clinic.FileNumber) (clinic.Patient, error) {
	return readPatient(ctx, d, actor, "patient.read", func(w work) (clinic.Patient, clinic.PatientID, error) {
		p, err := w.PatientByFileNumber(ctx, n)
		if err == nil {
			p, err = w.person(ctx, p.ID)
		}
		return w.read(p), p.ID, err
	})
}

// readPatient answers a question about patients from one snapshot and then
// notes who asked it: one line of the audit for one question.
func readPatient[A any](ctx context.Context, d *Desk, actor clinic.Actor, action string,
	ask func(w work) (A, clinic.PatientID, error)) (answer A, err error) {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return answer, err
	}
	var whom clinic.PatientID
	err = d.read(ctx, actor, func(w work) (err error) {
		answer, whom, err = ask(w)
		return err
	})
	if err == nil {
		err = d.write(ctx, actor, func(w work) error { return w.auditRead(ctx, action, whom, shownIn(answer)) })
	}
	if err != nil {
		var none A
		return none, err
	}
	return answer, nil
}
