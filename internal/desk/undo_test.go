package desk_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// snapshot is all that a cashier and the books see of some people.
type snapshot struct {
	Accounts map[ledger.Account]money.Amount
	Dues     map[clinic.AdmissionID][2]money.Amount
	Funds    map[clinic.FundID]money.Amount
	Lost     map[clinic.AdmissionID]money.Amount
	Cash     money.Amount
}

func (o office) snapshot(t testing.TB, people []clinic.PatientID) (s snapshot) {
	t.Helper()
	s = snapshot{map[ledger.Account]money.Amount{}, map[clinic.AdmissionID][2]money.Amount{}, map[clinic.FundID]money.Amount{}, map[clinic.AdmissionID]money.Amount{}, 0}
	err := o.store.Read(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
		balances, err := tx.Balances(t.Context(), store.Moment{})
		if err != nil {
			return err
		}
		for _, b := range balances {
			if b.Amount != 0 {
				s.Accounts[b.Account] = b.Amount
			}
		}
		dues, err := tx.Dues(t.Context(), people, store.Moment{})
		if err != nil {
			return err
		}
		for _, d := range dues {
			s.Dues[d.Admission.ID] = [2]money.Amount{d.Share, d.Paid}
		}
		funds, err := tx.Funds(t.Context(), people)
		if err != nil {
			return err
		}
		for _, f := range funds {
			s.Funds[f.ID] = f.Left
		}
		lost, err := tx.WrittenOff(t.Context(), people)
		if err != nil {
			return err
		}
		for _, d := range lost {
			s.Lost[d.Admission.ID] = d.Share
		}
		shift, err := tx.OpenShiftOf(t.Context(), o.manager.Staff)
		if err != nil {
			return err
		}
		s.Cash, err = tx.CashOfShift(t.Context(), shift.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// life does random things with the money of a few people.
type life struct {
	office
	t          *rapid.T
	tb         testing.TB
	service    clinic.ServiceID
	people     []clinic.PatientID
	admissions []clinic.AdmissionID
	receipts   []clinic.ReceiptID
}

func (l *life) one() clinic.PatientID { return l.people[l.any(uint64(len(l.people)))] }

func (l *life) amount() money.Amount {
	return money.Amount(rapid.Int64Range(1, 60).Draw(l.t, "millions")) * 1_000_000
}

func (l *life) method() clinic.Method {
	return rapid.SampledFrom([]clinic.Method{clinic.Cash, clinic.POS, clinic.CardToCard}).Draw(l.t, "method")
}

// any is a number below n, each as likely.
func (l *life) any(n uint64) int {
	return int(rapid.Uint64().Draw(l.t, "any") * 0x9e3779b97f4a7c15 >> 32 % n)
}

// does carries out one random command and returns what can be undone; 0 when
// it was refused.
func (l *life) does() (what string, unit int64, err error) {
	ctx := l.tb.Context()
	switch n := l.any(15); {
	case n <= 1:
		done, err := l.Admit(ctx, l.manager, desk.Admit{Patient: l.one(), Lines: []desk.OrderedLine{{Service: l.service, Quantity: 1}}})
		l.admissions = append(l.admissions, done.Admission.ID)
		return "admit", done.Unit, err
	case n == 2:
		draft, err := l.Admit(ctx, l.manager, desk.Admit{Patient: l.one(), Lines: []desk.OrderedLine{{Service: l.service, Quantity: 1}}, Draft: true})
		if err != nil {
			return "finalize", 0, err
		}
		l.admissions = append(l.admissions, draft.Admission.ID)
		done, err := l.FinalizeAdmission(ctx, l.manager, desk.FinalizeAdmission{Admission: draft.Admission.ID})
		return "finalize", done.Unit, err
	case n <= 4 || len(l.receipts) == 0:
		cmd := desk.Receive{Patient: l.one(), Lines: []clinic.MoneyLine{{Method: l.method(), Amount: l.amount()}}}
		if owed, err := l.Balance(ctx, l.manager, cmd.Patient, desk.View{}); err == nil && owed.Balance > 0 && l.any(2) == 0 {
			cmd.Lines[0].Amount = owed.Balance // all of it
		}
		if rapid.IntRange(0, 5).Draw(l.t, "nothing chosen") == 0 {
			cmd.Allocations = []clinic.Choice{}
		}
		done, err := l.Receive(ctx, l.manager, cmd)
		l.receipts = append(l.receipts, done.Receipt.ID)
		return "receive", done.Unit, err
	case n == 5 || n == 12:
		done, err := l.Refund(ctx, l.manager, desk.GiveBack{Patient: l.one(), Amount: l.amount() / 8, Line: clinic.MoneyLine{Method: l.method()}, Reason: "x", Override: "y"})
		return "refund", done.Unit, err
	case (n == 6 || n == 13) && len(l.admissions) > 0:
		done, err := l.DiscountLater(ctx, l.manager, desk.DiscountLater{Admission: rapid.SampledFrom(l.admissions).Draw(l.t, "admission"),
			Discount: clinic.Discount{Amount: l.amount() / 4, Reason: "x"}})
		return "discount", done.Unit, err
	case n == 7:
		done, err := l.WriteOff(ctx, l.manager, desk.WriteOff{Patient: l.one(), Amount: l.amount() / 2, Reason: "x"})
		return "write off", done.Unit, err
	case (n == 8 || n == 14) && len(l.admissions) > 0:
		_, err := l.CancelAdmission(ctx, l.manager, desk.CancelAdmission{Admission: rapid.SampledFrom(l.admissions).Draw(l.t, "admission"), Reason: "x"})
		return "cancel", 0, err
	}
	receipt := rapid.SampledFrom(l.receipts).Draw(l.t, "receipt")
	switch l.any(3) {
	case 0:
		_, err := l.VoidReceipt(ctx, l.manager, desk.VoidReceipt{Receipt: receipt, Reason: "x"})
		return "void", 0, err
	case 1:
		done, err := l.TransferReceipt(ctx, l.manager, desk.TransferReceipt{Receipt: receipt, To: l.one(), Reason: "x"})
		return "transfer", done.Unit, err
	}
	done, err := l.CorrectMethod(ctx, l.manager, desk.CorrectMethod{Receipt: receipt, Line: rapid.SampledFrom([]int{1, 1, 1, 3, 2}).Draw(l.t, "line"), Is: clinic.MoneyLine{Method: l.method()}})
	return "correct", done.Unit, err
}

// Whatever is done with money in whatever order, the books prove themselves;
// and what is undone at once leaves everything as it was.
func TestUndoIsTheOtherWayRound(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		_, service := o.counter(t)
		done, undone := map[string]int{}, map[string]int{}
		rapid.Check(t, func(rt *rapid.T) {
			l := life{office: o, t: rt, tb: t, service: service}
			for i := range 4 {
				l.people = append(l.people, o.register(t, clinic.Patient{FirstName: "ش", LastName: fmt.Sprint("ک", i)}).ID)
			}
			if _, err := o.MergePatients(t.Context(), o.manager, desk.MergePatients{Loser: l.people[3], Winner: l.people[0], Reason: "یکی"}); err != nil {
				t.Fatal(err)
			}
			var units []int64
			for range rapid.IntRange(4, 16).Draw(rt, "commands") {
				o.clock.pass(time.Second)
				before := o.snapshot(t, l.people)
				what, unit, err := l.does()
				if fault.Of(err) == fault.Internal && err != nil {
					rt.Fatalf("%s: %v", what, err)
				}
				if err != nil {
					if diff := cmp.Diff(before, o.snapshot(t, l.people)); diff != "" {
						rt.Fatalf("%s was refused (%v) and changed something:\n%s", what, err, diff)
					}
					continue
				}
				done[what]++
				if unit == 0 {
					continue
				}
				if rapid.Bool().Draw(rt, "undone") {
					undone[what]++
					if _, err := o.UndoUnit(t.Context(), o.manager, desk.UndoUnit{Unit: unit}); err != nil {
						rt.Fatalf("undo %s: %v", what, err)
					}
					if diff := cmp.Diff(before, o.snapshot(t, l.people)); diff != "" {
						rt.Fatalf("%s and undo changed something:\n%s", what, diff)
					}
				} else if units = append(units, unit); rapid.IntRange(0, 3).Draw(rt, "later") == 0 {
					late := rapid.SampledFrom(units).Draw(rt, "unit")
					before := o.snapshot(t, l.people)
					_, err := o.UndoUnit(t.Context(), o.manager, desk.UndoUnit{Unit: late})
					if err != nil && fault.Of(err) == fault.Internal {
						rt.Fatalf("undo later: %v", err)
					}
					if err != nil && cmp.Diff(before, o.snapshot(t, l.people)) != "" {
						rt.Fatal("a refused undo changed something")
					}
				}
			}
			_, err := o.Verify(t.Context(), desk.VerifyOptions{})
			if err != nil {
				rt.Fatal(err)
			}
		})
		t.Logf("done: %v, undone: %v", done, undone)
	})
}
