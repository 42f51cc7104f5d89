package clinic_test

import (
	"slices"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

func TestCheckPatient(t *testing.T) {
	good := clinic.Patient{FirstName: "زهرا", LastName: "كريمي", NationalCode: "۰۰۱۲۳۴۵۶۷۹", Mobile: "+98 912 123 4567"}
	tests := map[string]struct {
		change      func(*clinic.Patient)
		code, field string
	}{
		"as it is":             {func(*clinic.Patient) {}, "", ""},
		"no last name":         {func(p *clinic.Patient) { p.LastName = " \u200c" }, "patient.name", "last_name"},
		"an endless name":      {func(p *clinic.Patient) { p.FirstName = strings.Repeat("ا", 10_000) }, "text.long", "first_name"},
		"a wrong check digit":  {func(p *clinic.Patient) { p.NationalCode = "0684159415" }, "national_code.invalid", "national_code"},
		"a landline as mobile": {func(p *clinic.Patient) { p.Mobile = "02188776655" }, "mobile.invalid", "mobile"},
		"a choice that is not": {func(p *clinic.Patient) { p.Gender = "x" }, "patient.choice", "gender"},
		"born tomorrow":        {func(p *clinic.Patient) { p.BirthDate = "2026-11-24" }, "patient.date", "birth_date"},
		"a short residence":    {func(p *clinic.Patient) { p.ForeignIDKind, p.ForeignID = "residence", "12345678901" }, "patient.foreign_id_length", "foreign_id"},
		"a residence code":     {func(p *clinic.Patient) { p.ForeignIDKind, p.ForeignID = "residence", "۱۲۳۴ ۵۶۷۸-۹۰۱۲" }, "", ""},
		"a passport":           {func(p *clinic.Patient) { p.ForeignIDKind, p.ForeignID = "passport", "P-77" }, "", ""},
		"a kind alone":         {func(p *clinic.Patient) { p.ForeignIDKind = "passport" }, "patient.foreign_id", "foreign_id"},
		"no area code":         {func(p *clinic.Patient) { p.Landline = "88776655" }, "phone.invalid", "landline"},
		"born in year 1200":    {func(p *clinic.Patient) { p.BirthYear = 1200 }, "patient.date", "birth_date"},
		"too many tags":        {func(p *clinic.Patient) { p.Tags = strings.Split("abcdefghijklmnopqrstu", "") }, "patient.tags", "tags"},
		"an endless note":      {func(p *clinic.Patient) { p.Notes = strings.Repeat("ا", 10_000) }, "text.long", "notes"},
		"NUL and bidi signs":   {func(p *clinic.Patient) { p.FirstName, p.LastName = "زه\x00را\u202e", "\u2067كريمي\u2069" }, "", ""},
		"half a foreign id":    {func(p *clinic.Patient) { p.ForeignID = "123" }, "patient.foreign_id", "foreign_id"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			p := good
			tt.change(&p)
			got, err := clinic.CheckPatient(p, today)
			if code := fault.Code(err); code != tt.code {
				t.Fatalf("error code = %q, want %q (%v)", code, tt.code, err)
			}
			if err != nil {
				if e, _ := fault.As(err); e.Field != tt.field {
					t.Errorf("field = %q, want %q", e.Field, tt.field)
				}
				return
			}
			if got.Name() != "زهرا کریمی" || got.NationalCode != "0012345679" || got.Mobile != "09121234567" {
				t.Errorf("cleaned = %q %q %q", got.Name(), got.NationalCode, got.Mobile)
			}
		})
	}
}

// A form is told everything that is wrong, and what is wrong stays as typed.
func TestPatientFaultsAreToldTogether(t *testing.T) {
	p, wrong := clinic.PatientFaults(clinic.Patient{FirstName: "  علي ", NationalCode: "1", Mobile: "2", Gender: "x", BirthDate: "3000-01-01"}, today)
	var fields []string
	for _, e := range wrong {
		fields = append(fields, e.Field)
	}
	if want := []string{"last_name", "national_code", "mobile", "gender", "birth_date"}; !slices.Equal(fields, want) {
		t.Errorf("faults at %v, want %v", fields, want)
	}
	if p.FirstName != "علی" || p.NationalCode != "1" || p.Mobile != "2" {
		t.Errorf("read as %+v", p)
	}
}

// Tags are clean, not empty and there once.
func TestTagsAreASet(t *testing.T) {
	p, err := clinic.CheckPatient(clinic.Patient{FirstName: "a", LastName: "b", Tags: []string{" vip", "", "ويژه", "vip", "ویژه"}}, today)
	if err != nil || !slices.Equal(p.Tags, []string{"vip", "ویژه"}) {
		t.Errorf("tags %q, %v", p.Tags, err)
	}
}

func TestAge(t *testing.T) {
	for name, tt := range map[string]struct {
		p    clinic.Patient
		want int
	}{
		"the day before the birthday": {clinic.Patient{BirthDate: "1988-11-24"}, 37},
		"on the birthday":             {clinic.Patient{BirthDate: "1988-11-23"}, 38},
		"only the year":               {clinic.Patient{BirthYear: 1367}, 38},
		"not known":                   {clinic.Patient{}, -1},
	} {
		if got := tt.p.Age(today); got != tt.want {
			t.Errorf("%s: age %d, want %d", name, got, tt.want)
		}
	}
}

func TestSearchWordsHoldTheLastFourDigits(t *testing.T) {
	words, _ := clinic.Patient{FileNumber: 1021, FirstName: "زهرا", LastName: "کریمی", Mobile: "09121234567", NationalCode: "0012345679"}.SearchWords()
	for _, want := range []string{"4567", "09121234567", "9121234567", "1021", "0012345679", "زهرا", "کریمی"} {
		if !slices.Contains(words, want) {
			t.Errorf("no word %q in %v", want, words)
		}
	}
}

func TestRoles(t *testing.T) {
	for role, tt := range map[clinic.Role]struct {
		may, mayNot clinic.Permission
	}{
		clinic.Receptionist: {clinic.ReceiveMoney, clinic.CancelAdmissions},
		clinic.Supervisor:   {clinic.CancelAdmissions, clinic.WriteSettings},
		clinic.Doctor:       {clinic.ReadStatement, clinic.ReadMoney},
		clinic.CRM:          {clinic.WritePatients, clinic.ReadMoney},
		clinic.Accountant:   {clinic.ReadMoney, clinic.WriteAdmissions},
		clinic.Manager:      {clinic.WriteSettings, "nothing"},
	} {
		a := clinic.Actor{Role: role}
		if !a.Can(tt.may) || a.Can(tt.mayNot) || fault.Of(a.May(tt.mayNot)) != fault.Forbidden {
			t.Errorf("%s: may %s %v, may %s %v", role, tt.may, a.Can(tt.may), tt.mayNot, a.Can(tt.mayNot))
		}
	}
}
