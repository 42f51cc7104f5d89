package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// What a deposit of the demo became.
const (
	heldDeposit = iota
	askedDeposit
	usedDeposit
	expiredDeposit
	refundedDeposit
	forfeitedDeposit
	depositKinds // others have none
)

// deposits gives some of the patients a deposit, in every state that one can
// be in. It leaves nothing to chance, so that the rest of the demo stays as it
// is.
func (m *demoMaker) deposits(ctx context.Context, p clinic.PatientID, n int) error {
	kinds := []int{n % (2 * depositKinds)}
	if n == 0 {
		kinds = []int{heldDeposit, usedDeposit} // the first one shows most
	}
	for _, kind := range kinds {
		if kind >= depositKinds {
			continue
		}
		if err := m.deposit(ctx, p, kind, money.Amount(4+n%5)*2_500_000); err != nil {
			return err
		}
	}
	return nil
}

func (m *demoMaker) deposit(ctx context.Context, p clinic.PatientID, kind int, amount money.Amount) error {
	ago := 6 * 24 * time.Hour
	if kind == expiredDeposit {
		ago = 230 * 24 * time.Hour
	}
	from, _ := m.Settings().Day(m.options.Now.Add(-ago)).Bounds(m.Settings().Zone)
	at := from.Add(11 * time.Hour)
	later := at.Add(48 * time.Hour)
	d := clinic.Deposit{Patient: p, Amount: amount, Service: m.services[int(amount/2_500_000)%len(m.services)], At: at}
	lines := []clinic.MoneyLine{{Method: clinic.POS, Amount: amount, TrackingNumber: "451203"}}
	switch kind {
	case askedDeposit:
		lines = nil
	case heldDeposit, forfeitedDeposit:
		d.Planned = from.Add(10*24*time.Hour + 16*time.Hour)
	}
	d, err := m.atTheDesk(at).Deposit(ctx, d, lines)
	if err != nil {
		return err
	}
	switch kind {
	case usedDeposit:
		return m.atTheDesk(later).UseDeposit(ctx, d.ID, later)
	case refundedDeposit:
		return m.by(clinic.Accountant, later).RefundDeposit(ctx, d.ID, amount, cancels[0], later)
	case forfeitedDeposit:
		return m.by(clinic.Supervisor, later).ForfeitDeposit(ctx, d.ID, amount/5, cancels[0], later)
	}
	return nil
}
