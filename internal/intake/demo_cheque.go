package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// demoCheques are the cheques of the patient at hand that are no money yet, and
// how many there were of all patients. What is written on them and what becomes
// of them is not left to chance, so that the rest of the demo stays as it is.
type demoCheques struct {
	held []demoCheque
	made int
}

type demoCheque struct {
	clinic.Cheque
	number int // of all that were made
	at     time.Time
}

// keep remembers a cheque that is no money yet.
func (m *demoMaker) keep(q clinic.Cheque, at time.Time) {
	m.cheques.held = append(m.cheques.held, demoCheque{q, m.cheques.made, at})
}

// write fills in the cheques among the lines of a receipt.
func (m *demoMaker) write(lines []clinic.MoneyLine, at time.Time) {
	banks := []string{"ملی", "ملت", "صادرات", "سامان", "پاسارگاد"}
	day := m.Settings().Day(at)
	for i, l := range lines {
		if l.Method != clinic.ByCheque {
			continue
		}
		n := m.cheques.made
		m.cheques.made++
		lines[i].Cheque = &clinic.Cheque{SayadID: fmt.Sprintf("41%014d", 30_000_000_017+n*7_919), Number: fmt.Sprint(482_110 + n),
			Bank: banks[n%len(banks)], BankBranch: "ونک", Due: day.Add(20 + n*13%80), Confirmed: n%4 != 0}
	}
}

// settleCheques lets some of the patient's cheques be at the bank, bounce or go
// back, yesterday.
func (m *demoMaker) settleCheques(ctx context.Context) error {
	yesterday, _ := m.Settings().Day(m.options.Now).Add(-1).Bounds(m.Settings().Zone)
	at := yesterday.Add(10 * time.Hour)
	held := m.cheques.held
	m.cheques.held = nil
	for _, one := range held {
		if one.at.After(at) {
			continue
		}
		q := one.Cheque
		if day := q.Due.Add(1); day < m.Settings().Day(m.options.Now).Add(-7) && one.number%5 < 3 { // banks do not wait for years
			due, _ := day.Bounds(m.Settings().Zone)
			when := due.Add(11 * time.Hour)
			if _, err := m.by(clinic.Accountant, when).StepCheque(ctx, q, clinic.ClearCheque, "", when); err != nil {
				return err
			}
			continue
		}
		var steps []clinic.ChequeStep
		switch one.number % 5 {
		case 1, 2:
			steps = []clinic.ChequeStep{clinic.BankCheque}
		case 3:
			steps = []clinic.ChequeStep{clinic.BankCheque, clinic.BounceCheque}
		case 4:
			steps = []clinic.ChequeStep{clinic.ReturnCheque}
		}
		for i, step := range steps {
			when := at.Add(time.Duration(i) * time.Hour)
			var err error
			if q, err = m.by(clinic.Accountant, when).StepCheque(ctx, q, step, demoReasons[step], when); err != nil {
				return err
			}
		}
	}
	return nil
}

var demoReasons = map[clinic.ChequeStep]string{clinic.BounceCheque: "کسری موجودی", clinic.ReturnCheque: "به درخواست مراجعه‌کننده"}
