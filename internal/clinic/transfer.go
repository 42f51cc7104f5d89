package clinic

import (
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// ShareTransferID names a share transfer.
type ShareTransferID int64

// Patient as payer of a share: no insurer.
const PatientPays InsurerID = 0

// ShareTransfer moves a part of an admission from one payer to another: an
// insurer's refusal to the patient, a late insurance from the patient, a rest
// from the first insurer to the second. PatientPays stands for the patient.
type ShareTransfer struct {
	ID        ShareTransferID
	Admission AdmissionID
	Patient   PatientID
	From, To  InsurerID
	Amount    money.Amount
	Reason    string
}

// MoveShare returns the entry of a transfer (ledger rules "Insurer deduction
// moved to patient" and "Insurance added later"): To owes more, From owes less.
// Invalid transfer.amount, transfer.same.
func MoveShare(c Clinic, t ShareTransfer, on jalali.Day) (ledger.Entry, error) {
	if t.Amount <= 0 {
		return ledger.Entry{}, fault.New(fault.Invalid, "transfer.amount", "the amount must be more than nothing").At("amount")
	}
	if t.From == t.To {
		return ledger.Entry{}, fault.New(fault.Invalid, "transfer.same", "the share is moved to somebody else").At("to")
	}
	return ledger.NewEntry(on, EntryShareTransfer,
		ledger.Debit(c.payer(t.Patient, t.To), t.Amount),
		ledger.Credit(c.payer(t.Patient, t.From), t.Amount))
}

// payer is the account of an insurer, or of the patient.
func (c Clinic) payer(p PatientID, i InsurerID) ledger.Account {
	if i == PatientPays {
		return c.Receivable(p)
	}
	return c.InsurerReceivable(i)
}

// InsurerPaymentID names an insurer's payment.
type InsurerPaymentID int64

// InsurerPayment is money that an insurer paid for an admission.
type InsurerPayment struct {
	ID        InsurerPaymentID
	Insurer   InsurerID
	Admission AdmissionID
	Patient   PatientID
	Amount    money.Amount
	Bank      PlaceID
}

// ReceiveFromInsurer returns the entry of an insurer's payment. Invalid
// insurer_payment.amount.
func ReceiveFromInsurer(c Clinic, p InsurerPayment, on jalali.Day) (ledger.Entry, error) {
	if p.Amount <= 0 {
		return ledger.Entry{}, fault.New(fault.Invalid, "insurer_payment.amount", "the amount must be more than nothing").At("amount")
	}
	return ledger.NewEntry(on, EntryInsurerPayment,
		ledger.Debit(ledger.Account{Kind: AccountBank, Owner: int64(p.Bank), Unit: c.Unit()}, p.Amount),
		ledger.Credit(c.InsurerReceivable(p.Insurer), p.Amount))
}
