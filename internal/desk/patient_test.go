package desk_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// whole is a patient with every field of the form.
var whole = clinic.Patient{FirstName: "علي", LastName: "كاظمی", FatherName: "حسن", NationalCode: "0499370899",
	ForeignIDKind: "passport", ForeignID: "P1234567", Mobile: "+98 912 123 4567", SecondMobile: "09351112233", Landline: "02188776655",
	EmergencyPhone: "خواهر ۰۹۱۲", BirthDate: "1990-05-01", BirthYear: 1369, WeddingDate: "2015-01-02", Gender: "male", MaritalStatus: "married",
	Job: "معلم", Education: "کارشناسی", Province: "تهران", City: "تهران", Address: "خیابان ۱", PostalCode: "۱۲۳۴۵۶۷۸۹۰",
	AcquisitionSource: "دوستان", Referrer: "دکتر ب", MarketerStatus: "active", Tags: []string{"ویژه", "vip"},
	SMSService: true, Notes: "خط یک\nخط دو"}

func TestAPatientIsKeptWithEveryField(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		introducer := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "نادری", MarketerStatus: clinic.Marketing})
		form := whole
		form.Introducer = introducer.ID
		added := o.register(t, form)
		if introducer.FileNumber != 1001 || added.FileNumber != 1002 {
			t.Errorf("file numbers %d and %d, want 1001 and 1002", introducer.FileNumber, added.FileNumber)
		}
		if added.Name() != "علی کاظمی" || added.Mobile != "09121234567" || added.PostalCode != "1234567890" ||
			added.Branch != o.manager.Branch || added.RegisteredBy != o.manager.Staff || !added.Registered.Equal(o.clock.now()) {
			t.Errorf("added %+v", added)
		}
		got, err := o.Patient(t.Context(), o.manager, added.ID)
		if diff := cmp.Diff(added, got); err != nil || diff != "" {
			t.Errorf("%v, added against read:\n%s", err, diff)
		}
		byNumber, err := o.PatientByFileNumber(t.Context(), o.manager, 1002)
		if err != nil || byNumber.ID != added.ID {
			t.Errorf("file 1002 is %d, %v", byNumber.ID, err)
		}
	})
}

func TestAnEditReplacesTheFormAndOnlyTheForm(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		old := o.register(t, whole)
		o.clock.pass(time.Hour)
		form := clinic.Patient{ID: old.ID, Version: old.Version, FirstName: "علی", LastName: "صفوی"}
		edited, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: form})
		if err != nil {
			t.Fatal(err)
		}
		want := clinic.Patient{ID: old.ID, FileNumber: old.FileNumber, FirstName: "علی", LastName: "صفوی", Branch: old.Branch,
			Registered: old.Registered, RegisteredBy: old.RegisteredBy, Version: 2}
		got, err := o.Patient(t.Context(), o.manager, old.ID)
		if diff := cmp.Diff(want, got) + cmp.Diff(want, edited); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		if found := o.find(t, "کاظمی"); len(found) != 0 {
			t.Errorf("the old name still finds %v", found)
		}
		if found := o.find(t, "صفوی"); len(found) != 1 {
			t.Errorf("the new name finds %v", found)
		}
		_, err = o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: form})
		refuses(t, err, fault.Conflict, "patient.stale")
	})
}

func TestAPatientWhoCannotBeRegistered(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		first := o.register(t, whole)
		for name, c := range map[string]struct {
			change func(p *clinic.Patient)
			kind   fault.Kind
			code   string
			field  string
		}{
			"a national code twice":    {func(p *clinic.Patient) { p.NationalCode = whole.NationalCode }, fault.Conflict, "patient.national_code", "national_code"},
			"a file number twice":      {func(p *clinic.Patient) { p.FileNumber = first.FileNumber }, fault.Conflict, "patient.file_number", "file_number"},
			"a negative file number":   {func(p *clinic.Patient) { p.FileNumber = -1 }, fault.Invalid, "patient.file_number_form", "file_number"},
			"a slip of the finger":     {func(p *clinic.Patient) { p.FileNumber = 1_000_000_000 }, fault.Invalid, "patient.file_number_form", "file_number"},
			"an unknown introducer":    {func(p *clinic.Patient) { p.Introducer = 99 }, fault.Invalid, "patient.introducer", "introducer"},
			"an unknown branch":        {func(p *clinic.Patient) { p.Branch = 99 }, fault.NotFound, "branch.none", ""},
			"no name":                  {func(p *clinic.Patient) { p.LastName = " " }, fault.Invalid, "patient.name", "last_name"},
			"a birthday in the future": {func(p *clinic.Patient) { p.BirthDate = "2027-01-01" }, fault.Invalid, "patient.date", "birth_date"},
		} {
			t.Run(name, func(t *testing.T) {
				form := clinic.Patient{FirstName: "رضا", LastName: "امینی"}
				c.change(&form)
				_, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: form})
				refuses(t, err, c.kind, c.code)
				if f, ok := fault.As(err); !ok || f.Field != c.field {
					t.Errorf("%v is at no field %q", err, c.field)
				}
			})
		}
		if next := o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی"}); next.FileNumber != 1002 {
			t.Errorf("refusals leave a gap: %d", next.FileNumber)
		}
	})
}

