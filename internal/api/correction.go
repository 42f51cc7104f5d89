package api

import (
	"context"
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// addCorrections registers the calls for voids, corrections, refunds and what is given up.
func (s *server) addCorrections() {
	money := func(path, object string, right clinic.Permission, says string) call {
		return call{method: http.MethodPost, path: path, right: right, touches: aboutMoney, object: object, says: says}
	}
	add(s, money("/receipts/{id}/void", "receipt", clinic.VoidMoney,
		"Void a receipt: one's own in the open shift; others' and older ones need the right to correct"), s.voidReceipt)
	add(s, money("/receipts/{id}/correct-method", "receipt", clinic.VoidMoney, "Say by which way a line of a receipt really came"), s.correctMethod)
	add(s, money("/receipts/{id}/transfer", "receipt", clinic.VoidMoney, "Move the money of a receipt to the patient who had paid it"), s.transferReceipt)
	refunds := money("/patients/{id}/refunds", "patient", clinic.RefundMoney, "Give credit back to a patient")
	refunds.created = true
	add(s, refunds, s.refund)
	writeOffs := money("/patients/{id}/write-offs", "patient", clinic.WriteOff, "Give a debt up, of one admission or the oldest first")
	writeOffs.created = true
	add(s, writeOffs, s.writeOff)
	add(s, money("/units/{id}/undo", "unit", clinic.VoidMoney, "Take back all that a command of one's own did, in the minutes the clinic allows"), s.undo)
}

// asked is what every command of money reads: the body, its request and the id
// of the path.
func asked[ID ~int64, B interface{ dry() bool }](in *postTo[B], what string) (form B, id ID, r desk.Request, err error) {
	if form, err = decode[B](in.RawBody); err != nil {
		return form, id, r, err
	}
	if r, err = keyed(in.Key, form.dry()); err != nil {
		return form, id, r, err
	}
	id, err = number[ID](in.ID, what, "id")
	return form, id, r, err
}

type voidForm struct {
	Reason      string `json:"reason"`
	SeenVersion *int64 `json:"seen_version,omitempty" doc:"refused when the account moved since"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (f voidForm) dry() bool { return f.DryRun }

type correctedReceipt struct {
	Receipt receipt `json:"receipt"`
	Effect
}

func (s *server) voidReceipt(ctx context.Context, a clinic.Actor, in *postTo[voidForm]) (*answer[correctedReceipt], error) {
	form, id, request, err := asked[clinic.ReceiptID](in, "receipt")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.VoidReceipt(ctx, a, desk.VoidReceipt{Receipt: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(correctedReceipt{showReceipt(done.Receipt, nil), showEffect(a, done.Effect)}), nil
}

type correctMethodForm struct {
	Line           int    `json:"line" doc:"number of the line in the receipt"`
	Method         string `json:"method" doc:"cash, pos, card_to_card or bank_transfer"`
	PlaceID        string `json:"place_id,omitempty" doc:"the desk, terminal or account; chosen when missing"`
	TrackingNumber string `json:"tracking_number,omitempty"`
	LastFour       string `json:"last_four,omitempty"`
	Reason         string `json:"reason,omitempty"`
	SeenVersion    *int64 `json:"seen_version,omitempty"`
	DryRun         bool   `json:"dry_run,omitempty"`
}

func (f correctMethodForm) dry() bool { return f.DryRun }

func (s *server) correctMethod(ctx context.Context, a clinic.Actor, in *postTo[correctMethodForm]) (*answer[correctedReceipt], error) {
	form, id, request, err := asked[clinic.ReceiptID](in, "receipt")
	if err != nil {
		return nil, err
	}
	cmd := desk.CorrectMethod{Receipt: id, Line: form.Line, Reason: form.Reason, Seen: form.SeenVersion, Request: request,
		Is: clinic.MoneyLine{Method: clinic.Method(form.Method), TrackingNumber: form.TrackingNumber, LastFour: form.LastFour}}
	if cmd.Is.Place, err = number[clinic.PlaceID](form.PlaceID, "place", "place_id"); err != nil {
		return nil, err
	}
	done, err := s.desk.CorrectMethod(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(correctedReceipt{showReceipt(done.Receipt, nil), showEffect(a, done.Effect)}), nil
}

type transferForm struct {
	To          string `json:"to" doc:"the patient who had paid"`
	Reason      string `json:"reason"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (f transferForm) dry() bool { return f.DryRun }

// receiptTransfer is a receipt whose money was moved to another patient.
type receiptTransfer struct {
	ID     string       `json:"id"`
	From   string       `json:"from"`
	To     string       `json:"to"`
	Amount money.Amount `json:"amount"`
	Reason string       `json:"reason"`
}

type transferred struct {
	Transfer receiptTransfer `json:"transfer"`
	Receipt  receipt         `json:"receipt"`
	Other    Effect          `json:"other" doc:"the effect on the patient whose it is now"`
	Effect
}

func (s *server) transferReceipt(ctx context.Context, a clinic.Actor, in *postTo[transferForm]) (*answer[transferred], error) {
	form, id, request, err := asked[clinic.ReceiptID](in, "receipt")
	if err != nil {
		return nil, err
	}
	cmd := desk.TransferReceipt{Receipt: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request}
	if cmd.To, err = number[clinic.PatientID](form.To, "patient", "to"); err != nil {
		return nil, err
	}
	done, err := s.desk.TransferReceipt(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	t := done.Transfer
	return reply(transferred{Transfer: receiptTransfer{name(t.ID), name(t.From), name(t.To), t.Amount, t.Reason},
		Receipt: showReceipt(done.Receipt, nil), Other: showEffect(a, done.Other), Effect: showEffect(a, done.Effect)}), nil
}
