package intake

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// demoReferrers send patients to the demo clinic.
var demoReferrers = []string{"دکتر کاوه بهرامی", "درمانگاه مهر"}

// sent says of the n-th patient who sent them: the first two others are
// marketers, every seventh was introduced by one, every ninth referred.
func (m *demoMaker) sent(n int, p clinic.Patient) clinic.Patient {
	switch {
	case n == 1 || n == 2:
		p.MarketerStatus = clinic.Marketing
	case n%7 == 3 && len(m.marketers) > 0:
		p.Introducer = m.marketers[n%len(m.marketers)]
	case n%9 == 4:
		p.Referrer = demoReferrers[n%len(demoReferrers)]
	}
	return p
}

// earns sets what a marketer or a new referrer gets.
func (m *demoMaker) earns(ctx context.Context, n int, p clinic.Patient, at time.Time) error {
	r := clinic.CommissionRate{ValidFrom: m.Settings().Day(at).Add(-historyDays), Rate: 300 + 200*(n%2)}
	switch {
	case p.MarketerStatus == clinic.Marketing:
		m.marketers = append(m.marketers, p.ID)
		r.Kind, r.Earner = clinic.EarnsMarketer, clinic.EarnerID(p.ID)
	case p.ReferrerID != 0 && !slices.Contains(m.referrers, clinic.EarnerID(p.ReferrerID)):
		m.referrers = append(m.referrers, clinic.EarnerID(p.ReferrerID))
		r.Kind, r.Earner = clinic.EarnsReferrer, clinic.EarnerID(p.ReferrerID)
	default:
		return nil
	}
	return m.by(clinic.Manager, at).CommissionRate(ctx, r)
}

// settle lets two insurers settle a part of what they owe, each with what it
// refuses, and pays some commissions: onto the account, and by transfer.
func (m *demoMaker) settle(ctx context.Context) error {
	at := m.officeHour(m.options.Now.AddDate(0, 0, -3))
	accountant := m.by(clinic.Accountant, at)
	for i, insurer := range m.base[:min(2, len(m.base))] {
		claims, err := accountant.Claims(ctx, insurer)
		if err != nil {
			return err
		}
		cmd := desk.SettleInsurer{Insurer: insurer, Note: []string{"نامه ۱۴۰۵/۱۲۸", "لیست مهر"}[i]}
		for n, c := range claims[:min(12, len(claims)/2)] {
			cmd.Received += c.Left()
			if n%5 == 1 {
				cut := c.Left().Share(3000)
				cmd.Deductions = append(cmd.Deductions, clinic.Deduction{Admission: c.Admission, Amount: cut,
					To: []clinic.SettlementKind{clinic.SettleToPatient, clinic.SettleWriteOff}[i]})
				cmd.Received -= cut
			}
		}
		if cmd.Received == 0 {
			continue
		}
		if err := accountant.SettleInsurer(ctx, cmd, at); err != nil {
			return err
		}
	}
	for i, how := range []clinic.Method{clinic.OnAccount, clinic.BankTransfer} {
		if i >= len(m.marketers) {
			break
		}
		err := accountant.SettleCommission(ctx, desk.SettleCommission{Earner: clinic.EarnerID(m.marketers[i]), How: how, Amount: new(money.Amount(500_000))})
		if err != nil && fault.Of(err) != fault.Refused { // too little is earned yet
			return err
		}
	}
	return nil
}
