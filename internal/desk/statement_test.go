package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/serial"
	"daftar/internal/store"
	"daftar/test/drawer"
	"daftar/test/engine"
)

// till is a clinic with one patient and one service of 4,500,000, and a clock
// that the test turns.
type till struct {
	desk    *desk.Desk
	actor   clinic.Actor
	now     time.Time
	patient clinic.PatientID
	service clinic.ServiceID
	keys    int
}

func openTill(t *testing.T, database string) *till {
	t.Helper()
	s, err := store.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	o := &till{now: time.Date(2026, 10, 3, 7, 0, 0, 0, time.UTC)}
	var mu sync.Mutex
	now := func() time.Time { mu.Lock(); defer mu.Unlock(); return o.now }
	o.desk = desk.New(s, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: zeros{}})
	if o.actor, err = o.desk.CreateClinic(t.Context(), desk.NewClinic{Name: "کلینیک", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"}); err != nil {
		t.Fatal(err)
	}
	drawer.Open(t, o.desk, o.actor)
	err = o.desk.Batch(t.Context(), o.actor, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "skin", Name: "پوست"})
		if err != nil {
			return err
		}
		if o.service, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "visit", Name: "ویزیت", Price: 4_500_000}); err != nil {
			return err
		}
		p, err := b.Patient(t.Context(), clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		o.patient = p.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// zeros is the chance of tests that need none.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func (o *till) request() desk.Request {
	o.keys++
	return desk.Request{Key: fmt.Sprint("k", o.keys)}
}

func (o *till) admit(t *testing.T, quantity int64) clinic.AdmissionID {
	t.Helper()
	a, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Request: o.request(),
		Lines: []desk.OrderedLine{{Service: o.service, Quantity: quantity}}})
	if err != nil {
		t.Fatal(err)
	}
	return a.Admission.ID
}

func cash(amount money.Amount) []clinic.MoneyLine {
	return []clinic.MoneyLine{{Method: clinic.Cash, Amount: amount}}
}

func (o *till) receive(t *testing.T, amount money.Amount) desk.Received {
	t.Helper()
	r, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: o.patient, Lines: cash(amount), Request: o.request()})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (o *till) balance(t *testing.T, v desk.View) money.Amount {
	t.Helper()
	b, err := o.desk.Balance(t.Context(), o.actor, o.patient, v)
	if err != nil {
		t.Fatal(err)
	}
	return b.Balance
}

// Page 1, page 2 … are the unpaged list, in both directions, and each running
// balance is the one before plus the row.
func TestPagesAreTheWholeStatement(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		for i := range 11 {
			o.now = o.now.Add(time.Duration(i%3) * time.Hour) // some rows share an instant
			if i%4 == 3 {
				o.receive(t, 5_000_000)
			} else {
				o.admit(t, int64(1+i%2))
			}
		}
		whole, err := o.desk.Summary(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if len(whole.Rows) != whole.Header.Events || whole.Rows[0].Running != whole.Position.Balance {
			t.Fatalf("%d rows of %d; newest running %v, balance %v", len(whole.Rows), whole.Header.Events, whole.Rows[0].Running, whole.Position.Balance)
		}
		var down []desk.SummaryRow
		last := ""
		for v := (desk.View{Limit: 3}); ; {
			page, err := o.desk.Summary(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			down = append(down, page.Rows...)
			if last = page.Newer; page.Older == "" {
				break
			}
			v.Cursor = page.Older
		}
		if diff := cmp.Diff(whole.Rows, down); diff != "" {
			t.Errorf("paged down: %s", diff)
		}
		var up []desk.SummaryRow
		for v := (desk.View{Limit: 3, Cursor: last}); v.Cursor != ""; {
			page, err := o.desk.Summary(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			up = append(append([]desk.SummaryRow{}, page.Rows...), up...)
			v.Cursor = page.Newer
		}
		if diff := cmp.Diff(whole.Rows[:len(up)], up); diff != "" || len(up) < 8 {
			t.Errorf("paged up %d rows: %s", len(up), diff)
		}
	})
}

// X4: opening + debits − credits = closing, in every range; as of a day and as
// known at an instant are the past as it was.
func TestRangesAndThePast(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		o.now = time.Date(2026, 10, 3, 7, 0, 0, 0, time.UTC) // 1405/07/11
		o.admit(t, 2)
		known := o.now
		o.now = o.now.Add(15 * time.Minute)
		o.receive(t, 7_000_000)
		o.now = time.Date(2026, 10, 27, 14, 0, 0, 0, time.UTC) // 1405/08/05
		second := o.admit(t, 1)
		o.now = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC) // 1405/09/02
		o.receive(t, 5_000_000)

		for v, want := range map[desk.View]store.Totals{
			{From: day("1405/08/01"), To: day("1405/08/30")}: {Opening: 2_000_000, Debits: 4_500_000, Closing: 6_500_000, Count: 1},
			{From: day("1405/09/01")}:                        {Opening: 6_500_000, Credits: 5_000_000, Closing: 1_500_000, Count: 1},
			{To: day("1405/07/30")}:                          {Debits: 9_000_000, Credits: 7_000_000, Closing: 2_000_000, Count: 2},
		} {
			got, err := o.desk.Transactions(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			if got.Totals != want {
				t.Errorf("%v to %v: %+v, want %+v", v.From, v.To, got.Totals, want)
			}
		}
		if got := o.balance(t, desk.View{AsOf: day("1405/07/11")}); got != 2_000_000 {
			t.Errorf("as of the first day: %v", got)
		}
		if got := o.balance(t, desk.View{KnownAt: known}); got != 9_000_000 {
			t.Errorf("as known before the receipt: %v", got)
		}
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: second, Reason: "انصراف", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		past, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{AsOf: day("1405/08/30")})
		if err != nil {
			t.Fatal(err)
		}
		if past.Rows[0].Admission.Status != clinic.Finalized || past.Position.Balance != 6_500_000 {
			t.Errorf("before the cancellation: %v %v", past.Rows[0].Admission.Status, past.Position.Balance)
		}
		now, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if now.Rows[0].Admission.Status != clinic.Cancelled || now.Rows[0].Paid != 0 || now.Position.Balance != -3_000_000 || now.Credit != 3_000_000 {
			t.Errorf("after it: %v paid %v balance %v credit %v", now.Rows[0].Admission.Status, now.Rows[0].Paid, now.Position.Balance, now.Credit)
		}
	})
}

