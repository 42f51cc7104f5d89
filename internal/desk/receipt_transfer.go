package desk

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// TransferReceipt is the command "this money is another patient's".
type TransferReceipt struct {
	Receipt clinic.ReceiptID
	To      clinic.PatientID
	Reason  string
	Seen    *int64
	Request Request `json:"-"`
}

// Transferred is the answer to TransferReceipt: the effect on the patient it
// was taken from, and on the one whose it is now.
type Transferred struct {
	Transfer clinic.ReceiptTransfer
	Receipt  clinic.Receipt
	To       clinic.Patient
	Other    Effect
	Effect
}

// TransferReceipt carries out the command: the receipt keeps its number and
// stays in the drawer; its money pays what the right patient owes.
//
// NotFound receipt.none, patient.none; Forbidden shift.closed, receipt.others;
// Invalid receipt.reason; Refused receipt.voided, transfer.same_person,
// receipt.cheque, fund.spent.
func (d *Desk) TransferReceipt(ctx context.Context, actor clinic.Actor, cmd TransferReceipt) (Transferred, error) {
	return command(ctx, d, actor, clinic.VoidMoney, "receipt.transfer", cmd.Request, cmd, func(w work) (answer Transferred, err error) {
		h, err := w.heldReceipt(ctx, cmd.Receipt)
		if err != nil {
			return answer, err
		}
		to, err := w.person(ctx, cmd.To)
		if err != nil {
			return answer, at(err, "to")
		}
		reason, err := w.reason(cmd.Reason)
		if err != nil {
			return answer, err
		}
		if _, err := w.person(ctx, h.owner); err != nil {
			return answer, err
		}
		return w.transferSeen(ctx, h, to, reason, cmd.Seen)
	})
}

// transferSeen moves a receipt's money and answers for both patients.
func (w work) transferSeen(ctx context.Context, h heldReceipt, to clinic.Patient, reason string, seen *int64) (answer Transferred, err error) {
	t := clinic.ReceiptTransfer{ID: clinic.TransferID(w.id()), Receipt: h.ID, From: h.owner, To: to.ID, Amount: h.Amount, Reason: reason}
	err = w.onAccount(ctx, h.owner, seen, &answer.Effect, func(from clinic.Files) error {
		return w.onAccount(ctx, to.ID, nil, &answer.Other, func(others clinic.Files) error {
			if from[0] == others[0] {
				t.From, t.To = to.ID, to.ID
			}
			return w.transfer(ctx, h, t, w.now)
		})
	})
	if err != nil {
		return answer, err
	}
	answer.Transfer, answer.Receipt, answer.To = t, h.Receipt, w.masked(to)
	if err := w.audit(ctx, "receipt.transfer", t.From, int64(h.ID)); err != nil {
		return answer, err
	}
	return answer, w.audit(ctx, "receipt.transfer", t.To, int64(h.ID))
}

// transfer spends the fund of the one and makes one of the other.
func (w work) transfer(ctx context.Context, h heldReceipt, t clinic.ReceiptTransfer, at time.Time) error {
	from, to, err := clinic.TransferReceipt(w.clinic, t, w.clinic.Day(at))
	if err != nil {
		return err
	}
	cheques, err := w.ChequesOfReceipt(ctx, h.ID)
	if err != nil {
		return err
	}
	for _, q := range cheques {
		if q.Status != clinic.ChequeCleared {
			return fault.New(fault.Refused, "receipt.cheque", "a cheque of it is %s", q.Status).With("status", q.Status)
		}
	}
	if err := w.spendFund(ctx, t.From, h.fund, t.Amount, clinic.SpendingID(t.ID), at); err != nil {
		return err
	}
	if err := w.AddReceiptTransfer(ctx, t, w.clinic.Day(at), w.stamp(at)); err != nil {
		return err
	}
	fund := clinic.Fund{ID: clinic.FundID(t.ID), Kind: clinic.FundTransfer, Patient: t.To, Amount: t.Amount}
	if err := w.AddFund(ctx, fund, w.stamp(at)); err != nil {
		return err
	}
	if err := w.post(ctx, from, at, t.From, int64(t.Receipt)); err != nil {
		return err
	}
	if err := w.post(ctx, to, at, t.To, int64(t.Receipt)); err != nil {
		return err
	}
	if err := w.settle(ctx, t.From, 0, at); err != nil {
		return err
	}
	return w.settle(ctx, t.To, fund.ID, at)
}
