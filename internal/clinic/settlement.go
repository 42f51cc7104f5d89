package clinic

import (
	"slices"
	"strconv"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
)

// Claim is what one insurer has to do with one admission at a moment, as the
// books say.
//
// Invariant: the sum of Left over the claims on an insurer is the balance of
// the insurer's account.
type Claim struct {
	Admission  AdmissionID
	Patient    PatientID
	Day        jalali.Day   // of the admission
	Share      money.Amount // what the insurer was to bear, nothing of a cancelled admission
	Moved      money.Amount // what it refused and the patient bears
	WrittenOff money.Amount // what it refused and the clinic gave up
	Paid       money.Amount
}

// Left is what the insurer still owes; less than nothing is the insurer's
// credit, when an admission that it paid was cancelled or became cheaper.
func (c Claim) Left() money.Amount { return c.Share - c.Moved - c.WrittenOff - c.Paid }

// SettlementKind is what a line of a settlement does to a claim.
type SettlementKind string

// The kinds of line: paid, or refused and moved to the patient or given up.
const (
	SettlePaid      SettlementKind = "paid"
	SettleToPatient SettlementKind = "patient"
	SettleWriteOff  SettlementKind = "write_off"
)

// Deduction is a part of a claim that the insurer refuses; To says who bears
// it.
type Deduction struct {
	Admission AdmissionID
	Amount    money.Amount
	To        SettlementKind
}

// SettlementID names a settlement.
type SettlementID int64

// SettlementLine is what a settlement does to one admission. Document is the
// insurer's payment or the share transfer; of a write-off, its entry's
// admission.
type SettlementLine struct {
	Line      int
	Admission AdmissionID
	Patient   PatientID
	Kind      SettlementKind
	Amount    money.Amount
	Document  int64
}

// Settlement is one letter of an insurer: what it pays, and what it refuses.
//
// Invariant: Received and Deducted are the sums of its lines.
type Settlement struct {
	ID       SettlementID
	Insurer  InsurerID
	Number   Number
	Branch   BranchID
	Received money.Amount
	Deducted money.Amount
	Bank     PlaceID // where the money lies; 0 when nothing was paid
	Note     string
	Lines    []SettlementLine
	Day      jalali.Day
	At       time.Time
	Recorded time.Time
	Staff    StaffID
}

// SettleClaims decides what a settlement does: deductions first, then the
// chosen admissions, then the oldest claims with the rest of what was received.
// claims are oldest first. Everything is one insurer's.
//
// Invalid settlement.empty when nothing is paid or deducted, settlement.amount
// for less than nothing, settlement.to, settlement.chosen when more is chosen
// than was received, money.large; Refused settlement.not_owed for an admission
// of which the insurer owes nothing, settlement.more_than_left and
// settlement.more_than_owed with the limit. The field is that of the admission.
func SettleClaims(claims []Claim, received money.Amount, deductions []Deduction, choices []Choice) ([]SettlementLine, error) {
	s := settling{}
	for _, c := range claims {
		if c.Left() > 0 {
			s.open, s.left = append(s.open, c), append(s.left, c.Left())
			s.owed += c.Left()
		}
	}
	switch {
	case received < 0:
		return nil, fault.New(fault.Invalid, "settlement.amount", "the amount is less than nothing").At("received")
	case received > money.Max:
		return nil, fault.New(fault.Invalid, "money.large", "the amount is too large").At("received")
	case received == 0 && len(deductions) == 0:
		return nil, fault.New(fault.Invalid, "settlement.empty", "nothing was paid and nothing deducted").At("received")
	}
	for _, d := range deductions {
		if d.To != SettleToPatient && d.To != SettleWriteOff {
			return nil, fault.New(fault.Invalid, "settlement.to", "a deduction is the patient's or written off").At(deductField(d.Admission))
		}
		if err := s.take(d.Admission, d.Amount, d.To, deductField(d.Admission)); err != nil {
			return nil, err
		}
	}
	rest := received
	for _, c := range choices {
		if c.Amount > rest {
			return nil, fault.New(fault.Invalid, "settlement.chosen", "only %v of what was received is left to choose with", rest).
				With("limit", rest.String()).At("admissions")
		}
		if err := s.take(c.Admission, c.Amount, SettlePaid, "admissions"); err != nil {
			return nil, err
		}
		rest -= c.Amount
	}
	if rest > s.owed {
		limit := received - rest + s.owed
		return nil, fault.New(fault.Refused, "settlement.more_than_owed", "at most %v is owed", limit).With("limit", limit.String()).At("received")
	}
	s.oldest(rest)
	return s.merged(), nil
}

