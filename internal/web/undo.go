package web

import (
	"net/http"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// offerUndo lets a toast offer to take back what was just done, while the
// clinic allows it. key is the tab that is shown.
func (s *server) offerUndo(v visit, toast *view.Toast, unit int64, patient clinic.PatientID, key string) {
	if s.Desk.CanUndo(v.r.Context(), v.actor, unit) {
		toast.Undo = &view.UndoForm{Action: "/units/" + id(unit) + "/undo", Request: "undo-" + id(unit), Patient: id(patient), Tab: key,
			Text: v.l.T("undo.do")}
	}
}

// POST /units/{unit}/undo takes back what one command did. A refusal is said
// where the account is shown.
func (s *server) undoUnit(v visit) error {
	unit := number[int64](v.r.PathValue("unit"))
	patient := number[clinic.PatientID](v.r.PostFormValue("patient"))
	key := v.r.PostFormValue("request")
	if key == "" {
		return fault.New(fault.Invalid, "request.key", "the form has no name")
	}
	done, err := s.Desk.UndoUnit(v.r.Context(), v.actor, desk.UndoUnit{Unit: unit, Reason: v.l.T("undo.reason"), Request: desk.Request{Key: key}})
	code, toast := http.StatusOK, &view.Toast{Tone: "ok", Title: v.l.T("undo.done")}
	if e, ok := fault.As(err); ok && patient != 0 && (e.Kind == fault.Refused || e.Kind == fault.Conflict || e.Kind == fault.Forbidden && v.actor.Can(clinic.VoidMoney)) {
		code, toast = http.StatusUnprocessableEntity, &view.Toast{Tone: "due", Title: sentence(v, e)}
	} else if err != nil {
		return err
	} else if patient == 0 {
		patient = done.Patient
	}
	t := s.tabUnder(v.r.PostFormValue("tab"))
	path := statementPath(patient, t.key)
	if then := localThen(v.r.PostFormValue("then")); then != "" && code == http.StatusOK {
		return redirect(v, then)
	}
	if code == http.StatusOK && !byScript(v.r) {
		return redirect(v, path)
	}
	w, h, err := s.window(v, patient, t, look{path: path})
	if err != nil {
		return err
	}
	if code == http.StatusOK && !v.l.NoMoney {
		toast.Text = v.l.T("admissions.done.balance", "balance", v.l.Position(h.Position.Balance))
	}
	w.Toast = toast
	v.w.Header().Set("HX-Trigger", "account-changed")
	s.showStatement(v, code, w)
	return nil
}

// correctionIcons are drawn beside the corrections of a receipt.
var correctionIcons = map[clinic.Correction]string{clinic.VoidIt: "x", clinic.CorrectItsWay: "square-pen", clinic.MoveToWhoseItIs: "arrow-left-right"}

// receiptActions are what the actor may do with the receipt of a row.
func receiptActions(v visit, r desk.ReceiptOfRow) (list []view.RowAction) {
	list = append(list, view.RowAction{Text: v.l.T("correction.print"), Icon: "printer",
		URL: printPath(desk.PaperOf{Receipt: r.Receipt, Transfer: r.Transfer}), Leaves: true})
	for _, c := range r.Corrections {
		list = append(list, view.RowAction{Text: v.l.T("correction." + string(c)), Icon: correctionIcons[c],
			URL: address("/receipts/"+id(r.Receipt)+"/"+string(c), "tab", "transactions")})
	}
	if e, ok := fault.As(r.Refused); ok {
		list = append(list, view.RowAction{Text: sentence(v, e)})
	}
	return list
}