func day(text string) jalali.Day {
	d, err := jalali.Parse(text, "2026-11-23")
	if err != nil {
		panic(err)
	}
	return d
}

// Money that is there before an admission pays it; a screen that is out of
// date, a used key and a dry run move nothing.
func TestReceive(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		o.admit(t, 1)
		first := o.receive(t, 6_000_000)
		if first.Surplus != 1_500_000 || len(first.Pays) != 1 || first.Pays[0].Amount != 4_500_000 || first.After.Balance != -1_500_000 {
			t.Fatalf("surplus: %+v", first)
		}
		second := o.admit(t, 1)
		rows, err := o.desk.Admissions(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if rows.Rows[0].Admission.ID != second || rows.Rows[0].Paid != 1_500_000 || rows.Rows[0].Payments[0].Reason != clinic.FromCredit {
			t.Fatalf("credit did not pay: %+v", rows.Rows[0])
		}
		stale := int64(1)
		cmd := desk.Receive{Patient: o.patient, Lines: cash(3_000_000), Seen: &stale, Request: desk.Request{Key: "stale"}}
		if _, err := o.desk.Receive(t.Context(), o.actor, cmd); fault.Code(err) != "account.stale" {
			t.Errorf("an old screen: %v", err)
		}
		cmd.Seen = nil
		cmd.Request.DryRun = true
		try, err := o.desk.Receive(t.Context(), o.actor, cmd)
		if err != nil || try.After.Balance != 0 || o.balance(t, desk.View{}) != 3_000_000 {
			t.Errorf("dry run: %+v %v; balance %v", try.After, err, o.balance(t, desk.View{}))
		}
		cmd.Request.DryRun = false
		once, err := o.desk.Receive(t.Context(), o.actor, cmd)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.desk.Receive(t.Context(), o.actor, cmd)
		if err != nil || !cmp.Equal(once, again) {
			t.Errorf("the same key: %v %s", err, cmp.Diff(once, again))
		}
		cmd.Lines = cash(1)
		if _, err := o.desk.Receive(t.Context(), o.actor, cmd); fault.Code(err) != "request.reused" {
			t.Errorf("a changed body: %v", err)
		}
		if got := o.balance(t, desk.View{}); got != 0 {
			t.Errorf("balance %v", got)
		}
		doctor := o.actor
		doctor.Role = clinic.Doctor
		if _, err := o.desk.Receive(t.Context(), doctor, cmd); fault.Of(err) != fault.Forbidden {
			t.Errorf("a doctor takes money: %v", err)
		}
	})
}

// Fifty clicks of one form are one receipt; thirty different forms are thirty,
// numbered without a gap.
func TestCashiersClickAtOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		click := func(n int, key func(i int) string) map[int64]int {
			var wg sync.WaitGroup
			var mu sync.Mutex
			numbers := map[int64]int{}
			for i := range n {
				wg.Go(func() {
					r, err := o.desk.Receive(context.WithoutCancel(t.Context()), o.actor, desk.Receive{Patient: o.patient,
						Lines: cash(1000), Request: desk.Request{Key: key(i)}})
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						t.Errorf("click %d: %v", i, err)
					}
					numbers[r.Receipt.Number.Count]++
				})
			}
			wg.Wait()
			return numbers
		}
		if got := click(50, func(int) string { return "one" }); len(got) != 1 || got[1] != 50 {
			t.Errorf("one form: receipts %v", got)
		}
		got := click(30, func(i int) string { return fmt.Sprint("form", i) })
		for n := int64(2); n <= 31; n++ {
			if got[n] != 1 {
				t.Errorf("receipt %d exists %d times", n, got[n])
			}
		}
		if b := o.balance(t, desk.View{}); b != -31_000 {
			t.Errorf("balance %v", b)
		}
	})
}
