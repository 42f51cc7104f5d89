package desk

import (
	"context"
	"errors"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Batch carries out many commands in one transaction: all or nothing. Each
// goes through the same rules as at the desk; documents may lie in the past.
// Importers and the demo use it.
type Batch struct{ w work }

// Batch runs do in one transaction, rolled back when it fails or dryRun is
// set. do may run more than once.
func (d *Desk) Batch(ctx context.Context, actor clinic.Actor, dryRun bool, do func(b Batch) error) error {
	if err := actor.May(clinic.ImportData); err != nil {
		return err
	}
	err := d.write(ctx, actor, func(w work) error {
		w.imports = true
		if err := do(Batch{w}); err != nil {
			return err
		}
		if dryRun {
			return errRollback
		}
		return nil
	})
	if errors.Is(err, errRollback) {
		return nil
	}
	if err == nil {
		now := d.now()
		d.hub.publish(actor.Clinic, now, News{Kind: ManyChanged, At: now, Staff: actor.Staff, By: actor.Name})
	}
	return err
}

// As is the batch in somebody's name at an instant: what it writes was recorded
// by that person then. It is for clinics that are made up; what is imported is
// recorded when it is imported.
func (b Batch) As(who clinic.Staff, at time.Time) Batch {
	w := b.w
	w.now, w.actor.Staff, w.actor.Name, w.actor.Branch = at, who.ID, who.Name, who.Branch
	return Batch{w}
}

// Settings are the clinic's currency and zone.
func (b Batch) Settings() clinic.Clinic { return b.w.clinic }

// Imported returns the id of a row that was brought in before, 0 when it is
// new. Conflict import.changed when it is there with other content.
func (b Batch) Imported(ctx context.Context, r store.ImportRow) (int64, error) {
	return b.w.Imported(ctx, r)
}

// Remember keeps what a row became.
func (b Batch) Remember(ctx context.Context, r store.ImportRow, id int64) error {
	r.ID = id
	return b.w.AddImportRow(ctx, r)
}

// Section, Provider, Service, Insurer, Tariff and Coverage add to the catalogue
// and to a patient's insurance.
func (b Batch) Section(ctx context.Context, s clinic.Section) (clinic.SectionID, error) {
	return b.w.addSection(ctx, s)
}

// Provider adds a provider.
func (b Batch) Provider(ctx context.Context, p clinic.Provider) (clinic.ProviderID, error) {
	return b.w.addProvider(ctx, p)
}

// Service adds a service with its free price.
func (b Batch) Service(ctx context.Context, s NewService) (clinic.ServiceID, error) {
	return b.w.addService(ctx, s)
}

// Insurer adds an insurer.
func (b Batch) Insurer(ctx context.Context, i clinic.Insurer) (clinic.InsurerID, error) {
	return b.w.addInsurer(ctx, i)
}

// Tariff sets a price from a day on.
func (b Batch) Tariff(ctx context.Context, t clinic.Tariff) error { return b.w.setTariff(ctx, t) }

// Patient registers a patient.
func (b Batch) Patient(ctx context.Context, p clinic.Patient) (clinic.Patient, error) {
	return b.w.registerPatient(ctx, p)
}

// Coverage adds a patient's insurance.
func (b Batch) Coverage(ctx context.Context, c clinic.Coverage) (clinic.CoverageID, error) {
	c, err := b.w.addCoverage(ctx, c)
	return c.ID, err
}

// Order prices services as Admit does, at an instant in the past; the caller
// may then store it with Admission.
func (b Batch) Order(ctx context.Context, cmd Admit, at time.Time) (clinic.Admission, error) {
	w := b.w
	w.now = at
	a, err := w.order(ctx, cmd)
	a.At = at
	return a, err
}

// Admission stores a priced admission that counts at its At. What it owes is
// paid by the patient's credit, as at the desk. Who carries out the batch
// answers for its discounts.
func (b Batch) Admission(ctx context.Context, a clinic.Admission, final bool) (clinic.Admission, error) {
	if err := b.notLater(a.At); err != nil {
		return a, err
	}
	for i, l := range a.Lines {
		if l.Waits() {
			a.Lines[i].DiscountBy = b.w.actor.Staff
		}
	}
	return b.w.admit(ctx, a, final)
}

// AsksApproval stores a priced admission as a draft whose discounts nobody
// answers for.
func (b Batch) AsksApproval(ctx context.Context, a clinic.Admission) (clinic.Admission, error) {
	if err := b.notLater(a.At); err != nil {
		return a, err
	}
	return b.w.admit(ctx, a, false)
}

// OpenShift begins a shift of the one in whose name the batch is.
func (b Batch) OpenShift(ctx context.Context, float money.Amount) (clinic.Shift, error) {
	w := b.w
	return w.openShift(ctx, clinic.Shift{Branch: w.actor.Branch, Staff: w.actor.Staff, Day: w.today(), Opened: w.now, Float: float, Version: 1})
}

// CancelAdmission cancels an admission at an instant.
func (b Batch) CancelAdmission(ctx context.Context, id clinic.AdmissionID, reason string, at time.Time) error {
	a, err := b.w.Admission(ctx, id)
	if err != nil {
		return err
	}
	_, err = b.w.cancel(ctx, a, reason, "", at)
	return err
}

// Receipt stores a receipt that counts at its At. Cheques are kept in hand and
// returned, one for each cheque line.
func (b Batch) Receipt(ctx context.Context, r clinic.Receipt, choices []clinic.Choice) (clinic.Receipt, []clinic.Cheque, error) {
	if err := b.notLater(r.At); err != nil {
		return r, nil, err
	}
	r, err := clinic.CheckReceipt(r, clinic.ReceiptMethods)
	if err != nil {
		return r, nil, err
	}
	r, cheques, err := b.w.receive(ctx, r)
	if err != nil {
		return r, nil, err
	}
	files, _, err := b.w.files(ctx, r.Patient, store.Moment{})
	if err != nil {
		return r, nil, err
	}
	dues, err := b.w.Dues(ctx, files, store.Moment{})
	if err != nil {
		return r, nil, err
	}
	_, err = b.w.pay(ctx, r, files, openOf(dues), choices)
	return r, cheques, err
}

// StepCheque carries out a step of a cheque at an instant. A banked or cleared
// one goes to the first bank account.
func (b Batch) StepCheque(ctx context.Context, q clinic.Cheque, step clinic.ChequeStep, reason string, at time.Time) (clinic.Cheque, error) {
	return b.w.stepCheque(ctx, q, step, ChangeCheque{Reason: reason}, at)
}

// MoveShare moves a part of an admission between payers.
func (b Batch) MoveShare(ctx context.Context, t clinic.ShareTransfer, at time.Time) error {
	return b.w.moveShare(ctx, t, at)
}

// InsurerPayment books what an insurer paid into the first bank account.
func (b Batch) InsurerPayment(ctx context.Context, p clinic.InsurerPayment, at time.Time) error {
	bank, err := b.w.place(ctx, clinic.MoneyLine{Method: clinic.BankTransfer})
	if err != nil {
		return err
	}
	p.Bank = bank
	return b.w.receiveFromInsurer(ctx, p, at)
}

// Audit writes that the batch was carried out.
func (b Batch) Audit(ctx context.Context, action string) error { return b.w.audit(ctx, action, 0, 0) }

// notLater refuses documents of the future.
func (b Batch) notLater(at time.Time) error {
	if at.After(b.w.now) {
		return fault.New(fault.Invalid, "document.future", "a document does not lie in the future")
	}
	return nil
}
