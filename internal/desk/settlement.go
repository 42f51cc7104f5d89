package desk

import (
	"context"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// SettleInsurer is the command "this insurer has paid, and cut, as its letter
// says". Place is the bank account, 0 the branch's first. Choices nil lets the
// money pay the oldest admissions. Seen is the version of the insurer's account
// that was looked at; nil: not checked.
type SettleInsurer struct {
	Insurer    clinic.InsurerID
	Received   money.Amount
	Deductions []clinic.Deduction
	Choices    []clinic.Choice
	Place      clinic.PlaceID
	Note       string
	Seen       *int64
	Request    Request `json:"-"`
}

// SettlementRow is a settlement as it is shown.
type SettlementRow = store.SettlementRow

// Claimed is what an insurer owes for one admission.
type Claimed = store.Claimed

// SettledInsurer is the answer to SettleInsurer. Before and After of its effect
// are the insurer's account: what it owes.
type SettledInsurer struct {
	Settlement store.SettlementRow
	Effect
}

// SettleInsurer carries out the command: what was received lies in the bank and
// pays admissions, what was deducted is the patients' or is given up. Money by
// bank transfer needs no shift.
//
// NotFound insurer.none, place.none; Invalid and Refused of
// clinic.SettleClaims; Conflict settlement.stale when the insurer's account moved
// since it was seen.
func (d *Desk) SettleInsurer(ctx context.Context, actor clinic.Actor, cmd SettleInsurer) (SettledInsurer, error) {
	return command(ctx, d, actor, clinic.SettleInsurers, "insurer.settle", cmd.Request, cmd, func(w work) (answer SettledInsurer, err error) {
		insurer, err := w.Insurer(ctx, cmd.Insurer)
		if err != nil {
			return answer, err
		}
		if answer.Effect, err = w.watchInsurer(ctx, insurer, cmd.Seen); err != nil {
			return answer, err
		}
		claimed, err := w.Claims(ctx, insurer.ID, w.branch(), store.Moment{})
		if err != nil {
			return answer, err
		}
		s := clinic.Settlement{ID: clinic.SettlementID(w.id()), Insurer: insurer.ID, Branch: w.actor.Branch, Received: cmd.Received,
			Day: w.today(), At: w.now, Recorded: w.now, Staff: w.actor.Staff}
		if s.Note, err = farsi.Clean(cmd.Note, 500); err != nil {
			return answer, err
		}
		if s.Lines, err = clinic.SettleClaims(onlyClaims(claimed), cmd.Received, cmd.Deductions, cmd.Choices); err != nil {
			return answer, err
		}
		if s, err = w.settleInsurer(ctx, s, cmd.Place); err != nil {
			return answer, err
		}
		if answer.Settlement, err = w.Settlement(ctx, s.ID); err != nil {
			return answer, err
		}
		answer.Effect.After, err = w.insurerPosition(ctx, insurer)
		return answer, err
	})
}

// onlyClaims are claims without the words for them.
func onlyClaims(claimed []store.Claimed) (claims []clinic.Claim) {
	for _, c := range claimed {
		claims = append(claims, c.Claim)
	}
	return claims
}

// watchInsurer looks at an insurer's account before a settlement.
func (w work) watchInsurer(ctx context.Context, i clinic.Insurer, seen *int64) (e Effect, err error) {
	e.Unit = w.unit
	if e.Before, err = w.insurerPosition(ctx, i); err != nil {
		return e, err
	}
	if seen != nil && *seen != e.Before.Version {
		return e, fault.New(fault.Conflict, "settlement.stale", "the insurer owes %v now", e.Before.Balance).
			With("due", e.Before.Balance.String()).With("balance", strconv.FormatInt(int64(e.Before.Balance), 10))
	}
	return e, nil
}

// insurerPosition is what an insurer owes now.
func (w work) insurerPosition(ctx context.Context, i clinic.Insurer) (Position, error) {
	b, err := w.InsurerAccount(ctx, w.clinic.InsurerReceivable(i.ID))
	return Position{Balance: b.Amount, Version: b.Version}, err
}

// settleInsurer numbers, posts and stores a settlement whose lines are decided.
func (w work) settleInsurer(ctx context.Context, s clinic.Settlement, place clinic.PlaceID) (clinic.Settlement, error) {
	var err error
	if s.Received > 0 {
		if s.Bank, err = w.place(ctx, clinic.MoneyLine{Method: clinic.BankTransfer, Place: place}); err != nil {
			return s, err
		}
	}
	s.Number.Year = s.Day.Date().Year
	if s.Number.Count, err = w.NextNumber(ctx, store.SettlementNumbers, s.Number.Year); err != nil {
		return s, err
	}
	told := map[clinic.PatientID]bool{}
	for i, l := range s.Lines {
		if l.Kind != clinic.SettlePaid {
			s.Deducted += l.Amount
		}
		if s.Lines[i].Document, err = w.settleLine(ctx, s, l); err != nil {
			return s, err
		}
		if !told[l.Patient] {
			told[l.Patient] = true
			if err := w.audit(ctx, "insurer.settle", l.Patient, int64(s.ID)); err != nil {
				return s, err
			}
		}
	}
	return s, w.AddSettlement(ctx, s, w.unit)
}

// settleLine posts one line and returns its document.
func (w work) settleLine(ctx context.Context, s clinic.Settlement, l clinic.SettlementLine) (document int64, err error) {
	switch l.Kind {
	case clinic.SettlePaid:
		return w.paidByInsurer(ctx, clinic.InsurerPayment{Insurer: s.Insurer, Admission: l.Admission, Patient: l.Patient, Amount: l.Amount, Bank: s.Bank}, s.At)
	case clinic.SettleToPatient:
		t := clinic.ShareTransfer{Admission: l.Admission, Patient: l.Patient, From: s.Insurer, To: clinic.PatientPays, Amount: l.Amount, Reason: s.Note}
		return w.movedShare(ctx, t, s.At)
	}
	entry, err := clinic.WriteOffClaim(w.clinic, s.Insurer, l.Amount, s.Day)
	if err != nil {
		return 0, err
	}
	return int64(l.Admission), w.post(ctx, entry, s.At, l.Patient, int64(l.Admission))
}

// Receivables is what insurers owe by age, in the order of the catalogue; those
// who owe nothing and are off are left out.
type Receivables struct {
	Items []InsurerReceivable
	Total clinic.ClaimAges
	Aging [3]int
	Day   jalali.Day // at whose end it is so
}

// InsurerReceivable is what one insurer owes.
type InsurerReceivable struct {
	Insurer clinic.Insurer
	Ages    clinic.ClaimAges
	Count   int // admissions
}

// Receivables returns what insurers owe at the moment of the view: of the
// people of the actor's branch, or of all with branch.all, and then it is what
// the books say of the insurers' accounts.
func (d *Desk) Receivables(ctx context.Context, actor clinic.Actor, v View) (r Receivables, err error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return r, err
	}
	err = d.read(ctx, actor, func(w work) error {
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		insurers, err := w.Insurers(ctx)
		if err != nil {
			return err
		}
		claims, err := w.OpenClaims(ctx, w.branch(), m)
		if err != nil {
			return err
		}
		r = ageClaims(insurers, claims, w.clinic.Rules, w.ageDay(v))
		return nil
	})
	return r, err
}

