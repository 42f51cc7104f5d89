package desk

import (
	"context"
	"strings"

	"daftar/internal/clinic"
)

// refer links the patient to the referrer that it names: the one with the id,
// one known by the name, else one who is added with the given details. Details
// that a known one lacks are taken over. Invalid with the faults of
// clinic.Referrer, NotFound referrer.none.
func (w work) refer(ctx context.Context, p clinic.Patient, details clinic.Referrer) (clinic.Patient, error) {
	if p.ReferrerID != 0 {
		r, err := w.Referrer(ctx, p.ReferrerID)
		p.Referrer = r.Name
		return p, err
	}
	if p.Referrer = strings.TrimSpace(p.Referrer); p.Referrer == "" {
		return p, nil
	}
	details.Name = p.Referrer
	form, err := details.Check()
	if err != nil {
		return p, err
	}
	known, found, err := w.knownReferrer(ctx, form)
	if err != nil {
		return p, err
	}
	if !found {
		known = form
		if known, err = w.addReferrer(ctx, form); err != nil {
			return p, err
		}
	} else if complete := known.Completed(form); complete != known {
		if err := w.saveReferrer(ctx, complete); err != nil {
			return p, err
		}
	}
	p.ReferrerID, p.Referrer = known.ID, known.Name
	return p, nil
}

// knownReferrer looks for the referrer of a form: first by the name as it is
// written, which is how most are found, then in any spelling.
func (w work) knownReferrer(ctx context.Context, form clinic.Referrer) (clinic.Referrer, bool, error) {
	named, err := w.ReferrersNamed(ctx, form.Name)
	if err != nil {
		return clinic.Referrer{}, false, err
	}
	if form.MedicalCouncilNumber == "" && len(named) == 1 {
		return named[0], true, nil
	}
	all, err := w.Referrers(ctx)
	if err != nil {
		return clinic.Referrer{}, false, err
	}
	if r, found := clinic.FindReferrer(all, form.Label()); found {
		return r, true, nil
	}
	r, found := clinic.FindReferrer(all, form.Name)
	other := r.MedicalCouncilNumber != "" && form.MedicalCouncilNumber != "" && r.MedicalCouncilNumber != form.MedicalCouncilNumber
	return r, found && !other, nil
}

func (w work) addReferrer(ctx context.Context, r clinic.Referrer) (clinic.Referrer, error) {
	r.ID, r.Version = clinic.ReferrerID(w.id()), 1
	if err := w.AddReferrer(ctx, r); err != nil {
		return r, err
	}
	return r, w.audit(ctx, "referrer.add", 0, int64(r.ID))
}

func (w work) saveReferrer(ctx context.Context, r clinic.Referrer) error {
	if err := w.SaveReferrer(ctx, r); err != nil {
		return err
	}
	return w.audit(ctx, "referrer.edit", 0, int64(r.ID))
}

// SaveReferrer is the form of a referrer, a new one without an id.
type SaveReferrer struct {
	Referrer clinic.Referrer
	Request  Request `json:"-"`
}

// SaveReferrer adds or changes a referrer. Faults are those of
// clinic.Referrer.Check, NotFound referrer.none and Conflict referrer.stale.
func (d *Desk) SaveReferrer(ctx context.Context, actor clinic.Actor, s SaveReferrer) (clinic.Referrer, error) {
	return command(ctx, d, actor, clinic.WritePatients, "referrer.save", s.Request, s.Referrer,
		func(w work) (clinic.Referrer, error) {
			r, err := s.Referrer.Check()
			if err != nil {
				return r, err
			}
			if r.ID == 0 {
				return w.addReferrer(ctx, r)
			}
			if _, err := w.Referrer(ctx, r.ID); err != nil {
				return r, err
			}
			if err := w.saveReferrer(ctx, r); err != nil {
				return r, err
			}
			r.Version++
			return r, nil
		})
}

// Referrers lists who sends patients, in the order they came.
func (d *Desk) Referrers(ctx context.Context, actor clinic.Actor) (all []clinic.Referrer, err error) {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.Referrers(ctx)
		return err
	})
	return all, err
}
