package desk_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/test/engine"
)

// cheque is a line of money; the Sayad id ends in n.
func (o *till) cheque(n int, amount money.Amount) clinic.MoneyLine {
	return clinic.MoneyLine{Method: clinic.ByCheque, Amount: amount,
		Cheque: &clinic.Cheque{SayadID: fmt.Sprintf("1234%012d", n), Due: "2026-12-01"}}
}

func (o *till) take(t *testing.T, lines ...clinic.MoneyLine) desk.Received {
	t.Helper()
	r, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: lines, Request: o.request()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAChequeThatBouncesFreesWhatItPaid(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		ctx := t.Context()
		o.admit(t, 2) // 9,000,000
		got := o.take(t, cash(3_000_000)[0], o.cheque(1, 4_000_000), o.cheque(2, 4_000_000))
		if len(got.Cheques) != 2 || got.After.Balance != -2_000_000 || got.Cheques[1].Status != clinic.ChequeInHand || got.Unit == 0 {
			t.Fatalf("%+v", got)
		}
		q := got.Cheques[1]
		dry, err := o.desk.BounceCheque(ctx, o.actor, desk.ChangeCheque{Cheque: q.ID, Request: desk.Request{Key: "bounce", DryRun: true}})
		if err != nil || dry.After.Balance != 2_000_000 || o.balance(t, desk.View{}) != -2_000_000 {
			t.Fatalf("%+v %v", dry, err)
		}
		seen := got.After.Version - 1
		_, err = o.desk.BounceCheque(ctx, o.actor, desk.ChangeCheque{Cheque: q.ID, Seen: &seen})
		refuses(t, err, fault.Conflict, "account.stale")
		cmd := desk.ChangeCheque{Cheque: q.ID, Reason: "کسری موجودی", Request: desk.Request{Key: "bounce"}}
		for range 2 { // sent twice it is done once
			done, err := o.desk.BounceCheque(ctx, o.actor, cmd)
			if err != nil || done.After.Balance != 2_000_000 || done.Number != got.Receipt.Number || done.Cheque.Status != clinic.ChequeBounced {
				t.Fatalf("%+v %v", done, err)
			}
		}
		rows, err := o.desk.Admissions(ctx, o.actor, o.patient, desk.View{})
		if err != nil || rows.Rows[0].Left() != 2_000_000 || rows.Header.Bounced != 1 || rows.Header.Cheques != 4_000_000 {
			t.Fatalf("%+v %v", rows.Rows[0].Due, err)
		}
		items, err := o.desk.ChequesOf(ctx, o.actor, o.patient)
		if err != nil || len(items) != 2 || items[1].Last.Note != "کسری موجودی" || items[1].Last.Status != clinic.ChequeBounced {
			t.Errorf("%+v %v", items, err)
		}
		o.proves(t)
	})
}

// Money that is there pays what a cheque no longer pays.
func TestCreditPaysWhatABouncedChequePaid(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		o.admit(t, 1)
		first := o.take(t, o.cheque(1, 4_500_000))
		o.receive(t, 4_000_000)
		done, err := o.desk.BounceCheque(t.Context(), o.actor, desk.ChangeCheque{Cheque: first.Cheques[0].ID})
		if err != nil || done.Before.Balance != -4_000_000 || done.After.Balance != 500_000 {
			t.Fatalf("%+v %v", done.Effect, err)
		}
		rows, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil || rows.Rows[0].Paid != 4_000_000 || rows.Header.Credit != 0 {
			t.Errorf("%+v %v", rows.Rows[0].Due, err)
		}
		o.proves(t)
	})
}

func TestASwapIsOtherMoneyInTheShift(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		ctx := t.Context()
		o.admit(t, 1)
		q := o.take(t, o.cheque(1, 4_500_000)).Cheques[0]
		swap := desk.ChangeCheque{Cheque: q.ID, Lines: cash(4_500_000)}
		stranger := o.actor
		stranger.Staff++
		_, err := o.desk.SwapCheque(ctx, stranger, swap)
		refuses(t, err, fault.Refused, "shift.none")
		_, err = o.desk.SwapCheque(ctx, o.actor, desk.ChangeCheque{Cheque: q.ID})
		refuses(t, err, fault.Invalid, "receipt.empty")
		_, err = o.desk.SwapCheque(ctx, o.actor, desk.ChangeCheque{Cheque: q.ID, Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 4_500_000, Place: 7}}})
		refuses(t, err, fault.NotFound, "place.none")
		_, err = o.desk.ClearCheque(ctx, o.actor, desk.ChangeCheque{Cheque: q.ID, Place: 7})
		refuses(t, err, fault.NotFound, "place.none")
		done, err := o.desk.SwapCheque(ctx, o.actor, swap)
		if err != nil || done.Before.Balance != 0 || done.After.Balance != 0 || done.Drawer == nil || done.Drawer.After-done.Drawer.Before != 4_500_000 {
			t.Fatalf("%+v %v", done, err)
		}
		// The same Sayad id may come again: the cheque is no longer here.
		o.take(t, o.cheque(1, 1_000_000))
		_, err = o.desk.Receive(ctx, o.actor, desk.Receive{Patient: o.patient, Lines: []clinic.MoneyLine{o.cheque(1, 5)}})
		refuses(t, err, fault.Conflict, "cheque.exists")
		o.proves(t)
	})
}