// ageDay is the day from which ages are counted back.
func (w work) ageDay(v View) jalali.Day {
	if v.AsOf != "" {
		return v.AsOf
	}
	return w.today()
}

// ageClaims sums claims by insurer and age.
func ageClaims(insurers []clinic.Insurer, claims []store.Claimed, rules clinic.MoneyRules, today jalali.Day) Receivables {
	r := Receivables{Aging: rules.Aging, Day: today}
	of := map[clinic.InsurerID]*InsurerReceivable{}
	for _, c := range claims {
		if of[c.Insurer] == nil {
			of[c.Insurer] = &InsurerReceivable{}
		}
		of[c.Insurer].Ages.Add(rules, c.Left(), c.Day, today)
		of[c.Insurer].Count++
		r.Total.Add(rules, c.Left(), c.Day, today)
	}
	for _, i := range insurers {
		item := of[i.ID]
		if item == nil {
			if i.Disabled {
				continue
			}
			item = &InsurerReceivable{}
		}
		item.Insurer = i
		r.Items = append(r.Items, *item)
	}
	return r
}

// InsurerClaims is what one insurer owes, admission by admission.
type InsurerClaims struct {
	Insurer     clinic.Insurer
	Claims      []store.Claimed // oldest first
	Ages        clinic.ClaimAges
	Aging       [3]int
	Day         jalali.Day
	Version     int64 // of the insurer's account
	Settlements []store.SettlementRow
	Banks       []clinic.Place // that the money may come into
}

