package desk

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// PaperSizes are the papers of a receipt: a roll of 80 mm, and A5.
var PaperSizes = []string{"80", "a5"}

// PaperOf names a paper of a receipt: that of whom it was written for, or with
// Transfer that of whose it became by a transfer.
type PaperOf struct {
	Receipt  clinic.ReceiptID
	Transfer clinic.TransferID
}

// ReceiptPaper is a receipt with all that its paper names. Patient is the file
// whose paper it is; Pays what it paid when it came onto that account, After the
// balance then. Prints is how often this paper was printed.
type ReceiptPaper struct {
	Receipt       clinic.Receipt
	Patient       clinic.Patient
	Cheques       []clinic.Cheque
	Places        map[clinic.PlaceID]string
	Pays          []store.Part
	After         money.Amount
	Staff, Branch string
	Prints        int
	Came          jalali.Day // when it came from another file; "" when it was written for this one
	Voided        bool
	Moved         bool   // its money is another patient's now
	Why           string // it was voided or moved
}

// ReceiptPaper returns a paper of a receipt of a person whom the actor may see,
// and audits that it was read. NotFound receipt.none.
func (d *Desk) ReceiptPaper(ctx context.Context, actor clinic.Actor, of PaperOf) (p ReceiptPaper, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return p, err
	}
	err = d.read(ctx, actor, func(w work) error {
		p, err = w.receiptPaper(ctx, of)
		return err
	})
	if err != nil {
		return ReceiptPaper{}, err
	}
	return p, d.seen(ctx, actor, "receipt.read", p.Patient.ID)
}

// held is how a receipt is on the account of the patient whose paper it is.
type held struct {
	patient      clinic.PatientID
	fund         clinic.FundID
	at, recorded time.Time
	came         jalali.Day
}

// visiblePaper is the receipt of a paper, and how it is held by a person whom
// the actor may see. NotFound receipt.none.
func (w work) visiblePaper(ctx context.Context, of PaperOf) (r clinic.Receipt, h held, err error) {
	if of.Transfer != 0 {
		t, err := w.ReceiptTransfer(ctx, of.Transfer)
		if err != nil {
			return r, h, err
		}
		of.Receipt = t.Receipt
		h = held{t.To, clinic.FundID(t.ID), t.At, t.Recorded, t.Day}
	}
	if r, err = w.Receipt(ctx, of.Receipt); err != nil {
		return r, h, err
	}
	if of.Transfer == 0 {
		h = held{r.Patient, clinic.FundID(r.ID), r.At, r.Recorded, ""}
	}
	_, err = w.person(ctx, h.patient)
	if fault.Of(err) == fault.NotFound {
		return clinic.Receipt{}, held{}, fault.New(fault.NotFound, "receipt.none", "there is no receipt %d", of.Receipt)
	}
	return r, h, err
}

func (w work) receiptPaper(ctx context.Context, of PaperOf) (p ReceiptPaper, err error) {
	r, h, err := w.visiblePaper(ctx, of)
	if err != nil {
		return p, err
	}
	p.Receipt, p.Came = r, h.came
	if p.Receipt.Lines, err = w.liveLines(ctx, r.ID); err != nil {
		return p, err
	}
	if p.Patient, err = w.Patient(ctx, h.patient); err != nil {
		return p, err
	}
	then := store.Moment{Before: h.at.Add(time.Microsecond), KnownAt: h.recorded}
	standing, err := w.standing(ctx, h.patient)
	if err != nil {
		return p, err
	}
	files, _, err := w.files(ctx, standing, then)
	if err != nil {
		return p, err
	}
	if !slices.Contains(files, h.patient) {
		files = clinic.Files{h.patient} // it was a person of its own then
	}
	position, err := w.position(ctx, files, then)
	if err != nil {
		return p, err
	}
	p.After = position.Balance
	if p.Pays, err = w.PaidBy(ctx, h.patient, h.fund, h.recorded); err != nil {
		return p, err
	}
	if p.Prints, err = w.Prints(ctx, r.ID, of.Transfer); err != nil {
		return p, err
	}
	if err := w.whatBecame(ctx, &p, PaperOf{r.ID, of.Transfer}); err != nil {
		return p, err
	}
	return p, w.receiptNames(ctx, &p)
}

// whatBecame says whether the paper still holds, and why not.
func (w work) whatBecame(ctx context.Context, p *ReceiptPaper, of PaperOf) (err error) {
	document := int64(of.Receipt)
	if of.Transfer != 0 {
		document = int64(of.Transfer)
	}
	if p.Why, p.Voided, err = w.VoidedWhy(ctx, document); err != nil || p.Voided {
		return err
	}
	moves, err := w.ReceiptTransfers(ctx, of.Receipt)
	if err != nil {
		return err
	}
	if t, ok := movedOn(moves, of.Receipt, of.Transfer); ok {
		p.Moved, p.Why = true, t.Reason
	}
	return nil
}

// receiptNames looks up whom and what the paper names.
func (w work) receiptNames(ctx context.Context, p *ReceiptPaper) (err error) {
	if p.Cheques, err = w.ChequesOfReceipt(ctx, p.Receipt.ID); err != nil {
		return err
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

// PrintReceipt writes that a paper of a receipt is printed and says which time
// it is: the first is the original, the others are copies. NotFound
// receipt.none; Invalid receipt.size.
func (d *Desk) PrintReceipt(ctx context.Context, actor clinic.Actor, of PaperOf, size string) (copy int, err error) {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return 0, err
	}
	if !slices.Contains(PaperSizes, size) {
		return 0, fault.New(fault.Invalid, "receipt.size", "there is no paper %q", size).At("size")
	}
	err = d.write(ctx, actor, func(w work) error {
		r, h, err := w.visiblePaper(ctx, of)
		if err != nil {
			return err
		}
		p, err := w.AddPrint(ctx, store.Print{ID: w.id(), Receipt: r.ID, Transfer: of.Transfer, Size: size, At: w.now, Staff: w.actor.Staff})
		if err != nil {
			return err
		}
		copy = p.Copy
		return w.auditLine(ctx, store.Audit{Action: "receipt.print", Patient: h.patient, Object: int64(r.ID)})
	})
	return copy, err
}
