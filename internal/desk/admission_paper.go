package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// AdmissionPaper is one admission with all that its receipt on paper names.
// Patient is the file that it was written to, as it is called now. Share is what the patient owes
// for it, transfers included; Paid what paid it.
type AdmissionPaper struct {
	Admission     clinic.Admission
	Patient       clinic.Patient
	Share, Paid   money.Amount
	Providers     map[clinic.ProviderID]string
	Insurers      []string // who bears a part, base insurance first
	Staff, Branch string
}

// Left is what is left to pay.
func (p AdmissionPaper) Left() money.Amount { return p.Share - p.Paid }

// AdmissionPaper returns an admission of a person whom the actor may see, and
// audits that it was read. NotFound admission.none.
func (d *Desk) AdmissionPaper(ctx context.Context, actor clinic.Actor, id clinic.AdmissionID) (p AdmissionPaper, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return p, err
	}
	err = d.read(ctx, actor, func(w work) error {
		if p.Admission, err = w.visibleAdmission(ctx, id); err != nil {
			return err
		}
		if p.Patient, err = w.Patient(ctx, p.Admission.Patient); err != nil {
			return err
		}
		p.Share = p.Admission.PatientShare
		due, err := w.DueOf(ctx, id)
		if err == nil {
			p.Share, p.Paid = due.Share, due.Paid
		} else if fault.Of(err) != fault.NotFound {
			return err
		}
		return w.paperNames(ctx, &p)
	})
	if err != nil {
		return AdmissionPaper{}, err
	}
	return p, d.seen(ctx, actor, "admission.print", p.Patient.ID)
}

// paperNames looks up whom the paper names.
func (w work) paperNames(ctx context.Context, p *AdmissionPaper) (err error) {
	if p.Providers, _, err = w.names(ctx); err != nil {
		return err
	}
	for _, id := range []clinic.InsurerID{p.Admission.BaseInsurer, p.Admission.SupplementaryInsurer} {
		if id == 0 {
			continue
		}
		insurer, err := w.Insurer(ctx, id)
		if err != nil {
			return err
		}
		p.Insurers = append(p.Insurers, insurer.Name)
	}
	staff, err := w.Tx.Staff(ctx, p.Admission.Staff)
	if err != nil {
		return err
	}
	branch, err := w.Tx.Branch(ctx, p.Admission.Branch)
	p.Staff, p.Branch = staff.Name, branch.Name
	return err
}

// AdmissionOf returns an admission of a person whom the actor may see. NotFound
// admission.none.
func (d *Desk) AdmissionOf(ctx context.Context, actor clinic.Actor, id clinic.AdmissionID) (a clinic.Admission, err error) {
	if err := actor.May(clinic.ReadStatement); err != nil {
		return a, err
	}
	err = d.read(ctx, actor, func(w work) error {
		a, err = w.visibleAdmission(ctx, id)
		return err
	})
	return a, err
}
