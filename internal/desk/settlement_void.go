package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// VoidSettlement is the command "this settlement of an insurer does not hold".
// Seen is the version of the insurer's account that was looked at; nil: not
// checked.
type VoidSettlement struct {
	Settlement clinic.SettlementID
	Reason     string
	Seen       *int64
	Request    Request `json:"-"`
}

// VoidedSettlement is the answer to VoidSettlement. Before and After of its
// effect are the insurer's account; Patients are those whom it charges or
// relieves.
type VoidedSettlement struct {
	Settlement store.SettlementRow
	Patients   []PatientEffect
	Effect
}

// PatientEffect is what a command does to one of several patients' accounts.
type PatientEffect struct {
	Patient       clinic.Patient
	Before, After Position
}

// VoidSettlement carries out the command: what the settlement posted is reversed
// today, so that the insurer owes it again. What a patient paid since of a part
// that the insurer had refused is the patient's credit.
//
// NotFound settlement.none; Invalid settlement.reason; Refused
// settlement.voided, settlement.old, settlement.used when a deduction of it
// went with its admission or was let off since, books.closed; Conflict settlement.stale.
func (d *Desk) VoidSettlement(ctx context.Context, actor clinic.Actor, cmd VoidSettlement) (VoidedSettlement, error) {
	return command(ctx, d, actor, clinic.SettleInsurers, "insurer.void", cmd.Request, cmd, func(w work) (answer VoidedSettlement, err error) {
		s, err := w.visibleSettlement(ctx, cmd.Settlement)
		if err != nil {
			return answer, err
		}
		reason, err := cleanReason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		if err := clinic.CheckSettlementVoid(!s.Undone.IsZero(), reason); err != nil {
			return answer, err
		}
		insurer, err := w.Insurer(ctx, s.Insurer)
		if err != nil {
			return answer, err
		}
		if answer.Effect, err = w.watchInsurer(ctx, insurer, cmd.Seen); err != nil {
			return answer, err
		}
		if answer.Patients, err = w.voidSettlement(ctx, s, reason); err != nil {
			return answer, err
		}
		if answer.Settlement, err = w.Settlement(ctx, s.ID); err != nil {
			return answer, err
		}
		answer.Effect.After, err = w.insurerPosition(ctx, insurer)
		return answer, err
	})
}

// visibleSettlement reads a settlement of an insurer that the actor may see.
// NotFound settlement.none.
func (w work) visibleSettlement(ctx context.Context, id clinic.SettlementID) (store.SettlementRow, error) {
	s, err := w.Settlement(ctx, id)
	if scope := w.branch(); err == nil && scope != 0 && s.Branch != scope {
		return store.SettlementRow{}, fault.New(fault.NotFound, "settlement.none", "there is no settlement %d", id)
	}
	return s, err
}

// voidSettlement takes a settlement out of the books: first what it let pay,
// then its entries and documents; at the end what is free pays what is open.
func (w work) voidSettlement(ctx context.Context, s store.SettlementRow, reason string) ([]PatientEffect, error) {
	u, err := w.settlementUnit(ctx, s)
	if err != nil {
		return nil, err
	}
	people, err := w.patientsBefore(ctx, u.patients)
	if err != nil {
		return nil, err
	}
	if err := w.undoUses(ctx, u); err != nil {
		return nil, err
	}
	if err := w.undoSettled(ctx, u); err != nil {
		return nil, err
	}
	for _, l := range s.Lines {
		if err := w.voidSettlementLine(ctx, s, l, reason); err != nil {
			return nil, err
		}
	}
	if err := w.voided(ctx, int64(s.ID), clinic.SpendingID(w.id()), reason); err != nil {
		return nil, err
	}
	for _, p := range u.patients {
		if err := w.settle(ctx, p, 0, w.now); err != nil {
			return nil, err
		}
		if err := w.audit(ctx, "insurer.void", p, int64(s.ID)); err != nil {
			return nil, err
		}
	}
	return w.patientsAfter(ctx, people)
}

