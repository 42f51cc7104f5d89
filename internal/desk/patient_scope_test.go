package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// A week over the new year has birthdays of both years, and who was born on the
// last day of a leap year has one in every year.
func TestBirthdaysOfTheWeekOverTheNewYear(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for last, born := range map[string]jalali.Date{"الف": {Year: 1370, Month: 12, Day: 29}, "ب": {Year: 1399, Month: 12, Day: 30},
			"پ": {Year: 1370, Month: 1, Day: 3}, "ت": {Year: 1370, Month: 12, Day: 20}, "ج": {Year: 1370, Month: 1, Day: 12}} {
			o.register(t, clinic.Patient{FirstName: "م", LastName: last, BirthDate: born.Civil()})
		}
		noon := jalali.Date{Year: 1406, Month: 1, Day: 2}.Civil().Time().Add(9 * time.Hour)
		o.clock.pass(noon.Sub(o.clock.now()))
		page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{PatientFilter: desk.PatientFilter{Birthday: "week"}})
		if got, want := strings.Join(names(page), ","), "م الف,م ب,م پ"; err != nil || got != want {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	})
}

// People of another branch are in no list, count or search; neither are those
// who were merged into one of another branch.
func TestOtherBranchesArePeopleNobodyFinds(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		there := o.addBranch(t, "two")
		secret := o.register(t, clinic.Patient{FirstName: "پنهان", LastName: "دیگری", Branch: there, NationalCode: "0499370899", Mobile: "09121234567",
			BirthDate: "1990-01-01"})
		merged := o.register(t, clinic.Patient{FirstName: "نام", LastName: "پیشین", Mobile: "09351112233"})
		moved := o.register(t, clinic.Patient{FirstName: "نام", LastName: "رفته", Branch: there, Mobile: "09354445566"})
		kept := o.register(t, clinic.Patient{FirstName: "این", LastName: "جایی"})
		o.link(t, merged.ID, secret.ID)
		o.link(t, moved.ID, kept.ID)
		receptionist := o.as(clinic.Receptionist)
		for name, text := range map[string]string{"name": "پنهان", "file number": secret.FileNumber.String(), "code": "0499370899",
			"mobile": "09121234567", "end of the mobile": "4567", "name of an alias": "پیشین", "mobile of an alias": "09351112233"} {
			page, err := o.Patients(t.Context(), receptionist, desk.PatientQuery{Text: text})
			if err != nil || len(page.Items) != 0 || page.Count > 0 || page.More {
				t.Errorf("by %s: %q of %d, %v", name, names(page), page.Count, err)
			}
			page, err = o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: text})
			if err != nil || len(page.Items) != 1 || page.Items[0].Patient.ID != secret.ID {
				t.Errorf("a manager, by %s: %q, %v", name, names(page), err)
			}
		}
		page, err := o.Patients(t.Context(), receptionist, desk.PatientQuery{Text: "رفته"})
		if err != nil || len(page.Items) != 1 || page.Items[0].Patient.ID != kept.ID || page.Items[0].Alias != moved.FileNumber {
			t.Errorf("an alias from elsewhere: %+v, %v", page.Items, err)
		}
		page, err = o.Patients(t.Context(), receptionist, desk.PatientQuery{})
		if err != nil || page.Count != 1 || !slices.Equal(names(page), []string{"این جایی"}) {
			t.Errorf("the list: %q of %d, %v", names(page), page.Count, err)
		}
		_, err = o.Patients(t.Context(), receptionist, desk.PatientQuery{PatientFilter: desk.PatientFilter{Branch: there}})
		refuses(t, err, fault.Forbidden, "permission")
	})
}

// A search that meets a merged file shows the person once, with the number of
// the file it met, and the sum of all files.
func TestASearchFindsThePersonOfAnAlias(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		winner := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی", Mobile: "09121111111"})
		loser := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی‌نژاد", NationalCode: "0499370899", Mobile: "09122222222"})
		first := o.register(t, clinic.Patient{FirstName: "م", LastName: "نژادی", Mobile: "09123333333"})
		o.link(t, loser.ID, winner.ID)
		o.link(t, first.ID, loser.ID)
		o.owe(t, winner, 100)
		o.owe(t, loser, 20)
		o.owe(t, first, 3)
		for text, alias := range map[string]clinic.FileNumber{"نژادی": first.FileNumber, "0499370899": loser.FileNumber, "2222": loser.FileNumber,
			loser.FileNumber.String(): loser.FileNumber, "مریم": 0, "احمدی": 0, "09123333333": first.FileNumber} {
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: text})
			if err != nil || len(page.Items) != 1 || page.Items[0].Patient.ID != winner.ID || page.Items[0].Balance != 123 {
				t.Errorf("%q finds %+v, %v", text, page.Items, err)
			} else if got := page.Items[0].Alias; got != alias {
				t.Errorf("%q is marked %v, want %v", text, got, alias)
			}
		}
		for filter, n := range map[string]int{"debtor": 1, "settled": 0} {
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "نژاد", PatientFilter: desk.PatientFilter{Filter: filter}})
			if err != nil || len(page.Items) != n {
				t.Errorf("%s: %q, %v", filter, names(page), err)
			}
		}
	})
}

// Who may not read mobiles gets their ends.
func TestMobilesAreMasked(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی", Mobile: "09121234567", Landline: "02188776655", EmergencyPhone: "0912 765 4321"})
		page, err := o.Patients(t.Context(), o.as(clinic.Doctor), desk.PatientQuery{})
		if err != nil || len(page.Items) != 1 {
			t.Fatal(page, err)
		}
		p := page.Items[0].Patient
		if got := p.Mobile + p.SecondMobile + p.Landline + p.EmergencyPhone; got != "•••4567•••6655•••4321" {
			t.Errorf("a doctor sees %q", got)
		}
	})
}
