package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type dayQuery struct {
	Day      string `query:"day" doc:"Gregorian or Jalali; today when missing"`
	BranchID string `query:"branch_id" doc:"all that the caller may see when missing"`
	KnownAt  string `query:"known_at" doc:"the instant that an answer says makes the same answer again"`
}

type charges struct {
	Gross     money.Amount `json:"gross"`
	Cancelled money.Amount `json:"cancelled" doc:"charged on the same day and taken back"`
	Discount  money.Amount `json:"discount"`
	Insurers  money.Amount `json:"insurers"`
	VAT       money.Amount `json:"vat"`
	Share     money.Amount `json:"patient_share"`
}

type methodMoney struct {
	Method string       `json:"method"`
	Amount money.Amount `json:"amount"`
	Count  int          `json:"count"`
}

type correction struct {
	EntryID   string       `json:"entry_id"`
	Kind      string       `json:"kind"`
	Number    string       `json:"number,omitempty"`
	Of        string       `json:"of" doc:"the day that it corrects"`
	OfJalali  string       `json:"of_jalali"`
	PatientID string       `json:"patient_id,omitempty"`
	Patient   string       `json:"patient,omitempty"`
	Staff     string       `json:"staff"`
	Money     money.Amount `json:"money"`
	Owed      money.Amount `json:"owed"`
}

type shiftOfDay struct {
	ID         string       `json:"id"`
	Desk       string       `json:"desk"`
	Staff      string       `json:"staff"`
	Opened     time.Time    `json:"opened"`
	Counted    *time.Time   `json:"counted,omitempty"`
	Closed     *time.Time   `json:"closed,omitempty"`
	Float      money.Amount `json:"float"`
	Expected   money.Amount `json:"expected"`
	Count      money.Amount `json:"count"`
	Difference money.Amount `json:"difference"`
}

type placeOfDay struct {
	Account string       `json:"account"`
	Name    string       `json:"name,omitempty"`
	Opening money.Amount `json:"opening"`
	In      money.Amount `json:"in" doc:"without what was taken back on the same day"`
	Out     money.Amount `json:"out" doc:"the same, below nothing"`
	Closing money.Amount `json:"closing"`
}

// dayReport is a day; corrections of earlier days are in none of the other
// figures.
type dayReport struct {
	Day         string        `json:"day"`
	DayJalali   string        `json:"day_jalali"`
	KnownAt     time.Time     `json:"known_at"`
	BranchID    string        `json:"branch_id,omitempty"`
	Charges     charges       `json:"charges"`
	Late        money.Amount  `json:"late_discounts" doc:"after the bill, and debts given up"`
	Receipts    money.Amount  `json:"receipts" doc:"less those of the same day that were voided"`
	Voided      money.Amount  `json:"voided" doc:"of that, below nothing"`
	Methods     []methodMoney `json:"receipts_by_method"`
	Refunds     money.Amount  `json:"refunds"`
	Deposits    money.Amount  `json:"deposits"`
	Applied     money.Amount  `json:"deposits_applied"`
	Forfeited   money.Amount  `json:"deposits_forfeited" doc:"what of deposits the clinic kept"`
	OtherIn     money.Amount  `json:"other_in"`
	OtherOut    money.Amount  `json:"other_out"`
	OverShort   money.Amount  `json:"over_short" doc:"by which counted drawers differed, below nothing what was missing"`
	Shifted     money.Amount  `json:"shifted" doc:"between desks, banks and the safe: nothing, unless another branch has the other end"`
	Corrected   money.Amount  `json:"corrections" doc:"money of earlier days"`
	Owed        money.Amount  `json:"corrected_owed" doc:"what corrections of earlier days changed of what patients owe"`
	Earned      money.Amount  `json:"corrected_income" doc:"what corrections of earlier days changed of income"`
	Corrections []correction  `json:"correction_items"`
	Shifts      []shiftOfDay  `json:"shifts"`
	Places      []placeOfDay  `json:"places"`
	Net         money.Amount  `json:"net" doc:"receipts + deposits − refunds + other_in − other_out + over_short + shifted + corrections: what all places hold more"`
	Ledger      money.Amount  `json:"ledger"`
	Balanced    bool          `json:"balanced" doc:"the postings of the day sum to zero and net is ledger"`
}

