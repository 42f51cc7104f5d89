package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

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
	t := view.Timeline{L: v.l, Pages: pages(k, found.Newer, found.Older, found.Extent, len(found.Rows)), Filtered: k.filtered() || k.inPast()}
	for _, r := range found.Rows {
		t.Events = append(t.Events, event(v, k, found.Header, r))
	}
	if t.Pages.Oldest {
		slices.Reverse(t.Events)
	}
	if wanted := k.view.Kind == "" || k.view.Kind == desk.RowAppointment; wanted && k.view.Cursor == "" && !k.inPast() {
		t.Events = append(pinned(v, k, found.Header), t.Events...)
	}
	return found.Header, view.Summary(t), nil
}

// pinned are the appointments that have not begun, the next first: they stay on
// top of the timeline.
func pinned(v visit, k look, h desk.Header) (events []view.Event) {
	for _, a := range h.Expected {
		if !a.Starts.After(h.Now) {
			continue
		}
		e := event(v, k, h, desk.SummaryRow{Event: desk.AppointmentEvent(v.clinic, a)})
		e.Ahead = true
		events = append(events, e)
	}
	return events
}

// pages is where the rows on show lie among all of the view, and the ways on.
func pages(k look, newer, older string, x desk.Extent, rows int) view.Pages {
	p := view.Pages{Newer: k.page(newer), Older: k.page(older), First: x.Before + 1, Last: x.Before + rows, Count: x.Count, Oldest: k.order != ""}
	if p.Oldest {
		p.First, p.Last = x.Count-p.Last+1, x.Count-x.Before
	}
	if x.Count > rows && rows < mostRows && k.rows == "" {
		k.rows, k.cursor = strconv.Itoa(mostRows), ""
		p.More, p.Most = k.address(), min(mostRows, x.Count)
	}
	return p
}

// event is one row of the summary.
func event(v visit, k look, h desk.Header, r desk.SummaryRow) view.Event {
	e := view.Event{Kind: r.Kind, ID: rowID(r), Day: r.Day, At: r.At, Number: r.Number.String(), Text: rowText(v, r), Detail: rowDetail(v, r),
		User: r.Staff, Branch: r.Branch, Cancelled: r.Reversed || r.Kind == desk.RowAppointment && !clinic.AppointmentStatus(r.Status).TakesTime(), URL: rowURL(v, k, h, r, "transactions"),
		Recorded: recordedLate(v, r), Ahead: r.Day > h.Today}
	if !v.l.NoMoney && r.Amount != 0 {
		e.Money, e.Amount, e.Running = true, r.Amount, r.Running
		e.Why, e.WhyAfter = k.why(h, "entry-"+id(r.ID)), k.why(h, "running-"+id(r.ID))
	}
	return e
}

// documents are the kinds of rows of which a document has one, so that the
// document's id names the row. Others are named by their entry.
var documents = []string{clinic.EntryAdmission, clinic.EntryAdmissionCancel, clinic.EntryReceipt, desk.RowDraft, desk.RowRegistration, desk.RowAppointment, desk.RowActivity, desk.RowLead}

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
	if r.Kind == desk.RowMerge {
		return v.l.T("merge.file", "file", v.l.Digits(r.Titles))
	}
	if r.Kind == desk.RowActivity {
		a := clinic.Activity{Subject: r.Titles, Cause: clinic.ActivityCause(r.Cause)}
		return joined(v, v.l.T("activity.kind."+r.Activity), activitySubject(v, a))
	}
	var parts []string
	for _, part := range []string{r.Titles, r.Providers} {
		if part != "" {
			parts = append(parts, enumerated(v, part))
		}
	}
	if pays := paidText(v, r); pays != "" {
		parts = append([]string{pays}, parts...)
	}
	return strings.Join(parts, v.l.T("word.comma"))
}

// enumerated writes a list of the store as the reader's language does.
func enumerated(v visit, list string) string {
	return strings.ReplaceAll(list, "، ", v.l.T("word.comma"))
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
	facts := depositDetail(v, r)
	if r.Kind == clinic.EntryAdmission && !v.l.NoMoney {
		if r.Insured > 0 {
			facts = append(facts, v.l.T("event.insured", "amount", v.l.Amount(r.Insured)))
		}
		if r.Discount > 0 {
			facts = append(facts, v.l.T("event.discount", "amount", v.l.Amount(r.Discount)))
		}
	}
	// What moved on others' accounts only: the row has no amount of its own.
	if !v.l.NoMoney && r.Amount == 0 && (r.Kind == clinic.EntryInsurerPayment || r.Kind == clinic.EntryChequeClear || r.Kind == clinic.EntryShareTransfer || r.Kind == clinic.EntryVoid) {
		facts = append(facts, v.l.T("event.moved", "amount", v.l.Amount(r.Moved)))
	}
	if r.Kind == desk.RowAppointment {
		facts = append(facts, v.l.T("appointment.status."+r.Status))
	}
	if r.Kind == desk.RowActivity {
		if r.Status != "" {
			facts = append(facts, v.l.T("activity.outcome."+r.Status))
		}
		if r.Reason != "" {
			facts = append(facts, r.Reason)
		}
		return facts
	}
	if r.Kind == desk.RowLead {
		facts = append(facts, v.l.T("lead.state."+r.Status))
		if r.Reason != "" {
			facts = append(facts, r.Reason)
		}
		return facts
	}
	why := r.Kind == clinic.EntryAdmissionCancel || r.Kind == desk.RowAppointment || !v.l.NoMoney && (r.Kind == clinic.EntryVoid || r.Kind == clinic.EntryRefund)
	if why && r.Reason != "" {
		facts = append(facts, v.l.T("event.reason", "reason", r.Reason))
	}
	return facts
}

// late is how long after it counted a row may be written without being marked.
const late = 5 * time.Minute

// recordedLate is recorded, but an appointment is always written before its time.
func recordedLate(v visit, r desk.SummaryRow) string {
	if r.Kind == desk.RowAppointment {
		return ""
	}
	return recorded(v, r)
}

// recorded says when a row was written, where that is not when it counts.
func recorded(v visit, r desk.SummaryRow) string {
	day := v.clinic.Day(r.Recorded)
	switch {
	case r.Recorded.IsZero() || r.Recorded.Sub(r.At).Abs() < late:
		return ""
	case day == r.Day:
		return v.l.T("event.recorded", "when", v.l.Clock(r.Recorded))
	}
	return v.l.T("event.recorded", "when", v.l.Day(day))
}

// rowURL leads from a row to what it came from: its admission, or its row in
// the tab other, when the actor may open that.
func rowURL(v visit, k look, h desk.Header, r desk.SummaryRow, other string) string {
	switch r.Kind {
	case clinic.EntryAdmission, clinic.EntryAdmissionCancel, clinic.EntryAdmissionChange, clinic.EntryAdmissionReopen,
		clinic.EntryAdmissionAgain, desk.RowDraft, clinic.EntryShareTransfer, clinic.EntryInsurerPayment:
		return k.admission(h, r.Document, r.Key)
	case clinic.EntryReceipt:
		count := h.Transactions
		if other == "summary" {
			count = h.Events
		}
		if v.actor.Can(clinic.ReadMoney) {
			return k.row(h, other, count, r.Key, "row-"+r.Kind+"-"+rowID(r))
		}
	}
	return depositRowURL(v, k, h, r)
}
