package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
)

// NewsKind says what a piece of news is about.
type NewsKind string

// The kinds of news.
const (
	Changed     NewsKind = "change"   // somebody changed something of a patient
	ManyChanged NewsKind = "many"     // an import: whatever is on show may be old
	Resync      NewsKind = "resync"   // some news was missed: whatever is on show may be old
	Together    NewsKind = "together" // who else has the watched patient on show
)

// News is one thing that a watcher is told. It names records and who touched
// them, never what is in them.
type News struct {
	ID      int64 // rises; a reader that comes back says the last it saw
	Kind    NewsKind
	At      time.Time
	Action  string // of the audit: "receipt.write"
	Patient clinic.PatientID
	Object  int64
	Staff   clinic.StaffID
	By      string      // the person's name
	People  []Colleague // of Together: everybody but the watcher

	branch clinic.BranchID // of the patient; 0: everybody may know
}

// Colleague is somebody who has the same patient on show.
type Colleague struct {
	Staff  clinic.StaffID
	Name   string
	Branch string // "" for somebody of no branch
}

// WatchQuery says what a watcher looks at.
type WatchQuery struct {
	Patient clinic.PatientID // whose window is open; 0: no one's
	Since   int64            // the last news that was seen; 0: only what comes
}

// waiting is how much news may wait for a slow reader.
const waiting = 64

// Watch tells what happens at the clinic until ctx ends: changes of people whom
// the actor may see and, when q names a patient, who else has that patient on
// show. News since q.Since comes first, or Resync when it is no longer known.
// News may come in another order than it was committed in, so a reader asks
// for the state of now instead of applying it.
//
// The channel is closed when ctx ends, after EndWatches, and after Resync for a
// reader that was too slow: no writer ever waits for a reader. Unavailable
// live.closed while the server stops, Refused live.many for somebody who
// watches at too many places, NotFound patient.none.
func (d *Desk) Watch(ctx context.Context, actor clinic.Actor, q WatchQuery) (<-chan News, error) {
	w := &watcher{news: make(chan News, waiting)}
	err := d.watching(ctx, actor, func(work work) (err error) {
		w.scope, w.self = work.branch(), Colleague{Staff: actor.Staff, Name: actor.Name}
		if q.Patient == 0 {
			return nil
		}
		p, err := work.person(ctx, q.Patient)
		if err != nil {
			return err
		}
		w.patient = p.ID
		if actor.Branch == 0 {
			return nil
		}
		b, err := work.Branch(ctx, actor.Branch)
		w.self.Branch = b.Name
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := d.hub.join(actor.Clinic, w, q.Since, d.now()); err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { d.hub.leave(actor.Clinic, w) })
	return w.news, nil
}

// RecentNews returns the news after since that is still known, oldest first,
// with the id to ask from next time. It is Resync alone when some of it is no
// longer known.
func (d *Desk) RecentNews(ctx context.Context, actor clinic.Actor, since int64) (all []News, next int64, err error) {
	err = d.watching(ctx, actor, func(w work) error {
		all, next = d.hub.recent(actor.Clinic, w.branch(), since, d.now())
		return nil
	})
	return all, next, err
}

// watching runs do for an actor who may know of patients.
func (d *Desk) watching(ctx context.Context, actor clinic.Actor, do func(w work) error) error {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return err
	}
	return d.read(ctx, actor, do)
}

// NewsMark is the id of the newest news of a clinic. A page that takes it
// before it reads, and watches from it, misses nothing.
func (d *Desk) NewsMark(id clinic.ID) int64 { return d.hub.mark(id, d.now()) }

// EndWatches ends every watch and allows no new one: the server stops.
func (d *Desk) EndWatches() { d.hub.close() }

// tell keeps the news of a change until its command is committed. Only
// commands tell: what is read is nobody's news.
func (w work) tell(ctx context.Context, action string, patient clinic.PatientID, object int64) error {
	if w.news == nil || patient == 0 {
		return nil
	}
	p, err := w.Patient(ctx, patient)
	if err != nil {
		return err
	}
	*w.news = append(*w.news, News{Kind: Changed, At: w.now, Action: action, Patient: patient, Object: object,
		Staff: w.actor.Staff, By: w.actor.Name, branch: p.Branch})
	return nil
}
