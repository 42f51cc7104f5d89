package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

type peopleQuery struct {
	Q        string `query:"q" doc:"a part of the name, the file number or the mobile"`
	BranchID string `query:"branch_id"`
	Min      int64  `query:"min" doc:"at least so much"`
	Age      string `query:"age" doc:"1 to 4: something is so old"`
	Sort     string `query:"sort" doc:"amount (the most first), age (the oldest first) or name"`
	AsOf     string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
	KnownAt  string `query:"known_at" doc:"as it was recorded at this instant"`
	Cursor   string `query:"cursor"`
	Limit    limit  `query:"limit"`
}

// query turns the parameters into the question.
func (in *peopleQuery) query(ctx context.Context, s *server, a clinic.Actor) (q desk.PeopleQuery, err error) {
	v, err := s.view(ctx, a, statementQuery{AsOf: in.AsOf, KnownAt: in.KnownAt, Limit: in.Limit})
	if err != nil {
		return q, err
	}
	q = desk.PeopleQuery{Text: in.Q, Min: money.Amount(in.Min), Age: in.Age, Sort: in.Sort, Cursor: in.Cursor, Limit: in.Limit.Rows, AsOf: v}
	q.Branch, err = number[clinic.BranchID](in.BranchID, "branch", "branch_id")
	return q, err
}

// age is what is owed that is so many days old, or not due yet; to 0 has no end.
type age struct {
	Future bool         `json:"future,omitempty" doc:"instalments that are not due yet"`
	From   int          `json:"from"`
	To     int          `json:"to,omitempty"`
	Amount money.Amount `json:"amount"`
}

func showAges(a clinic.Aged, bounds [clinic.Future - 1]int) []age {
	shown := make([]age, clinic.Ages)
	for i := range shown {
		shown[i].Amount = a[i]
		if i == clinic.Future {
			shown[i].Future = true
			continue
		}
		if i > 0 {
			shown[i].From = bounds[i-1] + 1
		}
		if i < len(bounds) {
			shown[i].To = bounds[i]
		}
	}
	return shown
}

type debtor struct {
	Listed
	Aging        []age        `json:"aging" doc:"what is open by its age in days; it sums to balance + credit"`
	Credit       money.Amount `json:"credit" doc:"money that pays nothing yet"`
	Oldest       string       `json:"oldest,omitempty" doc:"the day since which the oldest part is due"`
	OldestJalali string       `json:"oldest_jalali,omitempty"`
}

type peopleTotal struct {
	Amount money.Amount  `json:"amount"`
	Aging  []age         `json:"aging,omitempty"`
	Credit money.Amount  `json:"credit,omitempty"`
	Ledger *money.Amount `json:"ledger,omitempty" doc:"what the books say; only of the whole list of the whole clinic"`
}

type debtorList struct {
	Items      []debtor    `json:"items"`
	Count      int         `json:"count"`
	Total      peopleTotal `json:"total"`
	NextCursor string      `json:"next_cursor"`
	PrevCursor string      `json:"prev_cursor,omitempty"`
}

func showListed(a clinic.Actor, i desk.PatientItem) Listed {
	return Listed{Patient: showPatient(i.Patient), Insurance: i.Insurance, LastAdmission: string(i.LastAdmission),
		LastAdmissionJalali: twin(i.LastAdmission), Balance: seen(a, i.Balance)}
}

func (s *server) debtors(ctx context.Context, a clinic.Actor, in *peopleQuery) (*answer[debtorList], error) {
	q, err := in.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	page, err := s.desk.Debtors(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := debtorList{Items: []debtor{}, Count: page.Count, NextCursor: page.Older, PrevCursor: page.Newer,
		Total: peopleTotal{page.Total.Amount, showAges(page.Total.Aged, page.Bounds), page.Total.Credit, page.Ledger}}
	for _, i := range page.Items {
		one := debtor{Listed: showListed(a, i.PatientItem), Aging: showAges(i.Aged, page.Bounds), Credit: i.Credit, Oldest: string(i.Oldest), OldestJalali: twin(i.Oldest)}
		one.Balance = &i.Amount // at the moment that was asked for
		shown.Items = append(shown.Items, one)
	}
	return reply(shown), nil
}

type creditor struct {
	Listed
	Amount money.Amount `json:"credit"`
	Parts  []WhyPart    `json:"parts" doc:"the money that is not used"`
}

type creditorList struct {
	Items      []creditor  `json:"items"`
	Count      int         `json:"count"`
	Total      peopleTotal `json:"total"`
	NextCursor string      `json:"next_cursor"`
	PrevCursor string      `json:"prev_cursor,omitempty"`
}

func (s *server) creditors(ctx context.Context, a clinic.Actor, in *peopleQuery) (*answer[creditorList], error) {
	q, err := in.query(ctx, s, a)
	if err != nil {
		return nil, err
	}
	speaker, err := s.persian(ctx, a)
	if err != nil {
		return nil, err
	}
	page, err := s.desk.Creditors(ctx, a, q)
	if err != nil {
		return nil, err
	}
	shown := creditorList{Items: []creditor{}, Count: page.Count, NextCursor: page.Older, PrevCursor: page.Newer,
		Total: peopleTotal{Amount: page.Total.Amount, Ledger: page.Ledger}}
	for _, i := range page.Items {
		one := creditor{showListed(a, i.PatientItem), i.Amount, showParts(speaker, i.Parts)}
		one.Balance = new(money.Amount)
		*one.Balance = -i.Amount
		shown.Items = append(shown.Items, one)
	}
	return reply(shown), nil
}

func (s *server) addPeopleReports() {
	add(s, call{method: http.MethodGet, path: "/reports/debtors", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Who owes, the most first, by the age of what is open"}, s.debtors)
	add(s, call{method: http.MethodGet, path: "/reports/creditors", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Whom the clinic owes, and with which money"}, s.creditors)
}
