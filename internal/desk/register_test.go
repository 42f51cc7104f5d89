package desk_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// elsewhere is a receptionist of another branch of the clinic.
func (o office) elsewhere(t *testing.T) clinic.Actor {
	t.Helper()
	a := o.as(clinic.Receptionist)
	a.Branch = clinic.BranchID(o.ids.Next())
	err := o.store.Write(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
		return tx.AddBranch(t.Context(), clinic.Branch{ID: a.Branch, Code: "second", Name: "شعبه دوم"})
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A code that a person has names the file to those who may see it, and says
// nothing of it to others.
func TestATakenNationalCodeTellsOnlyWhoMayKnow(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		old := o.register(t, whole)
		twin := clinic.Patient{FirstName: "دیگری", LastName: "نامی", NationalCode: whole.NationalCode}
		for _, actor := range []clinic.Actor{o.manager, o.as(clinic.Receptionist)} {
			_, err := o.RegisterPatient(t.Context(), actor, desk.RegisterPatient{Patient: twin})
			refuses(t, err, fault.Conflict, "patient.national_code")
			if e, _ := fault.As(err); e.Field != "national_code" || e.Args["file_number"] != old.FileNumber.String() || e.Args["patient"] != strconv.FormatInt(int64(old.ID), 10) {
				t.Errorf("%+v", e)
			}
		}
		stranger := o.elsewhere(t)
		_, err := o.RegisterPatient(t.Context(), stranger, desk.RegisterPatient{Patient: twin})
		refuses(t, err, fault.Conflict, "patient.national_code_taken")
		if e, _ := fault.As(err); e.Field != "national_code" || len(e.Args) != 0 || strings.ContainsAny(e.Error(), "0123456789") {
			t.Errorf("tells %+v", e)
		}
		other := o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی"})
		other.NationalCode = whole.NationalCode
		_, err = o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: other})
		refuses(t, err, fault.Conflict, "patient.national_code")
	})
}

// Who looks like somebody is asked about once; nobody of another branch is.
func TestAskingAboutWhoLooksAlike(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "علی‌پور", Mobile: "09121234567", BirthDate: "1990-05-01"})
		stranger := o.elsewhere(t)
		for name, c := range map[string]struct {
			form  clinic.Patient
			actor clinic.Actor
			asked bool
		}{
			"the same mobile":         {clinic.Patient{FirstName: "زهرا", LastName: "عليپور", Mobile: "+98 912 123 4567"}, o.manager, true},
			"the same birth date":     {clinic.Patient{FirstName: "زهرا", LastName: "علی پور", BirthDate: "1990-05-01"}, o.manager, true},
			"only the name":           {clinic.Patient{FirstName: "زهرا", LastName: "علی پور"}, o.manager, false},
			"a brother":               {clinic.Patient{FirstName: "علی", LastName: "علی پور", Mobile: "09121234567"}, o.manager, false},
			"seen from another place": {clinic.Patient{FirstName: "زهرا", LastName: "علی پور", Mobile: "09121234567"}, stranger, false},
		} {
			t.Run(name, func(t *testing.T) {
				r := desk.RegisterPatient{Patient: c.form, AskSimilar: true, Request: desk.Request{DryRun: true}}
				_, err := o.RegisterPatient(t.Context(), c.actor, r)
				if !c.asked {
					if err != nil {
						t.Fatal(err)
					}
					return
				}
				refuses(t, err, fault.Refused, "patient.similar")
				r.AskSimilar = false
				if _, err := o.RegisterPatient(t.Context(), c.actor, r); err != nil {
					t.Error(err)
				}
			})
		}
	})
}

// Two edit at once: one is written, the other learns who was faster.
func TestTheSlowerEditorLearnsWhoWasFaster(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, whole)
		colleague, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Staff: clinic.Staff{Name: "سارا کریمی", Role: clinic.Receptionist}})
		if err != nil {
			t.Fatal(err)
		}
		o.clock.pass(time.Hour)
		faster := o.as(clinic.Receptionist)
		faster.Staff = colleague.ID
		theirs, mine := p, p
		theirs.City, mine.City = "شیراز", "تبریز"
		if _, err := o.EditPatient(t.Context(), faster, desk.EditPatient{Patient: theirs}); err != nil {
			t.Fatal(err)
		}
		at := o.clock.now()
		o.clock.pass(time.Minute)
		_, err = o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: mine})
		refuses(t, err, fault.Conflict, "patient.stale")
		file, err := o.PatientFile(t.Context(), o.manager, p.ID)
		if err != nil || file.Patient.City != "شیراز" || file.ChangedBy != "سارا کریمی" || !file.Changed.Equal(at) {
			t.Errorf("changed by %q at %v to %q, %v", file.ChangedBy, file.Changed, file.Patient.City, err)
		}
		mine.Version = file.Patient.Version
		if _, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: mine}); err != nil {
			t.Error(err)
		}
	})
}

