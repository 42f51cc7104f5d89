package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// admissions fetches the tab of admissions.
func (s *server) admissions(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	return s.admissionRows(v, patient, k, rowTrouble{})
}

// admissionRows fetches the tab with one row unfolded, which says what went
// wrong there.
func (s *server) admissionRows(v visit, patient clinic.PatientID, k look, trouble rowTrouble) (desk.Header, view.Body, error) {
	found, err := s.Desk.Admissions(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	a := view.Admissions{L: v.l, Newer: k.page(found.Newer), Older: k.page(found.Older), Filtered: k.filtered() || k.inPast()}
	for _, r := range found.Rows {
		row := admissionRow(v, patient, r)
		explainAdmission(v, k, found.Header, r, &row)
		if !k.inPast() {
			row.Do = rowActions(v, r, k)
			row.Do.Plan, row.Do.Planned = planAction(v, found.Header, row.Left, r.Admission.ID)
			row.Do.Request = s.RequestKey()
		}
		if r.Admission.ID == trouble.admission {
			row.Open, row.Do.Problems, row.Do.Reason, row.Do.Rejection = true, trouble.problems, trouble.reason, trouble.rejection
			if trouble.deposits != "" {
				row.Do.Deposit = trouble.deposits
			}
		}
		a.Rows = append(a.Rows, row)
	}
	if v.actor.Can(clinic.CancelAdmissions) && !k.inPast() {
		if a.Reasons, err = s.words(v, clinic.CancelReasons); err != nil {
			return desk.Header{}, nil, err
		}
	}
	return found.Header, view.AdmissionsTab(a), nil
}

func admissionRow(v visit, patient clinic.PatientID, r desk.AdmissionRow) view.AdmissionRow {
	a := r.Admission
	row := view.AdmissionRow{ID: id(a.ID), Number: a.Number.String(), Day: a.Day, At: a.At, Section: r.Section, Status: admissionStatus(r),
		User: r.StaffName, Branch: r.BranchName, Cancelled: a.Status == clinic.Cancelled}
	for _, l := range r.Lines {
		row.Lines = append(row.Lines, serviceLine(v, r, l))
	}
	if v.l.NoMoney {
		return row
	}
	// Shares may have moved since the admission, so what others bear is the
	// rest of the price.
	row.Gross, row.Discount, row.Patient, row.Paid = a.Gross, a.Discount, r.Share, r.Paid
	row.Insurer = a.Gross - a.Discount + a.VAT - r.Share - r.Remitted
	row.VAT, row.Remitted = a.VAT, r.Remitted
	if a.Status == clinic.Finalized {
		row.Left, row.Pay = r.Left(), payStatus(r.Share, r.Paid)
	}
	if row.Left > 0 && v.actor.Can(clinic.ReceiveMoney) {
		row.Receive = address(cashierPath(patient), "tab", "admissions")
	}
	row.Waits = waits(r)
	if a.Status == clinic.Draft {
		row.Rejected = a.DiscountRejected
	}
	for _, p := range r.Payments {
		row.Payments = append(row.Payments, view.Payment{Kind: string(p.Kind), Number: p.Number.String(), Day: p.Day, Methods: methodNames(v, p.Methods), Amount: p.Amount})
	}
	return row
}

func serviceLine(v visit, r desk.AdmissionRow, l clinic.AdmissionLine) view.ServiceLine {
	line := view.ServiceLine{Service: l.Title, Provider: r.Providers[l.Provider], Quantity: int(l.Quantity), Status: string(l.Status),
		Cancelled: l.Status == clinic.LineCancelled, Line: l.Line}
	lineActions(v, r, l, &line)
	if v.l.NoMoney {
		return line
	}
	line.Price, line.Discount, line.Base, line.Supplementary, line.Patient = l.UnitPrice, l.Discount, l.BaseShare, l.SupplementaryShare, l.PatientShare
	line.Reason, line.By = l.DiscountReason, l.DiscountByName
	line.Waits = l.Waits() && r.Admission.Status == clinic.Draft
	if l.DiscountPercent != 0 {
		line.Percent = clinic.PercentText(l.DiscountPercent)
	}
	return line
}

// withLines is the admission of a row with its lines.
func withLines(r desk.AdmissionRow) clinic.Admission {
	a := r.Admission
	a.Lines = r.Lines
	return a
}

// waits reports whether a discount of the row waits for approval.
func waits(r desk.AdmissionRow) bool { return withLines(r).AwaitsApproval() }

// admissionStatus is the status of a row: how far the services of a final
// admission are, once they are begun.
func admissionStatus(r desk.AdmissionRow) string {
	if progress := withLines(r).Progress(); r.Admission.Status == clinic.Finalized && progress != clinic.LineWaiting {
		return string(progress)
	}
	return string(r.Admission.Status)
}

// rowActions are what the person may do with an admission now.
func rowActions(v visit, r desk.AdmissionRow, k look) view.RowActions {
	a := withLines(r)
	path := "/admissions/" + id(a.ID) + "/"
	do := view.RowActions{Version: id(a.Version), Tab: k.cursor}
	if !v.l.NoMoney {
		do.Print = paperPath(a.ID)
	}
	live, writes := a.Status == clinic.Finalized, v.actor.Can(clinic.WriteAdmissions)
	_, beyond := a.Approve(v.actor.Staff, v.actor.DiscountCap())
	switch {
	case a.Status == clinic.Draft && writes:
		do.Cancel = path + "cancel"
		if beyond == nil {
			do.Finalize = path + "finalize"
		}
		if a.AwaitsApproval() {
			if beyond == nil {
				do.Approve = path + "discount"
			}
			if e, ok := fault.As(beyond); ok {
				do.Beyond = v.l.T("admissions.beyond", "percent", e.Args["percent"])
			}
			if beyond == nil || v.actor.Can(clinic.DiscountLater) {
				do.Reject = path + "discount/reject"
			}
		}
	case live && writes && v.actor.Can(clinic.CancelAdmissions):
		do.Cancel = path + "cancel"
	}
	if live {
		do.More = append(do.More, remissionActions(v, r)...)
	}
	if live && v.actor.Can(clinic.PerformServices) {
		do.Perform = path + "lines/"
	}
	if do.Cancel != "" && paidByDeposit(r) {
		do.Deposit = string(desk.DepositsCredit)
		if v.clinic.Rules.ReopenDeposits {
			do.Deposit = string(desk.DepositsReopen)
		}
		for _, c := range []desk.CancelledDeposits{desk.DepositsReopen, desk.DepositsCredit} {
			do.Deposits = append(do.Deposits, view.Choice{Value: string(c), Text: v.l.T("admissions.cancel.deposits." + string(c))})
		}
	}
	reviseActions(v, a, path, &do)
	return do
}

// paidByDeposit reports whether a deposit pays something of the row.
func paidByDeposit(r desk.AdmissionRow) bool {
	for _, p := range r.Payments {
		if p.Kind == clinic.FundDeposit {
			return true
		}
	}
	return false
}

// reviseActions are the sheets that change an admission.
func reviseActions(v visit, a clinic.Admission, path string, do *view.RowActions) {
	writes := v.actor.Can(clinic.WriteAdmissions) && !v.l.NoMoney
	if a.Status == clinic.Draft && writes {
		do.Edit = path + "edit"
	}
	if a.Status == clinic.Finalized && v.actor.Can(clinic.ReopenAdmissions) && !v.l.NoMoney {
		do.Reopen = path + "reopen"
	}
	if a.Status == clinic.Finalized && writes {
		do.Cover = path + "coverage"
	}
	if a.Booked && a.Version > 1 && !v.l.NoMoney {
		do.Versions = path + "versions"
	}
}

// lineActions are what may be done with one service of an admission, and how
// many of its sessions are done.
func lineActions(v visit, r desk.AdmissionRow, l clinic.AdmissionLine, line *view.ServiceLine) {
	path := "/admissions/" + id(r.Admission.ID) + "/lines/" + strconv.Itoa(l.Line) + "/"
	if l.Sessions > 1 {
		line.Sessions = v.l.T("revise.sessions", "done", v.l.Number(l.SessionsDone), "of", v.l.Number(l.Sessions))
	}
	if r.Admission.Status != clinic.Finalized || l.Removed {
		return
	}
	if l.Sessions > 1 && v.actor.Can(clinic.PerformServices) {
		line.Session = path + "session"
	}
	if !v.actor.Can(clinic.CancelAdmissions) || v.l.NoMoney {
		return
	}
	switch {
	case l.SessionsDone > 0 && l.SessionsDone < l.Sessions:
		line.Abandon = path + "abandon"
	case l.SessionsDone == 0 && len(withLines(r).LiveLines()) > 1:
		line.Cancel = path + "cancel"
	}
}

// payStatus names how far an admission is paid; "" when there is nothing to
// pay.
func payStatus(share, paid money.Amount) string {
	switch {
	case share == 0 && paid == 0:
		return ""
	case paid == 0:
		return "unpaid"
	case paid < share:
		return "partially_paid"
	case paid == share:
		return "settled"
	}
	return "overpayment"
}
