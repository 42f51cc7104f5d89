package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// SettleCommission is the command "pay this earner what is owed": onto the
// marketer's own account, or as money. Amount nil is all that is left. Place is
// where the money comes from, 0 the first of the branch. Seen is the version of
// the marketer's account that was looked at; nil: not checked.
type SettleCommission struct {
	Earner         clinic.EarnerID
	Amount         *money.Amount
	How            clinic.Method
	Place          clinic.PlaceID
	TrackingNumber string
	LastFour       string
	Destination    string
	Note           string
	Seen           *int64
	Request        Request `json:"-"`
}

// EarnerRow is somebody who earns, with the sums.
type EarnerRow = store.EarnerRow

// CommissionSettled is the answer to SettleCommission: the effect is on the
// marketer's own account and on the drawer.
type CommissionSettled struct {
	Settlement clinic.CommissionSettlement
	Earner     EarnerRow // after it
	Effect
}

// SettleCommission carries out the command. On account it is a fund that pays
// what the marketer owes, oldest first; cash needs a shift and comes from its
// drawer.
//
// NotFound commission.none, place.none; Refused shift.none, commission.drawer;
// Invalid and Refused of clinic.CheckCommissionSettlement; Conflict
// account.stale.
func (d *Desk) SettleCommission(ctx context.Context, actor clinic.Actor, cmd SettleCommission) (CommissionSettled, error) {
	return command(ctx, d, actor, clinic.SettleCommissions, "commission.settle", cmd.Request, cmd, func(w work) (answer CommissionSettled, err error) {
		earner, err := w.earner(ctx, cmd.Earner)
		if err != nil {
			return answer, err
		}
		var files clinic.Files // of a marketer
		if earner.Kind == clinic.EarnsMarketer {
			if files, err = w.filesOf(ctx, clinic.PatientID(earner.ID)); err != nil {
				return answer, err
			}
		}
		if answer.Effect, err = w.watch(ctx, files, cmd.Seen); err != nil {
			return answer, err
		}
		if answer.Settlement, err = w.settleCommission(ctx, earner, files, cmd); err != nil {
			return answer, err
		}
		if answer.Earner, err = w.earner(ctx, cmd.Earner); err != nil {
			return answer, err
		}
		if answer.Effect, err = w.watched(ctx, files, answer.Effect); err != nil {
			return answer, err
		}
		return answer, w.audit(ctx, "commission.settle", earner.Patient(), int64(answer.Settlement.ID))
	})
}

// earner is one who earns, with the sums of now. NotFound commission.none.
func (w work) earner(ctx context.Context, id clinic.EarnerID) (EarnerRow, error) {
	if id > 0 {
		found, err := w.Earners(ctx, w.branch(), id, w.today(), 1)
		if err != nil || len(found) == 1 {
			return append(found, EarnerRow{})[0], err
		}
	}
	return EarnerRow{}, fault.New(fault.NotFound, "commission.none", "nobody with the id %d earns anything", id)
}

// settleCommission checks, numbers, posts and stores a settlement.
func (w work) settleCommission(ctx context.Context, earner EarnerRow, files clinic.Files, cmd SettleCommission) (s clinic.CommissionSettlement, err error) {
	s = clinic.CommissionSettlement{ID: clinic.CommissionID(w.id()), Kind: earner.Kind, Earner: earner.ID, Branch: w.actor.Branch, Amount: earner.Left(),
		How: cmd.How, Day: w.today(), At: w.now, Recorded: w.now, Staff: w.actor.Staff}
	if cmd.Amount != nil {
		s.Amount = *cmd.Amount
	}
	if s.Note, err = farsi.Clean(cmd.Note, 500); err != nil {
		return s, err
	}
	if err := clinic.CheckCommissionSettlement(s, earner.Left()); err != nil {
		return s, err
	}
	s.Number.Year = s.Day.Date().Year
	if s.Number.Count, err = w.NextNumber(ctx, store.CommissionSettlementNumbers, s.Number.Year); err != nil {
		return s, err
	}
	if err := w.AddCommissionSettlement(ctx, s, w.unit); err != nil {
		return s, err
	}
	if s.How == clinic.OnAccount {
		return s, w.commissionOnAccount(ctx, s, files)
	}
	return s, w.commissionPaid(ctx, s, cmd)
}

// commissionOnAccount lets a commission pay what its owner owes.
func (w work) commissionOnAccount(ctx context.Context, s clinic.CommissionSettlement, files clinic.Files) error {
	entry, err := clinic.SettleCommission(w.clinic, s, files[0], clinic.MoneyLine{})
	if err != nil {
		return err
	}
	if err := w.post(ctx, entry, s.At, files[0], int64(s.ID)); err != nil {
		return err
	}
	fund := clinic.Fund{ID: clinic.FundID(s.ID), Kind: clinic.FundCommission, Patient: files[0], Amount: s.Amount}
	if err := w.AddFund(ctx, fund, w.stamp(s.At)); err != nil {
		return err
	}
	_, err = w.settled(ctx, files, fund.ID, s.At)
	return err
}

