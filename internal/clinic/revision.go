package clinic

import (
	"slices"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// Change says what made an admission another one.
type Change string

// The changes of an admission that is in the books or was.
const (
	ChangeLineCancel Change = "line_cancel"
	ChangeCoverage   Change = "coverage"
	ChangeReopen     Change = "reopen"
	ChangeFinalize   Change = "finalize" // a reopened draft is final again
	ChangeCancel     Change = "cancel"   // of a reopened draft
	ChangeAbandon    Change = "abandon"  // the rest of a package
)

// Revise returns the entries that turn what an admission was in the books into
// what it is now, on the given day: the difference of each account (product
// rule 2.13: dated today, nothing posted is touched). live are its entries that
// are not reversed. One that is nothing any more is reversed whole.
func Revise(c Clinic, was, now Admission, live []ledger.Entry, on jalali.Day) ([]ledger.Entry, error) {
	if now.Gross == 0 {
		return reverseAll(live, on, EntryAdmissionChange)
	}
	postings, kind := c.charges(now), EntryAdmissionAgain
	if slices.ContainsFunc(live, func(e ledger.Entry) bool { return e.Kind != EntryAdmissionChange }) {
		kind = EntryAdmissionChange
		for _, p := range c.charges(was) {
			postings = append(postings, ledger.Credit(p.Account, p.Amount))
		}
	}
	entry, err := ledger.NewEntry(on, kind, postings...)
	if fault.Code(err) == "ledger.empty" {
		return nil, nil
	}
	return []ledger.Entry{entry}, err
}

func reverseAll(entries []ledger.Entry, on jalali.Day, kind string) (reversals []ledger.Entry, err error) {
	for _, e := range entries {
		r, err := e.Reverse(on, kind)
		if err != nil {
			return nil, err
		}
		reversals = append(reversals, r)
	}
	return reversals, nil
}

// Reopen makes a final admission a draft again: its entries are reversed on the
// day, it owes nothing until it is final again. Invalid admission.reason;
// Refused admission.not_final.
func Reopen(a Admission, live []ledger.Entry, on jalali.Day, reason string) (Admission, []ledger.Entry, error) {
	if err := changeable(a, reason); err != nil {
		return a, nil, err
	}
	reversals, err := reverseAll(live, on, EntryAdmissionReopen)
	a.Status = Draft
	return a, reversals, err
}

// CancelLine takes one service off a final admission. Its figures stay and
// count nowhere. Invalid admission.reason; NotFound line.none; Refused
// admission.not_final, line.cancelled, and line.last when nothing would be left:
// then the admission is cancelled.
func CancelLine(a Admission, line int, reason string) (Admission, error) {
	if err := changeable(a, reason); err != nil {
		return a, err
	}
	if line < 1 || line > len(a.Lines) {
		return a, fault.New(fault.NotFound, "line.none", "the admission has no line %d", line)
	}
	if a.Lines[line-1].Removed {
		return a, fault.New(fault.Refused, "line.cancelled", "the service is cancelled already")
	}
	if len(a.LiveLines()) == 1 {
		return a, fault.New(fault.Refused, "line.last", "it is the last service; cancel the admission")
	}
	lines := slices.Clone(a.Lines)
	lines[line-1].Status, lines[line-1].Removed = LineCancelled, true
	return a.Total(lines)
}

// LiveLines are the lines that count.
func (a Admission) LiveLines() (lines []AdmissionLine) {
	for _, l := range a.Lines {
		if !l.Removed {
			lines = append(lines, l)
		}
	}
	return lines
}

// changeable refuses to change what is not in the books, or for no reason.
func changeable(a Admission, reason string) error {
	switch {
	case a.Status != Finalized:
		return fault.New(fault.Refused, "admission.not_final", "the admission is not in the books")
	case reason == "":
		return fault.New(fault.Invalid, "admission.reason", "a change needs a reason").At("reason")
	}
	return nil
}

// Reinsure gives an admission other insurers: each line keeps its price,
// percentage and who answers for it, and is shared out anew by the tariffs of
// the admission's day. A discount that was an amount is never more than the
// patient's new part. services and tariffs are those of the lines. Refused
// coverage.same when they are its insurers already, admission.cancelled.
func Reinsure(a Admission, payers Payers, services map[ServiceID]Service, tariffs map[ServiceID][]Tariff) (Admission, error) {
	base, supplementary := payers.ids()
	switch {
	case a.Status == Cancelled:
		return a, fault.New(fault.Refused, "admission.cancelled", "the admission is cancelled already")
	case base == a.BaseInsurer && supplementary == a.SupplementaryInsurer:
		return a, fault.New(fault.Refused, "coverage.same", "these are its insurers already").At("base_insurer")
	}
	a.BaseInsurer, a.SupplementaryInsurer = base, supplementary
	lines := slices.Clone(a.Lines)
	for i, l := range lines {
		if l.Removed {
			continue
		}
		line, err := reprice(l, OrderedService{Service: services[l.Service], Provider: l.Provider, Quantity: l.Quantity, Tariffs: tariffs[l.Service]},
			payers, a.Day)
		if err != nil {
			return a, AtLine(err, i)
		}
		lines[i] = line
	}
	return a.Total(lines)
}

// reprice shares a line out anew at its own price, with the discount that it
// had.
func reprice(l AdmissionLine, o OrderedService, payers Payers, on jalali.Day) (AdmissionLine, error) {
	o.Kept = &l
	line, err := PriceLine(o, payers, on)
	if err != nil {
		return l, err
	}
	given := l.Given()
	given.Amount = min(given.Amount, line.discountable())
	if line, err = line.Discounted(given); err != nil {
		return l, err
	}
	if line.Discount > 0 {
		line.DiscountBy, line.DiscountByName = l.DiscountBy, l.DiscountByName
	}
	return line, nil
}

// ids are the insurers' ids, 0 for nobody.
func (p Payers) ids() (base, supplementary InsurerID) {
	if p.Base != nil {
		base = p.Base.ID
	}
	if p.Supplementary != nil {
		supplementary = p.Supplementary.ID
	}
	return base, supplementary
}

// EditedLine is a line of a draft as it is wanted: one that it has, by its
// number, or a new one. Order has the service's tariffs; Kept is filled here.
type EditedLine struct {
	Line  int // 0: new
	Order OrderedService
}

// EditDraft makes the lines of a draft what is wanted, by the tariffs of its
// day. A line that keeps its service keeps its price; who answered for its
// discount still does while it is not more. Lines that are not wanted any more
// are removed. Refused admission.not_draft; NotFound line.none; Invalid
// line.twice; those of PriceLine at their line.
func EditDraft(a Admission, wanted []EditedLine, payers Payers) (Admission, error) {
	if a.Status != Draft {
		return a, fault.New(fault.Refused, "admission.not_draft", "the admission is not a draft")
	}
	a.BaseInsurer, a.SupplementaryInsurer = payers.ids()
	lines := slices.Clone(a.Lines)
	stays := map[int]bool{}
	for i, e := range wanted {
		at := e.Line - 1
		switch {
		case e.Line < 0 || e.Line > len(a.Lines) || e.Line > 0 && a.Lines[at].Removed:
			return a, fault.New(fault.NotFound, "line.none", "the draft has no line %d", e.Line).At("lines")
		case e.Line > 0 && stays[at]:
			return a, fault.New(fault.Invalid, "line.twice", "line %d is named twice", e.Line).At("lines")
		}
		if e.Line > 0 && lines[at].Service == e.Order.Service.ID {
			e.Order.Kept = &a.Lines[at]
		}
		line, err := PriceLine(e.Order, payers, a.Day)
		if err != nil {
			return a, AtLine(err, i)
		}
		if k := e.Order.Kept; k != nil && line.Given() == k.Given() && line.Discount <= k.Discount && (line.DiscountPercent != 0 || line.discountable() >= k.discountable()) {
			line.DiscountBy, line.DiscountByName = k.DiscountBy, k.DiscountByName
		}
		if e.Order.Kept == nil {
			lines = append(lines, line)
			stays[len(lines)-1] = true
			continue
		}
		lines[at] = line
		stays[at] = true
	}
	for i := range lines {
		if !stays[i] {
			lines[i].Removed, lines[i].Status = true, LineCancelled
		}
	}
	return a.Total(lines)
}
