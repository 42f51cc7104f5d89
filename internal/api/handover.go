package api

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

type countLine struct {
	Method  string  `json:"method" doc:"cash, pos, card_to_card, bank_transfer, cheque or gateway"`
	PlaceID string  `json:"place_id,omitempty" doc:"the terminal or bank account; needed where several come into question"`
	Counted *amount `json:"counted"`
}

type countForm struct {
	Counts      []countLine `json:"counts" doc:"cash has to be there; what is not said of other methods is as the books say"`
	Note        string      `json:"note,omitempty" doc:"why the cash differs"`
	SeenVersion *int64      `json:"seen_version,omitempty" doc:"of the shift; refused when it was changed since"`
	DryRun      bool        `json:"dry_run,omitempty"`
}

// onShift reads what every command on a shift has.
func onShift[F any](in *postTo[F], dry func(F) bool) (form F, id clinic.ShiftID, r desk.Request, err error) {
	if form, err = decode[F](in.RawBody); err != nil {
		return form, 0, r, err
	}
	if r, err = keyed(in.Key, dry(form)); err != nil {
		return form, 0, r, err
	}
	id, err = number[clinic.ShiftID](in.ID, "shift", "id")
	return form, id, r, err
}

func (s *server) countShift(ctx context.Context, a clinic.Actor, in *postTo[countForm]) (*answer[shiftDone], error) {
	form, id, request, err := onShift(in, func(f countForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	cmd := desk.CountShift{Shift: id, Note: form.Note, Seen: form.SeenVersion, Request: request}
	for i, c := range form.Counts {
		if c.Counted == nil { // an empty drawer is said, not left out
			return nil, fault.New(fault.Invalid, "shift.amount", "say what was counted").At("counted-" + strconv.Itoa(i))
		}
		line := clinic.ShiftLine{Method: clinic.Method(c.Method), Counted: money.Amount(*c.Counted)}
		if line.Place, err = number[clinic.PlaceID](c.PlaceID, "place", "place_id"); err != nil {
			return nil, err
		}
		cmd.Lines = append(cmd.Lines, line)
	}
	done, err := s.desk.CountShift(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showShiftDone(done)), nil
}

type handoverForm struct {
	Amount      *amount `json:"amount" doc:"0 leaves all of it in the drawer"`
	To          string  `json:"to" doc:"safe or bank"`
	PlaceID     string  `json:"place_id,omitempty" doc:"the bank account; the first when missing"`
	Note        string  `json:"note,omitempty"`
	SeenVersion *int64  `json:"seen_version,omitempty"`
	DryRun      bool    `json:"dry_run,omitempty"`
}

func (s *server) handOver(ctx context.Context, a clinic.Actor, in *postTo[handoverForm]) (*answer[shiftDone], error) {
	form, id, request, err := onShift(in, func(f handoverForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	if form.Amount == nil {
		return nil, fault.New(fault.Invalid, "handover.amount", "say how much is handed over; 0 leaves all of it").At("amount")
	}
	cmd := desk.HandOver{Shift: id, Amount: money.Amount(*form.Amount), To: clinic.HandoverTo(form.To), Note: form.Note, Seen: form.SeenVersion, Request: request}
	if cmd.Place, err = number[clinic.PlaceID](form.PlaceID, "place", "place_id"); err != nil {
		return nil, err
	}
	done, err := s.desk.HandOver(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showShiftDone(done)), nil
}

type confirmForm struct {
	Received    *amount `json:"received,omitempty" doc:"what was counted on arrival; refused when it is not what was handed over"`
	Note        string  `json:"note,omitempty"`
	SeenVersion *int64  `json:"seen_version,omitempty"`
	DryRun      bool    `json:"dry_run,omitempty"`
}

func (s *server) confirmShift(ctx context.Context, a clinic.Actor, in *postTo[confirmForm]) (*answer[shiftDone], error) {
	form, id, request, err := onShift(in, func(f confirmForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	cmd := desk.ConfirmShift{Shift: id, Note: form.Note, Seen: form.SeenVersion, Request: request}
	if form.Received != nil {
		received := money.Amount(*form.Received)
		cmd.Received = &received
	}
	done, err := s.desk.ConfirmShift(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showShiftDone(done)), nil
}

type reopenShiftForm struct {
	Reason      string `json:"reason"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) reopenShift(ctx context.Context, a clinic.Actor, in *postTo[reopenShiftForm]) (*answer[shiftDone], error) {
	form, id, request, err := onShift(in, func(f reopenShiftForm) bool { return f.DryRun })
	if err != nil {
		return nil, err
	}
	done, err := s.desk.ReopenShift(ctx, a, desk.ReopenShift{Shift: id, Reason: form.Reason, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return reply(showShiftDone(done)), nil
}
