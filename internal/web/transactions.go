package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// transactions fetches the tab of what moved the patient's account.
func (s *server) transactions(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Transactions(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	t := view.Transactions{L: v.l, Opening: found.Totals.Opening, Debits: found.Totals.Debits, Credits: found.Totals.Credits,
		Closing: found.Totals.Closing, Pages: pages(k, found.Newer, found.Older, found.Extent, len(found.Rows)),
		Partial: k.partial(), Filtered: k.filtered() || k.inPast()}
	for _, r := range found.Rows {
		row := transaction(v, k, found.Header, r)
		if receipt, ok := found.Receipts[r.ID]; ok && !k.inPast() {
			row.Do, row.Moved = receiptActions(v, receipt), receipt.Moved && !r.Reversed
		}
		t.Rows = append(t.Rows, row)
	}
	if t.Pages.Oldest {
		slices.Reverse(t.Rows)
	}
	cheques, err := s.chequeGroup(v, patient, k)
	if err != nil {
		return desk.Header{}, nil, err
	}
	t.Under = append(t.Under, cheques...)
	t.Under = append(t.Under, planSections(v, patient, k, found.Header)...)
	return found.Header, view.TransactionsTab(t), nil
}

func transaction(v visit, k look, h desk.Header, r desk.SummaryRow) view.TransactionRow {
	methods := slices.Compact(slices.Sorted(slices.Values(r.Methods)))
	row := view.TransactionRow{ID: rowID(r), Kind: r.Kind, Day: r.Day, At: r.At, Number: r.Number.String(), Methods: methods,
		Text: transactionText(v, r), Debit: max(r.Amount, 0), Credit: max(-r.Amount, 0), Balance: r.Running,
		User: r.Staff, Branch: r.Branch, Cancelled: r.Reversed, URL: rowURL(v, k, h, r, "summary"), Recorded: recorded(v, r),
		Why: k.why(h, "entry-"+id(r.ID)), WhyAfter: k.why(h, "running-"+id(r.ID))}
	if r.Kind == clinic.EntryAdmissionCancel {
		row.Reverses = row.Number
	}
	return row
}
