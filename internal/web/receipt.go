package web

import (
	"net/http"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// POST /patients/{patient}/receipts takes the money. A refusal shows the same
// sheet with everything that was typed.
func (s *server) receive(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	form := readReceiptForm(v)
	form.tab = s.tabUnder(form.tab).key
	if len(form.problems) > 0 {
		return s.refused(v, patient, form, http.StatusUnprocessableEntity)
	}
	answer, from, err := s.take(v, patient, form)
	if err == nil {
		return s.taken(v, patient, form.tab, form.print, answer)
	}
	e, ok := fault.As(err)
	if !ok || e.Kind != fault.Invalid && e.Kind != fault.Conflict && e.Kind != fault.Refused {
		return err
	}
	if e.Code == "account.stale" {
		return s.stale(v, patient, form)
	}
	form.noShift = e.Code == "shift.none"
	form.problems = []view.FieldProblem{{Field: form.field(e, from), Text: sentence(v, e)}}
	code := http.StatusUnprocessableEntity
	if e.Kind == fault.Conflict {
		code = http.StatusConflict
	}
	return s.refused(v, patient, form, code)
}

// take carries the form out. Money beyond the debt is taken only when the
// person said that it stays as credit: Refused receipt.surplus. Invalid
// request.key without the form's name or the version that was seen.
func (s *server) take(v visit, patient clinic.PatientID, form receiptForm) (answer desk.Received, from []int, err error) {
	cmd, from := form.command(patient)
	seen, err := strconv.ParseInt(form.seen, 10, 64)
	if err != nil || form.request == "" {
		return answer, from, fault.New(fault.Invalid, "request.key", "the form has no name")
	}
	cmd.Seen, cmd.Request.Key = &seen, form.request
	if form.keep == "" {
		cmd.Request.DryRun = true
		answer, err = s.Desk.Receive(v.r.Context(), v.actor, cmd)
		if err == nil && answer.Surplus > 0 {
			err = fault.New(fault.Refused, "receipt.surplus", "there is more money than debt").At("amount-0")
		}
		if err != nil {
			return answer, from, err
		}
		cmd.Request.DryRun = false
	}
	answer, err = s.Desk.Receive(v.r.Context(), v.actor, cmd)
	return answer, from, err
}

// field is the field of the sheet that belongs to a fault. What is wrong with
// the parts is at the first that was typed.
func (f receiptForm) field(e *fault.Error, from []int) string {
	if e.Field == "allocations" && len(f.choices) > 0 {
		return "part-" + id(f.choices[0].Admission)
	}
	return formField(e.Field, from)
}

// formField is the field of the sheet that belongs to the desk's "amount-0",
// whose lines are those that were filled in.
func formField(field string, from []int) string {
	name, number, _ := strings.Cut(field, "-")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(from) {
		return field
	}
	return name + "-" + strconv.Itoa(from[n])
}

// stale shows the sheet again with the balance of now; whoever sends it again
// has seen it.
func (s *server) stale(v visit, patient clinic.PatientID, form receiptForm) error {
	now, err := s.Desk.Balance(v.r.Context(), v.actor, patient, desk.View{})
	if err != nil {
		return err
	}
	form.seen = id(now.Version)
	form.stale = v.l.T("cashier.stale") + " " + v.l.T("cashier.stale.now", "now", positionIn(v, now.Balance))
	return s.refused(v, patient, form, http.StatusConflict)
}

// refused shows the window with the sheet as it was typed.
func (s *server) refused(v visit, patient clinic.PatientID, form receiptForm, code int) error {
	t := s.tabUnder(form.tab)
	w, h, err := s.window(v, patient, t, look{path: statementPath(patient, t.key)})
	if err != nil {
		return err
	}
	sheet, err := s.cashierSheet(v, patient, form, h)
	if err != nil {
		return err
	}
	w.Sheet = view.CashierSheet(sheet)
	s.showStatement(v, code, w)
	return nil
}

// taken shows the account after the receipt: to the script the window and the
// news that the account changed, to a plain form the page of the tab.
func (s *server) taken(v visit, patient clinic.PatientID, key, size string, answer desk.Received) error {
	path := statementPath(patient, key)
	if size != "" {
		return s.printTaken(v, desk.PaperOf{Receipt: answer.Receipt.ID}, size)
	}
	if !byScript(v.r) {
		return redirect(v, path)
	}
	w, h, err := s.window(v, patient, s.tabUnder(key), look{path: path})
	if err != nil {
		return err
	}
	w.Toast = &view.Toast{Tone: "ok", Title: v.l.T("cashier.done", "number", v.l.Document(answer.Receipt.Number.String())),
		Text: v.l.T("cashier.done.text", "amount", v.l.Amount(answer.Receipt.Amount), "unit", v.l.Unit(), "balance", v.l.Position(h.Position.Balance)),
		Link: printPath(desk.PaperOf{Receipt: answer.Receipt.ID}), Next: v.l.T("cashier.done.print")}
	s.offerUndo(v, w.Toast, answer.Unit, h.Patient.ID, key)
	v.w.Header().Set("HX-Trigger", "account-changed")
	s.showStatement(v, http.StatusOK, w)
	return nil
}

// positionIn is a balance with its unit, as a sentence says it.
func positionIn(v visit, balance money.Amount) string {
	if balance == 0 {
		return v.l.Word(0)
	}
	return v.l.Amount(balance) + " " + v.l.Unit() + " " + v.l.Word(balance)
}
