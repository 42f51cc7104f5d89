package web

import (
	"net/http"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// admissionPage is the page of the tab on which the rows of admissions stand.
const admissionPage = "admissions"

func paperPath(a clinic.AdmissionID) string { return "/admissions/" + id(a) + "/print" }

// admissionOf reads the admission of the path. NotFound admission.none for what
// is no id, as for an id nobody has.
func admissionOf(v visit) (clinic.AdmissionID, error) {
	n := number[clinic.AdmissionID](v.r.PathValue("admission"))
	if n == 0 {
		return 0, fault.New(fault.NotFound, "admission.none", "there is no such admission")
	}
	return n, nil
}

// rowTrouble is why something was not done with the admission of a row.
type rowTrouble struct {
	admission clinic.AdmissionID
	problems  []view.FieldProblem
	reason    string
	deposits  string // what becomes of deposits, as it was chosen
	rejection string // why a discount is rejected, as it was typed
	cursor    string
}

// POST /admissions/{admission}/finalize puts a draft into the books.
func (s *server) finalizeAdmission(v visit) error {
	return s.onRow(v, "admissions.done.final", func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error) {
		return s.Desk.FinalizeAdmission(v.r.Context(), v.actor, desk.FinalizeAdmission{Admission: a, Request: r})
	})
}

// POST /admissions/{admission}/cancel cancels it, for a reason.
func (s *server) cancelAdmission(v visit) error {
	return s.onRow(v, "admissions.done.cancel", func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error) {
		cmd := desk.CancelAdmission{Admission: a, Reason: strings.TrimSpace(v.r.PostFormValue("reason")),
			Deposits: desk.CancelledDeposits(v.r.PostFormValue("deposits")), Request: r}
		return s.Desk.CancelAdmission(v.r.Context(), v.actor, cmd)
	})
}

// POST /admissions/{admission}/cancel/preview says what cancelling it would do.
func (s *server) previewCancel(v visit) error {
	a, err := admissionOf(v)
	if err != nil {
		return err
	}
	done, err := s.Desk.CancelAdmission(v.r.Context(), v.actor, desk.CancelAdmission{Admission: a, Reason: v.l.T("admissions.cancel"),
		Deposits: desk.CancelledDeposits(v.r.PostFormValue("deposits")), Request: desk.Request{DryRun: true}})
	if kind := fault.Of(err); kind == fault.NotFound || kind == fault.Forbidden {
		return err
	}
	return s.show(v, view.EffectShown(effectView(v, sheetDone{Effect: done.Effect}, true, err)))
}

// POST /admissions/{admission}/discount answers for the discounts of a draft.
func (s *server) approveDiscount(v visit) error {
	return s.onRow(v, "admissions.done.approve", func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error) {
		cmd := desk.ApproveDiscount{Admission: a, Seen: number[int64](v.r.PostFormValue("version")), Request: r}
		return s.Desk.ApproveDiscount(v.r.Context(), v.actor, cmd)
	})
}

// POST /admissions/{admission}/discount/reject says no to them, for a reason.
func (s *server) rejectDiscount(v visit) error {
	return s.onRow(v, "admissions.done.reject", func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error) {
		cmd := desk.RejectDiscount{Admission: a, Reason: strings.TrimSpace(v.r.PostFormValue("reject_reason")), Seen: number[int64](v.r.PostFormValue("version")), Request: r}
		return s.Desk.RejectDiscount(v.r.Context(), v.actor, cmd)
	})
}

// POST /admissions/{admission}/lines/{line}/status says how far a service is.
func (s *server) performService(v visit) error {
	line, err := strconv.Atoi(v.r.PathValue("line"))
	if err != nil {
		return fault.New(fault.NotFound, "line.none", "there is no such line")
	}
	return s.onRow(v, "", func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error) {
		cmd := desk.PerformService{Admission: a, Line: line, Status: clinic.LineStatus(v.r.PostFormValue("status")), Request: r}
		return s.Desk.PerformService(v.r.Context(), v.actor, cmd)
	})
}

