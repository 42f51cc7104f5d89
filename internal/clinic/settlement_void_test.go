package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

func TestWhichSettlementIsVoided(t *testing.T) {
	for name, c := range map[string]struct {
		void   bool
		reason string
		code   string
	}{
		"one that holds, with a reason": {false, "نامه اشتباه", ""},
		"nobody says why":               {false, "", "settlement.reason"},
		"one that is void already":      {true, "نامه اشتباه", "settlement.voided"},
	} {
		if err := clinic.CheckSettlementVoid(c.void, c.reason); fault.Code(err) != c.code && (c.code != "" || err != nil) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

// A part that is given back mirrors the one that was moved.
func TestAShareReturns(t *testing.T) {
	l := clinic.SettlementLine{Admission: 7, Patient: 8, Kind: clinic.SettleToPatient, Amount: 500}
	want := clinic.ShareTransfer{Admission: 7, Patient: 8, From: clinic.PatientPays, To: 9, Amount: 500, Reason: "اشتباه"}
	if got := l.Returned(9, "اشتباه"); got != want {
		t.Errorf("%+v", got)
	}
}

func TestWhichShareReturns(t *testing.T) {
	let := func(id clinic.RemissionID, amount money.Amount) clinic.Remission {
		return clinic.Remission{ID: id, Kind: clinic.DebtWrittenOff, Amount: amount}
	}
	for name, c := range map[string]struct {
		share      money.Amount
		remissions []clinic.Remission
		code       string
	}{
		"the patient owes the rest":                      {450, nil, ""},
		"the patient bears nothing else":                 {0, nil, ""},
		"let off before the settlement":                  {450, []clinic.Remission{let(90, 100)}, ""},
		"let off since":                                  {450, []clinic.Remission{let(110, 100)}, "settlement.used"},
		"let off since, and taken back":                  {450, []clinic.Remission{let(110, 100), let(120, -100)}, ""},
		"a part of what was let off since was recovered": {450, []clinic.Remission{let(110, 100), let(120, -60)}, "settlement.used"},
		"more was let off than is left":                  {-50, []clinic.Remission{let(90, 500)}, "settlement.used"},
	} {
		err := clinic.SettlementLine{Admission: 7, Amount: 500}.CheckReturned(100, c.share, c.remissions)
		if fault.Code(err) != c.code && (c.code != "" || err != nil) {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

func TestWhereCashComesBack(t *testing.T) {
	for name, c := range map[string]struct {
		own  clinic.Shift
		want clinic.CashBack
	}{
		"who works at the desk it was paid from": {clinic.Shift{ID: 1, Desk: 5}, clinic.IntoSameDrawer},
		"who works at another desk":              {clinic.Shift{ID: 1, Desk: 6}, clinic.IntoOwnDrawer},
		"who has no open shift":                  {clinic.Shift{}, clinic.IntoSafe},
	} {
		if got := clinic.CashBackInto(5, c.own); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
