package desk

import (
	"context"

	"daftar/internal/clinic"
)

// SetPhoto keeps the picture of a patient, made by clinic.Photo from a file.
// Its faults are those of clinic.Photo and NotFound patient.none.
func (d *Desk) SetPhoto(ctx context.Context, actor clinic.Actor, id clinic.PatientID, file []byte) error {
	if err := actor.May(clinic.WritePatients); err != nil {
		return err
	}
	// A small file may be a large picture: one at a time is unpacked.
	select {
	case d.pictures <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	jpeg, err := clinic.Photo(file)
	<-d.pictures
	if err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		if err := w.SavePhoto(ctx, p.ID, jpeg, w.now, w.actor.Staff); err != nil {
			return err
		}
		return w.audit(ctx, "photo.edit", p.ID, 0)
	})
}

// RemovePhoto throws the picture of a patient away. NotFound patient.none.
func (d *Desk) RemovePhoto(ctx context.Context, actor clinic.Actor, id clinic.PatientID) error {
	if err := actor.May(clinic.WritePatients); err != nil {
		return err
	}
	return d.write(ctx, actor, func(w work) error {
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		if err := w.RemovePhoto(ctx, p.ID); err != nil {
			return err
		}
		return w.audit(ctx, "photo.remove", p.ID, 0)
	})
}

// Photo returns the picture of a patient as JPEG; the audit says who saw it.
// NotFound patient.none and photo.none.
func (d *Desk) Photo(ctx context.Context, actor clinic.Actor, id clinic.PatientID) ([]byte, error) {
	return readPatient(ctx, d, actor, "photo.read", func(w work) ([]byte, clinic.PatientID, error) {
		p, err := w.person(ctx, id)
		if err != nil {
			return nil, 0, err
		}
		jpeg, err := w.Photo(ctx, p.ID)
		return jpeg, p.ID, err
	})
}
