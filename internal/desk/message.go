package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Send hands a message to whoever carries it. It must end by itself. The id of
// the message is the same each time, so that a carrier that knows ids sends it
// once whatever became of the answer. fault.Refused is for good.
type Send func(ctx context.Context, m clinic.Message) error

// What bounds one run: how many messages it looks at, and after how many
// failures in a row the carrier counts as away, so that other jobs get their
// turn.
const (
	mostMessages = 200
	mostFailures = 5
)

// SendMessages sends the messages that are due, codes first, and returns how
// many went out. Each is marked before it is handed over, which happens outside
// any transaction, and marked again afterwards: see clinic.Message. It may run
// at any time, any number of times, and in several programs at once.
func (d *Desk) SendMessages(ctx context.Context, c clinic.ID, send Send) (sent int, err error) {
	failures := 0
	for range mostMessages {
		if failures >= mostFailures {
			break // what is taken and not sent would wait for its lease to end
		}
		m, found, err := d.takeMessage(ctx, c)
		if err != nil || !found {
			return sent, err
		}
		if m.Status != clinic.MessageSending {
			continue // given up, not wanted, or for later
		}
		failed := send(ctx, m)
		if ctx.Err() != nil {
			return sent, ctx.Err() // whether it went out is not known; see Take
		}
		switch {
		case failed == nil:
			sent, failures = sent+1, 0
		case fault.Of(failed) != fault.Refused:
			failures++
		}
		err = d.write(ctx, byItself(c), func(w work) error {
			_, err := w.SetMessage(ctx, m.After(failed, d.now()), m)
			return err
		})
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// takeMessage marks the next message as being sent; false when none is due. What
// the patient agrees to is asked once more: it may have changed while the
// message waited.
func (d *Desk) takeMessage(ctx context.Context, c clinic.ID) (m clinic.Message, found bool, err error) {
	err = d.write(ctx, byItself(c), func(w work) error {
		next, err := w.NextMessage(ctx, w.now)
		if fault.Of(err) == fault.NotFound {
			found = false
			return nil
		}
		if err != nil {
			return err
		}
		rules, err := w.MessageRules(ctx)
		if err != nil {
			return err
		}
		why, err := w.mayBeSent(ctx, next)
		if err != nil {
			return err
		}
		if found, m = true, next.Skip(why); why == "" {
			m = next.Take(rules, w.clinic.Zone, w.now)
		}
		moved, err := w.SetMessage(ctx, m, next)
		if !moved {
			m.Status = "" // somebody else has it
		}
		return err
	})
	return m, found, err
}

// mayBeSent says why a message does not go out; "" when it does.
func (w work) mayBeSent(ctx context.Context, m clinic.Message) (clinic.SkipReason, error) {
	if stopped, err := w.stopped(ctx, m); err != nil || stopped {
		return clinic.SkipStopped, err
	}
	if m.Patient == 0 || m.Kind.Class() == "" {
		return "", nil
	}
	file, err := w.standing(ctx, m.Patient)
	if err != nil {
		return "", err
	}
	p, err := w.Patient(ctx, file)
	if err != nil {
		return "", err
	}
	p.Mobile = m.Mobile // as it was when the message was made
	return p.MayBeSent(m.Kind), nil
}
