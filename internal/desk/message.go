package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Send hands a message to whoever carries it. It must end by itself.
type Send func(ctx context.Context, m clinic.Message) error

// mostMessages bounds what one run sends.
const mostMessages = 200

// SendMessages sends the messages that are due, codes first, and returns how
// many went out. Each is marked before it is handed over, which happens outside
// any transaction, and marked again afterwards: see clinic.Message. It may run
// at any time, any number of times, and in several programs at once.
func (d *Desk) SendMessages(ctx context.Context, c clinic.ID, send Send) (sent int, err error) {
	for range mostMessages {
		m, found, err := d.takeMessage(ctx, c)
		if err != nil || !found {
			return sent, err
		}
		if m.Status != clinic.MessageSending {
			continue // given up
		}
		failed := send(ctx, m)
		if ctx.Err() != nil {
			return sent, ctx.Err() // whether it went out is not known; see Take
		}
		if failed == nil {
			sent++
		}
		err = d.write(ctx, byItself(c), func(w work) error {
			_, err := w.SetMessage(ctx, m.After(failed, d.now()), clinic.MessageSending)
			return err
		})
		if err != nil {
			return sent, err
		}
	}
	return sent, nil
}

// takeMessage marks the next message as being sent; false when none is due.
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
		found, m = true, next.Take(w.now)
		_, err = w.SetMessage(ctx, m, next.Status)
		return err
	})
	return m, found, err
}
