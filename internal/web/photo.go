package web

import (
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// GET /patients/{patient}/photo answers the picture itself; no cache keeps it.
func (s *server) photo(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	jpeg, err := s.Desk.Photo(v.r.Context(), v.actor, patient)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "image/jpeg")
	v.w.WriteHeader(http.StatusOK)
	if _, err := v.w.Write(jpeg); err != nil {
		s.Log.WarnContext(v.r.Context(), "photo was not written whole", "route", v.r.Pattern, "err", err)
	}
	return nil
}

// POST /patients/{patient}/photo keeps another picture, or none with remove.
func (s *server) setPhoto(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	if v.r.PostFormValue("remove") != "" {
		if err := s.Desk.RemovePhoto(v.r.Context(), v.actor, patient); err != nil {
			return err
		}
		return redirect(v, editPath(patient))
	}
	file, chosen, err := uploaded(v, "photo", clinic.MaxPhoto)
	if err == nil && !chosen {
		err = fault.New(fault.Invalid, "photo.format", "there is no file").At("photo")
	}
	if err != nil {
		return err
	}
	if err := s.Desk.SetPhoto(v.r.Context(), v.actor, patient, file.bytes); err != nil {
		return err
	}
	return redirect(v, editPath(patient))
}
