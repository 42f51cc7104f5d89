package desk

import (
	"context"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// RegisterPatient is the form of a new patient. Without a file number the next
// of the series is given.
type RegisterPatient struct {
	Patient clinic.Patient
	Request Request `json:"-"`
}

// RegisterPatient adds a patient and returns it with its file number. Faults
// are those of clinic.CheckPatient, Invalid patient.file_number and
// patient.introducer, Conflict patient.file_number and patient.national_code.
func (d *Desk) RegisterPatient(ctx context.Context, actor clinic.Actor, r RegisterPatient) (clinic.Patient, error) {
	return command(ctx, d, actor, clinic.WritePatients, "patient.register", r.Request, r.Patient,
		func(w work) (clinic.Patient, error) { return w.registerPatient(ctx, r.Patient) })
}

// registerPatient adds a patient in the transaction at hand. A time of
// registration that is given, by an import, stays.
func (w work) registerPatient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	p, err := w.checkPatient(ctx, p)
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
	return p, w.audit(ctx, "patient.register", p.ID, 0)
}

// maxFileNumber keeps a slip of the finger from spoiling the series.
const maxFileNumber = 999_999_999

// checkPatient cleans the form and looks at what it refers to.
func (w work) checkPatient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	p, err := clinic.CheckPatient(p, w.today())
	if err != nil {
		return p, err
	}
	if p.FileNumber < 0 || p.FileNumber > maxFileNumber {
		return p, fault.New(fault.Invalid, "patient.file_number", "a file number has 1 to 9 digits").At("file_number")
	}
	if p.Branch == 0 {
		p.Branch = w.actor.Branch
	} else if _, err := w.Branch(ctx, p.Branch); err != nil {
		return p, err
	}
	if p.Introducer == 0 {
		return p, nil
	}
	_, err = w.person(ctx, p.Introducer)
	if fault.Of(err) == fault.NotFound {
		return p, fault.New(fault.Invalid, "patient.introducer", "the introducer is no patient of the clinic").At("introducer")
	}
	return p, err
}

// EditPatient is the form of a patient that exists; Patient has the id and the
// version that was read.
type EditPatient struct {
	Patient clinic.Patient
	Request Request `json:"-"`
}

// EditPatient writes the form back and returns the patient. Faults are those
// of RegisterPatient, NotFound patient.none, and Conflict patient.stale when
// it was changed in between.
func (d *Desk) EditPatient(ctx context.Context, actor clinic.Actor, e EditPatient) (clinic.Patient, error) {
	return command(ctx, d, actor, clinic.WritePatients, "patient.edit", e.Request, e.Patient,
		func(w work) (clinic.Patient, error) { return w.editPatient(ctx, e.Patient) })
}

func (w work) editPatient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	old, err := w.person(ctx, p.ID)
	if err != nil {
		return p, err
	}
	p.ID = old.ID
	if p.Branch == 0 {
		p.Branch = old.Branch
	}
	if p.FileNumber == 0 {
		p.FileNumber = old.FileNumber
	}
	if p, err = w.checkPatient(ctx, p); err != nil {
		return p, err
	}
	p.Registered, p.RegisteredBy = old.Registered, old.RegisteredBy
	if p.FileNumber != old.FileNumber {
		if err := w.NumberTaken(ctx, store.PatientNumbers, 0, int64(p.FileNumber)); err != nil {
			return p, err
		}
	}
	if err := w.SavePatient(ctx, p); err != nil {
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
		return p, p.ID, err
	})
}

// PatientByFileNumber returns the patient with the number on the file. NotFound
// patient.none.
func (d *Desk) PatientByFileNumber(ctx context.Context, actor clinic.Actor, n clinic.FileNumber) (clinic.Patient, error) {
	return readPatient(ctx, d, actor, "patient.read", func(w work) (clinic.Patient, clinic.PatientID, error) {
		p, err := w.PatientByFileNumber(ctx, n)
		if err == nil {
			p, err = w.person(ctx, p.ID)
		}
		return p, p.ID, err
	})
}

// SimilarPatients returns patients who may be the person of a form: the same
// name and the same mobile or birth date. A form that is wrong has none.
func (d *Desk) SimilarPatients(ctx context.Context, actor clinic.Actor, form clinic.Patient) ([]clinic.Patient, error) {
	return readPatient(ctx, d, actor, "patient.list", func(w work) ([]clinic.Patient, clinic.PatientID, error) {
		form.Mobile = cleanOr(farsi.Mobile, form.Mobile)
		if strings.TrimSpace(form.Name()) == "" {
			return nil, 0, nil
		}
		found, err := w.SimilarPatients(ctx, form)
		return found, 0, err
	})
}

// cleanOr is the cleaned value, or "" for one that cannot be cleaned.
func cleanOr(clean func(string) (string, error), value string) string {
	value, err := clean(value)
	if err != nil {
		return ""
	}
	return value
}

// AddCoverage is the form of a patient's insurance.
type AddCoverage struct {
	Coverage clinic.Coverage
	Request  Request `json:"-"`
}

// AddCoverage adds an insurance of a patient. Faults are those of
// clinic.CheckCoverage, NotFound patient.none and insurer.none.
func (d *Desk) AddCoverage(ctx context.Context, actor clinic.Actor, a AddCoverage) (clinic.CoverageID, error) {
	return command(ctx, d, actor, clinic.WritePatients, "coverage.add", a.Request, a.Coverage,
		func(w work) (clinic.CoverageID, error) {
			p, err := w.person(ctx, a.Coverage.Patient)
			if err != nil {
				return 0, err
			}
			a.Coverage.Patient = p.ID
			return w.addCoverage(ctx, a.Coverage)
		})
}

// addCoverage adds a coverage in the transaction at hand.
func (w work) addCoverage(ctx context.Context, c clinic.Coverage) (clinic.CoverageID, error) {
	c, err := clinic.CheckCoverage(c)
	if err != nil {
		return 0, err
	}
	c.ID = clinic.CoverageID(w.id())
	if err := w.AddCoverage(ctx, c); err != nil {
		return 0, err
	}
	return c.ID, w.audit(ctx, "coverage.add", c.Patient, int64(c.ID))
}

// Coverages returns the insurances of a patient, the newest first; the audit
// says who read them. NotFound patient.none.
func (d *Desk) Coverages(ctx context.Context, actor clinic.Actor, id clinic.PatientID) ([]clinic.Coverage, error) {
	return readPatient(ctx, d, actor, "coverage.read", func(w work) ([]clinic.Coverage, clinic.PatientID, error) {
		p, err := w.person(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		all, err := w.Coverages(ctx, p.ID)
		return all, p.ID, err
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
