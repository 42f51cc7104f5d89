package desk_test

import (
	"context"
	"crypto/rand"
	"testing"

	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
)

// ends runs a job in a program that ends when it asks for the id after so many:
// in the middle of a transaction, without another word or by being told to. It
// reports whether the end came before the job was through.
func ends(t *testing.T, s *store.Store, c *clock, ids *serial.Maker, left int, told bool, job func(ctx context.Context, d *desk.Desk) error) (cut bool) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	next := func() int64 {
		if left--; left < 0 {
			cut = true
			if !told {
				panic("out of power")
			}
			stop()
		}
		return ids.Next()
	}
	defer func() {
		if lost := recover(); lost != nil && lost != "out of power" {
			panic(lost)
		}
	}()
	err := job(ctx, desk.New(s, desk.Options{Now: c.now, NextID: next, Random: rand.Reader}))
	if err != nil && !cut {
		t.Error(err)
	}
	return cut
}
