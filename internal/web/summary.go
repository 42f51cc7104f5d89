package web

import (
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// summary fetches the tab of everything in the order of time.
func (s *server) summary(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Summary(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	t := view.Timeline{L: v.l, Newer: k.page(found.Newer), Older: k.page(found.Older), Filtered: k.filtered() || k.inPast()}
	for _, r := range found.Rows {
		t.Events = append(t.Events, event(v, k, patient, r))
	}
	return found.Header, view.Summary(t), nil
}

// event is one row of the summary.
func event(v visit, k look, patient clinic.PatientID, r desk.SummaryRow) view.Event {
	e := view.Event{Kind: r.Kind, ID: rowID(r), Day: r.Day, At: r.At, Number: r.Number.String(), Text: rowText(v, r), Detail: rowDetail(v, r),
		User: r.Staff, Branch: r.Branch, Cancelled: r.Reversed, URL: rowURL(k, patient, r)}
	if !v.l.NoMoney && r.Amount != 0 {
		e.Money, e.Amount, e.Running = true, r.Amount, r.Running
	}
	return e
}

// documents are the kinds of rows of which a document has one, so that the
// document's id names the row. Others are named by their entry.
var documents = []string{clinic.EntryAdmission, clinic.EntryAdmissionCancel, clinic.EntryReceipt, desk.RowDraft, desk.RowRegistration}

func rowID(r desk.SummaryRow) string {
	if slices.Contains(documents, r.Kind) {
		return id(r.Document)
	}
	return id(r.ID)
}

// rowText says what a row was about, beside its kind and number.
func rowText(v visit, r desk.SummaryRow) string {
	if methods := methodNames(v, r.Methods); len(methods) > 0 {
		return strings.Join(methods, " + ")
	}
	var parts []string
	for _, part := range []string{r.Titles, r.Providers} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "، ")
}

// methodNames names each method of a receipt once.
func methodNames(v visit, methods []string) []string {
	var names []string
	for _, m := range methods {
		if name := v.l.T("method." + m); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// rowDetail are the small facts under a row.
func rowDetail(v visit, r desk.SummaryRow) []string {
	var facts []string
	if r.Kind == clinic.EntryAdmission && !v.l.NoMoney {
		if r.Insured > 0 {
			facts = append(facts, v.l.T("event.insured", "amount", v.l.Amount(r.Insured)))
		}
		if r.Discount > 0 {
			facts = append(facts, v.l.T("event.discount", "amount", v.l.Amount(r.Discount)))
		}
	}
	// What moved on others' accounts only: the row has no amount of its own.
	if !v.l.NoMoney && r.Amount == 0 && (r.Kind == clinic.EntryInsurerPayment || r.Kind == clinic.EntryChequeClear || r.Kind == clinic.EntryShareTransfer) {
		facts = append(facts, v.l.T("event.moved", "amount", v.l.Amount(r.Moved)))
	}
	if r.Kind == clinic.EntryAdmissionCancel && r.Reason != "" {
		facts = append(facts, v.l.T("event.reason", "reason", r.Reason))
	}
	return facts
}

// rowURL leads from a row to its admission.
func rowURL(k look, patient clinic.PatientID, r desk.SummaryRow) string {
	switch r.Kind {
	case clinic.EntryAdmission, clinic.EntryAdmissionCancel, desk.RowDraft, clinic.EntryShareTransfer, clinic.EntryInsurerPayment:
		return k.admission(patient, r.Document)
	}
	return ""
}
