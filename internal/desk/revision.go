package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/store"
)

// toChange returns an admission that is about to be changed, and the account
// before. NotFound admission.none; Conflict account.stale.
func (w work) toChange(ctx context.Context, id clinic.AdmissionID, seen *int64) (a clinic.Admission, before Effect, err error) {
	if a, err = w.visibleAdmission(ctx, id); err != nil {
		return a, before, err
	}
	before, err = w.watchPerson(ctx, a.Patient, seen)
	return a, before, err
}

// watchPerson is watch for the person of a file.
func (w work) watchPerson(ctx context.Context, patient clinic.PatientID, seen *int64) (Effect, error) {
	files, err := w.filesOf(ctx, patient)
	if err != nil {
		return Effect{}, err
	}
	return w.watch(ctx, files, seen)
}

// keepVersion keeps what an admission was, before it is saved as what it
// becomes; a still has the version that it was read with.
func (w work) keepVersion(ctx context.Context, a clinic.Admission, change clinic.Change, reason string, at time.Time) error {
	return w.KeepVersion(ctx, a, store.Revised{Change: change, Reason: reason, Unit: w.unit, Stamp: w.stamp(at)})
}

// change is one change of an admission that is in the books.
type change struct {
	kind   clinic.Change
	reason string
	at     time.Time
}

// revise turns an admission in the books into what it is to be now: the old
// version is kept, the difference is posted today, and the patient's money pays
// no more than is owed.
func (w work) revise(ctx context.Context, was, now clinic.Admission, c change) (clinic.Admission, error) {
	live, err := w.LiveEntries(ctx, int64(was.ID), clinic.AdmissionEntries...)
	if err != nil {
		return now, err
	}
	entries, err := clinic.Revise(w.clinic, was, now, live, w.clinic.Day(c.at))
	if err != nil {
		return now, err
	}
	return w.replace(ctx, now, entries, c)
}

// replace keeps the version of an admission, saves what it is now, posts the
// entries and lets money that is free pay what is open.
func (w work) replace(ctx context.Context, now clinic.Admission, entries []ledger.Entry, c change) (clinic.Admission, error) {
	now, err := w.restate(ctx, now, entries, c)
	if err != nil {
		return now, err
	}
	return now, w.settle(ctx, now.Patient, 0, c.at)
}

// restate is replace without letting free money pay anything.
func (w work) restate(ctx context.Context, now clinic.Admission, entries []ledger.Entry, c change) (clinic.Admission, error) {
	if err := w.keepVersion(ctx, now, c.kind, c.reason, c.at); err != nil {
		return now, err
	}
	if err := w.SaveAdmission(ctx, now); err != nil {
		return now, err
	}
	now.Version++
	for _, e := range entries {
		if err := w.post(ctx, e, c.at, now.Patient, int64(now.ID)); err != nil {
			return now, err
		}
	}
	return now, w.payOnlyWhatIsOwed(ctx, now, c.at)
}

// payOnlyWhatIsOwed takes what pays too much off an admission; of one that owes
// nothing all of it.
func (w work) payOnlyWhatIsOwed(ctx context.Context, a clinic.Admission, at time.Time) error {
	owed := store.Due{}
	if a.Status == clinic.Finalized {
		if err := w.unremit(ctx, a.ID, a.PatientShare, at); err != nil {
			return err
		}
		var err error
		if owed, err = w.DueOf(ctx, a.ID); err != nil {
			return err
		}
		if owed.Share < 0 {
			return fault.New(fault.Refused, "revision.moved", "an insurer took over more than is left of the patient's part")
		}
	} else if err := w.unremit(ctx, a.ID, 0, at); err != nil {
		return err
	}
	paid, err := w.Allocations(ctx, a.ID)
	if err != nil {
		return err
	}
	return w.allocate(ctx, clinic.ReleaseOver(a.ID, paid, owed.Share, clinic.Released), at)
}

// insurersAreOpen refuses to change what insurers bear of an admission once they
// paid, refused or moved a part of it: Refused revision.insurer_settled.
func (w work) insurersAreOpen(ctx context.Context, a clinic.Admission) error {
	n, err := w.SettledShares(ctx, a.ID)
	if err == nil && n > 0 {
		err = fault.New(fault.Refused, "revision.insurer_settled", "an insurer settled a part of the admission already")
	}
	return err
}

// ReopenAdmission is the command "make this admission a draft again".
type ReopenAdmission struct {
	Admission clinic.AdmissionID
	Reason    string
	Seen      *int64
	Request   Request `json:"-"`
}

// ReopenAdmission carries out the command: the books are reversed today, the
// admission owes nothing until it is final again, and what paid it is credit,
// which pays what else is open.
//
// NotFound admission.none; Invalid admission.reason; Refused
// admission.not_final, revision.insurer_settled.
func (d *Desk) ReopenAdmission(ctx context.Context, actor clinic.Actor, cmd ReopenAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.ReopenAdmissions, "admission.reopen", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return Admitted{}, err
		}
		live, err := w.LiveEntries(ctx, int64(a.ID), clinic.AdmissionEntries...)
		if err != nil {
			return Admitted{}, err
		}
		now, entries, err := clinic.Reopen(a, live, w.today(), reason)
		if err != nil {
			return Admitted{}, err
		}
		if err := w.insurersAreOpen(ctx, a); err != nil {
			return Admitted{}, err
		}
		if now, err = w.replace(ctx, now, entries, change{clinic.ChangeReopen, reason, w.now}); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.reopen", now, before)
	})
}

