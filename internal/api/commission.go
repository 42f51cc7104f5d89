package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

type earner struct {
	ID         string       `json:"id" doc:"of the patient who is a marketer, or of the referrer"`
	Kind       string       `json:"kind" doc:"marketer or referrer"`
	Name       string       `json:"name"`
	FileNumber string       `json:"file_number,omitempty" doc:"of a marketer"`
	Active     bool         `json:"active"`
	Rate       int          `json:"rate" doc:"today's, in basis points; a service's own wins"`
	Accrued    money.Amount `json:"accrued"`
	Settled    money.Amount `json:"settled"`
	Left       money.Amount `json:"left" doc:"less than nothing: money went back after it was settled"`
}

func showEarner(e desk.EarnerRow) earner {
	shown := earner{ID: name(e.ID), Kind: string(e.Kind), Name: e.Name, Active: e.Active, Rate: e.Rate, Accrued: e.Accrued, Settled: e.Settled, Left: e.Left()}
	if e.FileNumber != 0 {
		shown.FileNumber = e.FileNumber.String()
	}
	return shown
}

type accrual struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	PatientID   string       `json:"patient_id"`
	PatientName string       `json:"patient_name"`
	Amount      money.Amount `json:"amount" doc:"less than nothing: taken back"`
	Base        money.Amount `json:"base" doc:"collected money that paid the admission then"`
	Rate        int          `json:"rate" doc:"in the mean of the services, basis points"`
	Day         string       `json:"day"`
	DayJalali   string       `json:"day_jalali"`
}

type commissionSettlement struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"`
	Amount    money.Amount `json:"amount"`
	How       string       `json:"how"`
	Note      string       `json:"note,omitempty"`
	Day       string       `json:"day"`
	DayJalali string       `json:"day_jalali"`
	Undone    bool         `json:"undone"`
}

func showCommissionSettlement(c clinic.CommissionSettlement, undone bool) commissionSettlement {
	return commissionSettlement{name(c.ID), c.Number.String(), c.Amount, string(c.How), c.Note, string(c.Day), twin(c.Day), undone}
}

type earnerPage struct {
	Earner      earner                 `json:"earner"`
	Items       []accrual              `json:"items" doc:"newest first"`
	Settlements []commissionSettlement `json:"settlements"`
}

type commissionForm struct {
	Amount         *amount `json:"amount,omitempty" doc:"all that is left when missing"`
	How            string  `json:"how" doc:"account, cash, card_to_card or bank_transfer"`
	PlaceID        string  `json:"place_id,omitempty"`
	TrackingNumber string  `json:"tracking_number,omitempty"`
	LastFour       string  `json:"last_four,omitempty"`
	Destination    string  `json:"destination,omitempty"`
	Note           string  `json:"note,omitempty"`
	SeenVersion    *int64  `json:"seen_version,omitempty" doc:"of the marketer's account as a patient"`
	DryRun         bool    `json:"dry_run,omitempty"`
}

type commissionSettled struct {
	Settlement commissionSettlement `json:"settlement"`
	Earner     earner               `json:"earner"`
	Effect
}

type rateForm struct {
	Rate      *int   `json:"rate" doc:"basis points: 500 is 5 %"`
	ValidFrom string `json:"valid_from,omitempty" doc:"today when missing"`
	DryRun    bool   `json:"dry_run,omitempty"`
}

type rated struct {
	Earner earner `json:"earner"`
}

type earnerQuery struct {
	ID string `path:"id"`
}

// addCommissions registers the calls for what introducers and referrers earn.
func (s *server) addCommissions() {
	add(s, call{method: http.MethodGet, path: "/commissions", right: clinic.ReadCommissions, touches: aboutMoney, object: "earner",
		says: "Who earns by those whom they sent, who is owed most first"}, s.commissions)
	add(s, call{method: http.MethodGet, path: "/commissions/{id}", right: clinic.ReadCommissions, touches: aboutMoney, object: "earner",
		says: "What one earned and got"}, s.commission)
	add(s, call{method: http.MethodPost, path: "/commissions/{id}/settle", right: clinic.SettleCommissions, touches: aboutMoney, object: "earner",
		says: "Pay a commission, onto the marketer's account or as money", created: true}, s.settleCommission)
	add(s, call{method: http.MethodPost, path: "/commissions/{id}/rate", right: clinic.SettleCommissions, object: "earner",
		says: "Set what an earner gets from a day on"}, s.rateCommission)
}

func (s *server) commissions(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[list[earner]], error) {
	all, err := s.desk.Commissions(ctx, a)
	if err != nil {
		return nil, err
	}
	shown := list[earner]{Items: []earner{}}
	for _, e := range all {
		shown.Items = append(shown.Items, showEarner(e))
	}
	return reply(shown), nil
}

func (s *server) commission(ctx context.Context, a clinic.Actor, in *earnerQuery) (*answer[earnerPage], error) {
	id, err := number[clinic.EarnerID](in.ID, "commission", "id")
	if err != nil {
		return nil, err
	}
	one, err := s.desk.Commission(ctx, a, id)
	if err != nil {
		return nil, err
	}
	shown := earnerPage{Earner: showEarner(one.Earner), Items: []accrual{}, Settlements: []commissionSettlement{}}
	for _, r := range one.Rows {
		shown.Items = append(shown.Items, accrual{name(r.Admission), r.Number.String(), name(r.Patient), r.PatientName, r.Amount, r.Base, r.Rate,
			string(r.Day), twin(r.Day)})
	}
	for _, c := range one.Settlements {
		shown.Settlements = append(shown.Settlements, showCommissionSettlement(c.CommissionSettlement, c.Undone))
	}
	return reply(shown), nil
}

func (s *server) settleCommission(ctx context.Context, a clinic.Actor, in *postTo[commissionForm]) (*answer[commissionSettled], error) {
	form, err := decode[commissionForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	cmd := desk.SettleCommission{How: clinic.Method(form.How), TrackingNumber: form.TrackingNumber,
		LastFour: form.LastFour, Destination: form.Destination, Note: form.Note, Seen: form.SeenVersion, Request: request}
	if form.Amount != nil {
		whole := money.Amount(*form.Amount)
		cmd.Amount = &whole
	}
	if cmd.Earner, err = number[clinic.EarnerID](in.ID, "commission", "id"); err != nil {
		return nil, err
	}
	if cmd.Place, err = number[clinic.PlaceID](form.PlaceID, "place", "place_id"); err != nil {
		return nil, err
	}
	done, err := s.desk.SettleCommission(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(commissionSettled{showCommissionSettlement(done.Settlement, false), showEarner(done.Earner), showEffect(a, done.Effect)}), nil
}

func (s *server) rateCommission(ctx context.Context, a clinic.Actor, in *postTo[rateForm]) (*answer[rated], error) {
	form, err := decode[rateForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	if form.Rate == nil {
		return nil, fault.New(fault.Invalid, "catalogue.rate", "a rate is 0 to 10000 basis points").At("rate")
	}
	cmd := desk.SetCommissionRate{Rate: *form.Rate, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Earner, err = number[clinic.EarnerID](in.ID, "commission", "id"); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.ValidFrom, err = day(form.ValidFrom, "valid_from", today); err != nil {
		return nil, err
	}
	done, err := s.desk.SetCommissionRate(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(rated{showEarner(done)}), nil
}
