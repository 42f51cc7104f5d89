package desk_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// visit is what a plain model of the list knows of an admission.
type visit struct {
	id          clinic.AdmissionID
	person      int
	at          time.Time
	status      string
	provider    clinic.ProviderID
	share, paid money.Amount
}

// visits are admissions of a town, some of them drafts or cancelled, some paid.
func (w *town) visits(t *testing.T) (all []visit) {
	t.Helper()
	random := rand.New(rand.NewPCG(3, 9))
	now := w.clock.now()
	err := w.Batch(t.Context(), w.manager, false, func(b desk.Batch) error {
		all = nil
		for i := range 40 {
			v := visit{person: random.IntN(len(w.people)), provider: w.providers[random.IntN(2)], share: 100,
				at: now.AddDate(0, 0, -random.IntN(6)).Add(-time.Duration(i) * time.Minute)}
			order := desk.Admit{Patient: w.people[v.person].ID, Coverage: &desk.Insurers{},
				Lines: []desk.OrderedLine{{Service: w.service, Provider: v.provider, Quantity: 1}}}
			priced, err := b.Order(t.Context(), order, v.at)
			if err != nil {
				return err
			}
			kind := random.IntN(5)
			made, err := b.Admission(t.Context(), priced, kind != 0)
			if err != nil {
				return err
			}
			v.id, v.status = made.ID, string(clinic.Finalized)
			switch kind {
			case 0:
				v.status = string(clinic.Draft)
			case 1:
				v.status = string(clinic.Cancelled)
				if err := b.CancelAdmission(t.Context(), made.ID, "آزمون", v.at.Add(time.Second)); err != nil {
					return err
				}
			case 2:
				v.paid = money.Amount(50 * (1 + random.IntN(2)))
				receipt := clinic.Receipt{Patient: order.Patient, At: now, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: v.paid}}}
				if _, _, err := b.Receipt(t.Context(), receipt, []clinic.Choice{{Admission: made.ID, Amount: v.paid}}); err != nil {
					return err
				}
			}
			all = append(all, v)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// emptyTown is an office with people of two branches of whom nobody was ever
// admitted, and with merged ones.
func emptyTown(t *testing.T, o office) *town {
	t.Helper()
	w := &town{office: o, here: o.manager.Branch, there: o.addBranch(t, "two")}
	err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) (err error) {
		if err := w.catalogue(t, b); err != nil {
			return err
		}
		w.people = nil
		for i := range 12 {
			p := &person{root: i}
			p.Patient, err = b.Patient(t.Context(), clinic.Patient{FirstName: "نام", LastName: syllables[i%10], Branch: []clinic.BranchID{w.here, w.there}[i%2]})
			if err != nil {
				return err
			}
			w.people = append(w.people, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// keepsVisit is the filter in plain words.
func (w *town) keepsVisit(v visit, q desk.AdmissionQuery, scope clinic.BranchID) bool {
	day := jalali.DayOf(v.at, tehranZone)
	pay := "unpaid"
	switch {
	case v.status != string(clinic.Finalized):
		pay = "-"
	case v.paid == v.share:
		pay = "settled"
	case v.paid > 0:
		pay = "partially_paid"
	}
	root := w.people[w.people[v.person].root]
	return (scope == 0 || root.Branch == scope) && (q.From == "" || day >= q.From) && (q.To == "" || day <= q.To) &&
		(q.Status == "" || v.status == q.Status) && (q.Pay == "" || pay == q.Pay) && (q.Provider == 0 || v.provider == q.Provider)
}

// The list of admissions is what the plain model says, with every filter alone
// and together, for one branch's people and for all, walked forth and back.
func TestTheListOfAdmissions(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		w := emptyTown(t, o)
		all := w.visits(t)
		w.join(t, 1, 2)
		w.join(t, 4, 5)
		w.join(t, 5, 6)
		random := rand.New(rand.NewPCG(5, 6))
		today := jalali.DayOf(o.clock.now(), tehranZone)
		kept := 0
		for range 60 {
			q := desk.AdmissionQuery{Status: pickOf(random, "", "", "draft", "finalized", "cancelled"), Provider: pickOf(random, 0, 0, w.providers[0]),
				Pay: pickOf(random, "", "", "", "unpaid", "partially_paid", "settled", "overpayment"), Limit: 3}
			if random.IntN(3) == 0 {
				q.From = today.Add(-random.IntN(5))
				q.To = q.From.Add(random.IntN(3))
			}
			actor, scope := o.manager, clinic.BranchID(0)
			if random.IntN(2) == 0 {
				actor, scope = o.as(clinic.Receptionist), o.manager.Branch
			}
			want := slices.DeleteFunc(slices.Clone(all), func(v visit) bool { return !w.keepsVisit(v, q, scope) })
			slices.SortFunc(want, func(a, b visit) int { return b.at.Compare(a.at) })
			kept += len(want)
			for way, got := range o.walkAdmissions(t, actor, q) {
				same := func(i desk.AdmissionItem, v visit) bool {
					return i.Admission.ID == v.id && i.Paid == v.paid && i.Person.ID == w.people[w.people[v.person].root].ID
				}
				if !slices.EqualFunc(got, want, same) {
					t.Fatalf("%s with %+v: %d admissions, want %d", way, q, len(got), len(want))
				}
			}
		}
		if kept < 200 {
			t.Errorf("the filters kept %d admissions in all", kept)
		}
		page, err := o.ListAdmissions(t.Context(), o.manager, desk.AdmissionQuery{Status: "finalized", Limit: 200})
		if sum := page.Totals; err != nil || sum.Left != sum.Share-sum.Paid || sum.Gross != money.Amount(100*len(page.Items)) {
			t.Errorf("totals %+v of %d, %v", sum, len(page.Items), err)
		}
		page, err = o.ListAdmissions(t.Context(), o.as(clinic.Doctor), desk.AdmissionQuery{})
		if err != nil || page.Totals != (desk.AdmissionTotals{}) {
			t.Errorf("a doctor sees %+v, %v", page.Totals, err)
		}
		_, err = o.ListAdmissions(t.Context(), o.as(clinic.Doctor), desk.AdmissionQuery{Pay: "unpaid"})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.ListAdmissions(t.Context(), o.manager, desk.AdmissionQuery{Status: "lost"})
		refuses(t, err, fault.Invalid, "admission.filter")
	})
}

// walkAdmissions follows the cursors to the end and back.
func (o office) walkAdmissions(t *testing.T, actor clinic.Actor, q desk.AdmissionQuery) map[string][]desk.AdmissionItem {
	t.Helper()
	var forth, back []desk.AdmissionItem
	var last desk.AdmissionPage
	for more := true; more; more = q.Cursor != "" {
		var err error
		if last, err = o.ListAdmissions(t.Context(), actor, q); err != nil {
			t.Fatal(err)
		}
		forth = append(forth, last.Items...)
		q.Cursor = last.Older
	}
	for back = last.Items; last.Newer != ""; back = append(slices.Clone(last.Items), back...) {
		q.Cursor = last.Newer
		var err error
		if last, err = o.ListAdmissions(t.Context(), actor, q); err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]desk.AdmissionItem{"forth": forth, "back": back}
}

// A person has views of their own: saved, replaced, deleted, and nobody else's.
func TestSavedViews(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		other := o.manager
		other.Staff = o.addStaff(t)
		save := func(name, query string) error {
			return o.SaveView(t.Context(), o.manager, clinic.SavedView{List: "patients", Name: name, Query: query})
		}
		for _, v := range [][2]string{{"بدهکاران", "filter=debtor"}, {"تولد", "birthday=week"}, {" بدهكاران ", "filter=debtor&unseen=3"}} {
			if err := save(v[0], v[1]); err != nil {
				t.Fatal(err)
			}
		}
		views, err := o.Desk.SavedViews(t.Context(), o.manager, "patients")
		if err != nil || len(views) != 2 || views[0].Query != "filter=debtor&unseen=3" || views[1].Name != "تولد" {
			t.Fatalf("%+v, %v", views, err)
		}
		refuses(t, save(" ", "q=x"), fault.Invalid, "saved_view.name")
		refuses(t, save("بلند", strings.Repeat("x", 1001)), fault.Invalid, "saved_view.query")
		refuses(t, o.SaveView(t.Context(), o.manager, clinic.SavedView{List: "staff", Name: "x"}), fault.Invalid, "saved_view.list")
		refuses(t, o.DeleteView(t.Context(), other, views[0].ID), fault.NotFound, "saved_view.none")
		if theirs, err := o.Desk.SavedViews(t.Context(), other, "patients"); err != nil || len(theirs) != 0 {
			t.Errorf("another sees %+v, %v", theirs, err)
		}
		if err := o.DeleteView(t.Context(), o.manager, views[0].ID); err != nil {
			t.Error(err)
		}
		for i := range 19 {
			if err := save(fmt.Sprint("نما ", i), "q=x"); err != nil {
				t.Fatal(err)
			}
		}
		refuses(t, save("یکی دیگر", "q=x"), fault.Refused, "saved_view.many")
	})
}

// addStaff is the id of a colleague.
func (o office) addStaff(t *testing.T) clinic.StaffID {
	t.Helper()
	s, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Staff: clinic.Staff{Name: "همکار", Role: clinic.Manager}})
	if err != nil {
		t.Fatal(err)
	}
	return s.ID
}

