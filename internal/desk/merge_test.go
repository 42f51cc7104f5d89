package desk_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/test/engine"
)

// another registers a second file of the same till.
func (o *till) another(t *testing.T, last string) clinic.PatientID {
	t.Helper()
	p, err := o.desk.RegisterPatient(t.Context(), o.actor, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "زهرا", LastName: last}})
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

func (o *till) merge(t *testing.T, loser, winner clinic.PatientID) desk.Merged {
	t.Helper()
	m, err := o.desk.MergePatients(t.Context(), o.actor, desk.MergePatients{Loser: loser, Winner: winner, Reason: "دو بار ثبت شده", Request: o.request()})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (o *till) unmerge(t *testing.T, loser clinic.PatientID) {
	t.Helper()
	if _, err := o.desk.UnmergePatient(t.Context(), o.actor, desk.UnmergePatient{Loser: loser, Request: o.request()}); err != nil {
		t.Fatal(err)
	}
}

// shown is everything that is shown of a file.
type shown struct {
	Summary      desk.Summary
	Transactions desk.Transactions
	Admissions   desk.Admissions
	Balance      desk.BalanceAnswer
	Patient      clinic.Patient
}

func (o *till) shown(t *testing.T, id clinic.PatientID) (s shown) {
	t.Helper()
	ctx, v := t.Context(), desk.View{Limit: 200}
	var err error
	must := func() {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Summary, err = o.desk.Summary(ctx, o.actor, id, v)
	must()
	s.Transactions, err = o.desk.Transactions(ctx, o.actor, id, v)
	must()
	s.Admissions, err = o.desk.Admissions(ctx, o.actor, id, v)
	must()
	s.Balance, err = o.desk.Balance(ctx, o.actor, id, v)
	must()
	s.Patient, err = o.desk.Patient(ctx, o.actor, id)
	must()
	return s
}

// books are all entries as hledger reads them.
func (o *till) books(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	if err := o.desk.ExportJournal(t.Context(), o.actor, &out, desk.JournalQuery{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func (o *till) proves(t *testing.T) {
	t.Helper()
	if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
		t.Fatal(err)
	}
}

func TestMergeAndUnmergeChangeNothing(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		first, second, third := o.patient, o.another(t, "کریمی‌پور"), o.another(t, "کرمی")
		o.admit(t, 2)
		o.receive(t, 5_000_000)
		o.patient = second
		o.admit(t, 1)
		o.patient = third
		o.receive(t, 700_000)
		before := []shown{o.shown(t, first), o.shown(t, second), o.shown(t, third)}
		books := o.books(t)

		o.merge(t, third, second)
		one := o.merge(t, second, first)
		if want := money.Amount(9_000_000 - 5_000_000 + 4_500_000 - 700_000); one.After.Balance != want {
			t.Errorf("merged balance = %v, want %v", one.After.Balance, want)
		}
		if diff := cmp.Diff(o.shown(t, first), o.shown(t, third)); diff != "" {
			t.Errorf("the alias of an alias shows something else than the person:\n%s", diff)
		}
		whole := o.shown(t, first).Summary
		if len(whole.Rows) != whole.Events {
			t.Errorf("%d rows of %d events", len(whole.Rows), whole.Events)
		}
		o.unmerge(t, second)
		o.unmerge(t, third)

		for i, id := range []clinic.PatientID{first, second, third} {
			if diff := cmp.Diff(before[i], o.shown(t, id)); diff != "" {
				t.Errorf("file %d:\n%s", i, diff)
			}
		}
		if after := o.books(t); after != books {
			t.Error("the books changed")
		}
		o.proves(t)
	})
}

// Money that came while two files were one stays right in each of them after
// they are two again.
func TestUnmergeSplitsWhatWasPaidTogether(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		winner, loser := o.patient, o.another(t, "کریمی‌پور")
		o.patient = loser
		debt := o.admit(t, 2)
		o.merge(t, loser, winner)
		got := o.receive(t, 10_000_000)
		if got.Receipt.Patient != winner || got.Before.Balance != 9_000_000 || got.After.Balance != -1_000_000 || got.Surplus != 1_000_000 {
			t.Errorf("a receipt at the alias: %+v", got)
		}
		o.proves(t)
		o.unmerge(t, loser)
		o.proves(t)
		if b := o.balance(t, desk.View{}); b != 0 {
			t.Errorf("the admission's file = %v, want 0", b)
		}
		o.patient = winner
		if b := o.balance(t, desk.View{}); b != -1_000_000 {
			t.Errorf("the payer's file = %v, want -1,000,000", b)
		}
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: debt, Reason: "اشتباه", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		o.proves(t)
		if b := o.balance(t, desk.View{}); b != -10_000_000 {
			t.Errorf("the payer's file after the cancellation = %v, want -10,000,000", b)
		}
	})
}

