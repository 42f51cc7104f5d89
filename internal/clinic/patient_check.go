package clinic

import (
	"slices"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// longest values of the text fields, in characters.
const (
	maxName = 80
	maxText = 200
	maxNote = 4000
	maxTag  = 40
	maxTags = 20
)

// CheckPatient cleans every field of the form: text by farsi.Clean, codes and
// numbers to their one form. Invalid with the field that is wrong:
// patient.name, national_code.invalid, mobile.invalid, phone.invalid,
// patient.choice, patient.foreign_id, patient.foreign_id_length, patient.date,
// patient.tags, text.long, text.utf8.
func CheckPatient(p Patient, today jalali.Day) (Patient, error) {
	p, wrong := PatientFaults(p, today)
	if len(wrong) > 0 {
		return p, wrong[0]
	}
	return p, nil
}

// PatientFaults is CheckPatient that goes on after the first fault, so that a
// form says everything that is to be mended at once. What is wrong stays as it
// was typed.
func PatientFaults(p Patient, today jalali.Day) (Patient, []*fault.Error) {
	var wrong []*fault.Error
	p.Tags = slices.Clone(p.Tags)
	for _, check := range []func(*Patient) []*fault.Error{checkNames, checkNumbers, checkForeignID, checkTexts, checkTags} {
		wrong = append(wrong, check(&p)...)
	}
	wrong = append(wrong, checkChoices(p)...)
	return p, append(wrong, checkDates(p, today)...)
}

// field pairs a value with the form field that shows it.
type field struct {
	name  string
	value *string
	max   int
}

// cleanAll cleans the fields and returns the first fault.
func cleanAll(fields []field) error {
	if wrong := cleanEach(fields); len(wrong) > 0 {
		return wrong[0]
	}
	return nil
}

// cleanEach cleans the fields that can be cleaned and says which cannot.
func cleanEach(fields []field) (wrong []*fault.Error) {
	for _, f := range fields {
		clean, err := farsi.Clean(*f.value, f.max)
		if e, ok := fault.As(err); ok {
			wrong = append(wrong, e.At(f.name))
			continue
		}
		*f.value = clean
	}
	return wrong
}

func checkNames(p *Patient) []*fault.Error {
	wrong := cleanEach([]field{{"first_name", &p.FirstName, maxName}, {"last_name", &p.LastName, maxName},
		{"father_name", &p.FatherName, maxName}})
	if p.FirstName == "" {
		wrong = append(wrong, fault.New(fault.Invalid, "patient.name", "a first name is needed").At("first_name"))
	}
	if p.LastName == "" {
		wrong = append(wrong, fault.New(fault.Invalid, "patient.name", "a last name is needed").At("last_name"))
	}
	return wrong
}

func checkNumbers(p *Patient) (wrong []*fault.Error) {
	for _, f := range []struct {
		name  string
		value *string
		parse func(string) (string, error)
	}{
		{"national_code", &p.NationalCode, farsi.NationalCode},
		{"mobile", &p.Mobile, farsi.Mobile},
		{"second_mobile", &p.SecondMobile, farsi.Mobile},
		{"landline", &p.Landline, farsi.Phone},
	} {
		if strings.TrimSpace(*f.value) == "" {
			*f.value = ""
			continue
		}
		clean, err := f.parse(*f.value)
		if e, ok := fault.As(err); ok {
			wrong = append(wrong, e.At(f.name))
			continue
		}
		*f.value = clean
	}
	p.PostalCode = farsi.Digits(p.PostalCode)
	return wrong
}

// choices are the fields that have one of a few values, or none.
func checkChoices(p Patient) (wrong []*fault.Error) {
	for _, c := range []struct {
		name, value string
		allowed     []string
	}{
		{"gender", p.Gender, []string{"female", "male"}},
		{"marital_status", p.MaritalStatus, []string{"single", "married"}},
		{"foreign_id_kind", p.ForeignIDKind, ForeignIDKinds},
		{"marketer_status", p.MarketerStatus, []string{"inactive", Marketing}},
	} {
		if c.value != "" && !slices.Contains(c.allowed, c.value) {
			wrong = append(wrong, fault.New(fault.Invalid, "patient.choice", "%q is none of the choices", c.value).At(c.name))
		}
	}
	return wrong
}

// Marketing is the status of a marketer who may be named as introducer.
const Marketing = "active"

// ForeignIDKinds are the identities of those without a national code: the
// foreigners' code, a residence permit, a passport. The last has letters.
var ForeignIDKinds = []string{"foreign_id", "residence", "passport"}

// foreignIDLengths are how many letters and digits each kind has. None has a
// check digit that is made public.
var foreignIDLengths = map[string]struct{ least, most int }{"foreign_id": {5, 20}, "residence": {12, 12}, "passport": {4, 20}}

func checkForeignID(p *Patient) []*fault.Error {
	if wrong := cleanEach([]field{{"foreign_id", &p.ForeignID, 40}}); len(wrong) > 0 {
		return wrong
	}
	if (p.ForeignID == "") != (p.ForeignIDKind == "") {
		return []*fault.Error{fault.New(fault.Invalid, "patient.foreign_id", "a foreign id has a kind and a value").At("foreign_id")}
	}
	bounds, known := foreignIDLengths[p.ForeignIDKind]
	if !known {
		return nil
	}
	p.ForeignID = farsi.Digits(p.ForeignID)
	if p.ForeignIDKind != "passport" {
		p.ForeignID = strings.NewReplacer(" ", "", "-", "").Replace(p.ForeignID)
	}
	if n := len([]rune(p.ForeignID)); n < bounds.least || n > bounds.most {
		return []*fault.Error{fault.New(fault.Invalid, "patient.foreign_id_length", "the number of a %s has another length", p.ForeignIDKind).At("foreign_id")}
	}
	return nil
}

func checkTexts(p *Patient) []*fault.Error {
	wrong := cleanEach([]field{{"emergency_phone", &p.EmergencyPhone, 40},
		{"job", &p.Job, maxText}, {"education", &p.Education, maxText}, {"province", &p.Province, maxText},
		{"city", &p.City, maxText}, {"address", &p.Address, 2 * maxText}, {"postal_code", &p.PostalCode, 20},
		{"acquisition_source", &p.AcquisitionSource, maxText}, {"referrer", &p.Referrer, maxText}})
	notes, err := farsi.CleanLines(p.Notes, maxNote)
	if e, ok := fault.As(err); ok {
		return append(wrong, e.At("notes"))
	}
	p.Notes = notes
	return wrong
}

// checkTags cleans the tags and drops what is empty or there twice.
func checkTags(p *Patient) []*fault.Error {
	var tags []string
	for _, tag := range p.Tags {
		clean, err := farsi.Clean(tag, maxTag)
		if e, ok := fault.As(err); ok {
			return []*fault.Error{e.At("tags")}
		}
		if clean != "" && !slices.Contains(tags, clean) {
			tags = append(tags, clean)
		}
	}
	if len(tags) > maxTags {
		return []*fault.Error{fault.New(fault.Invalid, "patient.tags", "at most %d tags", maxTags).At("tags")}
	}
	p.Tags = tags
	return nil
}

func checkDates(p Patient, today jalali.Day) (wrong []*fault.Error) {
	for _, d := range []struct {
		name string
		day  jalali.Day
	}{{"birth_date", p.BirthDate}, {"wedding_date", p.WeddingDate}} {
		if d.day != "" && (!d.day.Valid() || d.day > today) {
			wrong = append(wrong, fault.New(fault.Invalid, "patient.date", "the date is not a day up to today").At(d.name))
		}
	}
	if p.BirthYear != 0 && (p.BirthYear < 1250 || p.BirthYear > today.Date().Year) {
		wrong = append(wrong, fault.New(fault.Invalid, "patient.date", "the birth year is not a Jalali year up to now").At("birth_date"))
	}
	return wrong
}

// at names the field of a fault that knows none.
func at(err error, field string) error {
	if e, ok := fault.As(err); ok {
		return e.At(field)
	}
	return err
}