func TestWhoMayDoWhatWithCheques(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, _ := o.counter(t)
		ctx := t.Context()
		line := clinic.MoneyLine{Method: clinic.ByCheque, Amount: 10, Cheque: &clinic.Cheque{SayadID: "1234567890123456", Due: "2026-12-01"}}
		got, err := o.Receive(ctx, o.as(clinic.Receptionist), desk.Receive{Patient: p, Lines: []clinic.MoneyLine{line}})
		if err != nil {
			t.Fatal(err)
		}
		cmd := desk.ChangeCheque{Cheque: got.Cheques[0].ID, Lines: cash(10)}
		for _, role := range []clinic.Role{clinic.Receptionist, clinic.Supervisor, clinic.CRM, clinic.Doctor} {
			_, err := o.BankCheque(ctx, o.as(role), cmd)
			refuses(t, err, fault.Forbidden, "permission")
			_, err = o.ClearCheque(ctx, o.as(role), cmd)
			refuses(t, err, fault.Forbidden, "permission")
			_, err = o.BounceCheque(ctx, o.as(role), cmd)
			refuses(t, err, fault.Forbidden, "permission")
		}
		_, err = o.SwapCheque(ctx, o.as(clinic.Doctor), cmd)
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.Cheques(ctx, o.as(clinic.CRM), desk.ChequeQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		elsewhere := o.as(clinic.Receptionist)
		elsewhere.Branch++
		_, err = o.SwapCheque(ctx, elsewhere, cmd)
		refuses(t, err, fault.NotFound, "cheque.none")
		_, err = o.ChequeOf(ctx, elsewhere, cmd.Cheque)
		refuses(t, err, fault.NotFound, "cheque.none")
		if page, err := o.Cheques(ctx, elsewhere, desk.ChequeQuery{}); err != nil || len(page.Items) != 0 || len(page.Held) != 0 {
			t.Errorf("another branch sees %+v %v", page, err)
		}
		if _, err := o.BankCheque(ctx, o.as(clinic.Accountant), cmd); err != nil {
			t.Error(err)
		}
		if _, err := o.ReturnCheque(ctx, o.as(clinic.Receptionist), cmd); err != nil {
			t.Error(err)
		}
		_, err = o.ReturnCheque(ctx, o.as(clinic.Receptionist), desk.ChangeCheque{Cheque: 17})
		refuses(t, err, fault.NotFound, "cheque.none")
	})
}

func TestTheListOfCheques(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database) // it is 2026-10-03
		for i, due := range []jalali.Day{"2026-10-01", "2026-10-03", "2026-10-09", "2026-10-10", "2026-12-01"} {
			l := o.cheque(i, money.Amount(1000*(i+1)))
			l.Cheque.Due = due
			o.take(t, l)
		}
		tests := map[string]struct {
			q    desk.ChequeQuery
			want int
			sum  money.Amount
		}{
			"all that are no money yet":    {desk.ChequeQuery{}, 5, 15_000},
			"those due today":              {desk.ChequeQuery{Due: desk.DueToday}, 1, 2_000},
			"those due in seven days":      {desk.ChequeQuery{Due: desk.DueWeek}, 2, 5_000},
			"those that are overdue":       {desk.ChequeQuery{Due: desk.DueOverdue}, 1, 1_000},
			"those before a day":           {desk.ChequeQuery{Before: "2026-10-10"}, 3, 6_000},
			"those that cleared":           {desk.ChequeQuery{Status: clinic.ChequeCleared}, 0, 0},
			"the sum is of the whole list": {desk.ChequeQuery{Limit: 2}, 2, 15_000},
		}
		for name, tt := range tests {
			page, err := o.desk.Cheques(t.Context(), o.actor, tt.q)
			if err != nil {
				t.Fatal(err)
			}
			var sum, held money.Amount
			for _, s := range page.Sums {
				sum += s.Amount
			}
			for _, s := range page.Held {
				held += s.Amount
			}
			if len(page.Items) != tt.want || sum != tt.sum || held != 15_000 {
				t.Errorf("%s: %d cheques of %v, held %v", name, len(page.Items), sum, held)
			}
		}
		var seen []money.Amount
		for cursor := ""; len(seen) < 9; {
			page, err := o.desk.Cheques(t.Context(), o.actor, desk.ChequeQuery{Limit: 2, Cursor: cursor})
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range page.Items {
				seen = append(seen, i.Amount)
			}
			if cursor = page.Older; cursor == "" {
				break
			}
		}
		if fmt.Sprint(seen) != "[1000 2000 3000 4000 5000]" {
			t.Errorf("page by page: %v", seen)
		}
		for _, q := range []desk.ChequeQuery{{Status: "lost"}, {Due: "soon"}, {Cursor: "x"}, {Limit: 201}} {
			if _, err := o.desk.Cheques(t.Context(), o.actor, q); fault.Of(err) != fault.Invalid {
				t.Errorf("%+v: %v", q, err)
			}
		}
	})
}

