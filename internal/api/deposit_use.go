package api

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
)

// DepositUse is what every command on a deposit says.
type DepositUse struct {
	Amount      *amount `json:"amount,omitempty" doc:"as much as makes sense when missing"`
	SeenVersion *int64  `json:"seen_version,omitempty"`
	DryRun      bool    `json:"dry_run,omitempty"`
}

// on turns it into the command's.
func (f DepositUse) on(id, key string) (on desk.OnDeposit, err error) {
	if on.Request, err = keyed(key, f.DryRun); err != nil {
		return on, err
	}
	if on.Deposit, err = number[clinic.DepositID](id, "deposit", "id"); err != nil {
		return on, err
	}
	if f.Amount != nil {
		whole := money.Amount(*f.Amount)
		on.Amount = &whole
	}
	on.Seen = f.SeenVersion
	return on, nil
}

// onDeposit reads the form of a command on a deposit, carries it out and shows
// what it did.
func onDeposit[F any](a clinic.Actor, in *postTo[F], use func(F) DepositUse, do func(F, desk.OnDeposit) (desk.DepositDone, error)) (*answer[deposited], error) {
	form, err := decode[F](in.RawBody)
	if err != nil {
		return nil, err
	}
	on, err := use(form).on(in.ID, in.Key)
	if err != nil {
		return nil, err
	}
	done, err := do(form, on)
	if err != nil {
		return nil, err
	}
	return showDeposited(a, done), nil
}

type depositReceiveForm struct {
	DepositMoney
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) receiveDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositReceiveForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositReceiveForm) DepositUse { return DepositUse{nil, f.SeenVersion, f.DryRun} },
		func(f depositReceiveForm, on desk.OnDeposit) (desk.DepositDone, error) {
			lines, err := f.lines()
			if err != nil {
				return desk.DepositDone{}, err
			}
			return s.desk.ReceiveDeposit(ctx, a, desk.ReceiveDeposit{OnDeposit: on, Lines: lines})
		})
}

type depositWithdrawForm struct {
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) withdrawDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositWithdrawForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositWithdrawForm) DepositUse { return DepositUse{nil, f.SeenVersion, f.DryRun} },
		func(_ depositWithdrawForm, on desk.OnDeposit) (desk.DepositDone, error) {
			return s.desk.WithdrawDeposit(ctx, a, on)
		})
}

type depositApplyForm struct {
	AdmissionID string `json:"admission_id"`
	DepositUse
}

func (s *server) applyDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositApplyForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositApplyForm) DepositUse { return f.DepositUse },
		func(f depositApplyForm, on desk.OnDeposit) (desk.DepositDone, error) {
			admission, err := number[clinic.AdmissionID](f.AdmissionID, "admission", "admission_id")
			if err != nil {
				return desk.DepositDone{}, err
			}
			return s.desk.ApplyDeposit(ctx, a, desk.ApplyDeposit{OnDeposit: on, Admission: admission})
		})
}

type depositUnapplyForm struct {
	AdmissionID string `json:"admission_id,omitempty" doc:"what it paid of this admission; of all when missing"`
	MovementID  string `json:"movement_id,omitempty" doc:"what this movement did"`
	DepositUse
}

func (s *server) unapplyDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositUnapplyForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositUnapplyForm) DepositUse { return f.DepositUse },
		func(f depositUnapplyForm, on desk.OnDeposit) (desk.DepositDone, error) {
			admission, err := number[clinic.AdmissionID](f.AdmissionID, "admission", "admission_id")
			if err != nil {
				return desk.DepositDone{}, err
			}
			movement, err := number[clinic.DepositMovementID](f.MovementID, "deposit", "movement_id")
			if err != nil {
				return desk.DepositDone{}, err
			}
			return s.desk.UnapplyDeposit(ctx, a, desk.UnapplyDeposit{OnDeposit: on, Admission: admission, Movement: movement})
		})
}

func (s *server) depositToAccount(ctx context.Context, a clinic.Actor, in *postTo[DepositUse]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f DepositUse) DepositUse { return f },
		func(_ DepositUse, on desk.OnDeposit) (desk.DepositDone, error) {
			return s.desk.DepositToAccount(ctx, a, on)
		})
}

type depositForfeitForm struct {
	Reason string `json:"reason"`
	DepositUse
}

