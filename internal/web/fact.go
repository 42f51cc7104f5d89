package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// facts are the cells of the strip beside the balance, as of the day of the
// look. What is nothing is not there.
func facts(v visit, k look, h desk.Header) (list []view.Fact) {
	if !v.l.NoMoney {
		list = moneyFacts(v, k, h)
	}
	if next := h.Next; next != nil && !k.inPast() {
		day := v.clinic.Day(next.Starts)
		cell := view.Fact{Label: v.l.T("fact.next"), Value: v.l.Day(day), Plain: true,
			Note: joined(v, v.l.Weekday(day)+" "+v.l.Clock(next.Starts), next.ProviderName)}
		if day == h.Today {
			cell.Value = v.l.T("word.today")
		}
		list = append(list, cell)
	}
	if h.LastAdmission == "" {
		return list
	}
	last := view.Fact{Label: v.l.T("fact.last"), Value: v.l.Day(h.LastAdmission), Note: v.l.DayLong(h.LastAdmission), Plain: true}
	if h.LastAdmission == h.Today {
		last.Value = v.l.T("word.today")
	}
	return append(list, last)
}

func moneyFacts(v visit, k look, h desk.Header) (list []view.Fact) {
	if len(h.Open) > 0 {
		list = append(list, view.Fact{Label: v.l.T("fact.open"), Value: v.l.T("fact.open.value", "n", len(h.Open)),
			Note: v.l.T("fact.open.note", "days", k.end(h.Today).Sub(h.Open[0].Admission.Day)), Plain: true})
	}
	list = append(list, depositFacts(v, k, h)...)
	list = append(list, instalmentFacts(v, h.Instalments)...)
	for _, f := range []struct {
		key, tone string
		amount    money.Amount
	}{{"credit", "creditor", h.Credit}, {"cheques", "info", h.Cheques}, {"insurer", "", h.InsurerDue}} {
		if f.amount > 0 {
			list = append(list, view.Fact{Label: v.l.T("fact." + f.key), Value: v.l.Amount(f.amount), Unit: v.l.Unit(),
				Note: v.l.T("fact." + f.key + ".note"), Tone: f.tone, URL: k.why(h, f.key)})
		}
	}
	return list
}

// explained bounds how many admissions the side panel names one by one.
const explained = 6

// explain is where the balance comes from: what is left of each admission, and
// the credit. The lines sum to the balance.
func explain(v visit, k look, h desk.Header) []view.ExplainLine {
	var lines []view.ExplainLine
	var rest money.Amount
	for i, d := range h.Open {
		if i >= explained {
			rest += d.Left()
			continue
		}
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.admission", "number", v.l.Document(d.Admission.Number.String())),
			Detail: enumerated(v, d.Titles), URL: k.admission(h, int64(d.Admission.ID), desk.RowKey{At: d.Admission.At, ID: int64(d.Admission.ID)}), Amount: d.Left()})
	}
	if rest != 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.more", "n", len(h.Open)-explained), Amount: rest})
	}
	if h.Credit > 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.credit"), Amount: -h.Credit})
	} else if h.Credit < 0 {
		lines = append(lines, view.ExplainLine{Text: v.l.T("explain.other"), Amount: -h.Credit})
	}
	return lines
}

// circumstances are the facts that the next action comes from; what the actor
// may not see is not among them.
func circumstances(v visit, h desk.Header) clinic.Circumstances {
	c := clinic.Circumstances{Drafts: len(h.Drafts), NoMobile: h.Patient.Mobile == "", NoIdentifier: h.Patient.NationalCode == "" && h.Patient.ForeignID == ""}
	if c.Drafts > 0 {
		c.OldestDraft = h.Today.Sub(h.Drafts[c.Drafts-1].Day)
	}
	if v.l.NoMoney {
		return c
	}
	c.Balance, c.Credit, c.Deposits, c.Open = h.Position.Balance, h.Credit, h.Position.Deposits, len(h.Open)
	planned(&c, h.Instalments)
	if c.Open > 0 {
		c.OldestDays = h.Today.Sub(h.Open[0].Admission.Day)
	}
	return c
}