// settlementUnit reads what a settlement did. Refused settlement.old,
// settlement.used.
func (w work) settlementUnit(ctx context.Context, s store.SettlementRow) (u unit, err error) {
	u.id = s.Unit
	if u.entries, err = w.UnitEntries(ctx, s.Unit); err != nil {
		return u, err
	}
	if s.Unit == 0 || len(u.entries) == 0 {
		return u, fault.New(fault.Refused, "settlement.old", "the books do not say which entries are the settlement's")
	}
	for _, e := range u.entries {
		if e.Reversed && e.Kind != clinic.EntryFileTransfer {
			return u, settlementUsed(s, e.Document)
		}
		if e.Patient != 0 && !slices.Contains(u.patients, e.Patient) {
			u.patients = append(u.patients, e.Patient)
		}
	}
	return u, w.loadUnit(ctx, &u)
}

// settlementUsed says which admission of a settlement changed since.
func settlementUsed(s store.SettlementRow, admission int64) error {
	number := ""
	for _, l := range s.Lines {
		if int64(l.Admission) == admission {
			number = l.Number.String()
		}
	}
	return fault.New(fault.Refused, "settlement.used", "admission %s changed since", number).With("number", number)
}

// undoSettled reverses the entries of a settlement with their lines of money.
// The reversal of what was moved or given up has the kind of what it reverses,
// for no document of the patient's is void. Money that moved between files
// because it pays went back with its uses.
func (w work) undoSettled(ctx context.Context, u unit) error {
	for _, e := range slices.Backward(u.entries) {
		kind := e.Kind
		switch kind {
		case clinic.EntryFileTransfer:
			continue
		case clinic.EntryInsurerPayment:
			kind = clinic.EntryVoid
		}
		if err := w.undoEntryAs(ctx, e, kind); err != nil {
			return err
		}
	}
	return nil
}

// voidSettlementLine says of what a line wrote that it does not hold. A share
// that was the patient's is the insurer's again: what paid it is free. Refused
// settlement.used.
func (w work) voidSettlementLine(ctx context.Context, s store.SettlementRow, l store.SettledLine, reason string) error {
	switch l.Kind {
	case clinic.SettlePaid:
		return w.voided(ctx, l.Document, clinic.SpendingID(w.id()), reason)
	case clinic.SettleWriteOff:
		return nil
	}
	back := l.Returned(s.Insurer, reason)
	back.ID = clinic.ShareTransferID(w.id())
	if err := w.AddShareTransfer(ctx, back, w.stamp(w.now)); err != nil {
		return err
	}
	due, err := w.DueOf(ctx, l.Admission)
	if err != nil {
		return err
	}
	remissions, err := w.Remissions(ctx, l.Admission)
	if err != nil {
		return err
	}
	if err := l.CheckReturned(s.ID, due.Share, remissions); err != nil {
		return settlementUsed(s, int64(l.Admission))
	}
	return w.releaseOver(ctx, l.Admission, w.now)
}

// patientsBefore are the people of these files as they stand.
func (w work) patientsBefore(ctx context.Context, of []clinic.PatientID) (people []PatientEffect, err error) {
	known := map[clinic.PatientID]bool{}
	for _, id := range of {
		if id, err = w.standing(ctx, id); err != nil {
			return nil, err
		}
		if known[id] {
			continue
		}
		known[id] = true
		p, err := w.Patient(ctx, id)
		if err != nil {
			return nil, err
		}
		before, err := w.positionOf(ctx, id)
		if err != nil {
			return nil, err
		}
		people = append(people, PatientEffect{Patient: w.masked(p), Before: before})
	}
	return people, nil
}

// patientsAfter are those of the people whose balance is another now.
func (w work) patientsAfter(ctx context.Context, people []PatientEffect) (moved []PatientEffect, err error) {
	for _, p := range people {
		if p.After, err = w.positionOf(ctx, p.Patient.ID); err != nil {
			return nil, err
		}
		if p.After.Balance != p.Before.Balance {
			moved = append(moved, p)
		}
	}
	return moved, nil
}

// SettlementToVoid returns a settlement of an insurer for the form that voids
// it, with what the insurer owes. NotFound settlement.none.
func (d *Desk) SettlementToVoid(ctx context.Context, actor clinic.Actor, id clinic.SettlementID) (s store.SettlementRow, i clinic.Insurer, p Position, err error) {
	if err := actor.May(clinic.SettleInsurers); err != nil {
		return s, i, p, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if s, err = w.visibleSettlement(ctx, id); err != nil {
			return err
		}
		if i, err = w.Insurer(ctx, s.Insurer); err != nil {
			return err
		}
		p, err = w.insurerPosition(ctx, i)
		return err
	})
	return s, i, p, err
}