// commissionPaid pays a commission as money.
func (w work) commissionPaid(ctx context.Context, s clinic.CommissionSettlement, cmd SettleCommission) error {
	asked := clinic.Receipt{Lines: []clinic.MoneyLine{{Method: s.How, Amount: s.Amount, Place: cmd.Place,
		TrackingNumber: cmd.TrackingNumber, LastFour: cmd.LastFour, Destination: cmd.Destination}}}
	asked, err := clinic.CheckReceipt(asked, []clinic.Method{clinic.Cash, clinic.CardToCard, clinic.BankTransfer})
	if err != nil {
		return err
	}
	line := asked.Lines[0]
	var shift clinic.ShiftID
	if s.How == clinic.Cash {
		open, err := w.shift(ctx)
		if err != nil {
			return err
		}
		cash, err := w.CashOfShift(ctx, open.ID)
		if err != nil {
			return err
		}
		if open.ID != 0 && s.Amount > cash {
			return fault.New(fault.Refused, "commission.drawer", "the drawer holds %v", cash).With("limit", max(0, cash).String()).At("amount")
		}
		shift = open.ID
	}
	if line.Place, err = w.place(ctx, line); err != nil {
		return err
	}
	line.Amount = -s.Amount
	entry, err := clinic.SettleCommission(w.clinic, s, 0, line)
	if err != nil {
		return err
	}
	return w.move(ctx, entry, moved{at: s.At, document: int64(s.ID), lines: []clinic.MoneyLine{line}, shift: shift})
}

// SetCommissionRate is the command "this one earns so much from a day on". Of
// what was paid for already nothing changes.
type SetCommissionRate struct {
	Earner    clinic.EarnerID
	Rate      int        // basis points
	ValidFrom jalali.Day // "": today
	Request   Request    `json:"-"`
}

// SetCommissionRate carries out the command for an active marketer or a
// referrer. NotFound commission.none; Invalid of clinic.CommissionRate.Check.
func (d *Desk) SetCommissionRate(ctx context.Context, actor clinic.Actor, cmd SetCommissionRate) (EarnerRow, error) {
	return command(ctx, d, actor, clinic.SettleCommissions, "commission.rate", cmd.Request, cmd, func(w work) (EarnerRow, error) {
		earner, err := w.earner(ctx, cmd.Earner)
		if err != nil {
			return earner, err
		}
		r := clinic.CommissionRate{Kind: earner.Kind, Earner: earner.ID, Rate: cmd.Rate, ValidFrom: cmd.ValidFrom}
		if r.ValidFrom == "" {
			r.ValidFrom = w.today()
		}
		if err := r.Check(); err != nil {
			return earner, err
		}
		if err := w.SetCommissionRate(ctx, r, w.stamp(w.now)); err != nil {
			return earner, err
		}
		if err := w.audit(ctx, "commission.rate", earner.Patient(), int64(earner.ID)); err != nil {
			return earner, err
		}
		return w.earner(ctx, cmd.Earner)
	})
}

// The most earners and rows that are listed.
const (
	mostEarners = 500
	mostAccrued = 500
)

// Commissions lists who earns, those who are owed most first.
func (d *Desk) Commissions(ctx context.Context, actor clinic.Actor) (all []EarnerRow, err error) {
	if err := actor.May(clinic.ReadCommissions); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.Earners(ctx, w.branch(), 0, w.today(), mostEarners)
		return err
	})
	if err != nil {
		return nil, err
	}
	var people []clinic.PatientID
	for _, e := range all {
		if p := e.Patient(); p != 0 {
			people = append(people, p)
		}
	}
	return all, d.write(ctx, actor, func(w work) error { return w.auditRead(ctx, "commission.list", 0, store.ShownTo(people)) })
}

// EarnerCommissions is what one earned by whom, and got, newest first.
type EarnerCommissions struct {
	Earner      EarnerRow
	Rates       []clinic.CommissionRate
	Rows        []store.AccrualRow
	Settlements []store.CommissionPaid
	Account     Position // of a marketer
}

// Commission returns one earner; the audit says whose admissions were shown.
// NotFound commission.none.
func (d *Desk) Commission(ctx context.Context, actor clinic.Actor, id clinic.EarnerID) (e EarnerCommissions, err error) {
	if err := actor.May(clinic.ReadCommissions); err != nil {
		return e, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if e.Earner, err = w.earner(ctx, id); err != nil {
			return err
		}
		if e.Rates, err = w.CommissionRates(ctx, e.Earner.Kind, id); err != nil {
			return err
		}
		if e.Rows, err = w.Accruals(ctx, id, w.branch(), mostAccrued); err != nil {
			return err
		}
		if e.Settlements, err = w.CommissionSettlements(ctx, id, mostAccrued); err != nil {
			return err
		}
		if e.Earner.Kind == clinic.EarnsMarketer {
			e.Account, err = w.positionOf(ctx, clinic.PatientID(id))
		}
		return err
	})
	if err != nil {
		return EarnerCommissions{}, err
	}
	var people []clinic.PatientID
	whom := e.Earner.Patient()
	if whom != 0 {
		people = append(people, whom)
	}
	for _, r := range e.Rows {
		people = append(people, r.Patient)
	}
	return e, d.write(ctx, actor, func(w work) error { return w.auditRead(ctx, "commission.read", whom, store.ShownTo(people)) })
}

// CommissionRate sets what an earner gets from a day on.
func (b Batch) CommissionRate(ctx context.Context, r clinic.CommissionRate) error {
	if err := r.Check(); err != nil {
		return err
	}
	return b.w.SetCommissionRate(ctx, r, b.w.stamp(b.w.now))
}

// SettleCommission settles a commission at the batch's instant.
func (b Batch) SettleCommission(ctx context.Context, cmd SettleCommission) error {
	w := b.w
	if err := w.accrue(ctx); err != nil { // what was earned so far counts
		return err
	}
	*w.touched = touched{}
	earner, err := w.earner(ctx, cmd.Earner)
	if err != nil {
		return err
	}
	var files clinic.Files
	if earner.Kind == clinic.EarnsMarketer {
		if files, err = w.filesOf(ctx, clinic.PatientID(earner.ID)); err != nil {
			return err
		}
	}
	_, err = w.settleCommission(ctx, earner, files, cmd)
	return err
}
