package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// admissions fetches the tab of admissions.
func (s *server) admissions(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Admissions(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	a := view.Admissions{L: v.l, Newer: k.page(found.Newer), Older: k.page(found.Older), Filtered: k.filtered() || k.inPast()}
	for _, r := range found.Rows {
		a.Rows = append(a.Rows, admissionRow(v, patient, r))
	}
	return found.Header, view.AdmissionsTab(a), nil
}

func admissionRow(v visit, patient clinic.PatientID, r desk.AdmissionRow) view.AdmissionRow {
	a := r.Admission
	row := view.AdmissionRow{ID: id(a.ID), Number: a.Number.String(), Day: a.Day, At: a.At, Section: r.Section, Status: string(a.Status),
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
	row.Insurer = a.Gross - a.Discount + a.VAT - r.Share
	if a.Status == clinic.Finalized {
		row.Left, row.Pay = r.Left(), payStatus(r.Share, r.Paid)
	}
	if row.Left > 0 && v.actor.Can(clinic.ReceiveMoney) {
		row.Receive = address(cashierPath(patient), "tab", "admissions")
	}
	for _, p := range r.Payments {
		row.Payments = append(row.Payments, view.Payment{Number: p.Number.String(), Day: p.Day, Methods: methodNames(v, p.Methods), Amount: p.Amount})
	}
	return row
}

func serviceLine(v visit, r desk.AdmissionRow, l clinic.AdmissionLine) view.ServiceLine {
	line := view.ServiceLine{Service: l.Title, Provider: r.Providers[l.Provider], Quantity: int(l.Quantity), Status: string(l.Status),
		Cancelled: l.Status == clinic.LineCancelled}
	if v.l.NoMoney {
		return line
	}
	line.Price, line.Discount, line.Base, line.Supplementary, line.Patient = l.UnitPrice, l.Discount, l.BaseShare, l.SupplementaryShare, l.PatientShare
	return line
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
