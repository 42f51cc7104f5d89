package web

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// depositRoutes: deposits.
func (s *server) depositRoutes() []route {
	return slices.Concat(
		s.sheetRoutes("/patients/{patient}/deposits/new", clinic.WriteDeposits, "patient", s.depositSheet),
		s.sheetRoutes("/patients/{patient}/deposits/use", clinic.WriteDeposits, "patient", s.useSheet),
		s.sheetRoutes("/patients/{patient}/deposits/credit", clinic.WriteDeposits, "patient", s.creditSheet),
		s.sheetRoutes("/deposits/{deposit}/receive", clinic.WriteDeposits, "deposit", s.receiveDepositSheet),
		s.sheetRoutes("/deposits/{deposit}/withdraw", clinic.WriteDeposits, "deposit", s.withdrawSheet),
		s.sheetRoutes("/deposits/{deposit}/unapply", clinic.WriteDeposits, "deposit", s.unapplySheet),
		s.sheetRoutes("/deposits/{deposit}/to-account", clinic.WriteDeposits, "deposit", s.toAccountSheet),
		s.sheetRoutes("/deposits/{deposit}/refund", clinic.RefundMoney, "deposit", s.refundDepositSheet),
		s.sheetRoutes("/deposits/{deposit}/forfeit", clinic.ForfeitDeposits, "deposit", s.forfeitSheet),
		s.sheetRoutes("/deposits/{deposit}/move", clinic.WriteDeposits, "deposit", s.moveSheet),
		[]route{
			people(page("/deposits", clinic.ReadMoney, "", s.depositList)),
			people(page("/deposits/{deposit}/print", clinic.ReadMoney, "deposit", s.depositPaper)),
		})
}

const depositTab = "deposits"

func depositPath(d clinic.DepositID, verb string) string { return "/deposits/" + id(d) + "/" + verb }

// depositOf is the deposit that the path names. NotFound deposit.none.
func (s *server) depositOf(v visit) (desk.DepositItem, error) {
	n, err := strconv.ParseInt(v.r.PathValue("deposit"), 10, 64)
	if err != nil {
		return desk.DepositItem{}, fault.New(fault.NotFound, "deposit.none", "there is no deposit %q", v.r.PathValue("deposit"))
	}
	return s.Desk.Deposit(v.r.Context(), v.actor, clinic.DepositID(n))
}

// deposits fetches the tab of deposits.
func (s *server) deposits(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Deposits(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	d := view.Deposits{L: v.l, Totals: depositSums(found.Totals), Filtered: k.filtered() || k.inPast()}
	if v.actor.Can(clinic.WriteDeposits) && !k.inPast() {
		d.Take = address("/patients/"+id(patient)+"/deposits/new", "tab", depositTab)
	}
	if d.Take != "" && found.Credit > 0 {
		d.Credit = address("/patients/"+id(patient)+"/deposits/credit", "tab", depositTab)
	}
	for _, r := range found.Rows {
		row := depositRow(v, r)
		if !k.inPast() {
			row.Do, row.Print = depositActions(v, patient, r, found.Header), depositPath(r.ID, "print")
		}
		row.Open = v.r.URL.Query().Get("open") == row.ID || len(found.Rows) == 1
		d.Rows = append(d.Rows, row)
	}
	return found.Header, view.DepositsTab(d), nil
}

func depositSums(t clinic.DepositSums) view.DepositSums {
	return view.DepositSums{Received: t.Received, Used: t.Applied, Transferred: t.Transferred, Refunded: t.Refunded, Forfeited: t.Forfeited, Left: t.Remaining}
}

// depositRow is a deposit in words.
func depositRow(v visit, r desk.DepositShown) view.DepositRow {
	row := view.DepositRow{ID: id(r.ID), Number: r.Number.String(), Day: r.Day, Amount: r.Amount, Methods: methodNames(v, r.Methods),
		Purpose: depositPurpose(v, r), Provider: r.ProviderName, Sums: depositSums(r.DepositSums), Status: string(r.Status), Expires: r.Expires,
		Expired: r.Expired, Proposed: r.Proposed, User: r.StaffName, Planned: plannedText(v, r.Deposit)}
	if r.ReceivedDay != "" {
		row.Day = r.ReceivedDay
	}
	if !r.VisitOver.IsZero() && r.Waiting() {
		row.VisitOver = v.l.T("deposits.visit_over.patient")
		if r.ByClinic {
			row.VisitOver = v.l.T("deposits.visit_over.clinic")
		}
	}
	for _, l := range r.Life {
		row.Life = append(row.Life, view.DepositStep{Kind: string(l.Kind), Day: l.Day, At: l.At, Text: lifeText(v, l), Amount: l.Amount,
			Holds: l.Holds, User: l.StaffName, Undone: l.Undone || l.Reverses != 0})
	}
	return row
}

// depositPurpose is what a deposit is for: its service and what was written.
func depositPurpose(v visit, r desk.DepositShown) string {
	if r.ServiceName == "" || r.ServiceName == r.Purpose {
		return r.Purpose
	}
	if r.Purpose == "" {
		return r.ServiceName
	}
	return r.ServiceName + v.l.T("word.comma") + r.Purpose
}

// plannedText is the visit that a deposit is for, "" when none is planned.
func plannedText(v visit, d clinic.Deposit) string {
	if d.Planned.IsZero() {
		return ""
	}
	return strings.TrimSpace(v.l.Day(v.clinic.Day(d.Planned)) + " " + plannedClock(v, d.Planned))
}

// plannedClock is the time of a visit, "" when only its day is known: it stands
// for the last minute then, see visit.
func plannedClock(v visit, at time.Time) string {
	if _, until := v.clinic.Day(at).Bounds(v.clinic.Zone); at.Equal(until.Add(-time.Minute)) {
		return ""
	}
	return v.l.Clock(at)
}

// lifeText says how, or what for, a deposit moved.
func lifeText(v visit, l desk.DepositLife) string {
	var parts []string
	if l.Paid.Count != 0 {
		parts = append(parts, v.l.T("explain.admission", "number", v.l.Document(l.Paid.String())), enumerated(v, l.Titles))
	}
	if l.Refund.Count != 0 {
		parts = append(parts, v.l.Document(l.Refund.String()))
	}
	parts = append(parts, strings.Join(methodNames(v, l.Methods), " + "), l.Note)
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), v.l.T("word.comma"))
}

