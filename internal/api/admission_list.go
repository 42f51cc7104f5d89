package api

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type admissionListQuery struct {
	From       string `query:"from" doc:"first day, 2026-11-23 or 1405/09/02"`
	To         string `query:"to" doc:"last day"`
	Status     string `query:"status" doc:"draft, finalized or cancelled"`
	Pay        string `query:"pay" doc:"unpaid, partially_paid, settled or overpayment"`
	SectionID  string `query:"section_id"`
	ProviderID string `query:"provider_id"`
	BranchID   string `query:"branch_id"`
	Cursor     string `query:"cursor"`
	Limit      limit  `query:"limit"`
}

// query turns the parameters into the question.
func (in *admissionListQuery) query(ctx context.Context, s *server, a clinic.Actor) (q desk.AdmissionQuery, err error) {
	q = desk.AdmissionQuery{Status: in.Status, Pay: in.Pay, Cursor: in.Cursor, Limit: in.Limit.Rows}
	if err := in.Limit.check(); err != nil {
		return q, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return q, err
	}
	if q.From, err = day(in.From, "from", today); err != nil {
		return q, err
	}
	if q.To, err = day(in.To, "to", today); err != nil {
		return q, err
	}
	if q.Section, err = number[clinic.SectionID](in.SectionID, "section", "section_id"); err != nil {
		return q, err
	}
	if q.Provider, err = number[clinic.ProviderID](in.ProviderID, "provider", "provider_id"); err != nil {
		return q, err
	}
	q.Branch, err = number[clinic.BranchID](in.BranchID, "branch", "branch_id")
	return q, err
}

// listedAdmission is an admission in the list of all: of a merged file the
// patient is the one that stands for it.
type listedAdmission struct {
	Admission
	PatientName string        `json:"patient_name"`
	FileNumber  string        `json:"file_number"`
	Share       *money.Amount `json:"share,omitempty"`
	Paid        *money.Amount `json:"paid,omitempty"`
	Left        *money.Amount `json:"left,omitempty"`
}

type admissionList struct {
	Items      []listedAdmission `json:"items"`
	NextCursor string            `json:"next_cursor"`
	PrevCursor string            `json:"prev_cursor,omitempty"`
}

func (s *server) listAdmissions(ctx context.Context, a clinic.Actor, in *admissionListQuery) (*answer[admissionList], error) {
	q, err := in.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	page, err := s.desk.ListAdmissions(ctx, a, q)
	if err != nil {
		return nil, err
	}
	list := admissionList{Items: []listedAdmission{}, NextCursor: page.Older, PrevCursor: page.Newer}
	for _, i := range page.Items {
		shown := listedAdmission{Admission: showAdmission(a, i.Admission, i.Lines), PatientName: i.Person.Name(),
			FileNumber: i.Person.FileNumber.String(), Share: seen(a, i.Share), Paid: seen(a, i.Paid), Left: seen(a, i.Left())}
		shown.PatientID = name(i.Person.ID)
		list.Items = append(list.Items, shown)
	}
	return reply(list), nil
}
