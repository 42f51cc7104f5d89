package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

type receiptFormLine struct {
	Method         string      `json:"method" doc:"cash, pos, card_to_card, bank_transfer or cheque"`
	Amount         amount      `json:"amount"`
	PlaceID        string      `json:"place_id,omitempty" doc:"the terminal or bank account; the usual one of the branch when missing"`
	TrackingNumber string      `json:"tracking_number,omitempty" doc:"RRN of a terminal, tracking number of a transfer"`
	LastFour       string      `json:"last_four,omitempty" doc:"of the payer's card"`
	Destination    string      `json:"destination,omitempty" doc:"bank_transfer: a Sheba"`
	Cheque         *chequeForm `json:"cheque,omitempty" doc:"what is written on the cheque"`
}

// moneyLines turns the lines of a form into lines of money.
func moneyLines(form []receiptFormLine, today jalali.Day) (lines []clinic.MoneyLine, err error) {
	for i, l := range form {
		line := clinic.MoneyLine{Method: clinic.Method(l.Method), Amount: money.Amount(l.Amount), TrackingNumber: l.TrackingNumber,
			LastFour: l.LastFour, Destination: l.Destination}
		if line.Place, err = number[clinic.PlaceID](l.PlaceID, "place", "place_id"); err != nil {
			return nil, err
		}
		if q := l.Cheque; q != nil {
			line.Cheque = &clinic.Cheque{SayadID: q.SayadID, Number: q.Number, Bank: q.Bank, BankBranch: q.BankBranch,
				OwnerName: q.OwnerName, OwnerNationalCode: q.OwnerNationalCode, Confirmed: q.Confirmed}
			if line.Cheque.Due, err = day(q.DueDate, "due-"+strconv.Itoa(i), today); err != nil {
				return nil, err
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

type choice struct {
	AdmissionID string `json:"admission_id"`
	Amount      amount `json:"amount"`
}

type receiptForm struct {
	Lines       []receiptFormLine `json:"lines"`
	Allocations []choice          `json:"allocations,omitempty" doc:"the oldest admissions first when missing"`
	Surplus     string            `json:"surplus,omitempty" doc:"credit or deposit; credit when missing"`
	SeenVersion *int64            `json:"seen_version,omitempty" doc:"refused when the account moved since"`
	Note        string            `json:"note,omitempty"`
	DryRun      bool              `json:"dry_run,omitempty"`
}

// receive turns the form into the command.
func (f receiptForm) receive(patient clinic.PatientID, today jalali.Day) (cmd desk.Receive, err error) {
	cmd = desk.Receive{Patient: patient, Note: f.Note, Surplus: f.Surplus, Seen: f.SeenVersion}
	if cmd.Lines, err = moneyLines(f.Lines, today); err != nil {
		return cmd, err
	}
	if f.Allocations != nil {
		cmd.Allocations = []clinic.Choice{}
	}
	for _, c := range f.Allocations {
		id, err := number[clinic.AdmissionID](c.AdmissionID, "admission", "admission_id")
		if err != nil {
			return cmd, err
		}
		cmd.Allocations = append(cmd.Allocations, clinic.Choice{Admission: id, Amount: money.Amount(c.Amount)})
	}
	return cmd, nil
}

type receiptLine struct {
	Line           int          `json:"line"`
	Method         string       `json:"method"`
	Amount         money.Amount `json:"amount"`
	PlaceID        string       `json:"place_id,omitempty"`
	TrackingNumber string       `json:"tracking_number,omitempty"`
	LastFour       string       `json:"last_four,omitempty"`
	Destination    string       `json:"destination,omitempty"`
	ChequeID       string       `json:"cheque_id,omitempty"`
}

type receipt struct {
	ID        string        `json:"id"`
	PatientID string        `json:"patient_id"`
	Number    string        `json:"number"`
	Amount    money.Amount  `json:"amount"`
	Lines     []receiptLine `json:"lines"`
	Day       string        `json:"day"`
	DayJalali string        `json:"day_jalali"`
	At        time.Time     `json:"at"`
	Recorded  time.Time     `json:"recorded"`
	Note      string        `json:"note,omitempty"`
}

func showReceipt(r clinic.Receipt, cheques []clinic.Cheque) receipt {
	shown := receipt{ID: name(r.ID), PatientID: name(r.Patient), Number: r.Number.String(), Amount: r.Amount, Day: string(r.Day),
		DayJalali: twin(r.Day), At: r.At.UTC(), Recorded: r.Recorded.UTC(), Note: r.Note}
	for _, l := range r.Lines {
		line := receiptLine{Line: l.Line, Method: string(l.Method), Amount: l.Amount, PlaceID: name(l.Place), TrackingNumber: l.TrackingNumber,
			LastFour: l.LastFour, Destination: l.Destination}
		for _, q := range cheques {
			if q.Line == l.Line {
				line.ChequeID = name(q.ID)
			}
		}
		shown.Lines = append(shown.Lines, line)
	}
	return shown
}

// paid is what the receipt does to one admission.
type paid struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	Titles      string       `json:"titles"`
	Due         money.Amount `json:"due"`
	Amount      money.Amount `json:"amount"`
	Reason      string       `json:"reason"`
}

type received struct {
	Receipt receipt      `json:"receipt"`
	Cheques []Cheque     `json:"cheques"`
	Pays    []paid       `json:"pays"`
	Surplus money.Amount `json:"surplus"`
	Deposit *Deposit     `json:"deposit,omitempty" doc:"what the surplus became, when that was asked for"`
	Effect
}

func (s *server) addReceipts() {
	add(s, call{method: http.MethodPost, path: "/patients/{id}/receipts", right: clinic.ReceiveMoney, touches: aboutMoney,
		object: "patient", says: "Take money from a patient", created: true}, s.receive)
}

func (s *server) receive(ctx context.Context, a clinic.Actor, in *postTo[receiptForm]) (*answer[received], error) {
	form, err := decode[receiptForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	cmd, err := form.receive(id, today)
	if err != nil {
		return nil, err
	}
	cmd.Request = request
	done, err := s.desk.Receive(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	shown := received{Receipt: showReceipt(done.Receipt, done.Cheques), Cheques: []Cheque{}, Pays: []paid{}, Surplus: done.Surplus, Effect: showEffect(a, done.Effect)}
	if done.Deposit != nil {
		made := showDeposit(*done.Deposit)
		shown.Deposit = &made
	}
	for _, q := range done.Cheques {
		shown.Cheques = append(shown.Cheques, showCheque(q, done.Receipt.Number))
	}
	for _, p := range done.Pays {
		shown.Pays = append(shown.Pays, paid{name(p.Admission), p.Number.String(), p.Titles, p.Due, p.Amount, string(p.Reason)})
	}
	return reply(shown), nil
}
