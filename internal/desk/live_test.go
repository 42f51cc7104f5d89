package desk_test

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// soon bounds how long a test waits for what must come.
const soon = 5 * time.Second

// watch opens a watch that ends with the test.
func (o office) watch(t *testing.T, actor clinic.Actor, q desk.WatchQuery) <-chan desk.News {
	t.Helper()
	news, err := o.Watch(t.Context(), actor, q)
	if err != nil {
		t.Fatal(err)
	}
	return news
}

// next is the next news.
func next(t *testing.T, news <-chan desk.News) desk.News {
	t.Helper()
	select {
	case n, open := <-news:
		if !open {
			t.Fatal("the watch has ended")
		}
		return n
	case <-time.After(soon):
		t.Fatal("no news")
	}
	return desk.News{}
}

// silent fails the test when there is news. News is sent before a command
// returns, so what is not there now does not come.
func silent(t *testing.T, news <-chan desk.News) {
	t.Helper()
	select {
	case n := <-news:
		t.Errorf("there is news: %+v", n)
	default:
	}
}

func TestNewsOfACommand(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		mark := o.NewsMark(o.manager.Clinic)
		news := o.watch(t, o.manager, desk.WatchQuery{})
		pay := desk.Receive{Patient: p.ID, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}, Request: desk.Request{Key: "a", DryRun: true}}
		if _, err := o.Receive(t.Context(), o.manager, pay); err != nil {
			t.Fatal(err)
		}
		silent(t, news) // a dry run
		if _, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{}); err == nil {
			t.Fatal("a patient without a name was registered")
		}
		silent(t, news) // a refusal
		if _, err := o.Patient(t.Context(), o.manager, p.ID); err != nil {
			t.Fatal(err)
		}
		silent(t, news) // a read
		pay.Request.DryRun = false
		done, err := o.Receive(t.Context(), o.manager, pay)
		if err != nil {
			t.Fatal(err)
		}
		n := next(t, news)
		if n.Kind != desk.Changed || n.Action != "receipt.write" || n.Patient != p.ID || n.Object != int64(done.Receipt.ID) ||
			n.By != "مدیر آزمون" || n.Staff != o.manager.Staff || !n.At.Equal(o.clock.now()) || n.ID <= mark {
			t.Errorf("the news is %+v", n)
		}
		if _, err := o.Receive(t.Context(), o.manager, pay); err != nil {
			t.Fatal(err)
		}
		silent(t, news) // the same form again
		late := o.watch(t, o.manager, desk.WatchQuery{Since: mark})
		if again := next(t, late); again.ID != n.ID {
			t.Errorf("who comes back is told %+v, want %+v", again, n)
		}
		silent(t, late)
	})
}

func TestNewsOfABatch(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		news := o.watch(t, o.manager, desk.WatchQuery{})
		add := func(b desk.Batch) error {
			for range 3 {
				if _, err := b.Patient(t.Context(), clinic.Patient{FirstName: "زهرا", LastName: "کریمی"}); err != nil {
					return err
				}
			}
			return nil
		}
		broken := errors.New("broken")
		if err := o.Batch(t.Context(), o.manager, true, add); err != nil {
			t.Fatal(err)
		}
		if err := o.Batch(t.Context(), o.manager, false, func(desk.Batch) error { return broken }); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		silent(t, news)
		if err := o.Batch(t.Context(), o.manager, false, add); err != nil {
			t.Fatal(err)
		}
		if n := next(t, news); n.Kind != desk.ManyChanged {
			t.Errorf("the news is %+v", n)
		}
		silent(t, news)
	})
}

// Nobody learns of people of another branch or another clinic, nor that a
// colleague has such a person on show.
func TestNewsStaysInItsBranch(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		other, err := o.CreateClinic(t.Context(), desk.NewClinic{Name: "دیگری", Currency: "IRR", Zone: "Asia/Tehran", StaffName: "مدیر"})
		if err != nil {
			t.Fatal(err)
		}
		near, far := o.as(clinic.Receptionist), o.as(clinic.Receptionist)
		far.Branch += 1_000_000
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		mark := o.NewsMark(o.manager.Clinic) - 1
		_, err = o.Watch(t.Context(), far, desk.WatchQuery{Patient: p.ID})
		refuses(t, err, fault.NotFound, "patient.none")
		_, err = o.Watch(t.Context(), o.as(clinic.Stockkeeper), desk.WatchQuery{})
		refuses(t, err, fault.Forbidden, "permission")
		nearNews, farNews, otherNews := o.watch(t, near, desk.WatchQuery{}), o.watch(t, far, desk.WatchQuery{Since: mark}), o.watch(t, other, desk.WatchQuery{})
		p.City = "تهران"
		if _, err := o.EditPatient(t.Context(), o.manager, desk.EditPatient{Patient: p}); err != nil {
			t.Fatal(err)
		}
		if n := next(t, nearNews); n.Action != "patient.edit" {
			t.Errorf("the news is %+v", n)
		}
		silent(t, farNews)
		silent(t, otherNews)
		for name, actor := range map[string]clinic.Actor{"near": near, "far": far, "other": other} {
			all, next, err := o.RecentNews(t.Context(), actor, 0)
			if err != nil {
				t.Fatal(err)
			}
			if want := map[string]int{"near": 2}[name]; len(all) != want {
				t.Errorf("%s is told %d pieces of news, want %d", name, len(all), want)
			}
			if next != o.NewsMark(actor.Clinic) {
				t.Errorf("%s goes on from %d", name, next)
			}
		}
	})
}

