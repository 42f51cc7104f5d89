package clinic

import (
	"strconv"
	"strings"
	"time"

	"daftar/internal/farsi"
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
	Referrer          string    // an outside doctor or centre, by name
	ReferrerID        ReferrerID
	MarketerStatus    string // "", inactive, active
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