// Whatever happens to receipts with cheques, the books prove themselves and no
// swap or bank moves a balance.
func TestChequesKeepTheBooks(t *testing.T) {
	t.Parallel()
	o := openTill(t, engine.SQLite(t))
	sayad, runs := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		ctx := t.Context()
		runs += 2
		o.patient = o.another(t, fmt.Sprint("کریمی ", runs))
		other := o.another(t, fmt.Sprint("کریمی ", runs+1))
		files := []clinic.PatientID{o.patient, other}
		var merged bool
		together := func() (sum money.Amount) {
			for _, o.patient = range files[:len(files)-map[bool]int{true: 1}[merged]] {
				sum += o.balance(t, desk.View{})
			}
			return sum
		}
		var all []clinic.Cheque
		for range rapid.IntRange(4, 14).Draw(r, "steps") {
			o.now = o.now.Add(time.Minute)
			o.patient = rapid.SampledFrom(files).Draw(r, "file")
			switch step := rapid.SampledFrom([]string{"admit", "pay", "pay", "merge", "cancel", "bank", "clear", "bounce", "bounce", "return", "swap"}).Draw(r, "step"); step {
			case "admit":
				o.admit(t, rapid.Int64Range(1, 3).Draw(r, "quantity"))
			case "pay":
				sayad += 2
				got := o.take(t, cash(money.Amount(rapid.Int64Range(1, 6_000_000).Draw(r, "cash")))[0],
					o.cheque(sayad, money.Amount(rapid.Int64Range(1, 6_000_000).Draw(r, "cheque"))),
					o.cheque(sayad+1, money.Amount(rapid.Int64Range(1, 6_000_000).Draw(r, "another"))))
				all = append(all, got.Cheques...)
			case "merge":
				if !merged {
					o.merge(t, other, files[0])
				} else {
					o.unmerge(t, other)
				}
				merged = !merged
			case "cancel":
				rows, err := o.desk.Admissions(ctx, o.actor, o.patient, desk.View{})
				if err != nil {
					r.Fatal(err)
				}
				for _, a := range rows.Rows[:min(1, len(rows.Rows))] {
					o.desk.CancelAdmission(ctx, o.actor, desk.CancelAdmission{Admission: a.Admission.ID, Reason: "آزمون"})
				}
			default:
				if len(all) > 0 {
					i := rapid.IntRange(0, len(all)-1).Draw(r, "cheque")
					all[i] = o.stepped(t, r, all[i], step, together)
				}
			}
		}
		o.proves(t)
	})
}

// stepped tries a step of a cheque and returns it as it is then.
func (o *till) stepped(t *testing.T, r *rapid.T, q clinic.Cheque, step string, together func() money.Amount) clinic.Cheque {
	steps := map[string]func(context.Context, clinic.Actor, desk.ChangeCheque) (desk.ChequeChanged, error){"bank": o.desk.BankCheque,
		"clear": o.desk.ClearCheque, "bounce": o.desk.BounceCheque, "return": o.desk.ReturnCheque, "swap": o.desk.SwapCheque}
	before := together()
	done, err := steps[step](t.Context(), o.actor, desk.ChangeCheque{Cheque: q.ID, Lines: cash(q.Amount)})
	_, refused := q.Do(clinic.ChequeStep(step))
	if fault.Code(err) != fault.Code(refused) {
		r.Fatalf("%s of one %s: %v", step, q.Status, err)
	}
	if err != nil {
		return q
	}
	owed := money.Amount(0)
	if q.Open() && (step == "bounce" || step == "return") {
		owed = q.Amount
	}
	// What the cheque paid for somebody who was the same person is owed there.
	if after := together(); after-before != owed {
		r.Fatalf("%s moved the balances from %v to %v", step, before, after)
	}
	if done.Unit == 0 || step == "swap" || !rapid.Bool().Draw(r, "undone") {
		return done.Cheque
	}
	if _, err := o.desk.UndoUnit(t.Context(), o.actor, desk.UndoUnit{Unit: done.Unit, Request: o.request()}); err != nil {
		r.Fatalf("undo %s: %v", step, err)
	}
	is, err := o.desk.ChequeOf(t.Context(), o.actor, q.ID)
	if after := together(); err != nil || after != before || is.Status != q.Status || is.Place != q.Place {
		r.Fatalf("%s and undo made of %v %v, of one %s one %s: %v", step, before, after, q.Status, is.Status, err)
	}
	return is.Cheque
}
