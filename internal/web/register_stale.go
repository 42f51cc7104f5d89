package web

import (
	"maps"
	"net/http"
	"strings"

	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// outdated notes what somebody else wrote while the form was open, field by
// field, and lets the form be sent again on the version of now. A field that the
// person left as it was takes over what is written now, so that sending again
// undoes nothing.
func (s *server) outdated(v visit, f *patientForm, file desk.PatientFile) error {
	now, yours := writtenForm(v, file), f.cleaned(v, file)
	choices, err := s.offers(v, now.fields, file.FormChoices)
	if err != nil {
		return err
	}
	stale := &view.StaleForm{By: file.ChangedBy,
		When: v.l.T("register.stale.when", "day", v.l.Day(v.clinic.Day(file.Changed)), "clock", v.l.Clock(file.Changed))}
	for _, t := range textFields(&file.Patient) {
		if f.untouched(t.name, f.fields[t.name]) {
			f.fields[t.name] = now.fields[t.name]
			continue
		}
		f.differ(v, stale, t.name, now.fields[t.name], yours[t.name], choices)
	}
	for _, name := range otherFields {
		if f.untouched(name, f.fields[name]) {
			f.fields[name] = now.fields[name]
			continue
		}
		if !strings.HasPrefix(name, "referrer_") && (name != "file_number" || yours[name] != "") {
			f.differ(v, stale, name, now.fields[name], yours[name], choices)
		}
	}
	for _, box := range []struct {
		name string
		now  bool
		mine *bool
	}{{"sms_service", now.service, &f.service}, {"sms_advertising", now.advertising, &f.advertising}} {
		if f.untouched(box.name, yesOrNo(*box.mine)) {
			*box.mine = box.now
			continue
		}
		f.differ(v, stale, box.name, yesOrNo(box.now), yesOrNo(*box.mine), choices)
	}
	f.stale, f.version, f.status, f.opened = stale, now.version, http.StatusConflict, now.shownValues()
	return nil
}

// untouched reports whether a field still holds what the form showed when it was
// opened.
func (f *patientForm) untouched(name, typed string) bool {
	was, known := f.opened[name]
	return known && was == typed
}

// shownValues are the values of the form, to be kept beside it.
func (f patientForm) shownValues() map[string]string {
	all := maps.Clone(f.fields)
	all["sms_service"], all["sms_advertising"] = yesOrNo(f.service), yesOrNo(f.advertising)
	return all
}

// cleaned is what was typed in the form in which it would be written, so that
// only what differs is shown as different.
func (f *patientForm) cleaned(v visit, file desk.PatientFile) map[string]string {
	mine := desk.PatientFile{Patient: f.patient, Insurance: f.insurance, FormChoices: file.FormChoices}
	for _, r := range file.Referrers {
		if r.ID == f.patient.ReferrerID {
			mine.Referrer = r
		}
	}
	if f.patient.Introducer == file.Patient.Introducer {
		mine.Introducer = file.Introducer
	}
	for _, p := range file.Marketers {
		if p.ID == f.patient.Introducer {
			mine.Introducer = p
		}
	}
	fields := writtenForm(v, mine).fields
	if f.patient.FileNumber == 0 {
		fields["file_number"] = ""
	}
	return fields
}

// differ adds the field when both values are not the same.
func (f *patientForm) differ(v visit, stale *view.StaleForm, name, now, yours string, choices view.Offers) {
	if now == yours {
		return
	}
	stale.Fields = append(stale.Fields, view.StaleField{Name: name, Label: v.l.T("register." + name), Now: worded(v, name, now, choices),
		Yours: worded(v, name, yours, choices), Value: now})
}

// worded is a value of a field as a person reads it.
func worded(v visit, name, value string, choices view.Offers) string {
	from := map[string][]view.Choice{"base_insurer": choices.Base, "supplementary_insurer": choices.Supplementary, "acquisition_source": choices.Sources}
	for _, c := range from[name] {
		if c.Value == value {
			return c.Text
		}
	}
	prefix := map[string]string{"gender": "gender.", "marital_status": "register.marital_status.", "foreign_id_kind": "register.foreign_id_kind.",
		"marketer_status": "register.marketer_status.", "sms_service": "register.", "sms_advertising": "register."}[name]
	if prefix == "" || value == "" {
		return value
	}
	return v.l.T(prefix + value)
}

// yesOrNo is a box as a text.
func yesOrNo(on bool) string {
	if on {
		return "yes"
	}
	return "no"
}