// deductField is the field of a form for the deduction from an admission.
func deductField(id AdmissionID) string { return "deduct-" + strconv.FormatInt(int64(id), 10) }

// settling is a settlement under way: the open claims and what is left of
// each.
type settling struct {
	open  []Claim
	left  []money.Amount
	owed  money.Amount
	lines []SettlementLine
}

// take settles a part of one claim.
func (s *settling) take(id AdmissionID, amount money.Amount, kind SettlementKind, field string) error {
	at := slices.IndexFunc(s.open, func(c Claim) bool { return c.Admission == id })
	switch {
	case amount <= 0:
		return fault.New(fault.Invalid, "settlement.amount", "the amount must be more than nothing").At(field)
	case at < 0:
		return fault.New(fault.Refused, "settlement.not_owed", "this insurer owes nothing for admission %d", id).At(field)
	case amount > s.left[at]:
		return fault.New(fault.Refused, "settlement.more_than_left", "only %v is owed for the admission", s.left[at]).
			With("limit", s.left[at].String()).At(field)
	}
	s.left[at] -= amount
	s.owed -= amount
	s.lines = append(s.lines, SettlementLine{Admission: id, Patient: s.open[at].Patient, Kind: kind, Amount: amount})
	return nil
}

// oldest lets money pay the oldest claims.
func (s *settling) oldest(rest money.Amount) {
	for i, c := range s.open {
		if part := min(rest, s.left[i]); part > 0 {
			s.lines = append(s.lines, SettlementLine{Admission: c.Admission, Patient: c.Patient, Kind: SettlePaid, Amount: part})
			s.left[i] -= part
			rest -= part
		}
	}
}

// merged has one line for each admission and kind, numbered from 1.
func (s *settling) merged() (lines []SettlementLine) {
	for _, l := range s.lines {
		at := slices.IndexFunc(lines, func(m SettlementLine) bool { return m.Admission == l.Admission && m.Kind == l.Kind })
		if at >= 0 {
			lines[at].Amount += l.Amount
			continue
		}
		l.Line = len(lines) + 1
		lines = append(lines, l)
	}
	return lines
}

// WriteOffClaim returns the entry by which the clinic gives up what an insurer
// refused: a bad debt instead of what the insurer owes.
func WriteOffClaim(c Clinic, i InsurerID, amount money.Amount, on jalali.Day) (ledger.Entry, error) {
	return ledger.NewEntry(on, EntryInsurerDeduction,
		ledger.Debit(c.single(AccountBadDebt), amount),
		ledger.Credit(c.InsurerReceivable(i), amount))
}

// ClaimAges is what insurers owe by age; Credit is what was paid too much, less
// than nothing.
type ClaimAges struct {
	Spans  Aged
	Credit money.Amount
}

// Total is what is owed in all.
func (a ClaimAges) Total() money.Amount { return a.Spans.Sum() + a.Credit }

// Add counts an amount that is owed since a day.
func (a *ClaimAges) Add(rules MoneyRules, left money.Amount, since, today jalali.Day) {
	if left < 0 {
		a.Credit += left
		return
	}
	a.Spans[rules.AgeOf(since, today)] += left
}