func TestWhoMayChooseAFileNumber(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		form := clinic.Patient{FirstName: "رضا", LastName: "امینی", FileNumber: 500}
		_, err := o.RegisterPatient(t.Context(), o.as(clinic.Receptionist), desk.RegisterPatient{Patient: form})
		refuses(t, err, fault.Forbidden, "permission")
		p := o.register(t, form)
		p.FileNumber = 501
		_, err = o.EditPatient(t.Context(), o.as(clinic.Receptionist), desk.EditPatient{Patient: p})
		refuses(t, err, fault.Forbidden, "permission")
		p.FileNumber = 500 // as it is
		if _, err := o.EditPatient(t.Context(), o.as(clinic.Receptionist), desk.EditPatient{Patient: p}); err != nil {
			t.Error(err)
		}
	})
}

// A referrer is one entity however it is spelled; what was missing is added,
// and another name goes to those who were sent.
func TestReferrersOfPatients(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		send := func(form clinic.Patient, details clinic.Referrer) clinic.Patient {
			form.FirstName, form.LastName = "رضا", "امینی"
			p, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: form, Referrer: details})
			if err != nil {
				t.Fatal(err)
			}
			return p
		}
		first := send(clinic.Patient{Referrer: "دکتر شفیعی"}, clinic.Referrer{})
		again := send(clinic.Patient{Referrer: " دكتر شفيعي "}, clinic.Referrer{MedicalCouncilNumber: "۱۱", Phone: "021-88776655"})
		byLabel := send(clinic.Patient{Referrer: "دکتر شفیعی · 11"}, clinic.Referrer{})
		namesake := send(clinic.Patient{Referrer: "دکتر شفیعی"}, clinic.Referrer{MedicalCouncilNumber: "22"})
		if first.ReferrerID == 0 || again.ReferrerID != first.ReferrerID || byLabel.ReferrerID != first.ReferrerID || namesake.ReferrerID == first.ReferrerID {
			t.Errorf("referrers %d %d %d %d", first.ReferrerID, again.ReferrerID, byLabel.ReferrerID, namesake.ReferrerID)
		}
		all, err := o.Referrers(t.Context(), o.manager)
		if err != nil || len(all) != 2 || all[0].MedicalCouncilNumber != "11" || all[0].Phone != "02188776655" {
			t.Fatalf("%+v, %v", all, err)
		}
		all[0].Name = "دکتر شفیعی‌پور"
		if _, err := o.SaveReferrer(t.Context(), o.manager, desk.SaveReferrer{Referrer: all[0]}); err != nil {
			t.Fatal(err)
		}
		if p, err := o.Patient(t.Context(), o.manager, first.ID); err != nil || p.Referrer != "دکتر شفیعی‌پور" {
			t.Errorf("sent by %q, %v", p.Referrer, err)
		}
		_, err = o.SaveReferrer(t.Context(), o.manager, desk.SaveReferrer{Referrer: all[0]})
		refuses(t, err, fault.Conflict, "referrer.stale")
		_, err = o.SaveReferrer(t.Context(), o.manager, desk.SaveReferrer{Referrer: clinic.Referrer{ID: 99, Name: "x"}})
		refuses(t, err, fault.NotFound, "referrer.none")
		_, err = o.SaveReferrer(t.Context(), o.as(clinic.Doctor), desk.SaveReferrer{Referrer: all[1]})
		refuses(t, err, fault.Forbidden, "permission")
		first.Referrer, first.ReferrerID = "", 0
		if p, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: first}); err != nil || p.ReferrerID != 0 {
			t.Errorf("still sent by %d, %v", p.ReferrerID, err)
		}
	})
}

