package desk_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
	"daftar/test/engine"
)

// hire gives the till one more person; nobody signs in as her.
func (o *till) hire(t *testing.T, name string, role clinic.Role) clinic.Actor {
	t.Helper()
	s, err := o.desk.AddStaff(t.Context(), o.actor, desk.AddStaff{Staff: clinic.Staff{Name: name, Role: role, Branch: o.actor.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	a := o.actor
	a.Staff, a.Name, a.Role = s.ID, name, role
	return a
}

// clinic is another clinic in the same database, with a patient and no shift.
func (o *till) clinic(t *testing.T) *till {
	t.Helper()
	c := *o
	var err error
	if c.actor, err = o.desk.CreateClinic(t.Context(), desk.NewClinic{Name: "کلینیک", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"}); err != nil {
		t.Fatal(err)
	}
	c.patient = c.another(t, "کریمی")
	return &c
}

// accountsOf sums the accounts of the trial balance by their kind.
func (o *till) accountsOf(t *testing.T) map[string]money.Amount {
	t.Helper()
	sums := map[string]money.Amount{}
	rows, err := o.desk.TrialBalance(t.Context(), o.actor, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		name := r.Account
		for _, prefix := range []string{"assets:cash:"} {
			if len(name) > len(prefix) && name[:len(prefix)] == prefix {
				name = prefix
			}
		}
		sums[name] += r.Balance
	}
	return sums
}

// model is what two cashiers at one desk would write on paper.
type model struct {
	shifts  map[clinic.StaffID]clinic.ShiftID
	status  map[clinic.StaffID]clinic.ShiftStatus
	holds   map[clinic.StaffID]money.Amount // in the drawer, of each
	left    map[clinic.StaffID]money.Amount // that her last shift left
	counted map[clinic.StaffID]money.Amount // difference of a count that nobody confirmed
	waits   map[clinic.StaffID]money.Amount // of her last shift
	earlier money.Amount                    // that waits of shifts before the last
	free    money.Amount                    // in the drawer, of nobody
	safe    money.Amount
	short   money.Amount // over_short
}

// Two cashiers at one desk open, receive, count, hand over; an accountant
// confirms or sends back, in any order. After every step the cash account is
// the sum of the drawers and the floats that nobody took, in-transit is what
// waits, over/short adds up, and the books prove themselves.
func TestTheDrawerIsAnAccount(t *testing.T) {
	all := openTill(t, engine.SQLite(t))
	rapid.Check(t, func(r *rapid.T) {
		o := all.clinic(t)
		accountant := o.hire(t, "حسابدار", clinic.Accountant)
		cashiers := []clinic.Actor{o.hire(t, "یک", clinic.Receptionist), o.hire(t, "دو", clinic.Receptionist)}
		m := model{map[clinic.StaffID]clinic.ShiftID{}, map[clinic.StaffID]clinic.ShiftStatus{}, map[clinic.StaffID]money.Amount{},
			map[clinic.StaffID]money.Amount{}, map[clinic.StaffID]money.Amount{}, map[clinic.StaffID]money.Amount{}, 0, 0, 0, 0}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			who := rapid.SampledFrom(cashiers).Draw(r, "who")
			amount := money.Amount(rapid.Int64Range(0, 5000).Draw(r, "amount"))
			step := rapid.SampledFrom([]string{"open", "receive", "receive", "count", "hand", "confirm", "reopen"}).Draw(r, "step")
			if err := o.till(t, &m, who, accountant, step, amount); err != nil && fault.Of(err) == fault.Internal {
				r.Fatalf("%s: %v", step, err)
			}
			sums := o.accountsOf(t)
			held, waits := m.free, m.earlier
			for _, c := range cashiers {
				held += m.holds[c.Staff]
				waits += m.waits[c.Staff]
			}
			if sums["assets:cash:"] != held || sums["assets:in-transit"] != waits || sums["assets:safe"] != m.safe || sums["expenses:overshort"] != m.short {
				r.Fatalf("after %s of %v the books say cash %v, transit %v, safe %v, over/short %v; want %v, %v, %v, %v", step, amount,
					sums["assets:cash:"], sums["assets:in-transit"], sums["assets:safe"], sums["expenses:overshort"], held, waits, m.safe, m.short)
			}
		}
		if _, err := o.desk.Verify(t.Context(), desk.VerifyOptions{Clinics: []clinic.ID{o.actor.Clinic}}); err != nil {
			r.Fatal(err)
		}
	})
}

// till carries one step out and, when it was done, writes it on paper.
func (o *till) till(t *testing.T, m *model, who, accountant clinic.Actor, step string, amount money.Amount) (err error) {
	id, ctx := who.Staff, t.Context()
	shift := m.shifts[id]
	switch step {
	case "open":
		var done desk.ShiftDone
		if done, err = o.desk.OpenShift(ctx, who, desk.OpenShift{Float: amount, Request: o.request()}); err == nil {
			m.shifts[id], m.status[id] = done.Shift.ID, clinic.ShiftOpen
			m.safe -= amount - m.free
			m.free, m.holds[id], m.left[id], m.counted[id] = 0, amount, 0, 0
			m.earlier, m.waits[id] = m.earlier+m.waits[id], 0
		}
	case "receive":
		_, err = o.desk.Receive(ctx, who, desk.Receive{Patient: o.patient, Lines: cash(amount + 1), Request: o.request()})
		if err == nil {
			m.holds[id] += amount + 1
		}
	case "count":
		_, err = o.desk.CountShift(ctx, who, desk.CountShift{Shift: shift, Note: "شمارش",
			Lines: []clinic.ShiftLine{{Method: clinic.Cash, Counted: amount}}, Request: o.request()})
		if err == nil {
			m.counted[id] = amount - m.holds[id]
			m.short -= m.counted[id]
			m.holds[id], m.status[id] = amount, clinic.ShiftCounted
		}
	case "hand":
		_, err = o.desk.HandOver(ctx, who, desk.HandOver{Shift: shift, Amount: amount, To: clinic.ToSafe, Request: o.request()})
		if err == nil {
			left := m.holds[id] - amount
			m.waits[id], m.holds[id], m.status[id] = amount, 0, clinic.ShiftAwaiting
			m.free, m.left[id] = m.free+left, m.left[id]+left
		}
	case "confirm":
		if _, err = o.desk.ConfirmShift(ctx, accountant, desk.ConfirmShift{Shift: shift, Request: o.request()}); err == nil {
			m.safe += m.waits[id]
			m.waits[id], m.status[id] = 0, clinic.ShiftClosed
		}
	case "reopen":
		if _, err = o.desk.ReopenShift(ctx, accountant, desk.ReopenShift{Shift: shift, Reason: "اشتباه", Request: o.request()}); err == nil {
			back := min(m.left[id], m.free)
			m.free, m.left[id], m.holds[id] = m.free-back, m.left[id]-back, m.holds[id]+back+m.waits[id]
			if m.status[id] != clinic.ShiftClosed {
				m.short += m.counted[id]
				m.holds[id] -= m.counted[id]
			}
			m.waits[id], m.counted[id], m.status[id] = 0, 0, clinic.ShiftOpen
		}
	}
	return err
}

// What the desk refuses in words the database refuses as well: nothing is
// written on a closed day, a closed shift takes no money, and what was counted,
// handed over or closed stays as it was written.
func TestTheDatabaseKeepsShiftsAndDaysLocked(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		second := o.hire(t, "دوم", clinic.Accountant)
		done, found, err := o.desk.OwnShift(t.Context(), o.actor)
		if err != nil || !found {
			t.Fatal(found, err)
		}
		id := done.ID
		o.receive(t, 5000)
		if _, err := o.desk.CountShift(t.Context(), o.actor, desk.CountShift{Shift: id, Lines: []clinic.ShiftLine{{Method: clinic.Cash, Counted: 5000}}}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.HandOver(t.Context(), o.actor, desk.HandOver{Shift: id, Amount: 5000, To: clinic.ToSafe}); err != nil {
			t.Fatal(err)
		}
		if _, err := o.desk.ConfirmShift(t.Context(), second, desk.ConfirmShift{Shift: id}); err != nil {
			t.Fatal(err)
		}
		s, err := store.OpenAsIs(t.Context(), database)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
		day := jalali.DayOf(o.now, time.UTC)
		entry := func(tx *store.Tx, id ledger.EntryID) error {
			e, err := ledger.NewEntry(day, "x", ledger.Debit(ledger.Account{Kind: "cash", Owner: 1, Unit: "IRR"}, 1),
				ledger.Credit(ledger.Account{Kind: "safe", Unit: "IRR"}, 1))
			if err != nil {
				return err
			}
			return tx.Post(t.Context(), e, store.Posted{ID: id, At: o.now, Recorded: o.now, Staff: o.actor.Staff, Branch: o.actor.Branch})
		}
		try := func(do func(tx *store.Tx) error) error { return s.Write(t.Context(), o.actor.Clinic, do) }
		err = try(func(tx *store.Tx) error {
			if err := entry(tx, 7); err != nil {
				t.Errorf("an entry on an open day: %v", err)
			}
			return tx.AddMoneyLines(t.Context(), []clinic.MoneyLine{{Line: 1, Method: clinic.Cash, Amount: 1, Place: 1}},
				store.Moved{Document: 7, Entry: 7, Shift: id, Day: day, Staff: 1})
		})
		if err == nil {
			t.Error("a closed shift took money")
		}
		if _, err := o.desk.CloseDay(t.Context(), second, desk.CloseDay{Day: day}); err != nil {
			t.Fatal(err)
		}
		if err := try(func(tx *store.Tx) error { return entry(tx, 8) }); err == nil {
			t.Error("an entry was written on a closed day")
		}
		_, err = o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: cash(1), Request: o.request()})
		if code := fault.Code(err); code != "books.closed" && code != "shift.none" {
			t.Errorf("the manager on a closed day: %v", err)
		}
	})
}
