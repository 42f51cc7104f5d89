package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/web/view"
)

// searchedFields are those by which a form finds who is known already.
var searchedFields = []string{"first_name", "last_name", "national_code", "mobile", "birth_date"}

// POST /patients/similar answers who is known by what is typed so far. It is
// no GET, so that what is typed about a person stands in no log.
func (s *server) matches(v visit) error {
	fields := map[string]string{}
	for _, name := range searchedFields {
		fields[name] = v.r.PostFormValue(name)
	}
	found, err := s.matching(v, fields, readID[clinic.PatientID](v.r.PostFormValue("patient")))
	if err != nil {
		return err
	}
	return s.show(v, view.MatchesView(found))
}

// matching asks for those who match the fields, without the patient itself.
func (s *server) matching(v visit, fields map[string]string, without clinic.PatientID) (view.Matches, error) {
	p := clinic.Patient{ID: without, FirstName: short(fields["first_name"]), LastName: short(fields["last_name"]),
		NationalCode: short(fields["national_code"]), Mobile: short(fields["mobile"])}
	p.BirthDate, _, _ = birth(v, short(fields["birth_date"]))
	m := view.Matches{L: v.l, Edit: without != 0}
	if strings.TrimSpace(p.Name()+p.NationalCode+p.Mobile) == "" {
		return m, nil
	}
	m.Typed = true
	found, more, err := s.Desk.MatchingPatients(v.r.Context(), v.actor, p)
	if err != nil {
		return m, err
	}
	m.More = more
	for _, one := range found {
		m.People = append(m.People, patientMatch(v, one))
	}
	return m, nil
}

// short cleans a value to look for; one that is no text or has no end finds
// nobody.
func short(value string) string {
	clean, err := farsi.Clean(value, 160)
	if err != nil {
		return ""
	}
	return clean
}

func patientMatch(v visit, m desk.Match) view.PatientMatch {
	p := m.Patient
	shown := view.PatientMatch{ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String(), Age: p.Age(v.l.Today), Balance: m.Balance, Why: string(m.Why)}
	if len(p.Mobile) > 4 {
		shown.End = p.Mobile[len(p.Mobile)-4:]
	}
	if v.actor.Can(clinic.ReadMobile) {
		shown.Mobile = p.Mobile
	}
	return shown
}

// prefilled are the fields that a search fills in: digits by their shape,
// letters as a name. One word alone is rather a last name.
func prefilled(v visit, text string) map[string]string {
	fields := map[string]string{}
	text = short(text)
	number := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -+()", r) {
			return -1
		}
		return r
	}, farsi.Digits(text))
	if number != "" && strings.Trim(number, "0123456789") == "" {
		if code, err := farsi.NationalCode(number); err == nil && len(number) != 11 {
			fields["national_code"] = v.l.Digits(code)
		} else if mobile, err := farsi.Mobile(text); err == nil {
			fields["mobile"] = v.l.Digits(mobile)
		} else if len(number) <= 6 && v.actor.Can(clinic.SetFileNumber) {
			fields["file_number"] = v.l.Digits(number)
		}
		return fields
	}
	words := strings.Fields(text)
	if len(words) == 1 {
		fields["last_name"] = words[0]
	} else if len(words) > 1 {
		fields["first_name"], fields["last_name"] = words[0], strings.Join(words[1:], " ")
	}
	return fields
}