// onRow carries out what a row's form asks and shows the tab again with the row
// unfolded. done is the text of the toast, "" for none. A refusal is said in
// the row.
func (s *server) onRow(v visit, done string, do func(a clinic.AdmissionID, r desk.Request) (desk.Admitted, error)) error {
	admission, err := admissionOf(v)
	if err != nil {
		return err
	}
	// Whose it is, for the window; somebody else's is not found here.
	a, err := s.Desk.AdmissionOf(v.r.Context(), v.actor, admission)
	if err != nil {
		return err
	}
	trouble := rowTrouble{admission: admission, cursor: v.r.PostFormValue("back")}
	key := v.r.PostFormValue("row_request")
	if key == "" {
		return fault.New(fault.Invalid, "request.key", "the form has no name")
	}
	answer, err := do(admission, desk.Request{Key: key})
	code := http.StatusOK
	if err != nil {
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Invalid && e.Kind != fault.Conflict && e.Kind != fault.Refused {
			return err
		}
		code = http.StatusUnprocessableEntity
		if e.Kind == fault.Conflict {
			code = http.StatusConflict
		}
		field := ""
		if e.Field == "reason" {
			field = "reason-" + id(admission)
			if e.Code == "discount.rejection" {
				field = "reject-" + field
			}
		}
		trouble.problems, trouble.reason = []view.FieldProblem{{Field: field, Text: sentence(v, e)}}, v.r.PostFormValue("reason")
		trouble.deposits, trouble.rejection = v.r.PostFormValue("deposits"), v.r.PostFormValue("reject_reason")
	}
	if err == nil && !byScript(v.r) {
		return redirect(v, address(statementPath(a.Patient, admissionPage), "cursor", trouble.cursor)+"#admission-"+id(admission))
	}
	w, err := s.rowWindow(v, a.Patient, trouble)
	if err != nil {
		return err
	}
	if code == http.StatusOK {
		v.w.Header().Set("HX-Trigger", "account-changed")
		if done != "" {
			w.Toast = &view.Toast{Tone: "ok", Title: v.l.T(done, "number", v.l.Document(a.Number.String()))}
			if !v.l.NoMoney {
				w.Toast.Text = v.l.T("admissions.done.balance", "balance", v.l.Position(answer.After.Balance))
			}
		}
	}
	s.showStatement(v, code, w)
	return nil
}

// rowWindow is the window on the tab of admissions with one row unfolded. A
// page of the list that is gone is the first one.
func (s *server) rowWindow(v visit, patient clinic.PatientID, trouble rowTrouble) (view.Statement, error) {
	t := s.tabUnder(admissionPage)
	t.fetch = func(s *server, v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
		return s.admissionRows(v, patient, k, trouble)
	}
	k := look{path: statementPath(patient, admissionPage), cursor: trouble.cursor, view: desk.View{Cursor: trouble.cursor}}
	w, _, err := s.window(v, patient, t, k)
	if fault.Code(err) == "page.cursor" {
		w, _, err = s.window(v, patient, t, look{path: k.path})
	}
	return w, err
}

// GET /admissions/{admission}/print is the receipt of an admission on paper.
func (s *server) admissionPaper(v visit) error {
	admission, err := admissionOf(v)
	if err != nil {
		return err
	}
	paper, err := s.Desk.AdmissionPaper(v.r.Context(), v.actor, admission)
	if err != nil {
		return err
	}
	a := paper.Admission
	p := view.AdmissionPaper{L: v.l, Clinic: v.clinic.Name, Branch: paper.Branch, Number: a.Number.String(), Day: a.Day, At: a.At,
		Patient: paper.Patient.Name(), File: paper.Patient.FileNumber.String(), Insurers: paper.Insurers, Sums: admitPrice("", 0, a.Shares),
		Share: paper.Share, Paid: paper.Paid, Left: paper.Left(), User: paper.Staff, Status: string(a.Status), Why: a.CancelReason,
		Back: statementPath(paper.Patient.ID, admissionPage), Now: v.r.URL.Query().Get("now") != ""}
	p.Head = letterhead(v)
	p.Footer = v.clinic.Footer
	for _, l := range a.Lines {
		p.Lines = append(p.Lines, serviceLine(v, desk.AdmissionRow{Providers: paper.Providers}, l))
	}
	return s.show(v, view.AdmissionPaperPage(s.chrome(v, v.l.T("paper.title")+" "+v.l.Document(p.Number)), p))
}

// letterhead is what stands under the clinic's name on paper.
func letterhead(v visit) (head []string) {
	if v.clinic.Licence != "" {
		head = append(head, v.l.T("paper.licence", "number", v.l.Digits(v.clinic.Licence)))
	}
	for _, line := range []string{v.clinic.Address, v.l.Digits(v.clinic.Phone)} {
		if line != "" {
			head = append(head, line)
		}
	}
	return head
}
