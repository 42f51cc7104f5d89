package desk

import (
	"context"
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/store"
)

// whoBrought adds the entries that brought what a figure is made of: they say
// by which document, who recorded it and when.
func (w work) whoBrought(ctx context.Context, l whyLook, y *Why) error {
	add := func(told []store.Told, err error) error {
		y.Entries = append(y.Entries, told...)
		return err
	}
	met := map[int64]bool{}
	for _, h := range y.held {
		if met[h.Document] || len(y.Entries) > mostTold {
			continue
		}
		met[h.Document] = true
		if err := add(w.DocumentTold(ctx, h.Document, l.m, mostTold+1)); err != nil {
			return err
		}
	}
	for _, file := range l.files {
		if y.Kind != "insurer" {
			break
		}
		if err := add(w.InsurersTold(ctx, file, l.m, mostTold+1)); err != nil {
			return err
		}
	}
	if len(y.Entries) > mostTold {
		y.Entries, y.More = y.Entries[:mostTold], true
	}
	return nil
}

// fundEntries are the kinds of entry that bring a fund of a kind.
var fundEntries = map[string]string{"receipt": clinic.EntryReceipt, "deposit": clinic.EntryDepositAccount, "commission": clinic.EntryCommissionPaid,
	"transfer": clinic.EntryReceiptTransfer}

// byKind sums what is held by the kind of entry that brought it.
func byKind(held []store.Held, kind func(store.Held) string) (kinds []store.ByKind) {
	for _, h := range held {
		at := slices.IndexFunc(kinds, func(k store.ByKind) bool { return k.Kind == kind(h) })
		if at < 0 {
			at, kinds = len(kinds), append(kinds, store.ByKind{Kind: kind(h)})
		}
		kinds[at].Amount += h.Left
		kinds[at].Count++
	}
	return kinds
}
