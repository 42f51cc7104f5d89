package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// settlementForm is the body of POST /insurers/{id}/settlements.
type settlementForm struct {
	Received   amount          `json:"received" doc:"what came into the bank; 0 for deductions alone"`
	Deductions []deductionForm `json:"deductions,omitempty" doc:"what the insurer refuses"`
	Admissions []choice        `json:"admissions,omitempty" doc:"what the money pays; what is left over, or all of it when missing, pays the oldest"`
	PlaceID    string          `json:"place_id,omitempty" doc:"the bank account; the first of the branch when missing"`
	Note       string          `json:"note,omitempty"`
	Seen       *int64          `json:"seen_version,omitempty" doc:"refused when the insurer's account moved since"`
	DryRun     bool            `json:"dry_run,omitempty"`
}

type deductionForm struct {
	AdmissionID string `json:"admission_id"`
	Amount      amount `json:"amount"`
	To          string `json:"to" doc:"patient or write_off"`
}

// settle turns the form into the command.
func (f settlementForm) settle(insurer clinic.InsurerID) (cmd desk.SettleInsurer, err error) {
	cmd = desk.SettleInsurer{Insurer: insurer, Received: money.Amount(f.Received), Note: f.Note, Seen: f.Seen}
	if cmd.Place, err = number[clinic.PlaceID](f.PlaceID, "place", "place_id"); err != nil {
		return cmd, err
	}
	for _, d := range f.Deductions {
		id, err := number[clinic.AdmissionID](d.AdmissionID, "admission", "admission_id")
		if err != nil {
			return cmd, err
		}
		cmd.Deductions = append(cmd.Deductions, clinic.Deduction{Admission: id, Amount: money.Amount(d.Amount), To: clinic.SettlementKind(d.To)})
	}
	for _, c := range f.Admissions {
		id, err := number[clinic.AdmissionID](c.AdmissionID, "admission", "admission_id")
		if err != nil {
			return cmd, err
		}
		cmd.Choices = append(cmd.Choices, clinic.Choice{Admission: id, Amount: money.Amount(c.Amount)})
	}
	return cmd, nil
}

type settlementLine struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	PatientID   string       `json:"patient_id"`
	PatientName string       `json:"patient_name"`
	Kind        string       `json:"kind" doc:"paid, patient or write_off"`
	Amount      money.Amount `json:"amount"`
}

type settlement struct {
	ID        string           `json:"id"`
	InsurerID string           `json:"insurer_id"`
	Number    string           `json:"number"`
	Received  money.Amount     `json:"received"`
	Deducted  money.Amount     `json:"deducted"`
	PlaceID   string           `json:"place_id,omitempty"`
	Note      string           `json:"note,omitempty"`
	Day       string           `json:"day"`
	DayJalali string           `json:"day_jalali"`
	Recorded  time.Time        `json:"recorded"`
	Undone    bool             `json:"undone"`
	Lines     []settlementLine `json:"lines,omitempty"`
}

func showSettlement(s desk.SettlementRow) settlement {
	shown := settlement{ID: name(s.ID), InsurerID: name(s.Insurer), Number: s.Number.String(), Received: s.Received, Deducted: s.Deducted,
		PlaceID: name(s.Bank), Note: s.Note, Day: string(s.Day), DayJalali: twin(s.Day), Recorded: s.Recorded.UTC(), Undone: !s.Undone.IsZero()}
	for _, l := range s.Lines {
		shown.Lines = append(shown.Lines, settlementLine{name(l.Admission), l.Number.String(), name(l.Patient), l.PatientName, string(l.Kind), l.Amount})
	}
	return shown
}

type settledInsurer struct {
	Settlement settlement `json:"settlement"`
	Effect
}

// ClaimAges is what is owed by age; the days are those of the clinic's rules.
type ClaimAges struct {
	Spans  []money.Amount `json:"spans" doc:"within the first number of days, the second, the third, and older"`
	Credit money.Amount   `json:"credit" doc:"what was paid too much; nothing or less"`
	Total  money.Amount   `json:"total"`
}

func showClaimAges(a clinic.ClaimAges) ClaimAges {
	return ClaimAges{a.Spans[:clinic.Future], a.Credit, a.Total()}
}

