package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// chequeForm is what is written on a cheque.
type chequeForm struct {
	SayadID           string `json:"sayad_id" doc:"16 digits"`
	Number            string `json:"number,omitempty"`
	Bank              string `json:"bank,omitempty"`
	BankBranch        string `json:"bank_branch,omitempty"`
	DueDate           string `json:"due_date" doc:"2026-11-23 or 1405/09/02"`
	OwnerName         string `json:"owner_name,omitempty"`
	OwnerNationalCode string `json:"owner_national_code,omitempty"`
	Confirmed         bool   `json:"confirmed,omitempty" doc:"the receiver has confirmed it in the Sayad system"`
}

// Cheque is a cheque as it is now.
type Cheque struct {
	ID                string       `json:"id"`
	ReceiptID         string       `json:"receipt_id"`
	ReceiptNumber     string       `json:"receipt_number,omitempty"`
	PatientID         string       `json:"patient_id"`
	Amount            money.Amount `json:"amount"`
	Status            string       `json:"status" doc:"in_hand, banked, cleared, bounced or returned"`
	SayadID           string       `json:"sayad_id,omitempty"`
	Number            string       `json:"number,omitempty"`
	Bank              string       `json:"bank,omitempty"`
	BankBranch        string       `json:"bank_branch,omitempty"`
	DueDate           string       `json:"due_date,omitempty"`
	DueDateJalali     string       `json:"due_date_jalali,omitempty"`
	OwnerName         string       `json:"owner_name,omitempty"`
	OwnerNationalCode string       `json:"owner_national_code,omitempty"`
	Confirmed         bool         `json:"confirmed"`
	PlaceID           string       `json:"place_id,omitempty" doc:"the bank account that it was handed to"`
}

func showCheque(q clinic.Cheque, receipt clinic.Number) Cheque {
	shown := Cheque{ID: name(q.ID), ReceiptID: name(q.Receipt), PatientID: name(q.Patient), Amount: q.Amount, Status: q.Status, SayadID: q.SayadID,
		Number: q.Number, Bank: q.Bank, BankBranch: q.BankBranch, DueDate: string(q.Due), DueDateJalali: twin(q.Due), OwnerName: q.OwnerName,
		OwnerNationalCode: q.OwnerNationalCode, Confirmed: q.Confirmed, PlaceID: name(q.Place)}
	if receipt.Count != 0 {
		shown.ReceiptNumber = receipt.String()
	}
	return shown
}

// chequeStepForm is the body of a step; a step that does not need a field
// takes no notice of it.
type chequeStepForm struct {
	PlaceID     string            `json:"place_id,omitempty" doc:"bank, clear: the bank account; the first when missing"`
	Reason      string            `json:"reason,omitempty" doc:"bounce, return"`
	Lines       []receiptFormLine `json:"lines,omitempty" doc:"swap: the money that it is swapped for"`
	SeenVersion *int64            `json:"seen_version,omitempty" doc:"refused when the account moved since"`
	DryRun      bool              `json:"dry_run,omitempty"`
}

type chequeChanged struct {
	Cheque Cheque `json:"cheque"`
	Effect
}

type listedCheque struct {
	Cheque
	PatientName string `json:"patient_name"`
	FileNumber  string `json:"file_number"`
	Note        string `json:"note,omitempty" doc:"the reason of its last change"`
	Changed     string `json:"changed,omitempty" doc:"the day of its last change"`
}

type chequeSum struct {
	Status string       `json:"status"`
	Count  int          `json:"count"`
	Amount money.Amount `json:"amount"`
}

type chequeList struct {
	Items      []listedCheque `json:"items"`
	Sums       []chequeSum    `json:"sums" doc:"of the whole list, by status"`
	Held       money.Amount   `json:"held" doc:"all that are in hand or at the bank"`
	NextCursor string         `json:"next_cursor"`
}

type chequeQuery struct {
	Status    string `query:"status" doc:"in_hand, banked, cleared, bounced, returned or all; those that are not money yet when missing"`
	Due       string `query:"due" doc:"today, week or overdue"`
	DueBefore string `query:"due_before" doc:"due before this day"`
	Cursor    string `query:"cursor"`
	Limit     limit  `query:"limit"`
}

// addCheques registers the calls for cheques.
func (s *server) addCheques() {
	add(s, call{method: http.MethodGet, path: "/cheques", right: clinic.ReadMoney, touches: aboutMoney, object: "clinic",
		says: "List cheques by due date"}, s.listCheques)
	for _, step := range []struct {
		verb  string
		right clinic.Permission
		says  string
		do    func(context.Context, clinic.Actor, desk.ChangeCheque) (desk.ChequeChanged, error)
	}{
		{"bank", clinic.WriteCheques, "Hand a cheque to the bank", s.desk.BankCheque},
		{"clear", clinic.WriteCheques, "A cheque became money in the bank", s.desk.ClearCheque},
		{"bounce", clinic.WriteCheques, "The bank refused a cheque", s.desk.BounceCheque},
		{"return", clinic.ReceiveMoney, "Give a cheque back", s.desk.ReturnCheque},
		{"swap", clinic.ReceiveMoney, "Swap a cheque for other money", s.desk.SwapCheque},
	} {
		add(s, call{method: http.MethodPost, path: "/cheques/{id}/" + step.verb, right: step.right, touches: aboutMoney, object: "cheque", says: step.says},
			func(ctx context.Context, a clinic.Actor, in *postTo[chequeStepForm]) (*answer[chequeChanged], error) {
				return s.stepCheque(ctx, a, in, step.do)
			})
	}
}

func (s *server) stepCheque(ctx context.Context, a clinic.Actor, in *postTo[chequeStepForm],
	do func(context.Context, clinic.Actor, desk.ChangeCheque) (desk.ChequeChanged, error)) (*answer[chequeChanged], error) {
	form, err := decode[chequeStepForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.ChangeCheque{Reason: form.Reason, Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Cheque, err = number[clinic.ChequeID](in.ID, "cheque", "id"); err != nil {
		return nil, err
	}
	if cmd.Place, err = number[clinic.PlaceID](form.PlaceID, "place", "place_id"); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.Lines, err = moneyLines(form.Lines, today); err != nil {
		return nil, err
	}
	done, err := do(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(chequeChanged{showCheque(done.Cheque, done.Number), showEffect(a, done.Effect)}), nil
}

func (s *server) listCheques(ctx context.Context, a clinic.Actor, in *chequeQuery) (*answer[chequeList], error) {
	q := desk.ChequeQuery{Status: in.Status, Due: in.Due, Cursor: in.Cursor, Limit: in.Limit.Rows}
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if q.Before, err = day(in.DueBefore, "due_before", today); err != nil {
		return nil, err
	}
	page, err := s.desk.Cheques(ctx, a, q)
	if err != nil {
		return nil, err
	}
	list := chequeList{Items: []listedCheque{}, Sums: []chequeSum{}, NextCursor: page.Older}
	for _, i := range page.Items {
		shown := listedCheque{Cheque: showCheque(i.Cheque, i.Number), PatientName: i.Person.Name(), FileNumber: i.Person.FileNumber.String(),
			Note: i.Last.Note, Changed: string(i.Last.Day)}
		shown.PatientID = name(i.Person.ID)
		list.Items = append(list.Items, shown)
	}
	for _, sum := range page.Sums {
		list.Sums = append(list.Sums, chequeSum{sum.Status, sum.Count, sum.Amount})
	}
	for _, sum := range page.Held {
		list.Held += sum.Amount
	}
	return reply(list), nil
}
