package clinic

import (
	"strconv"
	"strings"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// PatientID names a patient. FileNumber is the number on the file, unique in
// the clinic.
type (
	PatientID  int64
	FileNumber int64
)

// Patient is a person the clinic serves, with every field of the form. Days
// are "" when not known.
type Patient struct {
	ID                PatientID
	FileNumber        FileNumber
	FirstName         string
	LastName          string
	FatherName        string
	NationalCode      string // unique when given
	ForeignIDKind     string // "", foreign_id, residence, passport
	ForeignID         string
	Mobile            string // families share one
	SecondMobile      string
	Landline          string
	EmergencyPhone    string
	BirthDate         jalali.Day
	BirthYear         int // Jalali, when only the year is known
	WeddingDate       jalali.Day
	Gender            string // "", female, male
	MaritalStatus     string // "", single, married
	Job               string
	Education         string
	Province          string
	City              string
	Address           string
	PostalCode        string
	AcquisitionSource string
	Introducer        PatientID // another patient; 0: nobody
	Referrer          string    // an outside doctor or centre
	MarketerStatus    string    // "", inactive, active
	Tags              []string
	SMSService        bool
	SMSAdvertising    bool
	Notes             string
	Branch            BranchID
	Registered        time.Time
	RegisteredBy      StaffID
	Version           int64
	MergedInto        PatientID // the file that this one is an alias of; 0: none
}

// Name is the full name as it is shown.
func (p Patient) Name() string { return strings.TrimSpace(p.FirstName + " " + p.LastName) }

// Age is the age in whole years on the day, by the birth date or else the
// birth year; -1 when neither is known.
func (p Patient) Age(on jalali.Day) int {
	today := on.Date()
	switch {
	case p.BirthDate != "":
		born := p.BirthDate.Date()
		age := today.Year - born.Year
		if today.Month < born.Month || today.Month == born.Month && today.Day < born.Day {
			age--
		}
		return max(age, 0)
	case p.BirthYear != 0:
		return max(today.Year-p.BirthYear, 0)
	}
	return -1
}

// longest values of the text fields, in characters.
const (
	maxName = 80
	maxText = 200
	maxNote = 4000
	maxTags = 20
)

// CheckPatient cleans every field of the form: text by farsi.Clean, codes and
// numbers to their one form. Invalid with the field that is wrong:
// patient.name, national_code.invalid, mobile.invalid, phone.invalid,
// patient.choice, patient.date, text.long, text.utf8.
func CheckPatient(p Patient, today jalali.Day) (Patient, error) {
	for _, check := range []func(*Patient) error{checkNames, checkNumbers, checkChoices, checkTexts} {
		if err := check(&p); err != nil {
			return p, err
		}
	}
	return p, checkDates(p, today)
}

// field pairs a value with the form field that shows it.
type field struct {
	name  string
	value *string
	max   int
}

func cleanAll(fields []field) error {
	for _, f := range fields {
		clean, err := farsi.Clean(*f.value, f.max)
		if err != nil {
			return at(err, f.name)
		}
		*f.value = clean
	}
	return nil
}

// at names the field of a fault that knows none.
func at(err error, field string) error {
	if e, ok := fault.As(err); ok {
		return e.At(field)
	}
	return err
}

func checkNames(p *Patient) error {
	if err := cleanAll([]field{{"first_name", &p.FirstName, maxName}, {"last_name", &p.LastName, maxName},
		{"father_name", &p.FatherName, maxName}}); err != nil {
		return err
	}
	if p.FirstName == "" {
		return fault.New(fault.Invalid, "patient.name", "a first name is needed").At("first_name")
	}
	if p.LastName == "" {
		return fault.New(fault.Invalid, "patient.name", "a last name is needed").At("last_name")
	}
	return nil
}

func checkNumbers(p *Patient) error {
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
		if err != nil {
			return at(err, f.name)
		}
		*f.value = clean
	}
	p.PostalCode = farsi.Digits(p.PostalCode)
	return nil
}