func TestWhoElseIsThere(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"})
		added, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Password: "a long enough secret",
			Staff: clinic.Staff{Name: "سارا کریمی", Role: clinic.Receptionist, Username: "sara", Branch: o.manager.Branch}})
		if err != nil {
			t.Fatal(err)
		}
		sara := clinic.Actor{Clinic: o.manager.Clinic, Branch: added.Branch, Staff: added.ID, Name: added.Name, Role: added.Role}
		here := o.watch(t, o.manager, desk.WatchQuery{Patient: p.ID})
		elsewhere := o.watch(t, o.manager, desk.WatchQuery{})
		if n := next(t, here); n.Kind != desk.Together || len(n.People) != 0 {
			t.Errorf("alone, %+v", n)
		}
		ctx, leave := context.WithCancel(t.Context())
		hers, err := o.Watch(ctx, sara, desk.WatchQuery{Patient: p.ID})
		if err != nil {
			t.Fatal(err)
		}
		if n := next(t, hers); len(n.People) != 1 || n.People[0].Name != "مدیر آزمون" {
			t.Errorf("she is with %+v", n)
		}
		if n := next(t, here); len(n.People) != 1 || n.People[0].Name != "سارا کریمی" || n.People[0].Branch == "" {
			t.Errorf("he is with %+v", n)
		}
		leave()
		if n := next(t, here); len(n.People) != 0 {
			t.Errorf("she left and he is with %+v", n)
		}
		if _, open := <-hers; open {
			t.Error("her watch goes on")
		}
		silent(t, elsewhere)
	})
}

// A reader that does not read costs nobody anything: it is told so and let go.
// Many writers and readers at once lose nothing.
func TestASlowReader(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		slow, first := o.watch(t, o.manager, desk.WatchQuery{}), o.NewsMark(o.manager.Clinic)
		quick := o.watch(t, o.manager, desk.WatchQuery{})
		const writers, each = 4, 25
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() {
				for j := range each {
					_, err := o.RegisterPatient(t.Context(), o.manager, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "زهرا", LastName: strconv.Itoa(i*each + j)}})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		last := first
		for range writers * each {
			n := next(t, quick)
			if n.ID != last+1 {
				t.Fatalf("%d comes after %d", n.ID, last)
			}
			last = n.ID
		}
		all.Wait()
		n := next(t, slow)
		if n.Kind != desk.Resync {
			t.Errorf("the slow reader is told %+v", n)
		}
		if _, open := <-slow; open {
			t.Error("the slow reader is still told")
		}
		back := o.watch(t, o.manager, desk.WatchQuery{Since: first})
		if n := next(t, back); n.Kind != desk.Resync || n.ID != last {
			t.Errorf("who missed too much is told %+v", n)
		}
		back = o.watch(t, o.manager, desk.WatchQuery{Since: last + 1})
		if n := next(t, back); n.Kind != desk.Resync {
			t.Errorf("who comes from another time is told %+v", n)
		}
	})
}

// A watch that ended leaves nothing behind, whichever side ended it.
func TestWatchesEnd(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.watch(t, o.manager, desk.WatchQuery{}) // warm
		before := runtime.NumGoroutine()
		ctx, leave := context.WithCancel(t.Context())
		var open []<-chan desk.News
		for range 49 { // with the one that is open, all that one person may have
			news, err := o.Watch(ctx, o.manager, desk.WatchQuery{})
			if err != nil {
				t.Fatal(err)
			}
			open = append(open, news)
		}
		// Those of the database's transactions end a moment later.
		for wait := 0; runtime.NumGoroutine() > before+5; wait++ {
			if wait == 100 {
				t.Fatalf("50 watches run %d goroutines", runtime.NumGoroutine()-before)
			}
			time.Sleep(20 * time.Millisecond)
		}
		_, err := o.Watch(ctx, o.manager, desk.WatchQuery{})
		refuses(t, err, fault.Refused, "live.many")
		leave()
		for _, news := range open {
			for range news {
			}
		}
		rest := o.watch(t, o.manager, desk.WatchQuery{})
		o.EndWatches()
		if _, open := <-rest; open {
			t.Error("a watch goes on after the end")
		}
		_, err = o.Watch(t.Context(), o.manager, desk.WatchQuery{})
		refuses(t, err, fault.Unavailable, "live.closed")
	})
}
