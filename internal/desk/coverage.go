package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// AddCoverage is the form of a patient's insurance.
type AddCoverage struct {
	Coverage clinic.Coverage
	Request  Request `json:"-"`
}

// AddCoverage adds an insurance of a patient and returns it. Faults are those of
// clinic.CheckCoverage and clinic.CheckInsured, NotFound patient.none and
// insurer.none.
func (d *Desk) AddCoverage(ctx context.Context, actor clinic.Actor, a AddCoverage) (clinic.Coverage, error) {
	return command(ctx, d, actor, clinic.WritePatients, "coverage.add", a.Request, a.Coverage,
		func(w work) (clinic.Coverage, error) {
			p, err := w.person(ctx, a.Coverage.Patient)
			if err != nil {
				return clinic.Coverage{}, err
			}
			a.Coverage.Patient = p.ID
			if i, err := w.Insurer(ctx, a.Coverage.Insurer); err == nil {
				if err := clinic.CheckInsured(p, i); err != nil {
					return clinic.Coverage{}, err
				}
			} else if fault.Of(err) != fault.NotFound {
				return clinic.Coverage{}, err
			}
			return w.addCoverage(ctx, a.Coverage)
		})
}

// addCoverage adds a coverage in the transaction at hand.
func (w work) addCoverage(ctx context.Context, c clinic.Coverage) (clinic.Coverage, error) {
	c, err := clinic.CheckCoverage(c)
	if err != nil {
		return c, err
	}
	c.ID = clinic.CoverageID(w.id())
	if err := w.AddCoverage(ctx, c); err != nil {
		return c, err
	}
	return c, w.audit(ctx, "coverage.add", c.Patient, int64(c.ID))
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

// insure makes the patient's insurances what the form says; see
// clinic.ReplaceCoverage. Invalid insurer.kind and the faults of
// clinic.CheckCoverage and clinic.CheckInsured, at the field with the kind
// before it: base_insurer.
func (w work) insure(ctx context.Context, p clinic.Patient, form clinic.Insurance) error {
	insurers, err := w.Insurers(ctx)
	if err != nil {
		return err
	}
	all, err := w.Coverages(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		kind clinic.InsurerKind
		form clinic.Coverage
	}{{clinic.BaseInsurance, form.Base}, {clinic.SupplementaryInsurance, form.Supplementary}} {
		if err := w.insureBy(ctx, p, part.kind, part.form, all, insurers); err != nil {
			if e, ok := fault.As(err); ok && e.Field != "" && e.Field != "national_code" {
				return e.At(string(part.kind) + "_" + e.Field)
			}
			return err
		}
	}
	return nil
}

func (w work) insureBy(ctx context.Context, p clinic.Patient, kind clinic.InsurerKind, form clinic.Coverage,
	all []clinic.Coverage, insurers []clinic.Insurer) error {
	ofKind := map[clinic.InsurerID]bool{}
	for _, i := range insurers {
		if i.ID == form.Insurer {
			if i.Kind != kind {
				return fault.New(fault.Invalid, "insurer.kind", "%s is no %s insurer", i.Name, kind).At("insurer")
			}
			if err := clinic.CheckInsured(p, i); err != nil {
				return err
			}
		}
		ofKind[i.ID] = i.Kind == kind
	}
	if form != (clinic.Coverage{}) {
		var err error
		if form, err = clinic.CheckCoverage(form); err != nil {
			return err
		}
		if !ofKind[form.Insurer] {
			return fault.New(fault.Invalid, "coverage.insurer", "there is no such insurer").At("insurer")
		}
	}
	held := clinic.HeldCoverage(all, ofKind, w.today())
	ended, now := clinic.ReplaceCoverage(held, form, w.today())
	if ended.ID != 0 {
		if err := w.saveCoverage(ctx, ended); err != nil {
			return err
		}
	}
	now.Patient = p.ID
	switch {
	case now.Insurer == 0:
		return nil
	case now.ID != 0:
		if _, err := clinic.CheckCoverage(now); err != nil {
			return err
		}
		return w.saveCoverage(ctx, now)
	}
	_, err := w.addCoverage(ctx, now)
	return err
}

// saveCoverage writes a coverage that was there before.
func (w work) saveCoverage(ctx context.Context, c clinic.Coverage) error {
	if err := w.SaveCoverage(ctx, c); err != nil {
		return err
	}
	return w.audit(ctx, "coverage.edit", c.Patient, int64(c.ID))
}