// An introducer is a patient who markets now; one who was named before stays.
func TestIntroducersAreMarketers(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		marketer := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "نادری", MarketerStatus: clinic.Marketing})
		brought := o.register(t, clinic.Patient{FirstName: "رضا", LastName: "امینی", Introducer: marketer.ID})
		marketer.MarketerStatus = "inactive"
		if _, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: marketer}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: brought}); err != nil {
			t.Errorf("an introducer who was named before: %v", err)
		}
		_, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "ن", LastName: "م", Introducer: marketer.ID}})
		refuses(t, err, fault.Invalid, "patient.introducer_inactive")
		self, err := o.Patient(t.Context(), o.manager, marketer.ID)
		if err != nil {
			t.Fatal(err)
		}
		self.MarketerStatus, self.Introducer = clinic.Marketing, self.ID
		_, err = o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: self})
		refuses(t, err, fault.Invalid, "patient.introducer")
		_, err = o.RegisterPatient(t.Context(), o.elsewhere(t), desk.RegisterPatient{Patient: clinic.Patient{FirstName: "ن", LastName: "م", Introducer: marketer.ID}})
		refuses(t, err, fault.Invalid, "patient.introducer")
	})
}

// insurers are a base insurer, a strict one and a supplementary one.
func (o office) insurers(t *testing.T) (ids [3]clinic.InsurerID) {
	t.Helper()
	err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) (err error) {
		for i, one := range []clinic.Insurer{{Code: "a", Name: "یک", Kind: clinic.BaseInsurance}, {Code: "b", Name: "دو", Kind: clinic.BaseInsurance, RequiresNationalCode: true},
			{Code: "c", Name: "سه", Kind: clinic.SupplementaryInsurance}} {
			if ids[i], err = b.Insurer(t.Context(), one); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// The form changes the insurances with the patient: all of it or nothing.
func TestInsuranceByTheForm(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		insurers := o.insurers(t)
		form := clinic.Patient{FirstName: "رضا", LastName: "امینی"}
		register := func(in clinic.Insurance) (clinic.Patient, error) {
			return o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: form, Insurance: &in})
		}
		for name, c := range map[string]struct {
			in          clinic.Insurance
			code, field string
		}{
			"no code for a strict one": {clinic.Insurance{Base: clinic.Coverage{Insurer: insurers[1]}}, "patient.code_needed", "national_code"},
			"of the other kind":        {clinic.Insurance{Base: clinic.Coverage{Insurer: insurers[2]}}, "insurer.kind", "base_insurer"},
			"a number without insurer": {clinic.Insurance{Supplementary: clinic.Coverage{InsuranceNumber: "1"}}, "coverage.insurer", "supplementary_insurer"},
			"an unknown insurer":       {clinic.Insurance{Base: clinic.Coverage{Insurer: 99}}, "coverage.insurer", "base_insurer"},
			"an endless letter":        {clinic.Insurance{Base: clinic.Coverage{Insurer: insurers[0], GuaranteeLetter: strings.Repeat("x", 99)}}, "text.long", "base_guarantee_letter"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := register(c.in)
				if e, _ := fault.As(err); fault.Code(err) != c.code || e.Field != c.field {
					t.Errorf("%v", err)
				}
			})
		}
		if found := o.find(t, "امینی"); len(found) != 0 {
			t.Fatalf("a refusal leaves %v", found)
		}
		p, err := register(clinic.Insurance{Base: clinic.Coverage{Insurer: insurers[0], InsuranceNumber: "۱۲"}, Supplementary: clinic.Coverage{Insurer: insurers[2], Ceiling: 7}})
		if err != nil {
			t.Fatal(err)
		}
		p.NationalCode = "0012345679"
		edit := desk.EditPatient{Patient: p, Insurance: &clinic.Insurance{Base: clinic.Coverage{Insurer: insurers[1]}}}
		if p, err = o.EditPatient(t.Context(), o.manager, edit); err != nil {
			t.Fatal(err)
		}
		file, err := o.PatientFile(t.Context(), o.manager, p.ID)
		if err != nil || file.Insurance.Base.Insurer != insurers[1] || file.Insurance.Base.ValidFrom != "2026-11-23" || file.Insurance.Supplementary.End != "2026-11-22" {
			t.Errorf("%+v, %v", file.Insurance, err)
		}
		all, err := o.Coverages(t.Context(), o.manager, p.ID)
		if err != nil || len(all) != 3 {
			t.Errorf("the past is not kept: %+v, %v", all, err)
		}
		if _, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: p}); err != nil {
			t.Fatal(err)
		}
		if left, err := o.Coverages(t.Context(), o.manager, p.ID); err != nil || !slices.Equal(left, all) {
			t.Errorf("an edit without insurances changes them: %+v, %v", left, err)
		}
	})
}

