package web

import (
	"net/http"
	"slices"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// What the buttons of the sheet do.
const (
	thenAdd     = "add"     // one more line
	thenDraft   = "draft"   // keep it as a draft
	thenFinal   = "final"   // put it into the books
	thenReceive = "receive" // and go on to the cashier
	thenPrint   = "print"   // and print it
)

// POST /patients/{patient}/admissions records the admission as the pressed
// button says. A refusal shows the same sheet with everything that was typed.
func (s *server) admitPatient(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	offer, err := s.Desk.Offer(v.r.Context(), v.actor, patient)
	if err != nil {
		return err
	}
	f := readAdmitForm(v)
	f.tab = s.tabUnder(f.tab).key
	then := v.r.PostFormValue("then")
	if drop := v.r.PostFormValue("drop"); drop != "" {
		f.drop(v, drop)
		return s.showAdmit(v, patient, offer, f, http.StatusOK)
	}
	cmd, from, problems := f.command(v, patient, offer)
	for _, p := range problems {
		f.problems = append(f.problems, p.FieldProblem)
	}
	if then == thenAdd {
		f.grow(v)
		return s.showAdmit(v, patient, offer, f, http.StatusOK)
	}
	if len(f.problems) > 0 {
		return s.showAdmit(v, patient, offer, f, http.StatusUnprocessableEntity)
	}
	cmd.Draft, cmd.Request.Key = then == thenDraft, f.request
	answer, err := s.recordAdmission(v, cmd)
	if err == nil {
		return s.admitted(v, patient, f.tab, then, answer)
	}
	e, ok := fault.As(err)
	if !ok || e.Kind == fault.Forbidden || e.Code == "patient.none" || e.Kind == fault.Internal || e.Kind == fault.Unavailable {
		return err
	}
	f.problems = []view.FieldProblem{{Field: admitField(e, from), Text: sentence(v, e)}}
	code := http.StatusUnprocessableEntity
	if e.Kind == fault.Conflict {
		code = http.StatusConflict
	}
	return s.showAdmit(v, patient, offer, f, code)
}

// recordAdmission carries the form out. Invalid request.key without the form's
// name.
func (s *server) recordAdmission(v visit, cmd desk.Admit) (desk.Admitted, error) {
	if cmd.Request.Key == "" {
		return desk.Admitted{}, fault.New(fault.Invalid, "request.key", "the form has no name")
	}
	return s.Desk.Admit(v.r.Context(), v.actor, cmd)
}

// admitField is the field of the sheet that a fault of the desk belongs to.
func admitField(e *fault.Error, from []int) string {
	switch {
	case e.Field == "lines" || e.Code == "admission.empty":
		return "service-0"
	case e.Field == "coverage" || e.Code == "insurer.none":
		return "base"
	}
	return formField(e.Field, from)
}

// drop takes the n-th line away; the form keeps one at least.
func (f *admitForm) drop(v visit, n string) {
	if i, err := strconv.Atoi(n); err == nil && i >= 0 && i < len(f.lines) {
		f.lines = slices.Delete(f.lines, i, i+1)
	}
	if len(f.lines) == 0 {
		f.lines = []view.AdmitLine{blankLine(v)}
	}
	f.focus = "service-" + strconv.Itoa(len(f.lines)-1)
}

// grow adds a line unless the last is still blank, and goes on there.
func (f *admitForm) grow(v visit) {
	if !blank(f.lines[len(f.lines)-1]) && len(f.lines) < mostAdmitLines {
		next := blankLine(v)
		next.Provider = f.lines[len(f.lines)-1].Provider
		f.lines = append(f.lines, next)
	}
	f.focus = "service-" + strconv.Itoa(len(f.lines)-1)
}

// admitted goes on after the admission: to the window with the news, to the
// cashier's sheet with the new balance, to the page that is printed.
func (s *server) admitted(v visit, patient clinic.PatientID, key, then string, answer desk.Admitted) error {
	if then != thenDraft && then != thenFinal && then != thenPrint {
		then = thenReceive
	}
	receives := then == thenReceive && v.actor.Can(clinic.ReceiveMoney) && answer.After.Balance > 0
	paper := paperPath(answer.Admission.ID)
	if !byScript(v.r) {
		switch {
		case receives:
			return redirect(v, address(cashierPath(patient), "tab", key))
		case then == thenPrint:
			return redirect(v, paper+"?now=1")
		}
		return redirect(v, statementPath(patient, key))
	}
	t := s.tabUnder(key)
	w, h, err := s.window(v, patient, t, look{path: statementPath(patient, key)})
	if err != nil {
		return err
	}
	w.Toast = admittedToast(v, answer)
	s.offerUndo(v, w.Toast, answer.Unit, patient, key)
	if then == thenPrint {
		w.Toast.Link, w.Toast.Next, w.Toast.Opens = paper+"?now=1", v.l.T("admissions.print"), true
	}
	if receives {
		sheet, err := s.freshCashier(v, patient, key, h)
		if err != nil {
			return err
		}
		w.Sheet = view.CashierSheet(sheet)
	}
	v.w.Header().Set("HX-Trigger", "account-changed")
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// admittedToast says what was recorded under which number.
func admittedToast(v visit, answer desk.Admitted) *view.Toast {
	a := answer.Admission
	toast := view.Toast{Tone: "ok", Title: v.l.T("admit.done", "number", v.l.Document(a.Number.String()))}
	switch {
	case a.AwaitsApproval():
		toast.Title, toast.Text = v.l.T("admit.done.draft", "number", v.l.Document(a.Number.String())), v.l.T("admit.done.waits")
	case a.Status == clinic.Draft:
		toast.Title, toast.Text = v.l.T("admit.done.draft", "number", v.l.Document(a.Number.String())), v.l.T("admit.done.draft.text")
	case !v.l.NoMoney:
		toast.Text = v.l.T("cashier.done.text", "amount", v.l.Amount(a.PatientShare), "unit", v.l.Unit(), "balance", v.l.Position(answer.After.Balance))
	}
	return &toast
}
