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

// PaperSizes are the papers of a receipt: a roll of 80 mm, and A5.
var PaperSizes = []string{"80", "a5"}

// ReceiptPaper is a receipt with all that its paper names. Patient is the file
// that it was written to; Pays what it paid when it was taken, After the
// balance then. Prints is how often it was printed.
type ReceiptPaper struct {
	Receipt       clinic.Receipt
	Patient       clinic.Patient
	Cheques       []clinic.Cheque
	Places        map[clinic.PlaceID]string
	Pays          []store.Part
	After         money.Amount
	Staff, Branch string
	Prints        int
	Voided        bool
	Why           string // it was voided
}

// ReceiptPaper returns a receipt of a person whom the actor may see, and audits
// that it was read. NotFound receipt.none.
func (d *Desk) ReceiptPaper(ctx context.Context, actor clinic.Actor, id clinic.ReceiptID) (p ReceiptPaper, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return p, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err = w.receiptPaper(ctx, id)
		return err
	})
	if err != nil {
		return ReceiptPaper{}, err
	}
	return p, d.seen(ctx, actor, "receipt.read", p.Patient.ID)
}

// visibleReceipt is a receipt of a person whom the actor may see. NotFound
// receipt.none.
func (w work) visibleReceipt(ctx context.Context, id clinic.ReceiptID) (clinic.Receipt, error) {
	r, err := w.Receipt(ctx, id)
	if err != nil {
		return r, err
	}
	_, err = w.person(ctx, r.Patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Receipt{}, fault.New(fault.NotFound, "receipt.none", "there is no receipt %d", id)
	}
	return r, err
}

func (w work) receiptPaper(ctx context.Context, id clinic.ReceiptID) (p ReceiptPaper, err error) {
	if p.Receipt, err = w.visibleReceipt(ctx, id); err != nil {
		return p, err
	}
	r := p.Receipt
	if p.Patient, err = w.Patient(ctx, r.Patient); err != nil {
		return p, err
	}
	then := store.Moment{Before: r.At.Add(time.Microsecond), KnownAt: r.Recorded}
	standing, err := w.standing(ctx, r.Patient)
	if err != nil {
		return p, err
	}
	files, _, err := w.files(ctx, standing, then)
	if err != nil {
		return p, err
	}
	if !slices.Contains(files, r.Patient) {
		files = clinic.Files{r.Patient} // it was a person of its own then
	}
	position, err := w.position(ctx, files, then)
	if err != nil {
		return p, err
	}
	p.After = position.Balance
	if p.Pays, err = w.PaidBy(ctx, r); err != nil {
		return p, err
	}
	if p.Prints, err = w.Prints(ctx, id); err != nil {
		return p, err
	}
	if p.Why, p.Voided, err = w.VoidedWhy(ctx, int64(id)); err != nil {
		return p, err
	}
	return p, w.receiptNames(ctx, &p, files)
}

// receiptNames looks up whom and what the paper names.
func (w work) receiptNames(ctx context.Context, p *ReceiptPaper, files clinic.Files) error {
	all, err := w.ChequesOfFiles(ctx, files)
	if err != nil {
		return err
	}
	for _, q := range all {
		if q.Receipt == p.Receipt.ID {
			p.Cheques = append(p.Cheques, q)
		}
	}
	p.Places = map[clinic.PlaceID]string{}
	for _, kind := range []string{clinic.AccountPOS, clinic.AccountBank} {
		places, err := w.Tx.Places(ctx, kind, p.Receipt.Branch)
		if err != nil {
			return err
		}
		for _, place := range places {
			p.Places[place.ID] = place.Name
		}
	}
	staff, err := w.Tx.Staff(ctx, p.Receipt.Staff)
	if err != nil {
		return err
	}
	branch, err := w.Tx.Branch(ctx, p.Receipt.Branch)
	p.Staff, p.Branch = staff.Name, branch.Name
	return err
}

// PrintReceipt writes that a receipt is printed and says which time it is: the
// first is the original, the others are copies. NotFound receipt.none; Invalid
// receipt.size.
func (d *Desk) PrintReceipt(ctx context.Context, actor clinic.Actor, id clinic.ReceiptID, size string) (copy int, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return 0, err
	}
	if !slices.Contains(PaperSizes, size) {
		return 0, fault.New(fault.Invalid, "receipt.size", "there is no paper %q", size).At("size")
	}
	err = d.write(ctx, actor, func(w work) error {
		r, err := w.visibleReceipt(ctx, id)
		if err != nil {
			return err
		}
		p, err := w.AddPrint(ctx, store.Print{ID: w.id(), Receipt: id, Size: size, At: w.now, Staff: w.actor.Staff})
		if err != nil {
			return err
		}
		copy = p.Copy
		return w.auditLine(ctx, store.Audit{Action: "receipt.print", Patient: r.Patient, Object: int64(id)})
	})
	return copy, err
}
