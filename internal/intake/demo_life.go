package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// historyDays is how long the demo clinic has been open.
const historyDays = 730

// life registers the n-th patient and lets the visits happen, oldest first.
func (m *demoMaker) life(ctx context.Context, n int) error {
	visits := 1 + m.below(6)
	if n%25 == 0 {
		visits = 22 + m.below(12) // the busy ones
	}
	span := time.Duration(10+m.below(historyDays-40)) * 24 * time.Hour
	if n == 0 {
		span = (historyDays - 10) * 24 * time.Hour
	}
	began := m.officeHour(m.options.Now.Add(-span))
	p, err := m.atTheDesk(began).Patient(ctx, m.sent(n, m.person(n, began)))
	if err != nil {
		return err
	}
	m.known, m.began = append(m.known, p.ID), began
	if err := m.earns(ctx, n, p, began); err != nil {
		return err
	}
	insurers, err := m.insure(ctx, m.by(clinic.Receptionist, began), p.ID, n)
	if err != nil {
		return err
	}
	if n%9 == 4 {
		return m.onInstalments(ctx, p.ID, insurers, n/9)
	}
	step := span / time.Duration(visits+1)
	for v := range visits {
		at := m.officeHour(began.Add(step*time.Duration(v) + time.Duration(m.below(72))*time.Hour))
		if !m.past(at.Add(time.Hour)) {
			break
		}
		if err := m.visit(ctx, p.ID, insurers, at, v); err != nil {
			return err
		}
	}
	if err := m.settleCheques(ctx); err != nil {
		return err
	}
	if err := m.deposits(ctx, p.ID, n); err != nil {
		return err
	}
	if err := m.missed(ctx, n, p.ID); err != nil {
		return err
	}
	if n%12 == 1 {
		m.expected = append(m.expected, demoVisitor{p.ID, insurers, visits})
	}
	return nil
}

// demoVisitor is a patient who comes today, or yesterday while it is early, for
// the n-th time.
type demoVisitor struct {
	patient  clinic.PatientID
	insurers desk.Insurers
	n        int
}

// today lets those come who are expected.
func (m *demoMaker) today(ctx context.Context) error {
	for _, v := range m.expected {
		at := m.officeHour(m.options.Now)
		if !m.past(at.Add(time.Hour)) {
			at = m.officeHour(m.options.Now.AddDate(0, 0, -1))
		}
		if err := m.visit(ctx, v.patient, v.insurers, at, v.n); err != nil {
			return err
		}
	}
	return nil
}

// past reports whether an instant lies behind; what comes later has not happened
// yet.
func (m *demoMaker) past(t time.Time) bool { return !t.After(m.options.Now) }

// officeHour moves an instant to when the clinic is open, before now.
func (m *demoMaker) officeHour(t time.Time) time.Time {
	day := m.Settings().Day(t)
	from, _ := day.Bounds(m.Settings().Zone)
	return from.Add(9*time.Hour + time.Duration(m.below(9*60))*time.Minute)
}

// insure gives two of three patients an insurance.
func (m *demoMaker) insure(ctx context.Context, front desk.Batch, p clinic.PatientID, n int) (i desk.Insurers, err error) {
	if n != 0 && m.percent(35) {
		return i, nil
	}
	i.Base = pick(&m.chance, m.base)
	if _, err := front.Coverage(ctx, clinic.Coverage{Patient: p, Insurer: i.Base, InsuranceNumber: fmt.Sprintf("%010d", m.below(1_000_000_000))}); err != nil {
		return i, err
	}
	if n != 0 && m.percent(60) {
		return i, nil
	}
	i.Supplementary = pick(&m.chance, m.supplementary)
	_, err = front.Coverage(ctx, clinic.Coverage{Patient: p, Insurer: i.Supplementary})
	return i, err
}

