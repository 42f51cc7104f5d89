package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// ConsentLine is a change of mind with who wrote it down.
type ConsentLine = store.ConsentLine

// consents writes down what a patient agrees to that was otherwise before: who
// said so, and when.
func (w work) consents(ctx context.Context, old, p clinic.Patient) error {
	for _, class := range clinic.ConsentChanges(old, p) {
		err := w.AddConsent(ctx, w.id(), clinic.Consent{Patient: p.ID, Class: class, Allowed: p.Allows(class), At: w.now, Staff: w.actor.Staff})
		if err != nil {
			return err
		}
	}
	return nil
}

// lastConsents is the last change of each class that a patient said something
// about.
func (w work) lastConsents(ctx context.Context, patient clinic.PatientID) (map[clinic.ConsentClass]ConsentLine, error) {
	lines, err := w.Consents(ctx, patient)
	last := map[clinic.ConsentClass]ConsentLine{}
	for _, l := range lines {
		last[l.Class] = l
	}
	return last, err
}
