package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// depositKinds are the entries whose document is a deposit.
var depositKinds = []string{clinic.EntryDeposit, clinic.EntryDepositApply, clinic.EntryDepositUnapply, clinic.EntryDepositAccount,
	clinic.EntryDepositForfeit, clinic.EntryCreditToDeposit}

// paidText says which admissions a row of a deposit pays, "" for other rows.
func paidText(v visit, r desk.SummaryRow) string {
	if r.Pays == "" {
		return ""
	}
	return v.l.T("explain.admission", "number", v.l.Document(enumerated(v, r.Pays)))
}

// transactionText says what a row of the account is about.
func transactionText(v visit, r desk.SummaryRow) string {
	var parts []string
	for _, part := range append([]string{paidText(v, r), enumerated(v, r.Titles)}, wentTo(v, r)...) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, v.l.T("word.comma"))
}

// wentTo says where a refund went and by which tracking number.
func wentTo(v visit, r desk.SummaryRow) (parts []string) {
	if r.To != "" {
		parts = append(parts, v.l.T("refund.to", "to", v.l.Document(r.To)))
	}
	if r.Tracking != "" {
		parts = append(parts, v.l.T("refund.tracking", "number", v.l.Document(r.Tracking)))
	}
	return parts
}

// depositDetail are the small facts under a row of a deposit that moved nothing
// on the patient's account, and what it is for.
func depositDetail(v visit, r desk.SummaryRow) (facts []string) {
	if v.l.NoMoney || r.Amount != 0 || r.Kind != clinic.EntryDepositRefund && !slices.Contains(depositKinds, r.Kind) {
		return nil
	}
	facts = append(facts, v.l.T("event.moved", "amount", v.l.Amount(r.Moved)))
	if len(r.Methods) > 0 && r.Titles != "" {
		facts = append(facts, r.Titles)
	}
	return facts
}

// depositRowURL leads from a row of a deposit to the deposit.
func depositRowURL(v visit, k look, h desk.Header, r desk.SummaryRow) string {
	if !slices.Contains(depositKinds, r.Kind) || !v.actor.Can(clinic.ReadMoney) {
		return ""
	}
	return k.other(statementPath(h.Patient.ID, depositTab), "open", id(r.Document)) + "#deposit-" + id(r.Document)
}

// depositFacts are what the person's deposits hold, and as a hint what would be
// owed were they all applied.
func depositFacts(v visit, k look, h desk.Header) []view.Fact {
	held := h.Position.Deposits
	if held <= 0 {
		return nil
	}
	return []view.Fact{{Label: v.l.T("fact.deposits"), Value: v.l.Amount(held), Unit: v.l.Unit(), Tone: "hold",
		Note: v.l.T("fact.deposits.note", "net", v.l.Position(h.Position.Balance-held)), URL: k.why(h, "deposits")}}
}

// depositNext is the next action of a deposit that can pay what is open.
func depositNext(v visit, patient clinic.PatientID, t tab, n clinic.NextAction) view.NextLine {
	return view.NextLine{Kind: string(n.Kind), Text: v.l.T("next.deposit", "amount", v.l.Amount(n.Amount), "unit", v.l.Unit()),
		Action: v.l.T("next.deposit.do"), Letter: "U", Code: "KeyU",
		URL: address("/patients/"+id(patient)+"/deposits/use", "tab", t.key)}
}
