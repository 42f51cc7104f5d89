package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/serial"
	"daftar/internal/store"
)

// console is what a command works with: the common flags and where it prints.
type console struct {
	globals
	out, err io.Writer
}

// clock is the time that the program lives in.
func (c *console) clock() (func() time.Time, error) {
	if c.Now == "" {
		return time.Now, nil
	}
	if !c.TestClock {
		return nil, fmt.Errorf("%w: --now is for tests; say --test-clock", errUsage)
	}
	at, err := time.Parse(time.RFC3339, c.Now)
	if err != nil {
		return nil, fmt.Errorf("%w: --now is an RFC 3339 instant", errUsage)
	}
	return func() time.Time { return at }, nil
}

// open opens the database and puts a desk on it.
func (c *console) open(ctx context.Context) (*store.Store, *desk.Desk, error) {
	now, err := c.clock()
	if err != nil {
		return nil, nil, err
	}
	s, err := store.Open(ctx, c.database())
	if err != nil {
		return nil, nil, err
	}
	return s, desk.New(s, desk.Options{Now: now, NextID: serial.New(now, seed()).Next, Random: rand.Reader}), nil
}

// database is the one that --db names, or daftar.db in this folder.
func (c *console) database() string {
	if c.DB == "" {
		return "sqlite:daftar.db"
	}
	return c.DB
}

// there refuses to look into a database that does not exist: opening it would
// make an empty one, and all would seem well with a mistyped name.
func (c *console) there() error {
	path, ok := strings.CutPrefix(c.database(), "sqlite:")
	if !ok || path == "" {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no database %s", path)
	}
	return nil
}

// seed keeps the ids of two programs on one database apart.
func seed() int64 {
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		return int64(os.Getpid())
	}
	return int64(binary.LittleEndian.Uint64(b[:]) >> 2)
}

// operate opens the database for a command that acts on one clinic.
func (c *console) operate(ctx context.Context, id clinic.ID, do func(d *desk.Desk, actor clinic.Actor) error) error {
	if err := c.there(); err != nil {
		return err
	}
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	actor, err := d.Operator(ctx, id)
	if err != nil {
		return err
	}
	return do(d, actor)
}

// progress shows a bar on a terminal and nothing elsewhere. It is called very
// often, so it draws only when the percentage changes.
func (c *console) progress(what string) func(done, total int) {
	f, ok := c.err.(*os.File)
	if !ok {
		return nil
	}
	if info, err := f.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	last := -1
	return func(done, total int) {
		percent := 100
		if total > 0 {
			percent = 100 * done / total
		}
		if percent == last {
			return
		}
		last = percent
		fmt.Fprintf(f, "\r%s [%-40.*s] %3d %%", what, percent*40/100, "########################################", percent)
		if percent == 100 {
			fmt.Fprintln(f)
		}
	}
}
