package desk

import (
	"context"
	"strconv"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// Refusal is what somebody tried and was refused.
type Refusal struct {
	Route  string // "POST /patients/{patient}/receipts"
	Object string // the kind of record that the route names: "patient", "admission"; "" for none
	ID     int64  // of that record; 0 for none
	People bool   // the route is about people, so that a record not found may be one that is hidden
	Err    error  // why
}

// AuditRefusal writes that somebody was refused: without the permission, or at
// a person's record that is not there for them. Other errors leave no line. So
// that nobody can fill the disk, a person's lines are bounded: after thirty in
// a minute only each doubling is written, as denied.more.
func (d *Desk) AuditRefusal(ctx context.Context, actor clinic.Actor, r Refusal) error {
	e, ok := fault.As(r.Err)
	if !ok || actor.Staff == 0 {
		return nil
	}
	switch {
	case e.Kind == fault.Forbidden:
	case e.Kind == fault.NotFound && r.People && r.ID != 0 && e.Code != "page.none":
	default:
		return nil
	}
	line, write := d.bounded(actor, store.Audit{Action: "denied", Object: r.ID, Detail: r.Route + " " + reason(e)})
	if !write {
		return nil
	}
	return d.write(ctx, actor, func(w work) (err error) {
		if line.Object == 0 {
			return w.auditLine(ctx, line)
		}
		if line.Patient, err = w.whose(ctx, r.Object, r.ID); err != nil {
			return err
		}
		if r.Object == "patient" {
			line.Object = 0
		}
		return w.auditLine(ctx, line)
	})
}

// reason is the permission that was missing, or the code of the fault.
func reason(e *fault.Error) string {
	if p := e.Args["permission"]; p != "" {
		return p
	}
	return e.Code
}

// whose is the patient whom a record is about, 0 when there is no such record.
func (w work) whose(ctx context.Context, object string, id int64) (patient clinic.PatientID, err error) {
	if id == 0 {
		return 0, nil
	}
	switch object {
	case "patient":
		return clinic.PatientID(id), nil
	case "admission":
		var a clinic.Admission
		a, err = w.Admission(ctx, clinic.AdmissionID(id))
		patient = a.Patient
	case "receipt":
		var r clinic.Receipt
		r, err = w.Receipt(ctx, clinic.ReceiptID(id))
		patient = r.Patient
	case "transfer":
		var t store.Transfer
		t, err = w.ReceiptTransfer(ctx, clinic.TransferID(id))
		patient = t.To
	case "cheque":
		var q clinic.Cheque
		q, err = w.Cheque(ctx, clinic.ChequeID(id))
		patient = q.Patient
	case "appointment":
		var a clinic.Appointment
		a, err = w.Tx.Appointment(ctx, clinic.AppointmentID(id))
		patient = a.Patient
	case "club_code":
		var c clinic.DiscountCode
		c, err = w.DiscountCodeByID(ctx, clinic.DiscountCodeID(id))
		patient = c.Patient
	case "wait":
		var l store.WaitShown
		l, err = w.Wait(ctx, clinic.WaitID(id))
		patient = l.Patient
	}
	if fault.Of(err) == fault.NotFound {
		return 0, nil
	}
	return patient, err
}

// AuditSignInFailed writes that somebody could not sign in: as the person when
// the username is one of the clinics', as nobody in the first clinic else. What
// was typed is not kept, for it may be a password in the wrong field.
func (d *Desk) AuditSignInFailed(ctx context.Context, clinics []clinic.ID, username, origin string, why error) error {
	if fault.Of(why) != fault.Refused || len(clinics) == 0 {
		return nil
	}
	in, staff := clinics[0], clinic.StaffID(0)
	for _, id := range clinics {
		var s clinic.Staff
		err := d.store.Read(ctx, id, func(tx *store.Tx) (err error) {
			s, err = tx.StaffByUsername(ctx, knownUsername(username))
			return err
		})
		if err == nil {
			in, staff = id, s.ID
			break
		}
		if fault.Of(err) != fault.NotFound {
			return err
		}
	}
	actor := clinic.Actor{Clinic: in, Staff: staff, Origin: origin}
	line, write := d.bounded(actor, store.Audit{Action: "session.refused", Detail: fault.Code(why)})
	if !write {
		return nil
	}
	return d.write(ctx, actor, func(w work) error { return w.auditLine(ctx, line) })
}

// bounded counts a line of which anybody can cause as many as they like, and
// says whether it is to be written, or one that says how many there were.
func (d *Desk) bounded(actor clinic.Actor, line store.Audit) (store.Audit, bool) {
	count, write := d.refusals.count(refused{actor.Clinic, actor.Staff, line.Action}, d.now())
	if count > freeRefusals {
		line = store.Audit{Action: line.Action + ".more", Detail: strconv.Itoa(count)}
	}
	return line, write
}

// freeRefusals is how many refusals of one person in one minute have a line
// each.
const freeRefusals = 30

// refusals counts what was refused in the minute at hand. It holds one row for
// each member of staff at most.
type refusals struct {
	mu  sync.Mutex
	who map[refused]refusalsOfMinute
}

type refused struct {
	clinic clinic.ID
	staff  clinic.StaffID
	action string
}

type refusalsOfMinute struct {
	minute time.Time
	count  int
}

// count counts one more and says whether it is to be written: the first ones,
// then each time their number has doubled.
func (r *refusals) count(who refused, now time.Time) (count int, write bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.who == nil {
		r.who = map[refused]refusalsOfMinute{}
	}
	of := r.who[who]
	if minute := now.Truncate(time.Minute); !of.minute.Equal(minute) {
		of = refusalsOfMinute{minute: minute}
	}
	of.count++
	r.who[who] = of
	if of.count <= freeRefusals {
		return of.count, true
	}
	over := of.count - freeRefusals
	return of.count, over&(over-1) == 0
}
