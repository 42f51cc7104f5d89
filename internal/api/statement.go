package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// header is what every tab shows above its rows. Amounts are missing without
// the right to see money.
type header struct {
	Patient             Patient          `json:"patient"`
	Insurance           []string         `json:"insurance"`
	Balance             *money.Amount    `json:"balance,omitempty"`
	Credit              *money.Amount    `json:"credit,omitempty"`
	UncollectedCheques  *money.Amount    `json:"uncollected_cheques,omitempty"`
	BouncedCheques      *money.Amount    `json:"bounced_cheques,omitempty" doc:"how many bounced and were not given back"`
	LastAdmission       string           `json:"last_admission,omitempty"`
	LastAdmissionJalali string           `json:"last_admission_jalali,omitempty"`
	NextAppointment     *nextAppointment `json:"next_appointment,omitempty" doc:"the first that is not over"`
	OpenActivities      *int             `json:"open_activities,omitempty" doc:"what is to be done; missing without the right to see activities"`
	Points              *int64           `json:"points,omitempty" doc:"of the club, that can be spent; missing without a club, or the right to see it"`
	Level               string           `json:"level,omitempty" doc:"of the club"`
	Version             int64            `json:"version"`
}

func showHeader(a clinic.Actor, h desk.Header) header {
	insurance := h.Insurance
	if insurance == nil {
		insurance = []string{}
	}
	shown := header{Patient: showPatient(h.Patient), Insurance: insurance, Balance: seen(a, h.Position.Balance), Credit: seen(a, h.Credit),
		UncollectedCheques: seen(a, h.Cheques), BouncedCheques: seen(a, money.Amount(h.Bounced)), LastAdmission: string(h.LastAdmission), LastAdmissionJalali: twin(h.LastAdmission),
		Version: h.Position.Version}
	if a.Can(clinic.ReadAppointments) {
		shown.NextAppointment = showNext(h.Expected)
	}
	if a.Can(clinic.ReadActivities) {
		shown.OpenActivities = &h.Activities.Open
	}
	if h.Club.Level.Name != "" {
		shown.Points, shown.Level = &h.Club.Points, h.Club.Level.Name
	}
	return shown
}

// event is one row of the summary or of the transactions. Running is the
// balance after it.
type event struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	Day        string        `json:"day"`
	DayJalali  string        `json:"day_jalali"`
	At         time.Time     `json:"at"`
	Recorded   time.Time     `json:"recorded"`
	DocumentID string        `json:"document_id,omitempty"`
	Number     string        `json:"number,omitempty"`
	Titles     string        `json:"titles,omitempty"`
	Providers  string        `json:"providers,omitempty"`
	Methods    []string      `json:"methods,omitempty"`
	Debit      *money.Amount `json:"debit,omitempty"`
	Credit     *money.Amount `json:"credit,omitempty"`
	Running    *money.Amount `json:"running,omitempty"`
	Refunded
	Reason   string `json:"reason,omitempty"`
	Reversed bool   `json:"reversed"`
	Staff    string `json:"staff"`
	Branch   string `json:"branch"`
}

// Refunded is where money went that was given back.
type Refunded struct {
	Destination    string `json:"destination,omitempty" doc:"of a refund: a Sheba, the end of a card"`
	TrackingNumber string `json:"tracking_number,omitempty" doc:"of a refund"`
}

func showEvents(a clinic.Actor, rows []desk.SummaryRow) []event {
	shown := []event{}
	for _, r := range rows {
		e := event{ID: name(r.ID), Kind: r.Kind, Day: string(r.Day), DayJalali: twin(r.Day), At: r.At.UTC(), Recorded: r.Recorded.UTC(),
			DocumentID: name(r.Document), Number: r.Number.String(), Titles: r.Titles, Providers: r.Providers, Methods: r.Methods,
			Reason: r.Reason, Reversed: r.Reversed, Staff: r.Staff, Branch: r.Branch}
		if a.Can(clinic.ReadMoney) {
			e.Refunded = Refunded{r.To, r.Tracking}
		}
		if r.Amount > 0 {
			e.Debit = seen(a, r.Amount)
		}
		if r.Amount < 0 {
			e.Credit = seen(a, -r.Amount)
		}
		if r.Amount != 0 {
			e.Running = seen(a, r.Running)
		}
		shown = append(shown, e)
	}
	return shown
}

type summary struct {
	Header     header  `json:"header"`
	Items      []event `json:"items"`
	NextCursor string  `json:"next_cursor"`
	PrevCursor string  `json:"prev_cursor,omitempty"`
}

// totals are the sums of the range: opening + debits − credits = closing.
type totals struct {
	Opening money.Amount `json:"opening"`
	Debits  money.Amount `json:"debits"`
	Credits money.Amount `json:"credits"`
	Closing money.Amount `json:"closing"`
	Count   int          `json:"count"`
}

