package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// id writes an id as it stands in addresses.
func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// patientOf reads the patient of the path. NotFound patient.none for what is
// no id, as for an id nobody has.
func patientOf(v visit) (clinic.PatientID, error) {
	n, err := strconv.ParseInt(v.r.PathValue("patient"), 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, "patient.none", "there is no such patient")
	}
	return clinic.PatientID(n), nil
}
