package desk_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
)

// carrier sends a message once for each id, as a service does that knows ids.
type carrier struct {
	mu     sync.Mutex
	asked  map[clinic.MessageID]int
	outgo  map[clinic.MessageID]int
	repeat int
}

func (c *carrier) take(m clinic.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.asked[m.ID]++; c.asked[m.ID] > 1 {
		c.repeat++
		return
	}
	c.outgo[m.ID]++
}

// The program ends a hundred times while messages are being sent: before the
// service has one, after it has it, or because the time is over. In the end each
// message went out once and is known to have.
func TestAMessageSurvivesAHundredEnds(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		luck := rand.New(rand.NewPCG(7, 11))
		service := &carrier{asked: map[clinic.MessageID]int{}, outgo: map[clinic.MessageID]int{}}
		for range 40 {
			p.queueOne(t)
		}
		for end := range 100 {
			before := luck.IntN(3)
			ctx, stop := context.WithCancel(t.Context())
			func() {
				defer func() { recover() }()
				p.SendMessages(ctx, p.clinicID(), func(_ context.Context, m clinic.Message) error {
					how := luck.IntN(4)
					if before > 0 {
						before, how = before-1, 3
					}
					switch how {
					case 0:
						panic("out of power, before")
					case 1:
						service.take(m)
						panic("out of power, after")
					case 2:
						service.take(m)
						stop() // told to end, the answer is lost
						return ctx.Err()
					}
					service.take(m)
					return nil
				})
			}()
			stop()
			if p.clock.pass(11 * time.Minute); end%10 == 9 {
				p.queueOne(t)
			}
		}
		p.finish(t, service)
		if service.repeat == 0 {
			t.Error("no message was handed over twice: the ends came at no bad time")
		}
		all := p.about(t, clinic.MessageCampaign)
		if len(all) != 50 {
			t.Fatalf("%d messages", len(all))
		}
		for _, m := range all {
			if m.Status != clinic.MessageSent || service.outgo[m.ID] != 1 {
				t.Errorf("%d went out %d times: %+v", m.ID, service.outgo[m.ID], m)
			}
		}
	})
}

// queueOne queues a message to nobody known.
func (p page) queueOne(t *testing.T) {
	t.Helper()
	now := p.clock.now()
	err := p.store.Write(t.Context(), p.clinicID(), func(tx *store.Tx) error {
		return tx.AddMessage(t.Context(), clinic.Message{ID: clinic.MessageID(p.ids.Next()), Mobile: "09121234567", Kind: clinic.MessageCampaign, Text: "x",
			Due: now, Recorded: now})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// finish lets the service work for a day, and somebody try again what was given
// up.
func (p page) finish(t *testing.T, service *carrier) {
	t.Helper()
	for _, m := range p.about(t, clinic.MessageCampaign) {
		if m.Status == clinic.MessageFailed {
			if _, err := p.RetryMessage(t.Context(), p.manager, desk.RetryMessage{Message: m.ID}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 48 {
		p.clock.pass(30 * time.Minute)
		_, err := p.SendMessages(t.Context(), p.clinicID(), func(_ context.Context, m clinic.Message) error {
			service.take(m)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// Two programs that send at once hand each message over once, and a service
// that is away holds up nothing else.
func TestAMessageIsTakenByOneProgram(t *testing.T) {
	eachTalking(t, func(t *testing.T, p page) {
		for range 20 {
			p.queueOne(t)
		}
		tries := 0
		_, err := p.SendMessages(t.Context(), p.clinicID(), func(context.Context, clinic.Message) error {
			tries++
			return errors.New("away")
		})
		if err != nil || tries != 5 {
			t.Errorf("%d tries, %v", tries, err)
		}
		p.clock.pass(time.Hour)
		service := &carrier{asked: map[clinic.MessageID]int{}, outgo: map[clinic.MessageID]int{}}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				_, err := p.SendMessages(t.Context(), p.clinicID(), func(_ context.Context, m clinic.Message) error {
					service.take(m)
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if len(service.outgo) != 20 || service.repeat != 0 {
			t.Errorf("%d went out, %d twice", len(service.outgo), service.repeat)
		}
	})
}