// CancelLine is the command "take this service off the admission". Line is
// counted from 1.
type CancelLine struct {
	Admission clinic.AdmissionID
	Line      int
	Reason    string
	Seen      *int64
	Request   Request `json:"-"`
}

// CancelLine carries out the command: what the line posted is mirrored today,
// what is paid too much is credit.
//
// NotFound admission.none, line.none; Invalid admission.reason; Refused
// admission.not_final, line.cancelled, line.last, revision.insurer_settled.
func (d *Desk) CancelLine(ctx context.Context, actor clinic.Actor, cmd CancelLine) (Admitted, error) {
	return command(ctx, d, actor, clinic.CancelAdmissions, "admission.line_cancel", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return Admitted{}, err
		}
		now, err := clinic.CancelLine(a, cmd.Line, reason)
		if err != nil {
			return Admitted{}, err
		}
		if err := unusedLine(a.Lines[cmd.Line-1]); err != nil {
			return Admitted{}, err
		}
		if l := now.Lines[cmd.Line-1]; l.BaseShare+l.SupplementaryShare > 0 {
			if err := w.insurersAreOpen(ctx, a); err != nil {
				return Admitted{}, err
			}
		}
		if now, err = w.revise(ctx, a, now, change{clinic.ChangeLineCancel, reason, w.now}); err != nil {
			return Admitted{}, err
		}
		if err := w.planSessions(ctx, now); err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.line_cancel", now, before)
	})
}

// CoverAdmission is the command "these insurers bear a part of the admission".
type CoverAdmission struct {
	Admission clinic.AdmissionID
	Insurers  Insurers
	Seen      *int64
	Request   Request `json:"-"`
}

// CoverAdmission carries out the command: the admission is priced anew by the
// tariffs of its day, as its next version; the difference is credit or debt of
// today. A draft only changes.
//
// NotFound admission.none, insurer.none; Invalid insurer.kind; Refused
// coverage.same, admission.cancelled, revision.insurer_settled.
func (d *Desk) CoverAdmission(ctx context.Context, actor clinic.Actor, cmd CoverAdmission) (Admitted, error) {
	return command(ctx, d, actor, clinic.WriteAdmissions, "admission.coverage", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		now, err := w.reinsured(ctx, a, cmd.Insurers)
		if err != nil {
			return Admitted{}, err
		}
		if a.Status == clinic.Draft {
			if err := w.SaveAdmission(ctx, now); err != nil {
				return Admitted{}, err
			}
			now.Version++
		} else {
			if err := w.insurersAreOpen(ctx, a); err != nil {
				return Admitted{}, err
			}
			if now, err = w.revise(ctx, a, now, change{clinic.ChangeCoverage, "", w.now}); err != nil {
				return Admitted{}, err
			}
		}
		return w.admitted(ctx, "admission.coverage", now, before)
	})
}

// reinsured is an admission with other insurers.
func (w work) reinsured(ctx context.Context, a clinic.Admission, insurers Insurers) (clinic.Admission, error) {
	payers, err := w.payers(ctx, insurers)
	if err != nil {
		return a, err
	}
	services, tariffs := map[clinic.ServiceID]clinic.Service{}, map[clinic.ServiceID][]clinic.Tariff{}
	for _, l := range a.LiveLines() {
		if services[l.Service], err = w.Service(ctx, l.Service); err != nil {
			return a, err
		}
		if tariffs[l.Service], err = w.Tariffs(ctx, l.Service); err != nil {
			return a, err
		}
	}
	return clinic.Reinsure(a, payers, services, tariffs)
}

// AdmissionVersions are what an admission was, oldest first, and what it is.
type AdmissionVersions struct {
	Now      clinic.Admission
	Earlier  []store.Version
	Insurers map[clinic.InsurerID]string
}

// AdmissionVersions returns the versions of an admission of a person whom the
// actor may see; the audit says who read them. NotFound admission.none.
func (d *Desk) AdmissionVersions(ctx context.Context, actor clinic.Actor, id clinic.AdmissionID) (AdmissionVersions, error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return AdmissionVersions{}, err
	}
	return readPatient(ctx, d, actor, "admission.versions", func(w work) (v AdmissionVersions, of clinic.PatientID, err error) {
		if v.Now, err = w.visibleAdmission(ctx, id); err != nil {
			return v, 0, err
		}
		if v.Earlier, err = w.Versions(ctx, id); err != nil {
			return v, 0, err
		}
		insurers, err := w.Tx.Insurers(ctx)
		v.Insurers = map[clinic.InsurerID]string{}
		for _, i := range insurers {
			v.Insurers[i.ID] = i.Name
		}
		return v, v.Now.Patient, err
	})
}
