package web

import (
	"net/http"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// admitRoutes: the sheet of a new admission and what becomes of admissions.
func (s *server) admitRoutes() []route {
	return []route{
		page("/patients/{patient}/admit", clinic.WriteAdmissions, "patient", s.admit),
		paying(form("/patients/{patient}/admissions", clinic.WriteAdmissions, "patient", s.admitPatient)),
		form("/patients/{patient}/admissions/preview", clinic.WriteAdmissions, "patient", s.admitPreview),
		page("/services", clinic.WriteAdmissions, "", s.searchServices),
		people(page("/admissions/{admission}/print", clinic.ReadMoney, "admission", s.admissionPaper)),
		people(paying(form("/admissions/{admission}/finalize", clinic.WriteAdmissions, "admission", s.finalizeAdmission))),
		people(paying(form("/admissions/{admission}/cancel", clinic.WriteAdmissions, "admission", s.cancelAdmission))),
		people(form("/admissions/{admission}/cancel/preview", clinic.WriteAdmissions, "admission", s.previewCancel)),
		people(paying(form("/admissions/{admission}/discount", clinic.WriteAdmissions, "admission", s.approveDiscount))),
		people(paying(form("/admissions/{admission}/discount/reject", clinic.WriteAdmissions, "admission", s.rejectDiscount))),
		people(form("/admissions/{admission}/lines/{line}/status", clinic.PerformServices, "admission", s.performService)),
	}
}

func admissionsPath(patient clinic.PatientID) string {
	return "/patients/" + id(patient) + "/admissions"
}

// GET /patients/{patient}/admit shows the sheet over the tab that ?tab= names.
func (s *server) admit(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	offer, err := s.Desk.Offer(v.r.Context(), v.actor, patient)
	if err != nil {
		return err
	}
	form := admitForm{tab: s.tabUnder(v.r.URL.Query().Get("tab")).key, request: s.RequestKey(), lines: []view.AdmitLine{blankLine(v)},
		base: optional(offer.Coverage.Base), supplementary: optional(offer.Coverage.Supplementary), focus: "service-0",
		inPast: readLook(v, "").inPast()}
	if err := s.cameFor(v, &form); err != nil {
		return err
	}
	return s.showAdmit(v, patient, offer, form, http.StatusOK)
}

// cameFor fills a fresh form with the appointment that its address names.
// NotFound appointment.none.
func (s *server) cameFor(v visit, f *admitForm) error {
	n := number[clinic.AppointmentID](v.r.URL.Query().Get("appointment"))
	if n == 0 {
		return nil
	}
	i, err := s.Desk.Appointment(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	f.appointment, f.lines[0].Provider = id(n), id(i.Provider)
	if i.Service != 0 {
		f.lines[0].Service, f.lines[0].ServiceID, f.focus = i.ServiceName, id(i.Service), "quantity-0"
	}
	return nil
}

// showAdmit shows the window with the sheet as it was typed.
func (s *server) showAdmit(v visit, patient clinic.PatientID, offer desk.Offer, form admitForm, code int) error {
	t := s.tabUnder(form.tab)
	w, _, err := s.window(v, patient, t, look{path: statementPath(patient, t.key)})
	if err != nil {
		return err
	}
	sheet := form.sheet(v, patient, offer)
	sheet.After = s.admitOutcome(v, patient, offer, form)
	if len(form.problems) > 0 {
		sheet.After.Problem = "" // it is said above, and at its field
	}
	w.Sheet = view.AdmitSheet(sheet)
	s.showStatement(v, code, w)
	return nil
}

// POST /patients/{patient}/admissions/preview answers what the admission would
// do.
func (s *server) admitPreview(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	offer, err := s.Desk.Offer(v.r.Context(), v.actor, patient)
	if err != nil {
		return err
	}
	v.l.InToman = formUnit(v) == money.IRT // the sheet above it still shows its own unit
	return s.show(v, view.AdmitOutcomeView(s.admitOutcome(v, patient, offer, readAdmitForm(v))))
}

// admitOutcome asks the desk what the form would do, without doing it. Services
// that are still being typed are left out. What is beyond the person's cap is
// priced as a draft.
func (s *server) admitOutcome(v visit, patient clinic.PatientID, offer desk.Offer, f admitForm) view.AdmitOutcome {
	o := view.AdmitOutcome{L: v.l}
	cmd, _, problems := f.command(v, patient, offer)
	for _, p := range problems {
		if p.unread {
			o.Problem = p.Text
			return o
		}
	}
	if len(cmd.Lines) == 0 {
		return o
	}
	cmd.Request.DryRun = true
	answer, err := s.Desk.Admit(v.r.Context(), v.actor, cmd)
	if e, ok := fault.As(err); ok {
		o.Problem = sentence(v, e)
		if o.Asks = e.Code == "discount.cap"; o.Asks {
			cmd.Draft = true
			answer, err = s.Desk.Admit(v.r.Context(), v.actor, cmd)
		}
	} else if err != nil {
		o.Problem = v.l.T("cashier.unknown")
	}
	if err != nil {
		return o
	}
	if lost := answer.CodeUnused; lost > 0 {
		o.Loses = v.l.T("admit.code.loses", "amount", v.l.Amount(lost), "unit", v.l.Unit())
	}
	a := answer.Admission
	o.Before, o.After, o.Sums = answer.Before.Balance, answer.After.Balance, admitPrice("", 0, a.Shares)
	for _, l := range a.Lines {
		o.Lines = append(o.Lines, admitPrice(l.Title, l.Quantity, l.Shares))
	}
	return o
}

func admitPrice(title string, quantity int64, s clinic.Shares) view.AdmitPrice {
	return view.AdmitPrice{Title: title, Quantity: int(quantity), Gross: s.Gross, Base: s.BaseShare, Supplementary: s.SupplementaryShare,
		Discount: s.Discount, VAT: s.VAT, Patient: s.PatientShare}
}

// sentence says a fault; the most that may be given is written as an amount.
func sentence(v visit, e *fault.Error) string {
	for _, name := range []string{"limit", "left", "due", "amount"} {
		text, ok := e.Args[name]
		if !ok || countedLimits[e.Code] {
			continue
		}
		if most, err := money.IRR.Parse(text); err == nil {
			e = e.With(name, v.l.Amount(most)+" "+v.l.Unit())
		}
	}
	if status := e.Args["status"]; status != "" && strings.HasPrefix(e.Code, "appointment.") {
		e = e.With("status", v.l.T("appointment.status."+status))
	}
	if day := jalali.Day(e.Args["day"]); day.Valid() {
		if e.Args["weekday"] != "" {
			e = e.With("weekday", v.l.Weekday(day))
		}
		e = e.With("day", v.l.Day(day))
	}
	return message.Fault(v.l.Lang, e)
}

// countedLimits are the faults whose limit is a count and no amount.
var countedLimits = map[string]bool{"export.search": true, "merge.many": true, "money.large": true}

// mostOptions bounds the list under a service search.
const mostOptions = 12

// GET /services?q= answers the services that fit, as a list to pick from.
func (s *server) searchServices(v visit) error {
	found, err := s.Desk.SearchServices(v.r.Context(), v.actor, v.r.URL.Query().Get("q"))
	if err != nil {
		return err
	}
	var picked []view.PickedService
	for _, f := range found[:min(len(found), mostOptions)] {
		picked = append(picked, view.PickedService{ID: id(f.ID), Name: f.Name, Code: f.Code, Section: f.SectionName, Price: f.Price})
	}
	return s.show(v, view.ServiceOptions(v.l, picked))
}
