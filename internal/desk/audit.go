package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// audit writes who did or saw what.
func (w work) audit(ctx context.Context, action string, patient clinic.PatientID, object int64) error {
	if err := w.auditLine(ctx, store.Audit{Action: action, Patient: patient, Object: object}); err != nil {
		return err
	}
	return w.tell(ctx, action, patient, object)
}

// auditRead writes whom an answer was about and whom it showed: one line for
// one question, however many people a list has.
func (w work) auditRead(ctx context.Context, action string, whom clinic.PatientID, shown store.Shown) error {
	return w.auditLine(ctx, store.Audit{Action: action, Patient: whom, Shown: shown})
}

// auditLine writes a line of the actor, now.
func (w work) auditLine(ctx context.Context, line store.Audit) error {
	line.ID, line.At, line.Staff, line.Origin = w.id(), w.now, w.actor.Staff, w.actor.Origin
	if w.tried != nil {
		*w.tried = append(*w.tried, line)
	}
	return w.Audit(ctx, line)
}

// auditPreview writes that commands were only tried. A dry run is rolled back
// with its lines, but its answer shows the patient's account.
func (d *Desk) auditPreview(ctx context.Context, actor clinic.Actor, tried []store.Audit) error {
	if len(tried) == 0 {
		return nil
	}
	return d.write(ctx, actor, func(w work) error {
		for _, line := range tried {
			// What the command would have made does not exist.
			if err := w.audit(ctx, line.Action+".preview", line.Patient, 0); err != nil {
				return err
			}
		}
		return nil
	})
}

// shows is an answer that lists people. A new list says whom it shows here, so
// that its line in the audit names them.
type shows interface{ shown() []clinic.PatientID }

func (p PatientPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Patient.ID)
	}
	return people
}

func (c FormChoices) shown() []clinic.PatientID { return idsOf(c.Marketers) }

func (f PatientFile) shown() []clinic.PatientID {
	people := idsOf(f.Marketers)
	if f.Introducer.ID != 0 {
		people = append(people, f.Introducer.ID)
	}
	return people
}

func idsOf(patients []clinic.Patient) (people []clinic.PatientID) {
	for _, p := range patients {
		people = append(people, p.ID)
	}
	return people
}

// shownIn is whom an answer lists; nobody for one about a single person.
func shownIn(answer any) store.Shown {
	switch a := answer.(type) {
	case shows:
		return store.ShownTo(a.shown())
	case []clinic.Patient:
		return store.ShownTo(idsOf(a))
	case []Match:
		var people []clinic.PatientID
		for _, m := range a[:min(len(a), mostMatches)] {
			people = append(people, m.Patient.ID)
		}
		return store.ShownTo(people)
	}
	return nil
}
