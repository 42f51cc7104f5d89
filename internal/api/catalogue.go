package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

type service struct {
	ID        string       `json:"id"`
	Code      string       `json:"code"`
	Name      string       `json:"name"`
	SectionID string       `json:"section_id"`
	VAT       int          `json:"vat" doc:"basis points"`
	Price     money.Amount `json:"price" doc:"free price of today"`
}

type insurer struct {
	ID    string `json:"id"`
	Code  string `json:"code"`
	Name  string `json:"name"`
	Kind  string `json:"kind" doc:"base or supplementary"`
	Share int    `json:"share" doc:"basis points"`
}

type provider struct {
	ID                   string `json:"id"`
	Name                 string `json:"name"`
	MedicalCouncilNumber string `json:"medical_council_number,omitempty"`
}

// list is a whole short list; it has no next page.
type list[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor"`
}

type nothing struct{}

func (s *server) addCatalogue() {
	add(s, call{method: http.MethodGet, path: "/services", right: clinic.ReadPatients, object: "service",
		says: "Services with their prices of today"}, s.services)
	add(s, call{method: http.MethodGet, path: "/insurers", right: clinic.ReadPatients, object: "insurer", says: "Insurers"}, s.insurers)
	add(s, call{method: http.MethodGet, path: "/providers", right: clinic.ReadPatients, object: "provider", says: "Who treats"}, s.providers)
}

func (s *server) services(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[list[service]], error) {
	c, err := s.desk.Catalogue(ctx, a)
	if err != nil {
		return nil, err
	}
	all := list[service]{Items: []service{}}
	for _, v := range c.Services {
		all.Items = append(all.Items, service{name(v.ID), v.Code, v.Name, name(v.Section), v.VAT, v.Price})
	}
	return reply(all), nil
}

func (s *server) insurers(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[list[insurer]], error) {
	c, err := s.desk.Catalogue(ctx, a)
	if err != nil {
		return nil, err
	}
	all := list[insurer]{Items: []insurer{}}
	for _, v := range c.Insurers {
		all.Items = append(all.Items, insurer{name(v.ID), v.Code, v.Name, string(v.Kind), v.Share})
	}
	return reply(all), nil
}

func (s *server) providers(ctx context.Context, a clinic.Actor, _ *nothing) (*answer[list[provider]], error) {
	c, err := s.desk.Catalogue(ctx, a)
	if err != nil {
		return nil, err
	}
	all := list[provider]{Items: []provider{}}
	for _, v := range c.Providers {
		all.Items = append(all.Items, provider{name(v.ID), v.Name, v.MedicalCouncilNumber})
	}
	return reply(all), nil
}