// depositActions are what the person may do with a deposit now, the likeliest
// first.
func depositActions(v visit, patient clinic.PatientID, r desk.DepositShown, h desk.Header) (list []view.DepositAction) {
	add := func(key, url, icon string, right clinic.Permission, possible, main bool) {
		if possible && v.actor.Can(right) {
			list = append(list, view.DepositAction{Key: key, URL: address(url, "tab", depositTab), Icon: icon, Main: main})
		}
	}
	requested, holds := r.Status == clinic.DepositRequested, r.Remaining > 0
	use := address("/patients/"+id(patient)+"/deposits/use", "deposit", id(r.ID), "tab", depositTab)
	if holds && len(h.Open) > 0 && v.actor.Can(clinic.WriteDeposits) {
		list = append(list, view.DepositAction{Key: "use", URL: use, Icon: "check", Main: true})
	}
	add("receive", depositPath(r.ID, "receive"), "banknote", clinic.ReceiveMoney, requested, true)
	add("refund", depositPath(r.ID, "refund"), "hand-coins", clinic.RefundMoney, holds, false)
	add("forfeit", depositPath(r.ID, "forfeit"), "eraser", clinic.ForfeitDeposits, holds, false)
	add("to_account", depositPath(r.ID, "to-account"), "arrow-left-right", clinic.WriteDeposits, holds, false)
	add("move", depositPath(r.ID, "move"), "calendar", clinic.WriteDeposits, holds || requested, false)
	add("unapply", depositPath(r.ID, "unapply"), "undo-2", clinic.WriteDeposits, r.Applied > 0, false)
	add("withdraw", depositPath(r.ID, "withdraw"), "x", clinic.WriteDeposits, requested, false)
	return list
}

// GET /deposits/{deposit}/print is the receipt of a deposit on a roll.
func (s *server) depositPaper(v visit) error {
	found, err := s.depositOf(v)
	if err != nil {
		return err
	}
	p := view.DepositPaper{L: v.l, Clinic: v.clinic.Name, Footer: v.clinic.Footer, Patient: found.Person.Name(), File: found.Person.FileNumber.String(),
		Row: depositRow(v, found.DepositShown), Back: statementPath(found.Person.ID, depositTab)}
	for _, line := range []string{v.clinic.Address, v.l.Digits(v.clinic.Phone)} {
		if line != "" {
			p.Head = append(p.Head, line)
		}
	}
	key := "deposits.paper"
	if p.Row.Sums.Received == 0 {
		key += ".asked"
	}
	p.Title = v.l.T(key, "number", v.l.Document(p.Row.Number))
	return s.show(v, view.DepositPaperPage(s.chrome(v, p.Title), p))
}
