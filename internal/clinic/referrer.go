package clinic

import (
	"cmp"
	"slices"
	"strings"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// ReferrerID names a referrer.
type ReferrerID int64

// Referrer is an outside doctor or centre that sends patients. It is neither
// an introducer, who is a patient, nor a provider, who treats.
type Referrer struct {
	ID                   ReferrerID
	Name                 string
	Phone                string
	MedicalCouncilNumber string
	Email                string
	Version              int64
}

// Label tells referrers of one name apart: the name, with the medical council
// number when it is known.
func (r Referrer) Label() string {
	if r.MedicalCouncilNumber == "" {
		return r.Name
	}
	return r.Name + " · " + r.MedicalCouncilNumber
}

// Check cleans the fields. Invalid referrer.name, phone.invalid,
// referrer.council, referrer.email, text.long, text.utf8 at the field of a
// patient's form: referrer, referrer_phone, referrer_council, referrer_email.
func (r Referrer) Check() (Referrer, error) {
	r.MedicalCouncilNumber = farsi.Digits(r.MedicalCouncilNumber)
	if err := cleanAll([]field{{"referrer", &r.Name, maxText}, {"referrer_council", &r.MedicalCouncilNumber, 20},
		{"referrer_email", &r.Email, maxText}}); err != nil {
		return r, err
	}
	if r.Name == "" {
		return r, fault.New(fault.Invalid, "referrer.name", "a referrer has a name").At("referrer")
	}
	if strings.TrimSpace(r.Phone) != "" {
		phone, err := farsi.Mobile(r.Phone)
		if err != nil {
			phone, err = farsi.Phone(r.Phone)
		}
		if e, ok := fault.As(err); ok {
			return r, e.At("referrer_phone")
		}
		r.Phone = phone
	} else {
		r.Phone = ""
	}
	before, after, found := strings.Cut(r.Email, "@")
	if r.Email != "" && (!found || before == "" || !strings.Contains(after, ".") || strings.ContainsAny(r.Email, " ,;<>") || strings.Contains(after, "@")) {
		return r, fault.New(fault.Invalid, "referrer.email", "this is not an email address").At("referrer_email")
	}
	return r, nil
}

// Completed is r with the details that it lacks taken from other.
func (r Referrer) Completed(other Referrer) Referrer {
	r.Phone = cmp.Or(r.Phone, other.Phone)
	r.MedicalCouncilNumber = cmp.Or(r.MedicalCouncilNumber, other.MedicalCouncilNumber)
	r.Email = cmp.Or(r.Email, other.Email)
	return r
}

// FindReferrer returns the one of all that a form means by its text: the
// label, or a name that only one has, however it is spelled.
func FindReferrer(all []Referrer, text string) (Referrer, bool) {
	key := farsi.Key(text)
	if i := slices.IndexFunc(all, func(r Referrer) bool { return farsi.Key(r.Label()) == key }); i >= 0 {
		return all[i], true
	}
	var found []Referrer
	for _, r := range all {
		if farsi.Key(r.Name) == key {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return Referrer{}, false
	}
	return found[0], true
}
