package desk

import (
	"context"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// FormChoices are what the form of a patient offers.
type FormChoices struct {
	Insurers  []clinic.Insurer
	Referrers []clinic.Referrer
	Marketers []clinic.Patient // who may be named as introducer
	Tags      []string         // in use
}

// mostOffered bounds each list that a form offers to choose from.
const mostOffered = 500

// PatientFile is a patient's form as it is written now.
type PatientFile struct {
	Patient    clinic.Patient
	Insurance  clinic.Insurance
	Referrer   clinic.Referrer
	Introducer clinic.Patient // none when there is none or it is of another branch
	Photo      bool           // there is a picture
	Changed    time.Time      // when it was written last
	ChangedBy  string
	Consents   map[clinic.ConsentClass]ConsentLine // the last change of each; none where nothing was said
	FormChoices
}

// FormChoices returns what the form of a new patient offers.
func (d *Desk) FormChoices(ctx context.Context, actor clinic.Actor) (FormChoices, error) {
	return readPatient(ctx, d, actor, "marketer.list", func(w work) (FormChoices, clinic.PatientID, error) {
		choices, err := w.formChoices(ctx)
		return choices, 0, err
	})
}

// PatientFile returns the form of a patient; the audit says who read it.
// NotFound patient.none.
func (d *Desk) PatientFile(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (PatientFile, error) {
	return readPatient(ctx, d, actor, "patient.read", func(w work) (PatientFile, clinic.PatientID, error) {
		f, err := w.patientFile(ctx, id)
		return f, f.Patient.ID, err
	})
}

func (w work) patientFile(ctx context.Context, id clinic.PatientID) (f PatientFile, err error) {
	if f.Patient, err = w.person(ctx, id); err != nil {
		return f, err
	}
	p := f.Patient
	if f.FormChoices, err = w.formChoices(ctx); err != nil {
		return f, err
	}
	coverages, err := w.Coverages(ctx, p.ID)
	if err != nil {
		return f, err
	}
	f.Insurance.Base = clinic.HeldCoverage(coverages, ofKind(f.Insurers, clinic.BaseInsurance), w.today())
	f.Insurance.Supplementary = clinic.HeldCoverage(coverages, ofKind(f.Insurers, clinic.SupplementaryInsurance), w.today())
	if p.ReferrerID != 0 {
		if f.Referrer, err = w.Referrer(ctx, p.ReferrerID); err != nil {
			return f, err
		}
	}
	if p.Introducer != 0 {
		f.Introducer, err = w.person(ctx, p.Introducer)
		if err != nil && fault.Of(err) != fault.NotFound {
			return f, err
		}
	}
	taken, err := w.PhotoChanged(ctx, p.ID)
	if err != nil {
		return f, err
	}
	f.Photo = !taken.IsZero()
	if f.Consents, err = w.lastConsents(ctx, p.ID); err != nil {
		return f, err
	}
	f.ChangedBy, f.Changed, err = w.PatientChange(ctx, p.ID)
	if fault.Of(err) == fault.NotFound {
		err = nil
	}
	return f, err
}

func (w work) formChoices(ctx context.Context) (c FormChoices, err error) {
	if c.Insurers, err = w.Insurers(ctx); err != nil {
		return c, err
	}
	if c.Referrers, err = w.Referrers(ctx); err != nil {
		return c, err
	}
	c.Referrers = c.Referrers[max(0, len(c.Referrers)-mostOffered):] // the newest
	marketers, err := w.Marketers(ctx, mostOffered)
	if err != nil {
		return c, err
	}
	if c.Marketers, err = w.seen(ctx, marketers, 0); err != nil {
		return c, err
	}
	lists, err := w.TagLists(ctx, mostOffered)
	for _, list := range lists {
		c.Tags = append(c.Tags, strings.Split(list, "\n")...)
	}
	slices.Sort(c.Tags)
	c.Tags = slices.Compact(c.Tags)
	return c, err
}

// ofKind is the set of the insurers of a kind.
func ofKind(insurers []clinic.Insurer, kind clinic.InsurerKind) map[clinic.InsurerID]bool {
	set := map[clinic.InsurerID]bool{}
	for _, i := range insurers {
		set[i.ID] = i.Kind == kind
	}
	return set
}