// shown is whom the answer names.
func (c InsurerClaims) shown() (people []clinic.PatientID) {
	for _, i := range c.Claims {
		people = append(people, i.Patient)
	}
	return people
}

// InsurerClaims returns what an insurer owes at the moment of the view and its
// newest settlements, of the branches that the actor may see; the audit says
// whose admissions were shown. NotFound insurer.none.
func (d *Desk) InsurerClaims(ctx context.Context, actor clinic.Actor, id clinic.InsurerID, v View) (c InsurerClaims, err error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return c, err
	}
	err = d.read(ctx, actor, func(w work) error {
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		if c.Insurer, err = w.Insurer(ctx, id); err != nil {
			return err
		}
		if c.Claims, err = w.Claims(ctx, id, w.branch(), m); err != nil {
			return err
		}
		c.Aging, c.Day = w.clinic.Rules.Aging, w.ageDay(v)
		for _, one := range c.Claims {
			c.Ages.Add(w.clinic.Rules, one.Left(), one.Day, c.Day)
		}
		now, err := w.insurerPosition(ctx, c.Insurer)
		if err != nil {
			return err
		}
		c.Version = now.Version
		if c.Settlements, err = w.Settlements(ctx, id, w.branch(), mostSettlements); err != nil {
			return err
		}
		c.Banks, err = w.placesFor(ctx, clinic.AccountBank, w.actor.Branch)
		return err
	})
	if err != nil {
		return InsurerClaims{}, err
	}
	return c, d.write(ctx, actor, func(w work) error {
		return w.auditRead(ctx, "insurer.read", 0, shownIn(c))
	})
}

// mostSettlements bounds the settlements that are listed.
const mostSettlements = 200

// InsurerSettlement returns one settlement of an insurer with its lines; the
// audit says whose admissions were shown. NotFound settlement.none.
func (d *Desk) InsurerSettlement(ctx context.Context, actor clinic.Actor, id clinic.SettlementID) (s store.SettlementRow, i clinic.Insurer, err error) {
	if err := actor.May(clinic.ReadReports); err != nil {
		return s, i, err
	}
	err = d.read(ctx, actor, func(w work) (err error) {
		if s, err = w.visibleSettlement(ctx, id); err != nil {
			return err
		}
		i, err = w.Insurer(ctx, s.Insurer)
		return err
	})
	if err != nil {
		return store.SettlementRow{}, i, err
	}
	var people []clinic.PatientID
	for _, l := range s.Lines {
		people = append(people, l.Patient)
	}
	return s, i, d.write(ctx, actor, func(w work) error {
		return w.auditRead(ctx, "insurer.read", 0, store.ShownTo(people))
	})
}

// Claims are what an insurer owes now, oldest first, without what it was paid
// too much.
func (b Batch) Claims(ctx context.Context, insurer clinic.InsurerID) (open []clinic.Claim, err error) {
	claimed, err := b.w.Claims(ctx, insurer, 0, store.Moment{})
	for _, c := range onlyClaims(claimed) {
		if c.Left() > 0 {
			open = append(open, c)
		}
	}
	return open, err
}

// SettleInsurer books a settlement that counts at the instant, as at the desk.
func (b Batch) SettleInsurer(ctx context.Context, cmd SettleInsurer, at time.Time) error {
	w := b.w
	w.unit = w.id() // it can be voided as a whole
	claimed, err := w.Claims(ctx, cmd.Insurer, 0, store.Moment{})
	if err != nil {
		return err
	}
	s := clinic.Settlement{ID: clinic.SettlementID(w.id()), Insurer: cmd.Insurer, Branch: w.actor.Branch, Received: cmd.Received, Note: cmd.Note,
		Day: w.clinic.Day(at), At: at, Recorded: w.now, Staff: w.actor.Staff}
	if s.Lines, err = clinic.SettleClaims(onlyClaims(claimed), cmd.Received, cmd.Deductions, cmd.Choices); err != nil {
		return err
	}
	_, err = w.settleInsurer(ctx, s, cmd.Place)
	return err
}