func TestASeriesGoesOnAfterANumberGivenByHand(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی", FileNumber: 5000})
		o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی", FileNumber: 12})
		if next := o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی"}); next.FileNumber != 5001 {
			t.Errorf("file number %d, want 5001", next.FileNumber)
		}
	})
}

func TestAFormSentTwiceRegistersOnce(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		r := desk.RegisterPatient{Patient: whole, Request: desk.Request{Key: "form-1"}}
		first, err := o.RegisterPatient(t.Context(), o.manager, r)
		if err != nil {
			t.Fatal(err)
		}
		second, err := o.RegisterPatient(t.Context(), o.manager, r)
		if diff := cmp.Diff(first, second); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		r.Patient.FirstName = "رضا"
		_, err = o.RegisterPatient(t.Context(), o.manager, r)
		refuses(t, err, fault.Conflict, "request.reused")
	})
}

func TestWhoMayDoWhatWithPatients(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, whole)
		_, err := o.RegisterPatient(t.Context(), o.as(clinic.Doctor), desk.RegisterPatient{Patient: whole})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.EditPatient(t.Context(), o.as(clinic.Accountant), desk.EditPatient{Patient: p})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.AddCoverage(t.Context(), o.as(clinic.Doctor), desk.AddCoverage{})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Patient(t.Context(), o.as("nobody"), p.ID)
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Patients(t.Context(), o.as("nobody"), desk.PatientQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Patients(t.Context(), o.as(clinic.Doctor), desk.PatientQuery{PatientFilter: desk.PatientFilter{Filter: "debtor"}})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Patient(t.Context(), o.manager, 99)
		refuses(t, err, fault.NotFound, "patient.none")
	})
}

func TestACoverageIsKeptAndShownWhileItHolds(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		var insurer clinic.InsurerID
		err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) (err error) {
			insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "tamin", Name: "تأمین اجتماعی", Kind: clinic.BaseInsurance, Share: 7000})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		p := o.register(t, whole)
		form := clinic.Coverage{Patient: p.ID, Insurer: insurer, InsuranceNumber: "۱۲۳", GuaranteeLetter: "م-۱", Ceiling: 5_000_000,
			ValidFrom: "2026-01-01", End: "2026-11-24"}
		added, err := o.AddCoverage(t.Context(), o.manager, desk.AddCoverage{Coverage: form})
		if err != nil {
			t.Fatal(err)
		}
		want := form
		want.ID, want.InsuranceNumber = added.ID, "123"
		got, err := o.Coverages(t.Context(), o.manager, p.ID)
		if diff := cmp.Diff([]clinic.Coverage{want}, got); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
		for day, shown := range map[time.Duration]string{0: "تأمین اجتماعی", 48 * time.Hour: ""} {
			o.clock.pass(day)
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{})
			if err != nil || page.Items[0].Insurance != shown {
				t.Errorf("after %v: %+v, %v; want %q", day, page.Items, err, shown)
			}
			o.clock.pass(-day)
		}
		form.Patient = 99
		_, err = o.AddCoverage(t.Context(), o.manager, desk.AddCoverage{Coverage: form})
		refuses(t, err, fault.NotFound, "patient.none")
		form.Patient, form.Insurer = p.ID, 99
		_, err = o.AddCoverage(t.Context(), o.manager, desk.AddCoverage{Coverage: form})
		refuses(t, err, fault.NotFound, "insurer.none")
	})
}

func TestTheSamePersonTwiceIsNoticed(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		old := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "علی‌پور", Mobile: "09121234567", BirthDate: "1990-05-01"})
		for name, c := range map[string]struct {
			form clinic.Patient
			same bool
		}{
			"same mobile, other spelling": {clinic.Patient{FirstName: "زهرا", LastName: "عليپور", Mobile: "9121234567"}, true},
			"same birth date":             {clinic.Patient{FirstName: "زهرا", LastName: "علی پور", BirthDate: "1990-05-01"}, true},
			"only the name":               {clinic.Patient{FirstName: "زهرا", LastName: "علی پور"}, false},
			"a sister":                    {clinic.Patient{FirstName: "مریم", LastName: "علی پور", Mobile: "09121234567"}, false},
			"nothing typed":               {clinic.Patient{}, false},
		} {
			t.Run(name, func(t *testing.T) {
				found, err := o.SimilarPatients(t.Context(), o.manager, c.form)
				if same := len(found) == 1 && found[0].ID == old.ID; err != nil || same != c.same {
					t.Errorf("found %v, %v", found, err)
				}
			})
		}
	})
}

// Who may not see phones whole and does not write patients reads their ends.
func TestADoctorReadsTheEndOfAPhone(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی", Mobile: "09123456789"})
		for role, want := range map[clinic.Role]string{clinic.Doctor: "•••6789", clinic.Receptionist: "09123456789"} {
			got, err := o.Patient(t.Context(), o.as(role), p.ID)
			if err != nil || got.Mobile != want {
				t.Errorf("%s reads %q, %v; want %q", role, got.Mobile, err, want)
			}
		}
	})
}