// The export is the list: the same people, masked and scoped alike, with what
// people typed never a formula.
func TestTheExportIsTheList(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		there := o.addBranch(t, "two")
		for i := range 230 {
			o.register(t, clinic.Patient{FirstName: "=cmd|' /C calc'!A0", LastName: fmt.Sprintf("نام %03d", i), Mobile: fmt.Sprintf("0912%07d", i),
				Branch: []clinic.BranchID{o.manager.Branch, there}[min(i%10, 1)]})
		}
		export := func(actor clinic.Actor, e desk.PatientExport) ([][]string, error) {
			var b strings.Builder
			e.Header = func(c string) string { return c }
			if err := o.ExportPatients(t.Context(), actor, &b, e); err != nil {
				return nil, err
			}
			text, marked := strings.CutPrefix(b.String(), "\ufeff")
			if !marked {
				t.Error("no mark of UTF-8")
			}
			return csv.NewReader(strings.NewReader(text)).ReadAll()
		}
		rows, err := export(o.manager, desk.PatientExport{})
		if err != nil || len(rows) != 231 || rows[1][1] != "'=cmd|' /C calc'!A0" || !slices.Contains(rows[0], "balance") {
			t.Fatalf("%d rows, %v, %q", len(rows), err, rows[:2])
		}
		supervisor := o.as(clinic.Supervisor)
		supervisor.Withdrawn = clinic.RightsOf(clinic.ReadMoney, clinic.ReadMobile)
		rows, err = export(supervisor, desk.PatientExport{})
		if err != nil || len(rows) != 24 || slices.Contains(rows[0], "balance") || !strings.HasPrefix(rows[1][5], "•") {
			t.Errorf("%d rows, %v, %q", len(rows), err, rows[:2])
		}
		page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "نام 007"})
		if err != nil || len(page.Items) == 0 {
			t.Fatal(err)
		}
		chosen := []clinic.PatientID{page.Items[0].Patient.ID}
		if rows, err = export(o.manager, desk.PatientExport{Chosen: chosen}); err != nil || len(rows) != 2 || rows[1][2] != "نام 007" {
			t.Errorf("chosen: %q, %v", rows, err)
		}
		if rows, err = export(supervisor, desk.PatientExport{Chosen: chosen}); err != nil || len(rows) != 1 {
			t.Errorf("chosen of another branch: %q, %v", rows, err)
		}
		if rows, err = export(o.manager, desk.PatientExport{Text: "ن"}); err != nil || len(rows) != 1 {
			t.Errorf("too short a search: %d rows, %v", len(rows), err)
		}
		if line := o.audit(t)[0]; line.Action != "patient.export" {
			t.Errorf("the audit says %q", line.Action)
		}
		_, err = export(o.as(clinic.Receptionist), desk.PatientExport{})
		refuses(t, err, fault.Forbidden, "permission")
	})
}

// A list of another branch is refused, as the list of its patients is.
func TestAdmissionsOfAnotherBranchAreForbidden(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		stranger := o.elsewhere(t)
		for branch, actor := range map[clinic.BranchID]clinic.Actor{stranger.Branch: o.manager, 0: stranger} {
			if _, err := o.ListAdmissions(t.Context(), actor, desk.AdmissionQuery{Branch: branch}); err != nil {
				t.Errorf("branch %d: %v", branch, err)
			}
		}
		if _, err := o.ListAdmissions(t.Context(), stranger, desk.AdmissionQuery{Branch: stranger.Branch}); err != nil {
			t.Errorf("the own branch: %v", err)
		}
		_, err := o.ListAdmissions(t.Context(), stranger, desk.AdmissionQuery{Branch: o.manager.Branch})
		refuses(t, err, fault.Forbidden, "permission")
	})
}
