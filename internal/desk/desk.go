// Package desk has one method for each thing that staff can do. It is the only
// floor that opens transactions and checks permissions: permission →
// transaction → rule → posting → audit. Pages, the API and importers all come
// through here, so money has one path.
package desk

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// Options are what the desk cannot make itself: the time, ids and chance.
type Options struct {
	Now    func() time.Time
	NextID func() int64 // time-ordered, below 2^53, never twice
	Random io.Reader    // for tokens and salts
}

// Desk carries out commands and answers queries. It is safe for concurrent
// use.
type Desk struct {
	store    *store.Store
	options  Options
	clinics  sync.Map // clinic.ID: clinic.Clinic, as this process knows them
	hashing  chan struct{}
	pictures chan struct{} // being unpacked
	throttle throttle      // of sign-ins
	pace     pace          // of the public
	hub      hub           // of news to open pages
	refusals refusals      // that the audit has heard of lately
}

// New returns a desk on an open store.
func New(s *store.Store, o Options) *Desk {
	return &Desk{store: s, options: o, hashing: make(chan struct{}, 2), pictures: make(chan struct{}, 1)}
}

// Request names one submitted form or call. A repeated key gets the first
// answer, so that a double click pays once; a key with another body, of another
// command or from another person is a Conflict. With DryRun everything is
// computed and rolled back.
type Request struct {
	Key    string
	DryRun bool
}

// work is one command or query under way.
type work struct {
	*store.Tx
	desk    *Desk
	actor   clinic.Actor
	clinic  clinic.Clinic
	now     time.Time      // when it is recorded
	closed  *closedDays    // what is closed, once asked
	touched *touched       // whose payment changed; nil in a query
	unit    int64          // what this command does is undone together; 0: nothing is
	imports bool           // an import: money without a shift
	news    *[]News        // what a command will tell once it is committed; nil tells nothing
	tried   *[]store.Audit // the lines of a command that may be a dry run; nil: not kept
}

// today is the clinic's business day.
func (w work) today() jalali.Day { return w.clinic.Day(w.now) }

// id makes an id.
func (w work) id() int64 { return w.desk.options.NextID() }

// paymentKey begins the keys of what the program books by itself when a gateway
// says that money came: nobody else may take one of them first.
const paymentKey = "gateway "

// errRollback ends a dry run.
var errRollback = errors.New("dry run")

// command carries out one command: refused without the permission, answered
// from the first time when the key is known, rolled back when it is a dry run.
// body is what the digest of the request is made of, with who asks: nobody is
// shown the answer to somebody else.
func command[A any](ctx context.Context, d *Desk, actor clinic.Actor, right clinic.Permission, name string,
	r Request, body any, do func(w work) (A, error)) (answer A, err error) {
	if err := actor.May(right); err != nil {
		return answer, err
	}
	if len(r.Key) > 255 || !utf8.ValidString(r.Key) || strings.ContainsRune(r.Key, 0) {
		return answer, fault.New(fault.Invalid, "request.key", "the request key is text of up to 255 bytes")
	}
	if actor.Staff != 0 && strings.HasPrefix(r.Key, paymentKey) {
		return answer, fault.New(fault.Invalid, "request.key", "the request key is one of the program's own")
	}
	asked, err := json.Marshal(struct {
		Sender clinic.StaffID
		Body   any
	}{actor.Staff, body})
	if err != nil {
		return answer, fmt.Errorf("request %s: %w", name, err)
	}
	digest := sha256.Sum256(asked)
	var news []News
	var tried []store.Audit
	err = d.write(ctx, actor, func(w work) error {
		// The transaction may run more than once.
		news, tried = nil, nil
		w.news, w.tried, w.unit = &news, &tried, w.id()
		kept := store.Request{Key: r.Key, Command: name, Digest: digest[:], Recorded: w.now}
		if r.Key != "" {
			first, found, err := w.Answered(ctx, kept)
			if err != nil {
				return err
			}
			if found {
				return json.Unmarshal([]byte(first), &answer)
			}
		}
		var err error
		if answer, err = do(w); err != nil {
			return err
		}
		if r.DryRun {
			return errRollback
		}
		if r.Key == "" {
			return nil
		}
		text, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("answer %s: %w", name, err)
		}
		kept.Answer = string(text)
		return w.SaveRequest(ctx, kept)
	})
	if errors.Is(err, errRollback) {
		news, err = nil, d.auditPreview(ctx, actor, tried)
	}
	if err != nil {
		var none A
		return none, err
	}
	d.hub.publish(actor.Clinic, d.now(), news...)
	return answer, nil
}

// write runs do in a writing transaction of the actor's clinic.
func (d *Desk) write(ctx context.Context, actor clinic.Actor, do func(w work) error) error {
	c, err := d.settings(ctx, actor.Clinic)
	if err != nil {
		return err
	}
	return d.store.Write(ctx, actor.Clinic, func(tx *store.Tx) error {
		w := work{Tx: tx, desk: d, actor: actor, clinic: c, now: d.now(), closed: &closedDays{}, touched: &touched{}}
		if err := do(w); err != nil {
			return err
		}
		return w.accrue(ctx)
	})
}

// read runs do on one snapshot of the actor's clinic.
func (d *Desk) read(ctx context.Context, actor clinic.Actor, do func(w work) error) error {
	c, err := d.settings(ctx, actor.Clinic)
	if err != nil {
		return err
	}
	return d.store.Read(ctx, actor.Clinic, func(tx *store.Tx) error {
		return do(work{Tx: tx, desk: d, actor: actor, clinic: c, now: d.now(), closed: &closedDays{}})
	})
}

// now is the time in whole microseconds, as it is stored.
func (d *Desk) now() time.Time { return d.options.Now().UTC().Truncate(time.Microsecond) }

// settings returns a clinic as it was last changed.
func (d *Desk) settings(ctx context.Context, id clinic.ID) (c clinic.Clinic, err error) {
	if found, ok := d.clinics.Load(id); ok {
		return found.(clinic.Clinic), nil
	}
	err = d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
		c, err = tx.ClinicSettings(ctx)
		return err
	})
	if err == nil {
		d.keepClinic(c)
	}
	return c, err
}

// Clinic returns the clinic's name, currency and zone. NotFound clinic.none.
func (d *Desk) Clinic(ctx context.Context, id clinic.ID) (clinic.Clinic, error) {
	return d.settings(ctx, id)
}

// Clinics lists the clinics of the installation.
func (d *Desk) Clinics(ctx context.Context) ([]clinic.ID, error) { return d.store.Clinics(ctx) }

// Today is the clinic's business day now.
func (d *Desk) Today(c clinic.Clinic) jalali.Day { return c.Day(d.now()) }
