package desk_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/drawer"
	"daftar/test/engine"
)

// colleague hires somebody with an open drawer who may do what the actor may.
func (o till) colleague(t *testing.T, username string) clinic.Actor {
	t.Helper()
	hired, err := o.desk.AddStaff(t.Context(), o.actor, desk.AddStaff{Password: "a long enough secret",
		Staff: clinic.Staff{Name: username, Role: clinic.Manager, Username: username, Branch: o.actor.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	drawer.OpenFor(t, o.desk, o.actor, hired)
	a := o.actor
	a.Staff, a.Name = hired.ID, hired.Name
	return a
}

// A key is its sender's: nobody is shown the answer to somebody else, whether
// they ask the same or something else.
func TestAKeyIsItsSenders(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		other := o.colleague(t, "other")
		cmd := desk.Receive{Patient: o.patient, Lines: cash(1000), Request: desk.Request{Key: "k"}}
		first, err := o.desk.Receive(t.Context(), o.actor, cmd)
		if err != nil {
			t.Fatal(err)
		}
		for name, ask := range map[string]desk.Receive{
			"the same body":    cmd,
			"another body":     {Patient: o.patient, Lines: cash(2000), Request: cmd.Request},
			"what it would be": {Patient: o.patient, Lines: cash(1000), Request: desk.Request{Key: "k", DryRun: true}},
		} {
			got, err := o.desk.Receive(t.Context(), other, ask)
			if fault.Of(err) != fault.Conflict || fault.Code(err) != "request.reused" || got.Receipt.ID != 0 {
				t.Errorf("%s under somebody else's key: %v, receipt %v", name, err, got.Receipt.Number)
			}
		}
		if again, err := o.desk.Receive(t.Context(), o.actor, cmd); err != nil || again.Receipt.ID != first.Receipt.ID {
			t.Errorf("the sender again: %v %v", again.Receipt.Number, err)
		}
		if b := o.balance(t, desk.View{}); b != -1000 {
			t.Errorf("balance %v", b)
		}
	})
}

// When two people send one key at once, one receipt is written; its sender has
// it as often as they asked, the other is told of the conflict as often.
func TestTwoSendersOfOneKeyAtOnce(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		senders := []clinic.Actor{o.actor, o.colleague(t, "other")}
		const each = 8
		for round := range 3 {
			var wg sync.WaitGroup
			var mu sync.Mutex
			answers := map[clinic.StaffID]map[string]int{senders[0].Staff: {}, senders[1].Staff: {}}
			for i := range 2 * each {
				sender := senders[i%2]
				wg.Go(func() {
					r, err := o.desk.Receive(context.WithoutCancel(t.Context()), sender, desk.Receive{Patient: o.patient, Lines: cash(1000),
						Request: desk.Request{Key: fmt.Sprint("round", round)}})
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						answers[sender.Staff][fault.Code(err)]++
						return
					}
					answers[sender.Staff]["receipt "+r.Receipt.Number.String()]++
				})
			}
			wg.Wait()
			won, lost := answers[senders[0].Staff], answers[senders[1].Staff]
			if won["request.reused"] > 0 {
				won, lost = lost, won
			}
			if len(won) != 1 || won["request.reused"] > 0 || lost["request.reused"] != each || len(lost) != 1 {
				t.Errorf("round %d: one got %v, the other %v", round, won, lost)
			}
			if b := o.balance(t, desk.View{}); int(b) != -1000*(round+1) {
				t.Errorf("round %d: balance %v", round, b)
			}
		}
	})
}
