package web

import (
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// facts are the cells of the strip beside the balance, as of the day of the
// look. What is nothing is not there.
func facts(v visit, k look, h desk.Header) (list []view.Fact) {
	if !v.l.NoMoney {
		list = moneyFacts(v, k, h)
	}
	if !k.inPast() {
		list = append(list, aheadFacts(v, h)...)
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

// aheadFacts are what is planned for the person, and the points that can be
// spent.
func aheadFacts(v visit, h desk.Header) (list []view.Fact) {
	if len(h.Expected) > 0 {
		next := h.Expected[0]
		list = append(list, view.Fact{Label: v.l.T("fact.appointment"), Value: visitText(v, next.Starts, h.Today), Note: joined(v, next.ProviderName, next.ServiceName),
			Tone: "info", Plain: true})
	}
	if open := h.Activities; open.Open > 0 {
		f := view.Fact{Label: v.l.T("fact.activities"), Value: v.l.T("fact.activities.value", "n", open.Open), Note: v.l.T("fact.activities.note", "day", v.l.Day(open.First)), Plain: true}
		if open.First < h.Today {
			f.Tone = "debtor"
		}
		list = append(list, f)
	}
	return append(list, clubFacts(v, h)...)
}

// visitText is when a visit is: its day, or that it is today, and its time.
func visitText(v visit, at time.Time, today jalali.Day) string {
	day := v.clinic.Day(at)
	text := v.l.Day(day)
	switch day {
	case today:
		text = v.l.T("word.today")
	case today.Add(1):
		text = v.l.T("word.tomorrow")
	}
	return v.l.T("fact.appointment.value", "day", text, "clock", v.l.Clock(at))
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

// arrived reports whether the next appointment is today's and the patient is
// here, or may be said to be.
func arrived(v visit, h desk.Header) clinic.Arrival {
	if len(h.Expected) == 0 || v.clinic.Day(h.Expected[0].Starts) != h.Today {
		return clinic.NotToday
	}
	if h.Expected[0].Status == clinic.CheckedIn {
		return clinic.IsHere
	}
	return clinic.ExpectedToday
}

// circumstances are the facts that the next action comes from; what the actor
// may not see is not among them.
func circumstances(v visit, h desk.Header) clinic.Circumstances {
	c := clinic.Circumstances{Arrived: arrived(v, h), Drafts: len(h.Drafts), NoMobile: h.Patient.Mobile == "", NoIdentifier: h.Patient.NationalCode == "" && h.Patient.ForeignID == ""}
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
