package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// DiscountLater is the command "let the patient off this much of an admission
// that is in the books": an amount or a percentage of the patient's share.
type DiscountLater struct {
	Admission clinic.AdmissionID
	Discount  clinic.Discount
	Seen      *int64
	Request   Request `json:"-"`
}

// DiscountedLater is the answer to DiscountLater.
type DiscountedLater struct {
	Admission clinic.Admission
	Amount    money.Amount
	Effect
}

// DiscountLater carries out the command: it is dated today, and what was paid
// too much is credit.
//
// NotFound admission.none; Invalid and Refused of clinic.DiscountLate; Conflict
// account.stale.
func (d *Desk) DiscountLater(ctx context.Context, actor clinic.Actor, cmd DiscountLater) (DiscountedLater, error) {
	return command(ctx, d, actor, clinic.DiscountLater, "admission.discount_late", cmd.Request, cmd, func(w work) (answer DiscountedLater, err error) {
		if answer.Admission, err = w.visibleAdmission(ctx, cmd.Admission); err != nil {
			return answer, err
		}
		err = w.onAccount(ctx, answer.Admission.Patient, cmd.Seen, &answer.Effect, func(clinic.Files) (err error) {
			answer.Amount, err = w.discountLater(ctx, answer.Admission, cmd.Discount)
			return err
		})
		if err != nil {
			return answer, err
		}
		return answer, w.audit(ctx, "admission.discount_late", answer.Admission.Patient, int64(cmd.Admission))
	})
}

// discountLater lets the patient off a part of an admission that is in the
// books, and frees what was paid too much for it. Forbidden without the right.
func (w work) discountLater(ctx context.Context, a clinic.Admission, d clinic.Discount) (amount money.Amount, err error) {
	if err := w.actor.May(clinic.DiscountLater); err != nil {
		return 0, err
	}
	if d.Reason, err = cleanReason(d.Reason); err != nil {
		return 0, err
	}
	var share money.Amount
	var given []clinic.Remission
	if a.Status == clinic.Finalized {
		due, err := w.DueOf(ctx, a.ID)
		if err != nil {
			return 0, err
		}
		share = due.Share
		if given, err = w.Remissions(ctx, a.ID); err != nil {
			return 0, err
		}
	}
	if amount, err = clinic.DiscountLate(a, d, share, clinic.Given(given), w.actor.DiscountCap()); err != nil {
		return 0, err
	}
	r := clinic.Remission{Admission: a.ID, Patient: a.Patient, Kind: clinic.LateDiscount, Amount: amount, Reason: d.Reason}
	if _, err := w.remit(ctx, r, w.now); err != nil {
		return 0, err
	}
	if err := w.releaseOver(ctx, a.ID, w.now); err != nil {
		return 0, err
	}
	return amount, w.settle(ctx, a.Patient, 0, w.now)
}

// releaseOver frees what is paid of an admission beyond what is owed for it.
func (w work) releaseOver(ctx context.Context, id clinic.AdmissionID, at time.Time) error {
	due, err := w.DueOf(ctx, id)
	if fault.Of(err) == fault.NotFound {
		return nil // it owes nothing and is paid nothing
	}
	if err != nil || due.Left() >= 0 {
		return err
	}
	paid, err := w.Allocations(ctx, id)
	if err != nil {
		return err
	}
	return w.allocate(ctx, clinic.ReleaseOver(id, paid, due.Share, clinic.Remitted), at)
}

// remit stores and posts a remission; its entry's document is the remission.
func (w work) remit(ctx context.Context, r clinic.Remission, at time.Time) (clinic.Remission, error) {
	r.ID = clinic.RemissionID(w.id())
	entry, err := clinic.Remit(w.clinic, r, w.clinic.Day(at))
	if err != nil {
		return r, err
	}
	if err := w.AddRemission(ctx, r, w.unit, entry.Day, w.stamp(at)); err != nil {
		return r, err
	}
	return r, w.post(ctx, entry, at, r.Patient, int64(r.ID))
}

// unremit takes remissions of an admission back until no more than keep is let
// off: when it is cancelled, or costs less than was let off. What was paid for
// it is the caller's to free.
func (w work) unremit(ctx context.Context, id clinic.AdmissionID, keep money.Amount, at time.Time) error {
	all, err := w.Remissions(ctx, id)
	if err != nil {
		return err
	}
	reversed, again := clinic.Unremit(all, keep)
	for _, r := range reversed {
		if err := w.takeRemissionBack(ctx, r, at); err != nil {
			return err
		}
	}
	if again.Amount == 0 {
		return nil
	}
	_, err = w.remit(ctx, again, at)
	return err
}

// takeRemissionBack mirrors a remission and reverses its entry.
func (w work) takeRemissionBack(ctx context.Context, r clinic.Remission, at time.Time) error {
	entries, err := w.LiveEntries(ctx, int64(r.ID), clinic.EntryLateDiscount, clinic.EntryWriteOff, clinic.EntryRecovery)
	if err != nil {
		return err
	}
	for _, e := range entries {
		reversal, err := e.Reverse(w.clinic.Day(at), clinic.EntryVoid)
		if err != nil {
			return err
		}
		if err := w.post(ctx, reversal, at, r.Patient, int64(r.ID)); err != nil {
			return err
		}
	}
	mirror := r
	mirror.ID, mirror.Amount, mirror.Reverses = clinic.RemissionID(w.id()), -r.Amount, r.ID
	return w.AddRemission(ctx, mirror, w.unit, w.clinic.Day(at), w.stamp(at))
}