// While one types, who is known is shown, the likeliest first, and nobody of
// another branch.
func TestWhoMatchesWhatIsTyped(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		zahra := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "علی‌پور", NationalCode: "0012345679", Mobile: "09121234567", BirthDate: "1990-05-01"})
		brother := o.register(t, clinic.Patient{FirstName: "علی", LastName: "علی‌پور", SecondMobile: "09121234567"})
		for name, c := range map[string]struct {
			form clinic.Patient
			want []clinic.PatientID
			why  desk.MatchReason
		}{
			"two letters":            {clinic.Patient{LastName: "عل"}, []clinic.PatientID{brother.ID, zahra.ID}, desk.SameName},
			"one letter":             {clinic.Patient{LastName: "ع"}, nil, ""},
			"the code":               {clinic.Patient{NationalCode: "۰۰۱۲۳۴۵۶۷۹"}, []clinic.PatientID{zahra.ID}, desk.SameCode},
			"a part of the code":     {clinic.Patient{NationalCode: "00123"}, []clinic.PatientID{zahra.ID}, desk.SameNumber},
			"the mobile of a family": {clinic.Patient{FirstName: "حسن", Mobile: "9121234567"}, []clinic.PatientID{zahra.ID, brother.ID}, desk.SameMobile},
			"name and mobile":        {clinic.Patient{FirstName: "زهرا", LastName: "عليپور", Mobile: "09121234567"}, []clinic.PatientID{zahra.ID, brother.ID}, desk.SamePerson},
			"without herself":        {clinic.Patient{ID: zahra.ID, FirstName: "زهرا", LastName: "عليپور", NationalCode: "0012345679"}, nil, ""},
			"no text at all":         {clinic.Patient{FirstName: "\u202e\u200f", Mobile: "x"}, nil, ""},
		} {
			t.Run(name, func(t *testing.T) {
				found, _, err := o.MatchingPatients(t.Context(), o.manager, c.form)
				var ids []clinic.PatientID
				for _, m := range found {
					ids = append(ids, m.Patient.ID)
				}
				slices.Sort(ids)
				slices.Sort(c.want)
				if err != nil || !slices.Equal(ids, c.want) || len(found) > 0 && found[0].Why != c.why {
					t.Errorf("found %+v, %v", found, err)
				}
			})
		}
		stranger := o.elsewhere(t)
		found, _, err := o.MatchingPatients(t.Context(), stranger, clinic.Patient{LastName: "علی", NationalCode: "0012345679", Mobile: "09121234567"})
		if err != nil || len(found) != 0 {
			t.Errorf("a stranger sees %v, %v", found, err)
		}
		_, _, err = o.MatchingPatients(t.Context(), o.as("nobody"), clinic.Patient{LastName: "علی"})
		refuses(t, err, fault.Forbidden, "permission")
		if _, err = o.PatientFile(t.Context(), stranger, zahra.ID); fault.Code(err) != "patient.none" {
			t.Errorf("a stranger opens the form: %v", err)
		}
	})
}

func TestAPhotoIsKeptForWhoMaySeeIt(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, whole)
		_, err := o.Photo(t.Context(), o.manager, p.ID)
		refuses(t, err, fault.NotFound, "photo.none")
		refuses(t, o.SetPhoto(t.Context(), o.manager, p.ID, []byte("x")), fault.Invalid, "photo.format")
		for range 2 { // the second takes the place of the first
			if err := o.SetPhoto(t.Context(), o.manager, p.ID, tiny); err != nil {
				t.Fatal(err)
			}
		}
		if jpeg, err := o.Photo(t.Context(), o.as(clinic.Doctor), p.ID); err != nil || len(jpeg) == 0 {
			t.Errorf("%d bytes, %v", len(jpeg), err)
		}
		if lines := o.audit(t); lines[0].Action != "photo.read" || lines[0].Patient != p.ID {
			t.Errorf("the audit says %+v", lines[0])
		}
		stranger := o.elsewhere(t)
		_, err = o.Photo(t.Context(), stranger, p.ID)
		refuses(t, err, fault.NotFound, "patient.none")
		refuses(t, o.SetPhoto(t.Context(), stranger, p.ID, tiny), fault.NotFound, "patient.none")
		refuses(t, o.RemovePhoto(t.Context(), stranger, p.ID), fault.NotFound, "patient.none")
		refuses(t, o.SetPhoto(t.Context(), o.as(clinic.Doctor), p.ID, tiny), fault.Forbidden, "permission")
		if err := o.RemovePhoto(t.Context(), o.manager, p.ID); err != nil {
			t.Fatal(err)
		}
		_, err = o.Photo(t.Context(), o.manager, p.ID)
		refuses(t, err, fault.NotFound, "photo.none")
	})
}

// tiny is a PNG of one pixel.
var tiny = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82")
