package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// club is what a member has in the customer club, with what moved it.
type club struct {
	Header         header         `json:"header"`
	Points         int64          `json:"points" doc:"that can be spent; below nothing is owed, and nothing can be spent"`
	Lifetime       int64          `json:"lifetime" doc:"all that was earned, less what was taken back"`
	Level          string         `json:"level"`
	NextLevel      string         `json:"next_level,omitempty"`
	NextLevelFrom  int64          `json:"next_level_from,omitempty" doc:"lifetime points"`
	Expiring       int64          `json:"expiring,omitempty" doc:"points that end on the day that is next"`
	ExpiringOn     string         `json:"expiring_on,omitempty" doc:"their last day"`
	ExpiringJalali string         `json:"expiring_on_jalali,omitempty"`
	Codes          []DiscountCode `json:"codes" doc:"that points were turned into and that can be used"`
	Items          []pointRow     `json:"items" doc:"newest first, at most 200"`
	NextCursor     string         `json:"next_cursor"`
}

// pointRow is what one entry of the books did to a member's points.
type pointRow struct {
	ID            string    `json:"id" doc:"of the entry"`
	Kind          string    `json:"kind" doc:"earned, taken_back, adjusted, spent, returned or expired"`
	Cause         string    `json:"cause" doc:"of the lot: admission, birthday, anniversary, introduction or manual"`
	Points        int64     `json:"points"`
	Left          int64     `json:"left" doc:"of all lots then"`
	Expires       string    `json:"expires,omitempty" doc:"last day of a new lot"`
	ExpiresJalali string    `json:"expires_jalali,omitempty"`
	Code          string    `json:"code,omitempty"`
	AdmissionID   string    `json:"admission_id,omitempty"`
	Admission     string    `json:"admission,omitempty" doc:"its number"`
	Note          string    `json:"note,omitempty"`
	Day           string    `json:"day"`
	DayJalali     string    `json:"day_jalali"`
	At            time.Time `json:"at"`
	Staff         string    `json:"staff"`
}

func showPointRow(r desk.PointRow) pointRow {
	shown := pointRow{ID: name(int64(r.Entry)), Kind: string(r.Kind), Cause: string(r.Cause), Points: r.Points, Left: r.Left, Code: r.Code, Admission: r.Admission.String(),
		Note: r.Note, Day: string(r.Day), DayJalali: twin(r.Day), At: r.At.UTC(), Staff: r.Staff}
	if r.Kind == clinic.PointsEarned {
		shown.Expires, shown.ExpiresJalali = string(r.Expires), twin(r.Expires)
	}
	if r.Cause == clinic.LotAdmission {
		shown.AdmissionID = name(r.Object)
	}
	return shown
}

func (s *server) addClub() {
	for _, path := range []string{"/patients/{id}/club", "/patients/{id}/statement/club"} {
		add(s, call{method: http.MethodGet, path: path, right: clinic.ReadClub, touches: aboutMoney, object: "patient",
			says: "Points of a patient, level, codes, and what moved the points"}, s.club)
	}
	add(s, call{method: http.MethodPost, path: "/patients/{id}/club/redeem", right: clinic.RedeemPoints, touches: aboutMoney, object: "patient",
		says: "Turn points into a discount code for the patient alone"}, s.redeem)
	add(s, call{method: http.MethodPost, path: "/patients/{id}/club/adjust", right: clinic.AdjustPoints, touches: aboutMoney, object: "patient",
		says: "Give or take points by hand"}, s.adjustPoints)
	add(s, call{method: http.MethodPost, path: "/club/codes/{id}/return", right: clinic.RedeemPoints, touches: aboutMoney, object: "club_code",
		says: "Give an unused code of the club back for its points"}, s.returnCode)
}

func (s *server) club(ctx context.Context, a clinic.Actor, in *statementQuery) (*answer[club], error) {
	id, v, err := s.looked(ctx, a, in)
	if err != nil {
		return nil, err
	}
	tab, err := s.desk.Club(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	c := tab.Header.Club
	shown := club{Header: showHeader(a, tab.Header), Points: c.Points, Lifetime: c.Lifetime, Level: c.Level.Name, NextLevel: c.Next.Name, NextLevelFrom: c.Next.From,
		Expiring: c.Expiring, ExpiringOn: string(c.On), ExpiringJalali: twin(c.On), Codes: []DiscountCode{}, Items: []pointRow{}}
	for _, one := range tab.Codes {
		shown.Codes = append(shown.Codes, showCode(a, one))
	}
	for _, r := range tab.Rows {
		shown.Items = append(shown.Items, showPointRow(r))
	}
	return reply(shown), nil
}

type redeemForm struct {
	Points int64 `json:"points"`
	DryRun bool  `json:"dry_run,omitempty"`
}

// redeemed is a code and the points that are left.
type redeemed struct {
	Code DiscountCode `json:"code"`
	Left int64        `json:"left"`
}

func (s *server) redeem(ctx context.Context, a clinic.Actor, in *postTo[redeemForm]) (*answer[redeemed], error) {
	form, err := decode[redeemForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.RedeemPoints{Points: form.Points}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Patient, err = number[clinic.PatientID](in.ID, "patient", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.RedeemPoints(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(redeemed{showCode(a, done.Code), done.Left}), nil
}

type adjustForm struct {
	Points int64  `json:"points" doc:"below nothing: taken"`
	Note   string `json:"note"`
	DryRun bool   `json:"dry_run,omitempty"`
}

// adjusted is the points that can be spent now.
type adjusted struct {
	Points int64 `json:"points"`
}

func (s *server) adjustPoints(ctx context.Context, a clinic.Actor, in *postTo[adjustForm]) (*answer[adjusted], error) {
	form, err := decode[adjustForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.AdjustPoints{Points: form.Points, Note: form.Note}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Patient, err = number[clinic.PatientID](in.ID, "patient", "id"); err != nil {
		return nil, err
	}
	left, err := s.desk.AdjustPoints(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(adjusted{left}), nil
}

type returnForm struct {
	DryRun bool `json:"dry_run,omitempty"`
}

func (s *server) returnCode(ctx context.Context, a clinic.Actor, in *postTo[returnForm]) (*answer[DiscountCode], error) {
	form, err := decode[returnForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	var cmd desk.ReturnCode
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Code, err = number[clinic.DiscountCodeID](in.ID, "discount_code", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.ReturnCode(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return reply(showCode(a, done)), nil
}