func checkChoices(p *Patient) error {
	for _, c := range []struct {
		name, value, allowed string
	}{
		{"gender", p.Gender, "|female|male|"},
		{"marital_status", p.MaritalStatus, "|single|married|"},
		{"foreign_id_kind", p.ForeignIDKind, "|foreign_id|residence|passport|"},
		{"marketer_status", p.MarketerStatus, "|inactive|active|"},
	} {
		if c.value != "" && (strings.Contains(c.value, "|") || !strings.Contains(c.allowed, "|"+c.value+"|")) {
			return fault.New(fault.Invalid, "patient.choice", "%q is none of the choices", c.value).At(c.name)
		}
	}
	if (p.ForeignID == "") != (p.ForeignIDKind == "") {
		return fault.New(fault.Invalid, "patient.foreign_id", "a foreign id has a kind and a value").At("foreign_id")
	}
	return nil
}

func checkTexts(p *Patient) error {
	if len(p.Tags) > maxTags {
		return fault.New(fault.Invalid, "patient.tags", "at most %d tags", maxTags).At("tags")
	}
	fields := []field{{"foreign_id", &p.ForeignID, 40}, {"emergency_phone", &p.EmergencyPhone, 40},
		{"job", &p.Job, maxText}, {"education", &p.Education, maxText}, {"province", &p.Province, maxText},
		{"city", &p.City, maxText}, {"address", &p.Address, 2 * maxText}, {"postal_code", &p.PostalCode, 20},
		{"acquisition_source", &p.AcquisitionSource, maxText}, {"referrer", &p.Referrer, maxText}}
	for i := range p.Tags {
		fields = append(fields, field{"tags", &p.Tags[i], 40})
	}
	if err := cleanAll(fields); err != nil {
		return err
	}
	notes, err := farsi.CleanLines(p.Notes, maxNote)
	p.Notes = notes
	return at(err, "notes")
}

func checkDates(p Patient, today jalali.Day) error {
	for _, d := range []struct {
		name string
		day  jalali.Day
	}{{"birth_date", p.BirthDate}, {"wedding_date", p.WeddingDate}} {
		if d.day != "" && (!d.day.Valid() || d.day > today) {
			return fault.New(fault.Invalid, "patient.date", "the date is not a day up to today").At(d.name)
		}
	}
	if p.BirthYear != 0 && (p.BirthYear < 1250 || p.BirthYear > today.Date().Year) {
		return fault.New(fault.Invalid, "patient.date", "the birth year is not a Jalali year up to now").At("birth_date")
	}
	return nil
}

// SearchWords are the words that find the patient by their beginnings: begins
// are the names in every spelling of their spaces, the identifiers, and the
// mobile from the front and by its last four and more digits; inside are the
// tails of the names, which find the patient as well, after the others.
func (p Patient) SearchWords() (begins, inside []string) {
	tokens := farsi.Tokens(p.Name())
	for _, w := range farsi.IndexWords(p.Name()) {
		if beginsName(tokens, w) {
			begins = append(begins, w)
		} else {
			inside = append(inside, w)
		}
	}
	begins = append(begins, farsi.IndexWords(p.ForeignID)...)
	for _, n := range []string{p.FileNumber.String(), p.NationalCode, p.Landline} {
		if n != "" {
			begins = append(begins, n)
		}
	}
	for _, m := range []string{p.Mobile, p.SecondMobile} {
		for cut := 0; cut+4 <= len(m); cut++ {
			begins = append(begins, m[cut:])
		}
	}
	return begins, inside
}

// beginsName reports whether the word stands at the beginning of one of the
// names or of some names written together.
func beginsName(tokens []string, word string) bool {
	for i := range tokens {
		if strings.HasPrefix(strings.Join(tokens[i:], ""), word) {
			return true
		}
	}
	return false
}

// String is the number in Latin digits.
func (n FileNumber) String() string { return strconv.FormatInt(int64(n), 10) }
