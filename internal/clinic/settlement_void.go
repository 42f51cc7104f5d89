package clinic

import (
	"daftar/internal/fault"
	"daftar/internal/money"
)

// CheckSettlementVoid refuses to take a settlement back that is void already or
// for which nobody says why it does not hold. Refused settlement.voided; Invalid
// settlement.reason.
func CheckSettlementVoid(void bool, reason string) error {
	switch {
	case void:
		return fault.New(fault.Refused, "settlement.voided", "the settlement is void already")
	case reason == "":
		return fault.New(fault.Invalid, "settlement.reason", "say why it does not hold").At("reason")
	}
	return nil
}

// Returned is the transfer by which a part that an insurer had refused and the
// patient was to bear is the insurer's again.
func (l SettlementLine) Returned(to InsurerID, reason string) ShareTransfer {
	return ShareTransfer{Admission: l.Admission, Patient: l.Patient, From: PatientPays, To: to, Amount: l.Amount, Reason: reason}
}

// CheckReturned refuses to give the part of a line of the settlement back to the
// insurer when the clinic let the patient off the admission since: the debt that
// was let off would become money of the patient's. share is what the patient
// owes without the part, remissions are all of the admission. What the patient
// paid of it does not matter, that is credit. Refused settlement.used.
func (l SettlementLine) CheckReturned(of SettlementID, share money.Amount, remissions []Remission) error {
	var since money.Amount
	for _, r := range remissions {
		if int64(r.ID) > int64(of) {
			since += r.Amount
		}
	}
	if since > 0 || share < 0 {
		return fault.New(fault.Refused, "settlement.used", "admission %d was let off since", l.Admission)
	}
	return nil
}

// CashBack is where cash comes back in that had been paid out and is taken back.
type CashBack uint8

// Into the drawer that it had been paid from, into another in which the actor
// works, or, without an open shift, into the safe.
const (
	IntoSameDrawer CashBack = iota
	IntoOwnDrawer
	IntoSafe
)

// CashBackInto decides where cash comes back in that had been paid from a desk;
// own is the actor's open shift, the zero shift for none.
func CashBackInto(desk PlaceID, own Shift) CashBack {
	switch {
	case own.ID == 0:
		return IntoSafe
	case own.Desk != desk:
		return IntoOwnDrawer
	}
	return IntoSameDrawer
}
