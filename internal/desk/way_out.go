package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// wayOut is how money that was taken leaves again: in which shift it counts,
// which drawers pay outside shifts, and what has to be evened out between
// drawers and the safe.
type wayOut struct {
	shift   clinic.ShiftID          // the actor's open one; 0 for none
	outside map[clinic.PlaceID]bool // drawers whose cash counts outside shifts
	bridges []bridge
}

// bridge evens out cash that leaves by another drawer than it came in by.
type bridge struct {
	entry    ledger.Entry
	from, to clinic.PlaceID // from 0: the safe
	amount   money.Amount
}

// wayOut chooses by which way these lines leave: cash of the actor's own open
// shift from its drawer, Refused refund.drawer when it holds less; other cash
// from the actor's drawer when that holds enough, else outside shifts from its
// own drawer and the safe.
func (w work) wayOut(ctx context.Context, lines []clinic.MoneyLine, taken clinic.Shift) (way wayOut, err error) {
	own, err := w.OpenShiftOf(ctx, w.actor.Staff)
	if err != nil && fault.Of(err) != fault.NotFound {
		return way, err
	}
	way.shift, way.outside = own.ID, map[clinic.PlaceID]bool{}
	out, total := cashOut(lines)
	if total <= 0 {
		return way, nil
	}
	var there money.Amount
	if own.ID != 0 {
		if there, err = w.CashOfShift(ctx, own.ID); err != nil {
			return way, err
		}
		if own.ID == taken.ID {
			return way, clinic.CheckDrawer(total, there)
		}
	}
	for _, o := range out {
		b, err := w.bridge(ctx, o, own, there >= total)
		if err != nil {
			return way, err
		}
		if there < total || o.place != own.Desk {
			way.outside[o.place] = true
		}
		if b.amount > 0 {
			way.bridges = append(way.bridges, b)
		}
	}
	return way, nil
}

// cash is what leaves one drawer.
type cash struct {
	place  clinic.PlaceID
	amount money.Amount
}

// cashOut is what leaves each drawer on the whole, and the sum.
func cashOut(lines []clinic.MoneyLine) (out []cash, total money.Amount) {
	for _, l := range lines {
		if l.Method != clinic.Cash {
			continue
		}
		total -= l.Amount
		found := false
		for i := range out {
			if out[i].place == l.Place {
				out[i].amount, found = out[i].amount-l.Amount, true
			}
		}
		if !found {
			out = append(out, cash{l.Place, -l.Amount})
		}
	}
	return out, total
}

// bridge is what evens out the drawer that the cash came in by: from the
// actor's when that pays, else what is loose in it first, then the safe.
func (w work) bridge(ctx context.Context, o cash, own clinic.Shift, ownPays bool) (b bridge, err error) {
	if ownPays {
		if o.place == own.Desk || o.amount <= 0 {
			return b, nil
		}
		b = bridge{from: own.Desk, to: o.place, amount: o.amount}
		b.entry, err = clinic.BetweenDrawers(w.clinic, b.from, b.to, b.amount, w.today())
		return b, err
	}
	inBooks, err := w.accountBalance(ctx, clinic.MoneyLine{Method: clinic.Cash, Place: o.place}.Account(w.clinic))
	if err != nil {
		return b, err
	}
	held, err := w.ShiftCash(ctx, o.place)
	if err != nil {
		return b, err
	}
	if missing := o.amount - max(0, inBooks-held); missing > 0 {
		b = bridge{to: o.place, amount: missing}
		b.entry, err = clinic.FromSafe(w.clinic, b.to, b.amount, w.today())
	}
	return b, err
}

// moveBy posts an entry whose lines go by the way.
func (w work) moveBy(ctx context.Context, e ledger.Entry, m moved, way wayOut) error {
	id, err := w.posted(ctx, e, m.at, m.patient, m.document)
	if err != nil {
		return err
	}
	var inside, outside []clinic.MoneyLine
	for _, l := range m.lines {
		if l.Method == clinic.Cash && way.outside[l.Place] {
			outside = append(outside, l)
		} else {
			inside = append(inside, l)
		}
	}
	to := store.Moved{Document: m.document, Entry: id, Shift: way.shift, Day: e.Day, Staff: w.actor.Staff}
	if err := w.AddMoneyLines(ctx, inside, to); err != nil {
		return err
	}
	to.Shift = 0
	return w.AddMoneyLines(ctx, outside, to)
}

// cross posts what evens out the drawers; it is nobody's history.
func (w work) cross(ctx context.Context, way wayOut, document int64) error {
	for _, b := range way.bridges {
		last, err := w.LastMoneyLine(ctx, document)
		if err != nil {
			return err
		}
		in := clinic.MoneyLine{Line: last + 1, Method: clinic.Cash, Amount: b.amount, Place: b.to}
		id, err := w.posted(ctx, b.entry, w.now, 0, document)
		if err != nil {
			return err
		}
		to := store.Moved{Document: document, Entry: id, Day: b.entry.Day, Staff: w.actor.Staff}
		if err := w.AddMoneyLines(ctx, []clinic.MoneyLine{in}, to); err != nil {
			return err
		}
		if b.from == 0 {
			continue
		}
		to.Shift = way.shift
		from := clinic.MoneyLine{Line: last + 2, Method: clinic.Cash, Amount: -b.amount, Place: b.from}
		if err := w.AddMoneyLines(ctx, []clinic.MoneyLine{from}, to); err != nil {
			return err
		}
	}
	return nil
}