func (s *server) dayReport(ctx context.Context, a clinic.Actor, in *dayQuery) (*answer[dayReport], error) {
	q, err := s.reported(ctx, a, &cashQuery{From: in.Day, BranchID: in.BranchID, KnownAt: in.KnownAt})
	if err != nil {
		return nil, err
	}
	r, err := s.desk.DayReport(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := dayReport{Day: string(r.Day), DayJalali: twin(r.Day), KnownAt: r.KnownAt.UTC(), BranchID: name(r.Branch), Charges: charges(r.Charged), Late: r.Late,
		Receipts: r.Receipts, Voided: r.Voided, Methods: []methodMoney{}, Refunds: r.Refunds, Deposits: r.Deposits, Applied: r.Applied, Forfeited: r.Forfeited,
		OverShort: r.OverShort, Earned: r.Earned, OtherIn: r.OtherIn, OtherOut: r.OtherOut, Shifted: r.Shifted, Corrected: r.Corrected, Owed: r.Owed, Corrections: []correction{},
		Shifts: []shiftOfDay{}, Places: []placeOfDay{}, Net: r.Net, Ledger: r.Ledger, Balanced: r.Balanced}
	for _, m := range r.Methods {
		shown.Methods = append(shown.Methods, methodMoney(m))
	}
	for _, c := range r.Corrections {
		shown.Corrections = append(shown.Corrections, correction{name(c.Entry), c.Kind, c.Number.String(), string(c.Of), twin(c.Of),
			name(c.Person.ID), c.Person.Name(), c.Staff, c.Money, c.Owed})
	}
	for _, h := range r.Shifts {
		one := shiftOfDay{ID: name(h.ID), Desk: h.Desk, Staff: h.Staff, Opened: h.Opened.UTC(), Counted: someTime(h.Counted), Closed: someTime(h.Closed),
			Float: h.Float, Expected: h.Expected, Count: h.Counts, Difference: h.Counts - h.Expected}
		shown.Shifts = append(shown.Shifts, one)
	}
	for _, p := range r.Places {
		shown.Places = append(shown.Places, placeOfDay{p.Kind, p.Name, p.Opening, p.In, p.Out, p.Closing})
	}
	return reply(shown), nil
}

type serviceQuery struct {
	From     string `query:"from" doc:"Gregorian or Jalali; today when missing"`
	To       string `query:"to" doc:"inclusive"`
	By       string `query:"by" doc:"service (when missing), section or provider"`
	BranchID string `query:"branch_id" doc:"all that the caller may see when missing"`
	KnownAt  string `query:"known_at" doc:"as it was recorded at this instant"`
}

// ServiceFigures are what was charged less what was taken back in the days, of
// which cancelled says the price; gross is without it.
type ServiceFigures struct {
	Quantity  int          `json:"quantity"`
	Gross     money.Amount `json:"gross"`
	Discount  money.Amount `json:"discount"`
	Insurers  money.Amount `json:"insurers"`
	VAT       money.Amount `json:"vat"`
	Share     money.Amount `json:"patient_share"`
	Cancelled money.Amount `json:"cancelled"`
}

type serviceLine struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	ServiceFigures
}

type serviceReport struct {
	From      string         `json:"from"`
	To        string         `json:"to"`
	By        string         `json:"by"`
	Items     []serviceLine  `json:"items"`
	Total     ServiceFigures `json:"total"`
	Changed   money.Amount   `json:"changed" doc:"what no line says: nothing"`
	Ledger    money.Amount   `json:"ledger" doc:"what income rose by in the books: gross − cancelled"`
	Discounts money.Amount   `json:"ledger_discount" doc:"what discounts rose by in the books"`
}

func (s *server) serviceReport(ctx context.Context, a clinic.Actor, in *serviceQuery) (*answer[serviceReport], error) {
	q, err := s.reported(ctx, a, (*cashQuery)(in))
	if err != nil {
		return nil, err
	}
	r, err := s.desk.ServiceReport(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := serviceReport{From: string(r.From), To: string(r.To), By: r.By, Items: []serviceLine{}, Total: showService(r.Total), Changed: r.Changed, Ledger: r.Ledger, Discounts: r.Discounts}
	for _, l := range r.Lines {
		shown.Items = append(shown.Items, serviceLine{name(l.Key), l.Name, showService(l)})
	}
	return reply(shown), nil
}

func showService(l desk.ServiceSum) ServiceFigures {
	return ServiceFigures{l.Quantity, l.Gross, l.Discount, l.Insurers, l.VAT, l.Share, l.Cancelled}
}

type heldDeposit struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"`
	PatientID string       `json:"patient_id"`
	Patient   string       `json:"patient"`
	Purpose   string       `json:"purpose,omitempty"`
	Day       string       `json:"day"`
	DayJalali string       `json:"day_jalali"`
	Days      int          `json:"days"`
	Expires   string       `json:"expires,omitempty"`
	Amount    money.Amount `json:"amount"`
	Remaining money.Amount `json:"remaining"`
}

type depositReport struct {
	Items      []heldDeposit `json:"items"`
	Count      int           `json:"count"`
	Total      peopleTotal   `json:"total"`
	NextCursor string        `json:"next_cursor"`
	PrevCursor string        `json:"prev_cursor,omitempty"`
}

func (s *server) depositReport(ctx context.Context, a clinic.Actor, in *peopleQuery) (*answer[depositReport], error) {
	q, err := in.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	r, err := s.desk.DepositReport(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := depositReport{Items: []heldDeposit{}, Count: r.Count, Total: peopleTotal{Amount: r.Total, Aging: showAges(r.Aged, r.Bounds), Ledger: r.Ledger},
		NextCursor: r.Older, PrevCursor: r.Newer}
	for _, i := range r.Items {
		shown.Items = append(shown.Items, heldDeposit{name(i.ID), i.Number.String(), name(i.Person.ID), i.Person.Name(), i.Text, string(i.Day), twin(i.Day),
			i.Days, string(i.Expires), i.Amount, i.Left})
	}
	return reply(shown), nil
}

func (s *server) addDayReports() {
	add(s, call{method: http.MethodGet, path: "/reports/day", right: clinic.ReadReports, touches: aboutMoney, object: "book",
		says: "A day: charged, received, corrected, by shift and place"}, s.dayReport)
	add(s, call{method: http.MethodGet, path: "/reports/services", right: clinic.ReadReports, touches: aboutMoney, object: "book",
		says: "What was charged, by service, section or provider"}, s.serviceReport)
	add(s, call{method: http.MethodGet, path: "/reports/deposits", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Deposits that hold something, the oldest first"}, s.depositReport)
}
