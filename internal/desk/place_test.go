package desk_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// A branch uses its own places and those of the whole clinic, whether they were
// named or not; without any it is told what to do, until a manager adds one.
func TestABranchUsesNoPlaceOfAnother(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		rows, err := o.SettingRows(ctx, o.manager)
		if err != nil {
			t.Fatal(err)
		}
		theirs := func(kind string) clinic.PlaceID { return rows.Places[kind][0].ID }
		nurse := o.elsewhere(t)
		nurse.Staff++
		sick, err := o.RegisterPatient(ctx, nurse, desk.RegisterPatient{Patient: whole})
		if err != nil {
			t.Fatal(err)
		}
		for _, named := range []clinic.PlaceID{0, theirs(clinic.AccountCash)} {
			_, err := o.OpenShift(ctx, nurse, desk.OpenShift{Desk: named})
			refuses(t, err, fault.Refused, "shift.desk")
		}
		if offers, err := o.DeskOffers(ctx, nurse); err != nil || len(offers) != 0 {
			t.Errorf("offered %+v, %v", offers, err)
		}
		own := func(kind string) clinic.PlaceID {
			p, err := o.SavePlace(ctx, o.manager, row(desk.SavePlace{Kind: kind, Place: clinic.Place{Branch: nurse.Branch, Code: "own-" + kind, Name: "خودی"}}))
			if err != nil {
				t.Fatal(err)
			}
			return p.ID
		}
		drawer := own(clinic.AccountCash)
		_, err = o.OpenShift(ctx, nurse, desk.OpenShift{Desk: theirs(clinic.AccountCash)})
		refuses(t, err, fault.NotFound, "place.none")
		if s, err := o.OpenShift(ctx, nurse, desk.OpenShift{}); err != nil || s.Shift.Desk != drawer {
			t.Fatalf("%+v, %v", s.Shift, err)
		}
		pay := func(l clinic.MoneyLine) (clinic.PlaceID, error) {
			l.Amount = 1000
			got, err := o.Receive(ctx, nurse, desk.Receive{Patient: sick.ID, Lines: []clinic.MoneyLine{l}})
			if err != nil {
				return 0, err
			}
			return got.Receipt.Lines[0].Place, nil
		}
		for _, named := range []clinic.PlaceID{0, theirs(clinic.AccountPOS)} {
			_, err := pay(clinic.MoneyLine{Method: clinic.POS, Place: named})
			refuses(t, err, fault.Refused, "receipt.place")
		}
		terminal := own(clinic.AccountPOS)
		_, err = pay(clinic.MoneyLine{Method: clinic.POS, Place: theirs(clinic.AccountPOS)})
		refuses(t, err, fault.NotFound, "place.none")
		bank := rows.Places[clinic.AccountBank][1].ID // the clinic's card account, of no branch
		for _, c := range []struct {
			line clinic.MoneyLine
			want clinic.PlaceID
		}{
			{clinic.MoneyLine{Method: clinic.POS}, terminal},
			{clinic.MoneyLine{Method: clinic.CardToCard}, bank},
			{clinic.MoneyLine{Method: clinic.CardToCard, Place: bank}, bank},
			{clinic.MoneyLine{Method: clinic.Cash}, drawer},
		} {
			if got, err := pay(c.line); err != nil || got != c.want {
				t.Errorf("%+v lies at %d, %v; want %d", c.line, got, err, c.want)
			}
		}
		o.reportsPlaces(t, nurse.Branch, drawer, terminal)
	})
}

// reportsPlaces fails the test unless the report of the day of a branch has
// these places and no others.
func (o office) reportsPlaces(t *testing.T, branch clinic.BranchID, want ...clinic.PlaceID) {
	t.Helper()
	day, err := o.DayReport(t.Context(), o.manager, desk.ReportQuery{Branch: branch})
	if err != nil || len(day.Places) != len(want) {
		t.Errorf("%+v, %v; want %v", day.Places, err, want)
	}
	for _, p := range day.Places {
		if !slices.Contains(want, clinic.PlaceID(p.Owner)) {
			t.Errorf("the report of the branch has %+v", p)
		}
	}
}
