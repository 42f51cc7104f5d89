package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// tills lets today's shifts happen, one in each state: closed with a shortage,
// sent back and counted again, counted, waiting to be confirmed, open.
func (m *demoMaker) tills(ctx context.Context) error {
	began := m.options.Now.Add(-5 * time.Hour)
	closed, err := m.work(ctx, clinic.Supervisor, began, 4)
	if err != nil {
		return err
	}
	cash, err := m.ShiftCash(ctx, closed)
	if err != nil {
		return err
	}
	front := func(after time.Duration) desk.Batch { return m.by(clinic.Supervisor, began.Add(after)) }
	if err := front(time.Hour).CountShift(ctx, closed, cash-demoShort, "کسری خرد"); err != nil {
		return err
	}
	if err := front(61*time.Minute).HandOver(ctx, closed, 1_000_000, "به حسابداری"); err != nil {
		return err
	}
	if err := m.by(clinic.Accountant, began.Add(62*time.Minute)).ReopenShift(ctx, closed, "مبلغ تحویل اشتباه بود"); err != nil {
		return err
	}
	if err := front(63*time.Minute).CountShift(ctx, closed, cash-demoShort, "کسری خرد"); err != nil {
		return err
	}
	if err := front(64*time.Minute).HandOver(ctx, closed, cash-demoShort-demoFloat, "به حسابداری"); err != nil {
		return err
	}
	if err := m.by(clinic.Accountant, began.Add(65*time.Minute)).ConfirmShift(ctx, closed); err != nil {
		return err
	}
	waits, err := m.work(ctx, clinic.Accountant, began.Add(70*time.Minute), 2)
	if err != nil {
		return err
	}
	if cash, err = m.ShiftCash(ctx, waits); err != nil {
		return err
	}
	late := m.by(clinic.Accountant, began.Add(2*time.Hour))
	if err := late.CountShift(ctx, waits, cash, ""); err != nil {
		return err
	}
	if err := late.HandOver(ctx, waits, cash-demoFloat, ""); err != nil {
		return err
	}
	counted, err := m.work(ctx, clinic.Supervisor, began.Add(150*time.Minute), 2)
	if err != nil {
		return err
	}
	if cash, err = m.ShiftCash(ctx, counted); err != nil {
		return err
	}
	if err := front(3*time.Hour).CountShift(ctx, counted, cash, ""); err != nil {
		return err
	}
	if _, err := m.work(ctx, clinic.Receptionist, began.Add(200*time.Minute), 6); err != nil {
		return err
	}
	_, err = m.by(clinic.Manager, m.options.Now).OpenShift(ctx, demoFloat)
	return err
}

// evening brings to the safe what the drawer took before there were shifts, so
// that today's reports tell of today.
func (m *demoMaker) evening(ctx context.Context) error {
	yesterday, _ := m.Settings().Day(m.options.Now).Add(-1).Bounds(m.Settings().Zone)
	at := yesterday.Add(20 * time.Hour)
	s, err := m.by(clinic.Supervisor, at).OpenShift(ctx, demoFloat)
	if err != nil {
		return err
	}
	if err := m.by(clinic.Supervisor, at.Add(time.Minute)).CountShift(ctx, s.ID, demoFloat, ""); err != nil {
		return err
	}
	if err := m.by(clinic.Supervisor, at.Add(2*time.Minute)).HandOver(ctx, s.ID, 0, "موجودی پیشین صندوق به گاوصندوق رفت"); err != nil {
		return err
	}
	return m.by(clinic.Accountant, at.Add(3*time.Minute)).ConfirmShift(ctx, s.ID)
}

// demoShort is what was missing in a drawer.
const demoShort money.Amount = 50_000

// work opens a shift in somebody's name and takes some money in it, one receipt
// every five minutes.
func (m *demoMaker) work(ctx context.Context, role clinic.Role, at time.Time, receipts int) (clinic.ShiftID, error) {
	front := m.by(role, at)
	s, err := front.OpenShift(ctx, demoFloat)
	if err != nil {
		return 0, err
	}
	for i := range receipts {
		if len(m.known) == 0 {
			break
		}
		at = at.Add(5 * time.Minute)
		amount := money.Amount(1+m.below(40)) * 500_000
		lines := []clinic.MoneyLine{m.line(clinic.Cash, amount)}
		if i%3 == 1 {
			lines = []clinic.MoneyLine{m.line(clinic.POS, amount), m.line(clinic.Cash, 500_000)}
		}
		r := clinic.Receipt{Patient: m.known[m.below(len(m.known))], Lines: lines, At: at}
		if _, _, err := m.by(role, at).Receipt(ctx, r, nil); err != nil {
			return 0, err
		}
		m.receipts++
	}
	return s.ID, nil
}