// visit is one admission and what follows from it.
func (m *demoMaker) visit(ctx context.Context, p clinic.PatientID, insurers desk.Insurers, at time.Time, v int) error {
	order := desk.Admit{Patient: p, Coverage: &insurers}
	for range 1 + m.below(3) {
		line := desk.OrderedLine{Service: pick(&m.chance, m.services), Provider: pick(&m.chance, m.providers), Quantity: 1}
		if m.percent(10) {
			line.Quantity = 2
		}
		if m.percent(18) {
			line.Discount = clinic.Discount{Percent: 100 * (5 + 5*m.below(5)), Reason: pick(&m.chance, reasons)}
		}
		order.Lines = append(order.Lines, line)
	}
	front := m.atTheDesk(at)
	a, err := front.Order(ctx, order, at)
	if err != nil {
		return err
	}
	draft := v > 0 && m.percent(4)
	if draft {
		return m.draft(ctx, front, a)
	}
	m.perform(&a)
	if a, err = front.Admission(ctx, a, true); err != nil {
		return err
	}
	m.admissions++
	if err := m.came(ctx, a); err != nil {
		return err
	}
	if a.BaseShare > 0 && m.percent(15) && m.past(at.Add(26*time.Hour)) {
		t := clinic.ShareTransfer{Admission: a.ID, Patient: p, From: a.BaseInsurer, Amount: a.BaseShare, Reason: pick(&m.chance, denied)}
		later := at.Add(26 * time.Hour)
		if err := m.by(clinic.Accountant, later).MoveShare(ctx, t, later); err != nil {
			return err
		}
	} else if a.BaseShare > 0 && m.percent(50) && m.past(at.Add(48*time.Hour)) {
		paid := clinic.InsurerPayment{Insurer: a.BaseInsurer, Admission: a.ID, Patient: p, Amount: a.BaseShare}
		later := at.Add(48 * time.Hour)
		if err := m.by(clinic.Accountant, later).InsurerPayment(ctx, paid, later); err != nil {
			return err
		}
	}
	if err := m.payFor(ctx, a, at.Add(20*time.Minute)); err != nil {
		return err
	}
	if m.percent(5) && m.past(at.Add(25*time.Hour)) {
		later := at.Add(25 * time.Hour)
		return m.by(clinic.Supervisor, later).CancelAdmission(ctx, a.ID, pick(&m.chance, cancels), later)
	}
	return nil
}

// draft keeps an admission that is not in the books; some wait for somebody who
// may give their discount.
func (m *demoMaker) draft(ctx context.Context, front desk.Batch, a clinic.Admission) (err error) {
	m.admissions++
	if m.admissions%2 == 0 {
		_, err = front.AsksApproval(ctx, a)
		return err
	}
	_, err = front.Admission(ctx, a, false)
	return err
}

// perform says how far the services of a visit are: those of earlier days are
// done, those of today are at every stage.
func (m *demoMaker) perform(a *clinic.Admission) {
	stages := []clinic.LineStatus{clinic.LineWaiting, clinic.LineInProgress, clinic.LineCompleted}
	old := m.Settings().Day(a.At) != m.Settings().Day(m.options.Now)
	for i := range a.Lines {
		a.Lines[i].Status = clinic.LineCompleted
		if !old {
			a.Lines[i].Status = stages[i%len(stages)]
		}
	}
}

// payFor lets the patient pay all, a part, more or nothing of an admission.
func (m *demoMaker) payFor(ctx context.Context, a clinic.Admission, at time.Time) error {
	amount := a.PatientShare
	switch luck := m.below(100); {
	case luck < 12 || amount == 0:
		return nil
	case luck < 30:
		amount = roundDown(amount.Share(3000 + 1000*m.below(5)))
	case luck < 36:
		amount = roundDown(amount) + 2_000_000
	}
	if amount <= 0 {
		return nil
	}
	r := clinic.Receipt{Patient: a.Patient, At: at, Lines: m.handOver(amount), Note: noteReceipt}
	m.write(r.Lines, at)
	_, cheques, err := m.atTheDesk(at).Receipt(ctx, r, nil)
	if err != nil {
		return err
	}
	m.receipts++
	for _, q := range cheques {
		if m.percent(60) && m.past(at.Add(70*time.Hour)) {
			later := at.Add(70 * time.Hour)
			if _, err := m.by(clinic.Accountant, later).StepCheque(ctx, q, clinic.ClearCheque, "", later); err != nil {
				return err
			}
		} else {
			m.keep(q, at)
		}
	}
	return nil
}

// handOver splits an amount over one to three methods.
func (m *demoMaker) handOver(amount money.Amount) []clinic.MoneyLine {
	methods := []clinic.Method{clinic.POS, clinic.POS, clinic.POS, clinic.Cash, clinic.CardToCard, clinic.BankTransfer, clinic.ByCheque}
	if amount < 3_000_000 || m.percent(75) {
		return []clinic.MoneyLine{m.line(pick(&m.chance, methods), amount)}
	}
	first := roundDown(amount.Share(4000))
	return []clinic.MoneyLine{m.line(clinic.Cash, first), m.line(pick(&m.chance, methods), amount-first)}
}

// line is money by one method, with the numbers that come with it.
func (m *demoMaker) line(method clinic.Method, amount money.Amount) clinic.MoneyLine {
	l := clinic.MoneyLine{Method: method, Amount: amount}
	if method == clinic.POS || method == clinic.CardToCard {
		l.TrackingNumber, l.LastFour = fmt.Sprintf("%06d", m.below(1_000_000)), fmt.Sprintf("%04d", m.below(10_000))
	}
	return l
}

// roundDown drops what nobody pays in cash.
func roundDown(a money.Amount) money.Amount { return a / 100_000 * 100_000 }
