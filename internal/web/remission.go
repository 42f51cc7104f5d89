package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// lateDiscountSheet lets the patient off a part of an admission in the books.
func (s *server) lateDiscountSheet(v visit) (moneySheet, error) {
	admission, err := admissionOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	a, err := s.Desk.AdmissionOf(v.r.Context(), v.actor, admission)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "late_discount", patient: a.Patient, tab: "admissions", about: v.l.Document(a.Number.String())}
	m.fields = func(t *typed) []view.SettingField {
		amount, percent := sheetField(t, "amount", view.AmountField), sheetField(t, "percent", view.RateField)
		amount.Focus = true
		percent.Hint = v.l.T("late_discount.percent")
		return []view.SettingField{amount, percent, reasonField(t)}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		d := clinic.Discount{Amount: t.amount("amount"), Percent: t.rate("percent"), Reason: unsaid(t, r, "reason")}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.DiscountLater(v.r.Context(), v.actor, desk.DiscountLater{Admission: admission, Discount: d, Seen: seen, Request: r})
		if e, ok := fault.As(err); ok && e.Field == "discount" {
			err = e.At("amount")
		}
		note := v.l.T("late_discount.note", "amount", v.l.Amount(done.Amount), "unit", v.l.Unit())
		return sheetDone{Effect: done.Effect, number: a.Number.String(), notes: []string{note}}, err
	}
	return m, nil
}

// writeOffSheet gives a debt up, of the admission that the address names or of
// the oldest first.
func (s *server) writeOffSheet(v visit) (moneySheet, error) {
	patient, err := patientOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	owed, err := s.Desk.Owed(v.r.Context(), v.actor, patient)
	if err != nil {
		return moneySheet{}, err
	}
	var debt money.Amount
	choices := []view.Choice{{Text: v.l.T("write_off.oldest")}}
	wanted := v.r.URL.Query().Get("admission")
	m := moneySheet{name: "write_off", patient: patient, tab: "transactions", danger: true, values: map[string]string{"which_admission": wanted}}
	for _, o := range owed {
		debt += o.Amount
		text := v.l.T("write_off.note", "number", v.l.Document(o.Number.String()), "amount", v.l.Amount(o.Amount), "unit", v.l.Unit())
		choices = append(choices, view.Choice{Value: id(o.Admission), Text: text})
		if id(o.Admission) == wanted {
			m.values["amount"] = v.l.Amount(o.Amount)
		}
	}
	m.about = v.l.T("write_off.debt", "amount", v.l.Amount(debt), "unit", v.l.Unit())
	if wanted == "" && debt > 0 {
		m.values["amount"] = v.l.Amount(debt)
	}
	m.fields = func(t *typed) []view.SettingField {
		amount := sheetField(t, "amount", view.AmountField)
		amount.Focus, amount.Required = true, true
		return []view.SettingField{amount, choiceField(t, "which_admission", choices...), reasonField(t)}
	}
	m.do = func(t *typed, r desk.Request, seen *int64) (sheetDone, error) {
		cmd := desk.WriteOff{Patient: patient, Amount: t.amount("amount"), Reason: unsaid(t, r, "reason"), Admission: clinic.AdmissionID(t.id("which_admission")), Seen: seen, Request: r}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.WriteOff(v.r.Context(), v.actor, cmd)
		out := sheetDone{Effect: done.Effect, number: v.l.Amount(done.Amount)}
		for _, p := range done.Parts {
			out.notes = append(out.notes, v.l.T("write_off.note", "number", v.l.Document(p.Number.String()), "amount", v.l.Amount(p.Amount), "unit", v.l.Unit()))
		}
		return out, err
	}
	return m, nil
}

// remissionActions are what the clinic may let off of an admission in the
// books.
func remissionActions(v visit, r desk.AdmissionRow) (list []view.RowAction) {
	if v.l.NoMoney {
		return nil
	}
	if r.Share > 0 && v.actor.Can(clinic.DiscountLater) {
		list = append(list, view.RowAction{Text: v.l.T("late_discount.do"), Icon: "ticket-percent",
			URL: address("/admissions/"+id(r.Admission.ID)+"/late-discount", "tab", "admissions")})
	}
	if r.Left() > 0 && v.actor.Can(clinic.WriteOff) {
		list = append(list, view.RowAction{Text: v.l.T("write_off.do"), Icon: "eraser",
			URL: address("/patients/"+id(r.Admission.Patient)+"/write-off", "admission", id(r.Admission.ID), "tab", "admissions")})
	}
	return list
}