// WriteOff is the command "give this debt up": of one admission, or of the
// oldest first.
type WriteOff struct {
	Patient   clinic.PatientID
	Amount    money.Amount
	Reason    string
	Admission clinic.AdmissionID // 0: the oldest first
	Seen      *int64
	Request   Request `json:"-"`
}

// GivenUp is what a write-off lets off of one admission.
type GivenUp struct {
	Admission clinic.AdmissionID
	Number    clinic.Number
	Amount    money.Amount
}

// WrittenOff is the answer to WriteOff.
type WrittenOff struct {
	Amount money.Amount
	Parts  []GivenUp
	Effect
}

// WriteOff carries out the command.
//
// NotFound patient.none, admission.none; Refused admission.other,
// admission.not_charged; Invalid and Refused of clinic.GiveUp;
// Conflict account.stale.
func (d *Desk) WriteOff(ctx context.Context, actor clinic.Actor, cmd WriteOff) (WrittenOff, error) {
	return command(ctx, d, actor, clinic.WriteOff, "write_off.write", cmd.Request, cmd, func(w work) (answer WrittenOff, err error) {
		p, err := w.person(ctx, cmd.Patient)
		if err != nil {
			return answer, err
		}
		answer.Amount = cmd.Amount
		err = w.onAccount(ctx, p.ID, cmd.Seen, &answer.Effect, func(files clinic.Files) (err error) {
			answer.Parts, err = w.writeOff(ctx, files, cmd)
			return err
		})
		if err != nil {
			return answer, err
		}
		return answer, w.audit(ctx, "write_off.write", p.ID, int64(cmd.Admission))
	})
}

// writeOff gives up what is left of the open admissions.
func (w work) writeOff(ctx context.Context, files clinic.Files, cmd WriteOff) (parts []GivenUp, err error) {
	if cmd.Reason, err = cleanReason(cmd.Reason); err != nil {
		return nil, err
	}
	dues, err := w.Dues(ctx, files, store.Moment{})
	if err != nil {
		return nil, err
	}
	if cmd.Admission != 0 {
		if _, err := w.ownAdmission(ctx, files, cmd.Admission); err != nil {
			return nil, atField(err, "admission_id")
		}
	}
	numbers := map[clinic.AdmissionID]clinic.Number{}
	dues = slices.DeleteFunc(dues, func(d store.Due) bool { return cmd.Admission != 0 && d.Admission.ID != cmd.Admission })
	for _, d := range dues {
		numbers[d.Admission.ID] = d.Admission.Number
	}
	made, err := clinic.GiveUp(openOf(dues), cmd.Amount, cmd.Reason)
	if err != nil {
		return nil, err
	}
	for _, r := range made {
		if r, err = w.remit(ctx, r, w.now); err != nil {
			return nil, err
		}
		parts = append(parts, GivenUp{r.Admission, numbers[r.Admission], r.Amount})
	}
	return parts, nil
}

// recover lets what is left of a fund that just came recover debts of the
// person that were written off: the patient owes them again, and the money
// pays them. It returns what it pays and for which admissions, which have as
// their share what is recovered.
func (w work) recover(ctx context.Context, files clinic.Files, id clinic.FundID, at time.Time) (made []clinic.Allocation, dues []store.Due, err error) {
	written, err := w.WrittenOff(ctx, files)
	if err != nil || len(written) == 0 {
		return nil, nil, err
	}
	fund, err := w.FundByID(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	var lost []clinic.OpenAdmission
	for _, d := range written {
		lost = append(lost, clinic.OpenAdmission{ID: d.Admission.ID, Left: d.Share, Patient: d.Admission.Patient})
	}
	for _, r := range clinic.Recover(lost, fund.Left) {
		if r, err = w.remit(ctx, r, at); err != nil {
			return nil, nil, err
		}
		made = append(made, clinic.Allocation{Fund: fund.ID, Admission: r.Admission, Amount: -r.Amount, Reason: clinic.Recovered,
			Patient: r.Patient, Payer: fund.Patient})
		for _, d := range written {
			if d.Admission.ID == r.Admission {
				d.Share = -r.Amount
				dues = append(dues, d)
			}
		}
	}
	return made, dues, w.allocate(ctx, made, at)
}

// Owed lists what a person has left to pay, oldest first, for who may give it
// up. NotFound patient.none.
func (d *Desk) Owed(ctx context.Context, actor clinic.Actor, patient clinic.PatientID) (open []GivenUp, err error) {
	if err := actor.May(clinic.WriteOff); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err := w.person(ctx, patient)
		if err != nil {
			return err
		}
		files, err := w.filesOf(ctx, p.ID)
		if err != nil {
			return err
		}
		dues, err := w.Dues(ctx, files, store.Moment{})
		for _, due := range dues {
			if due.Left() > 0 {
				open = append(open, GivenUp{due.Admission.ID, due.Admission.Number, due.Left()})
			}
		}
		return err
	})
	return open, err
}