type transactions struct {
	Header     header  `json:"header"`
	Items      []event `json:"items"`
	Totals     totals  `json:"totals"`
	NextCursor string  `json:"next_cursor"`
	PrevCursor string  `json:"prev_cursor,omitempty"`
}

// payment is money that pays an admission.
type payment struct {
	ReceiptID string        `json:"receipt_id"`
	Kind      string        `json:"kind" doc:"what brought it: receipt, deposit, commission or transfer"`
	Number    string        `json:"number"`
	Day       string        `json:"day"`
	DayJalali string        `json:"day_jalali"`
	Methods   []string      `json:"methods"`
	Amount    *money.Amount `json:"amount,omitempty"`
	Reason    string        `json:"reason"`
}

// admissionRow is an admission with what pays it. Due is the patient's share
// with transfers; payment status is unpaid, partially_paid, settled,
// overpayment or none.
type admissionRow struct {
	Admission
	Due           *money.Amount `json:"due,omitempty"`
	Paid          *money.Amount `json:"paid,omitempty"`
	Left          *money.Amount `json:"left,omitempty"`
	PaymentStatus string        `json:"payment_status"`
	Payments      []payment     `json:"payments"`
	Section       string        `json:"section,omitempty"`
	Staff         string        `json:"staff"`
	Branch        string        `json:"branch"`
}

type admissions struct {
	Header     header         `json:"header"`
	Items      []admissionRow `json:"items"`
	NextCursor string         `json:"next_cursor"`
	PrevCursor string         `json:"prev_cursor,omitempty"`
}

// paymentStatus says how far a live admission is paid.
func paymentStatus(status clinic.AdmissionStatus, due, paid money.Amount) string {
	switch {
	case status != clinic.Finalized:
		return "none"
	case paid > due:
		return "overpayment"
	case paid == due:
		return "settled"
	case paid > 0:
		return "partially_paid"
	}
	return "unpaid"
}

func showAdmissionRow(a clinic.Actor, r desk.AdmissionRow) admissionRow {
	due := r.Share
	if r.Admission.Status != clinic.Finalized {
		due = 0
	}
	row := admissionRow{Admission: showAdmission(a, r.Admission, r.Lines), Due: seen(a, due), Paid: seen(a, r.Paid), Left: seen(a, due-r.Paid),
		PaymentStatus: paymentStatus(r.Admission.Status, due, r.Paid), Payments: []payment{}, Section: r.Section,
		Staff: r.StaffName, Branch: r.BranchName}
	for _, p := range r.Payments {
		row.Payments = append(row.Payments, payment{name(p.Fund), string(p.Kind), p.Number.String(), string(p.Day), twin(p.Day), p.Methods,
			seen(a, p.Amount), string(p.Reason)})
	}
	return row
}

func (s *server) addStatement() {
	const path = "/patients/{id}/statement/"
	add(s, call{method: http.MethodGet, path: path + "summary", right: clinic.ReadStatement, touches: aboutMoney, object: "patient",
		says: "Everything that happened, newest first"}, s.summary)
	add(s, call{method: http.MethodGet, path: path + "admissions", right: clinic.ReadStatement, touches: aboutMoney, object: "patient",
		says: "Admissions with lines and payments"}, s.admissions)
	add(s, call{method: http.MethodGet, path: path + "transactions", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "The patient's account with totals of the range"}, s.transactions)
	s.addBalance()
}

// looked is the patient and the view of a statement call.
func (s *server) looked(ctx context.Context, a clinic.Actor, in *statementQuery) (id clinic.PatientID, v desk.View, err error) {
	if id, err = number[clinic.PatientID](in.ID, "patient", "id"); err != nil {
		return id, v, err
	}
	v, err = s.view(ctx, a, *in)
	return id, v, err
}

func (s *server) summary(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[summary], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Summary(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	return reply(summary{showHeader(a, tab.Header), showEvents(a, tab.Rows), tab.Older, tab.Newer}), nil
}

func (s *server) transactions(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[transactions], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Transactions(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	t := tab.Totals
	return reply(transactions{showHeader(a, tab.Header), showEvents(a, tab.Rows),
		totals{t.Opening, t.Debits, t.Credits, t.Closing, t.Count}, tab.Older, tab.Newer}), nil
}

func (s *server) admissions(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[admissions], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Admissions(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	shown := admissions{Header: showHeader(a, tab.Header), Items: []admissionRow{}, NextCursor: tab.Older, PrevCursor: tab.Newer}
	for _, r := range tab.Rows {
		shown.Items = append(shown.Items, showAdmissionRow(a, r))
	}
	return reply(shown), nil
}
