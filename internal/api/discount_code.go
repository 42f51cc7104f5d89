package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// addDiscountCodes registers the calls for discount codes.
func (s *server) addDiscountCodes() {
	add(s, call{method: http.MethodGet, path: "/discount-codes", right: clinic.WriteSettings, object: "discount_code",
		touches: aboutMoney, says: "List the discount codes, newest first"}, s.discountCodes)
	add(s, call{method: http.MethodPost, path: "/discount-codes", right: clinic.WriteSettings, object: "discount_code",
		touches: aboutMoney, says: "Make a discount code", created: true}, s.addDiscountCode)
	add(s, call{method: http.MethodPost, path: "/discount-codes/{id}/switch", right: clinic.WriteSettings, object: "discount_code",
		touches: aboutMoney, says: "Switch a discount code off or on"}, s.switchDiscountCode)
}

// DiscountCode is a code in an answer.
type DiscountCode struct {
	ID         string        `json:"id"`
	Code       string        `json:"code"`
	Amount     *money.Amount `json:"amount,omitempty"`
	Percent    int           `json:"percent,omitempty" doc:"basis points"`
	Most       *money.Amount `json:"most,omitempty" doc:"that a percentage gives"`
	ValidFrom  string        `json:"valid_from"`
	ValidTo    string        `json:"valid_to,omitempty"`
	Uses       int64         `json:"uses"`
	Used       int64         `json:"used"`
	PatientID  string        `json:"patient_id,omitempty"`
	ServiceIDs []string      `json:"service_ids"`
	Combinable bool          `json:"combinable"`
	Note       string        `json:"note,omitempty"`
	By         string        `json:"by,omitempty" doc:"who answers for its discounts"`
	Made       time.Time     `json:"made"`
	Off        bool          `json:"off"`
	Version    int64         `json:"version"`
}

func showCode(a clinic.Actor, c clinic.DiscountCode) DiscountCode {
	shown := DiscountCode{ID: name(c.ID), Code: c.Code, Percent: c.Percent, ValidFrom: string(c.ValidFrom), ValidTo: string(c.ValidTo),
		Uses: c.Uses, Used: c.Used, PatientID: name(c.Patient), ServiceIDs: []string{}, Combinable: c.Combinable, Note: c.Note, By: c.StaffName,
		Made: c.Made.UTC(), Off: c.Disabled, Version: c.Version}
	if c.Amount != 0 {
		shown.Amount = seen(a, c.Amount)
	}
	if c.Most != 0 {
		shown.Most = seen(a, c.Most)
	}
	for _, s := range c.Services {
		shown.ServiceIDs = append(shown.ServiceIDs, name(s))
	}
	return shown
}

type codeList struct {
	Items []DiscountCode `json:"items"`
}

func (s *server) discountCodes(ctx context.Context, a clinic.Actor, _ *struct{}) (*answer[codeList], error) {
	all, err := s.desk.DiscountCodes(ctx, a)
	list := codeList{Items: []DiscountCode{}}
	for _, c := range all {
		list.Items = append(list.Items, showCode(a, c))
	}
	return reply(list), err
}

type codeForm struct {
	Code       string   `json:"code"`
	Amount     amount   `json:"amount,omitempty"`
	Percent    int      `json:"percent,omitempty" doc:"basis points: 1000 is 10 percent"`
	Most       amount   `json:"most,omitempty" doc:"that a percentage gives"`
	ValidFrom  string   `json:"valid_from,omitempty" doc:"today when missing"`
	ValidTo    string   `json:"valid_to,omitempty" doc:"last day; for ever when missing"`
	Uses       *int64   `json:"uses,omitempty" doc:"1 when missing"`
	PatientID  string   `json:"patient_id,omitempty"`
	ServiceIDs []string `json:"service_ids,omitempty" doc:"all when missing"`
	Combinable bool     `json:"combinable,omitempty" doc:"with discounts given by hand"`
	Note       string   `json:"note,omitempty"`
	DryRun     bool     `json:"dry_run,omitempty"`
}

// code turns the form into a code.
func (f codeForm) code(today jalali.Day) (c clinic.DiscountCode, err error) {
	c = clinic.DiscountCode{Code: f.Code, Amount: money.Amount(f.Amount), Percent: f.Percent, Most: money.Amount(f.Most), Uses: 1,
		Combinable: f.Combinable, Note: f.Note}
	set(&c.Uses, f.Uses)
	if c.ValidFrom, err = day(f.ValidFrom, "valid_from", today); err != nil {
		return c, err
	}
	if c.ValidTo, err = day(f.ValidTo, "valid_to", today); err != nil {
		return c, err
	}
	if c.Patient, err = number[clinic.PatientID](f.PatientID, "patient", "patient_id"); err != nil {
		return c, err
	}
	for _, text := range f.ServiceIDs {
		id, err := number[clinic.ServiceID](text, "service", "service_ids")
		if err != nil {
			return c, err
		}
		c.Services = append(c.Services, id)
	}
	return c, nil
}

func (s *server) addDiscountCode(ctx context.Context, a clinic.Actor, in *post[codeForm]) (*answer[DiscountCode], error) {
	form, err := decode[codeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.AddDiscountCode{}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.Code, err = form.code(today); err != nil {
		return nil, err
	}
	made, err := s.desk.AddDiscountCode(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showCode(a, made)), nil
}

type switchForm struct {
	Off    bool `json:"off"`
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) switchDiscountCode(ctx context.Context, a clinic.Actor, in *postTo[switchForm]) (*answer[DiscountCode], error) {
	form, err := decode[switchForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.SwitchDiscountCode{Off: form.Off}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Code, err = number[clinic.DiscountCodeID](in.ID, "discount_code", "id"); err != nil {
		return nil, err
	}
	c, err := s.desk.SwitchDiscountCode(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showCode(a, c)), nil
}