type insurerReceivable struct {
	InsurerID string `json:"insurer_id"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	Count     int    `json:"count" doc:"open admissions"`
	ClaimAges
}

type receivables struct {
	Items []insurerReceivable `json:"items"`
	Total ClaimAges           `json:"total"`
	Days  []int               `json:"days" doc:"after which a debt is of the next age"`
	Day   string              `json:"day"`
}

type claim struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	Day         string       `json:"day"`
	DayJalali   string       `json:"day_jalali"`
	Titles      string       `json:"titles"`
	Status      string       `json:"status"`
	PatientID   string       `json:"patient_id"`
	PatientName string       `json:"patient_name"`
	Share       money.Amount `json:"share"`
	Paid        money.Amount `json:"paid"`
	Moved       money.Amount `json:"moved" doc:"refused; the patient bears it"`
	WrittenOff  money.Amount `json:"written_off" doc:"refused; the clinic gave it up"`
	Left        money.Amount `json:"left" doc:"less than nothing: paid too much"`
	Age         int          `json:"age" doc:"days"`
}

type claimList struct {
	Items   []claim   `json:"items"`
	Total   ClaimAges `json:"total"`
	Days    []int     `json:"days"`
	Version int64     `json:"version" doc:"of the insurer's account, for seen_version"`
}

type receivableQuery struct {
	ID   string `path:"id"`
	AsOf string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
}

type receivablesQuery struct {
	AsOf string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
}

type settlementsQuery struct {
	ID string `path:"id"`
}

// addSettlements registers the calls for what insurers pay and cut.
func (s *server) addSettlements() {
	add(s, call{method: http.MethodGet, path: "/reports/insurer-receivables", right: clinic.ReadReports, touches: aboutMoney, object: "insurer",
		says: "What insurers owe, by age"}, s.receivables)
	add(s, call{method: http.MethodGet, path: "/insurers/{id}/receivables", right: clinic.ReadReports, touches: aboutMoney, object: "insurer",
		says: "What an insurer owes, admission by admission, oldest first"}, s.claims)
	add(s, call{method: http.MethodGet, path: "/insurers/{id}/settlements", right: clinic.ReadReports, touches: aboutMoney, object: "insurer",
		says: "The settlements of an insurer, newest first"}, s.settlements)
	add(s, call{method: http.MethodPost, path: "/insurers/{id}/settlements", right: clinic.SettleInsurers, touches: aboutMoney, object: "insurer",
		says: "Book what an insurer paid and deducted", created: true}, s.settle)
	add(s, call{method: http.MethodGet, path: "/settlements/{id}", right: clinic.ReadReports, touches: aboutMoney, object: "settlement",
		says: "One settlement with its lines"}, s.oneSettlement)
}

// asOf is the view of a moment.
func (s *server) asOf(ctx context.Context, a clinic.Actor, text string) (v desk.View, err error) {
	today, err := s.today(ctx, a)
	if err != nil {
		return v, err
	}
	v.AsOf, err = day(text, "as_of", today)
	return v, err
}

func (s *server) receivables(ctx context.Context, a clinic.Actor, in *receivablesQuery) (*answer[receivables], error) {
	v, err := s.asOf(ctx, a, in.AsOf)
	if err != nil {
		return nil, err
	}
	r, err := s.desk.Receivables(ctx, a, v)
	if err != nil {
		return nil, err
	}
	shown := receivables{Items: []insurerReceivable{}, Total: showClaimAges(r.Total), Days: r.Aging[:], Day: string(r.Day)}
	for _, i := range r.Items {
		shown.Items = append(shown.Items, insurerReceivable{name(i.Insurer.ID), i.Insurer.Code, i.Insurer.Name, i.Count, showClaimAges(i.Ages)})
	}
	return reply(shown), nil
}

func (s *server) claims(ctx context.Context, a clinic.Actor, in *receivableQuery) (*answer[claimList], error) {
	v, err := s.asOf(ctx, a, in.AsOf)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.InsurerID](in.ID, "insurer", "id")
	if err != nil {
		return nil, err
	}
	c, err := s.desk.InsurerClaims(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	shown := claimList{Items: []claim{}, Total: showClaimAges(c.Ages), Days: c.Aging[:], Version: c.Version}
	for _, i := range c.Claims {
		shown.Items = append(shown.Items, claim{name(i.Admission), i.Number.String(), string(i.Day), twin(i.Day), i.Titles, string(i.Status),
			name(i.Patient), i.PatientName, i.Share, i.Paid, i.Moved, i.WrittenOff, i.Left(), c.Day.Sub(i.Day)})
	}
	return reply(shown), nil
}

func (s *server) settlements(ctx context.Context, a clinic.Actor, in *settlementsQuery) (*answer[list[settlement]], error) {
	id, err := number[clinic.InsurerID](in.ID, "insurer", "id")
	if err != nil {
		return nil, err
	}
	c, err := s.desk.InsurerClaims(ctx, a, id, desk.View{})
	if err != nil {
		return nil, err
	}
	shown := list[settlement]{Items: []settlement{}}
	for _, i := range c.Settlements {
		shown.Items = append(shown.Items, showSettlement(i))
	}
	return reply(shown), nil
}

func (s *server) oneSettlement(ctx context.Context, a clinic.Actor, in *settlementsQuery) (*answer[settlement], error) {
	id, err := number[clinic.SettlementID](in.ID, "settlement", "id")
	if err != nil {
		return nil, err
	}
	one, _, err := s.desk.InsurerSettlement(ctx, a, id)
	if err != nil {
		return nil, err
	}
	return reply(showSettlement(one)), nil
}

func (s *server) settle(ctx context.Context, a clinic.Actor, in *postTo[settlementForm]) (*answer[settledInsurer], error) {
	form, err := decode[settlementForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.InsurerID](in.ID, "insurer", "id")
	if err != nil {
		return nil, err
	}
	cmd, err := form.settle(id)
	if err != nil {
		return nil, err
	}
	cmd.Request = request
	done, err := s.desk.SettleInsurer(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(settledInsurer{showSettlement(done.Settlement), showEffect(a, done.Effect)}), nil
}