// Whatever happens to files that are merged and taken apart, the person's
// balance is the sum of the files', the header is the rows, and the books hold.
func TestMergedFilesAreTheirSum(t *testing.T) {
	t.Parallel()
	o := openTill(t, engine.SQLite(t))
	rapid.Check(t, func(r *rapid.T) {
		files := []clinic.PatientID{o.another(t, "یک"), o.another(t, "دو"), o.another(t, "سه")}
		owes := map[clinic.PatientID]bool{}
		into := map[int]int{}
		for range rapid.IntRange(1, 14).Draw(r, "steps") {
			i := rapid.IntRange(0, 2).Draw(r, "file")
			o.patient = files[i]
			o.now = o.now.Add(time.Minute)
			switch rapid.SampledFrom([]string{"admit", "pay", "merge", "unmerge", "cancel"}).Draw(r, "step") {
			case "admit":
				owes[files[i]] = true
				o.admit(t, rapid.Int64Range(1, 3).Draw(r, "quantity"))
			case "pay":
				o.receive(t, money.Amount(rapid.Int64Range(1, 12_000_000).Draw(r, "amount")))
			case "merge":
				j := (i + 1) % 3
				if _, err := o.desk.MergePatients(t.Context(), o.actor, desk.MergePatients{Loser: files[i], Winner: files[j], Reason: "آزمون"}); err == nil {
					into[i] = j
				}
			case "unmerge":
				if _, err := o.desk.UnmergePatient(t.Context(), o.actor, desk.UnmergePatient{Loser: files[i]}); err == nil {
					delete(into, i)
				}
			case "cancel":
				s := o.shown(t, files[i])
				for _, a := range s.Admissions.Rows[:min(1, len(s.Admissions.Rows))] {
					o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: a.Admission.ID, Reason: "آزمون"})
				}
			}
			s := o.shown(t, files[i])
			if len(s.Summary.Rows) != s.Summary.Events || len(s.Transactions.Rows) != s.Transactions.Header.Transactions ||
				s.Transactions.Totals.Closing != s.Balance.Position.Balance || s.Summary.Position != s.Balance.Position {
				r.Fatalf("header %+v, %d rows, totals %+v", s.Summary.Position, len(s.Summary.Rows), s.Transactions.Totals)
			}
		}
		var together, apart money.Amount
		for i := range files {
			if _, alias := into[i]; !alias {
				o.patient = files[i]
				together += o.balance(t, desk.View{})
			}
		}
		for i := range files {
			if _, alias := into[i]; alias {
				o.unmerge(t, files[i])
			}
		}
		for _, f := range files {
			o.patient = f
			apart += o.balance(t, desk.View{})
		}
		if together != apart {
			r.Fatalf("together %v, apart %v", together, apart)
		}
		o.proves(t)
	})
}

// A form of the loser that was opened before the merge writes nothing over the
// winner, although both files have the same version.
func TestAMergedFilesFormIsStale(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		winner, loser := o.patient, o.another(t, "کریمی‌پور")
		form := o.shown(t, loser).Patient
		o.merge(t, loser, winner)
		form.City = "تبریز"
		_, err := o.desk.EditPatient(t.Context(), o.actor, desk.EditPatient{Patient: form})
		refuses(t, err, fault.Conflict, "patient.stale")
		if p := o.shown(t, winner).Patient; p.LastName != "کریمی" || p.City != "" {
			t.Errorf("the winner became %s of %q", p.Name(), p.City)
		}
	})
}

func TestMergeIsRefused(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		winner, loser := o.patient, o.another(t, "کریمی‌پور")
		try := func(a clinic.Actor, from, to clinic.PatientID) error {
			_, err := o.desk.MergePatients(t.Context(), a, desk.MergePatients{Loser: from, Winner: to})
			return err
		}
		receptionist := o.actor
		receptionist.Role = clinic.Receptionist
		refuses(t, try(receptionist, loser, winner), fault.Forbidden, "permission")
		refuses(t, try(o.actor, winner, winner), fault.Invalid, "merge.same")
		refuses(t, try(o.actor, loser, winner), fault.Refused, "merge.reason") // two names
		refuses(t, try(o.actor, 99, winner), fault.NotFound, "patient.none")
		_, err := o.desk.UnmergePatient(t.Context(), o.actor, desk.UnmergePatient{Loser: loser})
		refuses(t, err, fault.Refused, "merge.none")
		o.merge(t, loser, winner)
		refuses(t, try(o.actor, loser, winner), fault.Refused, "merge.alias")
		refuses(t, try(o.actor, winner, loser), fault.Invalid, "merge.same") // a circle
	})
}
