package web

import (
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// windowActions are the quick actions of the window in their order. A feature
// adds its own as a row; its text is action.KEY. One whose page is not of this
// site is left out.
var windowActions = []struct {
	key, letter, code, icon string
	path                    string // "{patient}" stands for the id; the tab under it is told as ?tab=
	needs                   clinic.Permission
	leaves                  bool   // is a page of its own and no sheet over the window
	about                   string // names the patient in the query of such a page; "" when the path does
}{
	{"cashier", "P", "KeyP", "banknote", "/patients/{patient}/cashier", clinic.ReceiveMoney, false, ""},
	{"admission", "A", "KeyA", "clipboard-pen", "/patients/{patient}/admit", clinic.WriteAdmissions, false, ""},
	{"appointment", "N", "KeyN", "calendar-clock", "/patients/{patient}/appointments/new", clinic.WriteAppointments, false, ""},
	{"deposit", "B", "KeyB", "piggy-bank", "/patients/{patient}/deposits/new", clinic.WriteDeposits, false, ""},
	{"activity", "F", "KeyF", "phone", activityPath, clinic.WriteActivities, false, ""},
	{"lead", "W", "KeyW", "user-search", patientLeadPath, clinic.AddLeads, false, ""},
	{"refund", "R", "KeyR", "undo-2", refundPath, clinic.RefundMoney, false, ""},
	{"edit", "E", "KeyE", "square-pen", "/patients/{patient}/edit", clinic.WritePatients, true, ""},
	{"merge", "G", "KeyG", "merge", "/patients/{patient}/merge", clinic.MergePatients, true, ""},
	{"audit", "H", "KeyH", "footprints", auditPath, clinic.ReadAudit, true, "patient"},
}

// windowActions are those that the actor may do; the first is the main one.
func (s *server) windowActions(v visit, patient clinic.PatientID, t tab, k look) (list []view.Action) {
	for _, a := range windowActions {
		if s.pages[a.path] && v.actor.Can(a.needs) {
			url := k.other(strings.Replace(a.path, "{patient}", id(patient), 1), "tab", t.key)
			if a.about != "" {
				url = address(a.path, a.about, id(patient))
			}
			list = append(list, view.Action{Key: a.key, URL: url, Letter: a.letter, Code: a.code, Icon: a.icon, Main: len(list) == 0 && !a.leaves, Leaves: a.leaves})
		}
	}
	return list
}

// appointmentNext is the line about today's appointment: the patient comes, or is
// here and can be admitted.
func appointmentNext(v visit, patient clinic.PatientID, t tab, kind clinic.ActionKind, a desk.AppointmentShown) (view.NextLine, bool) {
	line := view.NextLine{Kind: string(kind), Text: v.l.T("next."+string(kind), "clock", v.l.Clock(a.Starts), "what", joined(v, a.ProviderName, a.ServiceName)),
		Action: v.l.T("next." + string(kind) + ".do")}
	if kind == clinic.ActionAdmit {
		line.URL = address("/patients/"+id(patient)+"/admit", "appointment", id(a.ID), "tab", t.key)
		return line, v.actor.Can(clinic.WriteAdmissions)
	}
	line.URL = address("/appointments/"+id(a.ID)+"/check-in", "tab", t.key)
	return line, v.actor.Can(clinic.WriteAppointments)
}

// nextLine says what to do next, each with its way there. What the actor may
// not do is not said, and of the past nothing is done.
func (s *server) nextLine(v visit, patient clinic.PatientID, t tab, k look, h desk.Header) (lines []view.NextLine) {
	if k.inPast() {
		return nil
	}
	actions := map[string]view.Action{}
	for _, a := range s.windowActions(v, patient, t, k) {
		actions[a.Key] = a
	}
	for _, n := range clinic.NextActions(circumstances(v, h)) {
		line := view.NextLine{Kind: string(n.Kind)}
		action, may := actions["cashier"], true
		switch n.Kind {
		case clinic.ActionAdmit, clinic.ActionCheckIn:
			if line, may = appointmentNext(v, patient, t, n.Kind, h.Expected[0]); may {
				lines = append(lines, line)
			}
			continue
		case clinic.ActionOverdue:
			line.Text = overdueText(v, h.Instalments)
			_, may = actions["cashier"]
			action = view.Action{URL: address(cashierPath(patient), "tab", t.key, "amount", id(n.Amount))}
		case clinic.ActionReceive:
			line.Text = v.l.T("next.receive", "amount", v.l.Amount(n.Amount), "unit", v.l.Unit(), "days", n.Days)
			if n.Count == 0 {
				line.Text = v.l.T("next.receive.plain", "amount", v.l.Amount(n.Amount), "unit", v.l.Unit())
			}
			_, may = actions["cashier"]
		case clinic.ActionDeposit:
			if v.actor.Can(clinic.WriteDeposits) {
				lines = append(lines, depositNext(v, patient, t, n))
			}
			continue
		case clinic.ActionAllocate:
			line.Text, action = v.l.T("next.allocate", "amount", v.l.Amount(n.Amount), "unit", v.l.Unit(), "n", n.Count), view.Action{}
		case clinic.ActionFinalize:
			draft := h.Drafts[len(h.Drafts)-1]
			line.Text, may = v.l.T("next.finalize", "n", n.Count, "days", n.Days), v.actor.Can(clinic.WriteAdmissions)
			action = view.Action{URL: k.admission(h, draft.Document, draft.Key)}
			line.Within = true
		case clinic.ActionComplete:
			line.Text = v.l.T("next.complete." + strings.Join(n.Fields, "."))
			action, may = actions["edit"]
		}
		if may {
			line.Action = v.l.T("next." + string(n.Kind) + ".do")
			line.URL, line.Letter, line.Leaves = action.URL, action.Letter, action.Leaves
			lines = append(lines, line)
		}
	}
	return lines
}