func (s *server) forfeitDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositForfeitForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositForfeitForm) DepositUse { return f.DepositUse },
		func(f depositForfeitForm, on desk.OnDeposit) (desk.DepositDone, error) {
			return s.desk.ForfeitDeposit(ctx, a, desk.ForfeitDeposit{OnDeposit: on, Reason: f.Reason})
		})
}

type depositMoveForm struct {
	AppointmentID *string `json:"appointment_id,omitempty"`
	Planned       *string `json:"planned,omitempty" doc:"an RFC 3339 instant"`
	Purpose       *string `json:"purpose,omitempty"`
	ServiceID     *string `json:"service_id,omitempty"`
	ProviderID    *string `json:"provider_id,omitempty"`
	SeenVersion   *int64  `json:"seen_version,omitempty"`
	DryRun        bool    `json:"dry_run,omitempty"`
}

// to is what the deposit is for then.
func (f depositMoveForm) to() (to clinic.DepositMove, err error) {
	to.Purpose = f.Purpose
	if to.Appointment, err = numberSaid[clinic.AppointmentID](f.AppointmentID, "appointment"); err != nil {
		return to, err
	}
	if to.Service, err = numberSaid[clinic.ServiceID](f.ServiceID, "service"); err != nil {
		return to, err
	}
	if to.Provider, err = numberSaid[clinic.ProviderID](f.ProviderID, "provider"); err != nil {
		return to, err
	}
	if f.Planned != nil {
		planned, err := visit(*f.Planned)
		to.Planned = &planned
		return to, err
	}
	return to, nil
}

// numberSaid is number for an id that may be left out.
func numberSaid[T ~int64](text *string, what string) (*T, error) {
	if text == nil {
		return nil, nil
	}
	id, err := number[T](*text, what, what+"_id")
	return &id, err
}

func (s *server) moveDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositMoveForm]) (*answer[deposited], error) {
	return onDeposit(a, in, func(f depositMoveForm) DepositUse { return DepositUse{nil, f.SeenVersion, f.DryRun} },
		func(f depositMoveForm, on desk.OnDeposit) (desk.DepositDone, error) {
			to, err := f.to()
			if err != nil {
				return desk.DepositDone{}, err
			}
			return s.desk.MoveDeposit(ctx, a, desk.MoveDeposit{OnDeposit: on, To: to})
		})
}

type depositRefundForm struct {
	Method         string `json:"method,omitempty" doc:"as it came when missing"`
	Reason         string `json:"reason"`
	OverrideReason string `json:"override_reason,omitempty" doc:"why it does not go back the way it came"`
	PlaceID        string `json:"place_id,omitempty"`
	TrackingNumber string `json:"tracking_number,omitempty"`
	LastFour       string `json:"last_four,omitempty"`
	Destination    string `json:"destination,omitempty"`
	DepositUse
}

// depositRefund is money of a deposit that was given back.
type depositRefund struct {
	ID        string       `json:"id"`
	Number    string       `json:"number"`
	DepositID string       `json:"deposit_id"`
	Amount    money.Amount `json:"amount"`
	Reason    string       `json:"reason"`
	Day       string       `json:"day"`
	DayJalali string       `json:"day_jalali"`
}

type depositRefunded struct {
	Refund  depositRefund `json:"refund"`
	Deposit Deposit       `json:"deposit"`
	Effect
}

func (s *server) refundDeposit(ctx context.Context, a clinic.Actor, in *postTo[depositRefundForm]) (*answer[depositRefunded], error) {
	form, err := decode[depositRefundForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.RefundDeposit{Reason: form.Reason, Override: form.OverrideReason}
	if cmd.OnDeposit, err = form.on(in.ID, in.Key); err != nil {
		return nil, err
	}
	line := depositLine{Method: form.Method, PlaceID: form.PlaceID, TrackingNumber: form.TrackingNumber, LastFour: form.LastFour, Destination: form.Destination}
	if cmd.Line, err = line.line(); err != nil {
		return nil, err
	}
	done, err := s.desk.RefundDeposit(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	r := done.Refund
	return reply(depositRefunded{depositRefund{name(r.ID), r.Number.String(), name(r.Deposit), r.Amount, r.Reason, string(r.Day), twin(r.Day)},
		showDeposit(done.Deposit), showEffect(a, done.Effect)}), nil
}
