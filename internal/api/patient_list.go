package api

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// patientQuery is the question of the list; its filters hold all at once.
type patientQuery struct {
	Q          string `query:"q"`
	Filter     string `query:"filter" doc:"debtor, creditor or settled"`
	Unseen     int    `query:"unseen" doc:"not admitted in so many months"`
	Birthday   string `query:"birthday" doc:"week: in this week"`
	Source     string `query:"source" doc:"how they found the clinic"`
	Tag        string `query:"tag"`
	ProviderID string `query:"provider_id" doc:"had a service of them"`
	InsurerID  string `query:"insurer_id" doc:"covers them today"`
	BranchID   string `query:"branch_id"`
	Sort       string `query:"sort" doc:"name, name_down, file_number (the newest first), file_number_up or last_admission"`
	Cursor     string `query:"cursor"`
	Limit      limit  `query:"limit"`
}

// query turns the parameters into the question.
func (in *patientQuery) query() (q desk.PatientQuery, err error) {
	q = desk.PatientQuery{Text: in.Q, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit.Rows, PatientFilter: desk.PatientFilter{
		Filter: in.Filter, Unseen: in.Unseen, Birthday: in.Birthday, Source: in.Source, Tag: in.Tag}}
	if err := in.Limit.check(); err != nil {
		return q, err
	}
	if q.Provider, err = number[clinic.ProviderID](in.ProviderID, "provider", "provider_id"); err != nil {
		return q, err
	}
	if q.Insurer, err = number[clinic.InsurerID](in.InsurerID, "insurer", "insurer_id"); err != nil {
		return q, err
	}
	q.Branch, err = number[clinic.BranchID](in.BranchID, "branch", "branch_id")
	return q, err
}
