package api

import (
	"context"
	"reflect"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

type finalizeForm struct {
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) finalize(ctx context.Context, a clinic.Actor, in *postTo[finalizeForm]) (*answer[admitted], error) {
	form, err := decode[finalizeForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.AdmissionID](in.ID, "admission", "id")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.FinalizeAdmission(ctx, a, desk.FinalizeAdmission{Admission: id, Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}

type cancelForm struct {
	Reason      string `json:"reason"`
	Deposits    string `json:"deposits,omitempty" doc:"reopen or credit: what becomes of deposits that paid it; the clinic's rule when missing"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) cancel(ctx context.Context, a clinic.Actor, in *postTo[cancelForm]) (*answer[admitted], error) {
	form, err := decode[cancelForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	request, err := keyed(in.Key, form.DryRun)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.AdmissionID](in.ID, "admission", "id")
	if err != nil {
		return nil, err
	}
	done, err := s.desk.CancelAdmission(ctx, a, desk.CancelAdmission{Admission: id, Reason: form.Reason,
		Deposits: desk.CancelledDeposits(form.Deposits), Seen: form.SeenVersion, Request: request})
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}

type discountedLine struct {
	Line    int    `json:"line" doc:"counted from 1"`
	Amount  amount `json:"amount,omitempty"`
	Percent int    `json:"percent,omitempty" doc:"basis points: 1000 is 10 percent"`
	Reason  string `json:"reason,omitempty"`
}

type discountForm struct {
	Amount  amount           `json:"amount,omitempty" doc:"shared out over the lines"`
	Percent int              `json:"percent,omitempty" doc:"basis points of each line: 1000 is 10 percent"`
	Reason  string           `json:"reason,omitempty"`
	Lines   []discountedLine `json:"lines,omitempty" doc:"discounts of single lines"`
	DryRun  bool             `json:"dry_run,omitempty"`
}

// discount sets the discounts of a draft, for all lines or for single ones, and
// answers for them; with neither it approves what was asked for.
func (s *server) discount(ctx context.Context, a clinic.Actor, in *postTo[discountForm]) (*answer[admitted], error) {
	form, err := decode[discountForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.ApproveDiscount{}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	if whole := (discount{form.Amount, form.Percent, form.Reason}).clinic(); whole != (clinic.Discount{}) {
		cmd.Whole = &whole
	}
	for _, l := range form.Lines {
		cmd.Lines = append(cmd.Lines, desk.DiscountedLine{Line: l.Line, Discount: discount{l.Amount, l.Percent, l.Reason}.clinic()})
	}
	done, err := s.desk.ApproveDiscount(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}

type rejectionForm struct {
	Reason string `json:"reason"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// rejectDiscount takes the discounts that wait off a draft, for a reason.
func (s *server) rejectDiscount(ctx context.Context, a clinic.Actor, in *postTo[rejectionForm]) (*answer[admitted], error) {
	form, err := decode[rejectionForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.RejectDiscount{Reason: form.Reason}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.RejectDiscount(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}

// postToLine is a call with a body on one line of the record that its path
// names. It moves no money, so that its key may be missing.
type postToLine[B any] struct {
	ID      string `path:"id"`
	Line    string `path:"line" doc:"counted from 1"`
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	RawBody []byte `contentType:"application/json"`
}

func (postToLine[B]) bodyType() reflect.Type { return reflect.TypeFor[B]() }

type performForm struct {
	Status string `json:"status" doc:"waiting, in_progress or completed"`
	DryRun bool   `json:"dry_run,omitempty"`
}

func (s *server) perform(ctx context.Context, a clinic.Actor, in *postToLine[performForm]) (*answer[admitted], error) {
	form, err := decode[performForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.PerformService{Status: clinic.LineStatus(form.Status), Request: desk.Request{Key: in.Key, DryRun: form.DryRun}}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	if cmd.Line, err = strconv.Atoi(in.Line); err != nil {
		return nil, fault.New(fault.NotFound, "line.none", "the admission has no line %q", in.Line)
	}
	done, err := s.desk.PerformService(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyAdmitted(a, done), nil
}
