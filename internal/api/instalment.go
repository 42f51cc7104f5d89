package api

import (
	"context"
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

type planRow struct {
	Due    string `json:"due" doc:"2026-12-23 or 1405/10/02"`
	Amount amount `json:"amount"`
}

// planForm is the body of POST /admissions/{id}/instalment-plan.
type planForm struct {
	DownPayment amount    `json:"down_payment,omitempty" doc:"due today"`
	Count       int       `json:"count,omitempty" doc:"of instalments, up to 60"`
	Amount      amount    `json:"amount,omitempty" doc:"of each of them; equal parts of what is left when missing"`
	FirstDue    string    `json:"first_due,omitempty" doc:"2026-12-23 or 1405/10/02"`
	EveryMonths int       `json:"every_months,omitempty" doc:"Jalali months; 1 when missing"`
	Instalments []planRow `json:"instalments,omitempty" doc:"each by itself, in place of a count"`
	Replaces    string    `json:"replaces,omitempty" doc:"the plan that is in force; refused when it is another"`
	SeenVersion *int64    `json:"seen_version,omitempty" doc:"refused when the account moved since"`
	DryRun      bool      `json:"dry_run,omitempty"`
}

type endPlanForm struct {
	Reason      string `json:"reason"`
	SeenVersion *int64 `json:"seen_version,omitempty" doc:"refused when the account moved since"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

// Instalment is a part of a plan as it stands. Line 0 is the down payment.
type Instalment struct {
	Line      int          `json:"line"`
	Due       string       `json:"due"`
	DueJalali string       `json:"due_jalali"`
	Amount    money.Amount `json:"amount" doc:"less than agreed when the debt has shrunk"`
	Agreed    money.Amount `json:"agreed"`
	Paid      money.Amount `json:"paid"`
	Left      money.Amount `json:"left"`
	State     string       `json:"state" doc:"paid, partly_paid, overdue, due_today, upcoming or let_off"`
	Days      int          `json:"days" doc:"since it was due; below zero until it is"`
}

func showInstalment(p clinic.PlannedPart) Instalment {
	return Instalment{p.Line, string(p.Due), twin(p.Due), p.Amount, p.Agreed, p.Paid, p.Left, string(p.State), p.Days}
}

type instalmentPlan struct {
	ID              string       `json:"id"`
	AdmissionID     string       `json:"admission_id"`
	AdmissionNumber string       `json:"admission_number"`
	PatientID       string       `json:"patient_id"`
	Version         int          `json:"version"`
	Status          string       `json:"status" doc:"in_force, replaced or cancelled"`
	Reason          string       `json:"reason,omitempty"`
	Day             string       `json:"day"`
	DayJalali       string       `json:"day_jalali"`
	Total           money.Amount `json:"total" doc:"what was left when it was made"`
	DownPayment     money.Amount `json:"down_payment"`
	Instalments     []Instalment `json:"instalments"`
	Overdue         money.Amount `json:"overdue"`
	Upcoming        money.Amount `json:"upcoming"`
	Unplanned       money.Amount `json:"unplanned" doc:"left of the admission beyond the plan, due at once"`
	Left            money.Amount `json:"left" doc:"of the admission: overdue, upcoming and unplanned"`
	Replaces        string       `json:"replaces,omitempty" doc:"the plan that this one took the place of"`
}

func showPlan(s desk.PlanStanding) instalmentPlan {
	p := s.Plan
	shown := instalmentPlan{ID: name(p.ID), AdmissionID: name(p.Admission), AdmissionNumber: s.Due.Admission.Number.String(),
		PatientID: name(p.Patient), Version: p.Version, Status: "in_force", Reason: p.Reason, Day: string(p.Day), DayJalali: twin(p.Day),
		Total: p.Total(), Instalments: []Instalment{}, Overdue: s.Overdue, Upcoming: s.Upcoming, Unplanned: s.Unplanned, Left: s.Due.Left()}
	if p.Ended != "" {
		shown.Status = string(p.Ended)
	}
	for _, part := range s.Parts {
		if part.Line == 0 {
			shown.DownPayment = part.Agreed
		}
		shown.Instalments = append(shown.Instalments, showInstalment(part))
	}
	return shown
}

type planned struct {
	InstalmentPlan instalmentPlan `json:"instalment_plan"`
	Effect
}

type instalmentQuery struct {
	From   string `query:"from" doc:"due on this day or later"`
	Due    string `query:"due" doc:"due until this day, Gregorian or Jalali"`
	State  string `query:"state" doc:"overdue, due_today or upcoming (today or later)"`
	Cursor string `query:"cursor"`
	Limit  limit  `query:"limit"`
}

// listedInstalment is an instalment in the list of all: of a merged file the
// patient is the one that stands for it.
type listedInstalment struct {
	Instalment
	PlanID          string `json:"plan_id"`
	Of              int    `json:"of" doc:"how many instalments the plan has"`
	AdmissionID     string `json:"admission_id"`
	AdmissionNumber string `json:"admission_number"`
	Titles          string `json:"titles"`
	PatientID       string `json:"patient_id"`
	PatientName     string `json:"patient_name"`
	FileNumber      string `json:"file_number"`
	Mobile          string `json:"mobile,omitempty"`
}

type instalmentSum struct {
	Count int          `json:"count"`
	Left  money.Amount `json:"left"`
}

type instalmentList struct {
	Items      []listedInstalment `json:"items"`
	NextCursor string             `json:"next_cursor"`
	Listed     instalmentSum      `json:"listed" doc:"all that was asked for, not the page alone"`
	Overdue    instalmentSum      `json:"overdue"`
	DueToday   instalmentSum      `json:"due_today"`
	ThisWeek   instalmentSum      `json:"this_week" doc:"due in the seven days after today"`
	Later      instalmentSum      `json:"later"`
}

// addInstalments registers the calls for instalment plans.
func (s *server) addInstalments() {
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/instalment-plan", right: clinic.WriteInstalments, touches: aboutMoney,
		object: "admission", says: "Agree when an admission is paid, in instalments", created: true}, s.planInstalments)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/instalment-plan/cancel", right: clinic.WriteInstalments, touches: aboutMoney,
		object: "admission", says: "End a plan: what is left is due at once again"}, s.cancelInstalments)
	add(s, call{method: http.MethodGet, path: "/admissions/{id}/instalment-plan", right: clinic.ReadMoney, touches: aboutMoney,
		object: "admission", says: "The newest plan of an admission as it stands"}, s.instalmentPlan)
	add(s, call{method: http.MethodGet, path: "/instalments", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Instalments of which something is left, by the day they are due"}, s.listInstalments)
}

func (s *server) planInstalments(ctx context.Context, a clinic.Actor, in *postTo[planForm]) (*answer[planned], error) {
	form, err := decode[planForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.PlanInstalments{Seen: form.SeenVersion, Wish: clinic.PlanWish{DownPayment: money.Amount(form.DownPayment),
		Count: form.Count, Amount: money.Amount(form.Amount), EveryMonths: form.EveryMonths}}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	if form.Replaces != "" {
		if cmd.Replaces, err = number[clinic.PlanID](form.Replaces, "instalment", "replaces"); err != nil {
			return nil, err
		}
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if cmd.Wish.FirstDue, err = day(form.FirstDue, "first_due", today); err != nil {
		return nil, err
	}
	for _, r := range form.Instalments {
		due, err := day(r.Due, "due", today)
		if err != nil {
			return nil, err
		}
		cmd.Wish.Rows = append(cmd.Wish.Rows, clinic.Instalment{Due: due, Amount: money.Amount(r.Amount)})
	}
	done, err := s.desk.PlanInstalments(ctx, a, cmd)
	if err != nil {
		return nil, form.at(err)
	}
	return replyPlanned(a, done), nil
}

// at says in which field of the form an instalment is wrong.
func (f planForm) at(err error) error {
	e, ok := fault.As(err)
	line, odd := strconv.Atoi(e.Args["line"])
	switch {
	case !ok || e.Field != "row" || odd != nil:
		return err
	case len(f.Instalments) == 0:
		return e.At("first_due")
	case e.Code == "instalment.amount":
		return e.At("amount-" + strconv.Itoa(line-1))
	}
	return e.At("due-" + strconv.Itoa(line-1))
}

func replyPlanned(a clinic.Actor, done desk.InstalmentsPlanned) *answer[planned] {
	shown := planned{showPlan(done.PlanStanding), showEffect(a, done.Effect)}
	if done.Replaced != 0 {
		shown.InstalmentPlan.Replaces = name(done.Replaced)
	}
	return reply(shown)
}

func (s *server) cancelInstalments(ctx context.Context, a clinic.Actor, in *postTo[endPlanForm]) (*answer[planned], error) {
	form, err := decode[endPlanForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CancelInstalments{Reason: form.Reason, Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	done, err := s.desk.CancelInstalments(ctx, a, cmd)
	if err != nil {
		return nil, err
	}
	return replyPlanned(a, done), nil
}

func (s *server) instalmentPlan(ctx context.Context, a clinic.Actor, in *struct {
	ID string `path:"id"`
}) (*answer[instalmentPlan], error) {
	id, err := number[clinic.AdmissionID](in.ID, "admission", "id")
	if err != nil {
		return nil, err
	}
	found, err := s.desk.InstalmentPlan(ctx, a, id)
	if err == nil && found.Plan.ID == 0 {
		err = fault.New(fault.NotFound, "instalment.none", "the admission %d has no plan", id)
	}
	if err != nil {
		return nil, err
	}
	return reply(showPlan(found)), nil
}

func (s *server) listInstalments(ctx context.Context, a clinic.Actor, in *instalmentQuery) (*answer[instalmentList], error) {
	q := desk.InstalmentQuery{State: in.State, Cursor: in.Cursor, Limit: in.Limit.Rows}
	if err := in.Limit.check(); err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	if q.From, err = day(in.From, "from", today); err != nil {
		return nil, err
	}
	if q.Until, err = day(in.Due, "due", today); err != nil {
		return nil, err
	}
	page, err := s.desk.ListInstalments(ctx, a, q)
	if err != nil {
		return nil, err
	}
	list := instalmentList{Items: []listedInstalment{}, NextCursor: page.Older, Listed: instalmentSum{page.Count, page.Left},
		Overdue: instalmentSum(page.Overdue), DueToday: instalmentSum(page.Today), ThisWeek: instalmentSum(page.Week), Later: instalmentSum(page.Later)}
	for _, i := range page.Items {
		list.Items = append(list.Items, listedInstalment{Instalment: showInstalment(i.PlannedPart), PlanID: name(i.Plan.Plan.ID),
			Of: i.Plan.Plan.Instalments(), AdmissionID: name(i.Plan.Due.Admission.ID), AdmissionNumber: i.Plan.Due.Admission.Number.String(),
			Titles: i.Plan.Due.Titles, PatientID: name(i.Person.ID), PatientName: i.Person.Name(), FileNumber: i.Person.FileNumber.String(),
			Mobile: i.Person.Mobile})
	}
	return reply(list), nil
}
