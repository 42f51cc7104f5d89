package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// demoLeads are people who may want a service, in every state: so many days ago
// by whom or by the form, from where, and what came of it.
var demoLeads = []struct {
	name    string // "": a patient of the register
	days    int
	by      clinic.Role // "": the contact form
	owner   clinic.Role
	source  string
	service int // of what a provider does
	note    string
	status  clinic.LeadStatus
	call    string // what it was about; "": nobody called
	outcome clinic.ActivityOutcome
	next    int // days from today of the next call; 0: none
	reason  string
}{
	{"سارا رحیمی", 0, "", "", "instagram", 0, "قیمت لیزر کامل را می‌خواهم", clinic.LeadNew, "", "", 0, ""},
	{"محمد کاظمی", 0, "", "", "google", 1, "", clinic.LeadNew, "", "", 0, ""},
	{"نرگس یوسفی", 1, "", "", "website", -1, "عصرها تماس بگیرید", clinic.LeadNew, "", "", 0, ""},
	{"", 1, clinic.Doctor, clinic.CRM, "", 2, "در معاینه از جای جوش پرسید", clinic.LeadNew, "", "", 0, ""},
	{"الهام صادقی", 2, clinic.Receptionist, clinic.CRM, "friends", 1, "", clinic.LeadNew, "", "", 0, ""},
	{"رضا مرادی", 3, clinic.CRM, clinic.CRM, "instagram", 0, "", clinic.LeadFollowing, "معرفی خدمت و قیمت", clinic.OutcomeAgain, 1, ""},
	{"لیلا حسینی", 4, "", clinic.CRM, "website", 1, "عکس فرستاده است", clinic.LeadFollowing, "پاسخ به فرم تماس", clinic.OutcomeNoAnswer, 0, ""},
	{"پریسا نجفی", 6, clinic.CRM, clinic.CRM, "introducer", 2, "", clinic.LeadFollowing, "قیمت و شرایط اقساط", clinic.OutcomeAgain, 3, ""},
	{"", 8, clinic.Doctor, clinic.Receptionist, "", 0, "برای جلسه تکمیلی آمادگی دارد", clinic.LeadFollowing, "پیشنهاد جلسه تکمیلی", clinic.OutcomeAnswered, 2, ""},
	{"امید شریفی", 11, clinic.Receptionist, clinic.CRM, "sign", -1, "", clinic.LeadFollowing, "پرسش درباره بیمه", clinic.OutcomeBusy, -1, ""},
	{"", 5, clinic.CRM, clinic.CRM, "instagram", 1, "", clinic.LeadBooked, "معرفی خدمت", clinic.OutcomeAnswered, 0, ""},
	{"", 7, clinic.Receptionist, clinic.Receptionist, "doctor", 0, "", clinic.LeadBooked, "هماهنگی وقت", clinic.OutcomeAnswered, 0, ""},
	{"", 9, "", clinic.CRM, "website", 2, "از فرم تماس", clinic.LeadBooked, "پاسخ به فرم تماس", clinic.OutcomeAnswered, 0, ""},
	{"", 14, clinic.CRM, clinic.CRM, "instagram", 0, "", clinic.LeadConverted, "معرفی خدمت", clinic.OutcomeAnswered, 0, ""},
	{"", 19, clinic.Receptionist, clinic.CRM, "introducer", 1, "", clinic.LeadConverted, "قیمت", clinic.OutcomeAnswered, 0, ""},
	{"", 26, clinic.Doctor, clinic.Receptionist, "", 2, "پس از معاینه خواست", clinic.LeadConverted, "هماهنگی", clinic.OutcomeAnswered, 0, ""},
	{"مینا قربانی", 16, clinic.CRM, clinic.CRM, "google", 0, "", clinic.LeadLost, "معرفی خدمت و قیمت", clinic.OutcomeDeclined, 0, "قیمت برایش زیاد بود"},
	{"حمید رستمی", 22, "", clinic.CRM, "website", 1, "", clinic.LeadLost, "پاسخ به فرم تماس", clinic.OutcomeAnswered, 0, "نزد پزشک دیگری رفت"},
	{"تست تست", 10, "", "", "website", -1, "سلام", clinic.LeadInvalid, "", "", 0, "شماره در شبکه نیست"},
	{"مزاحم تلفنی", 13, clinic.Receptionist, "", "", -1, "", clinic.LeadInvalid, "", "", 0, "مزاحم"},
}

// leads are those who may want a service, worked on as far as they came.
func (m *demoMaker) leads(ctx context.Context) error {
	if len(m.known) == 0 {
		return nil
	}
	for i := range demoLeads {
		if err := m.lead(ctx, i); err != nil {
			return fmt.Errorf("lead %d of the demo: %w", i+1, err)
		}
	}
	return nil
}

// byOf is the batch in the name of a role; "" is whoever reads the contact form.
func (m *demoMaker) byOf(role clinic.Role, at time.Time) desk.Batch {
	if role == "" {
		role = clinic.CRM
	}
	return m.by(role, at)
}

func (m *demoMaker) lead(ctx context.Context, i int) error {
	one, now := demoLeads[i], m.options.Now
	recorded := now.Add(-time.Duration(one.days*24+2) * time.Hour)
	l := clinic.Lead{Name: one.name, Mobile: fmt.Sprintf("0935%07d", 1_204_511+i*37_813), Source: one.source, Note: one.note, Channel: clinic.LeadByStaff}
	if one.by == "" {
		l.Channel = clinic.LeadByForm
	}
	provider := m.providers[i%len(m.providers)]
	if own := m.does[provider]; one.service >= 0 {
		l.Service = own[one.service%len(own)]
	}
	if one.owner != "" {
		l.Owner = m.people[string(one.owner)].Staff
	}
	if one.name == "" {
		l.Patient = m.patientOfLead(i)
	}
	if one.source == "introducer" && len(m.marketers) > 0 && m.marketers[i%len(m.marketers)] != l.Patient {
		l.Introducer = m.marketers[i%len(m.marketers)]
	}
	id, err := m.byOf(one.by, recorded).Lead(ctx, l)
	if err != nil {
		return err
	}
	called := recorded.Add(90 * time.Minute)
	if one.call != "" {
		if err := m.callLead(ctx, i, id, called); err != nil {
			return err
		}
	}
	switch later := called.Add(20 * time.Minute); one.status {
	case clinic.LeadLost, clinic.LeadInvalid:
		return m.byOf(one.owner, later).MoveLead(ctx, id, one.status, one.reason)
	case clinic.LeadBooked:
		_, err := m.bookOn(ctx, desk.BatchBooking{Book: desk.Book{Patient: l.Patient, Provider: provider, Service: l.Service, Lead: id}},
			m.Settings().Day(now).Add(2+i%4), later)
		return err
	case clinic.LeadConverted:
		return m.admitLead(ctx, l, provider, recorded.Add(50*time.Hour))
	}
	return nil
}

// callLead calls a lead, with what came of it and what comes after it.
func (m *demoMaker) callLead(ctx context.Context, i int, id clinic.LeadID, at time.Time) error {
	one, today := demoLeads[i], m.Settings().Day(m.options.Now)
	a := clinic.Activity{Patient: m.patientOfLead(i), Lead: id, Kind: clinic.CallOut, Subject: one.call, Due: m.Settings().Day(at), Owner: m.people[string(one.owner)].Staff, Outcome: one.outcome}
	batch := m.byOf(one.owner, at)
	if _, err := batch.Activity(ctx, a, true); err != nil || one.next == 0 {
		return err
	}
	a.Due, a.Outcome = today.Add(one.next), ""
	_, err := batch.Activity(ctx, a, false)
	return err
}

// patientOfLead is the patient of a lead; 0 for nobody of the register.
func (m *demoMaker) patientOfLead(i int) clinic.PatientID {
	if demoLeads[i].name != "" {
		return 0
	}
	return m.known[(i*17+5)%len(m.known)]
}

// admitLead lets what was wanted happen, and be paid.
func (m *demoMaker) admitLead(ctx context.Context, l clinic.Lead, provider clinic.ProviderID, at time.Time) error {
	day, _ := m.Settings().Day(at).Bounds(m.Settings().Zone)
	at = day.Add(11 * time.Hour)
	front := m.front(at)
	a, err := front.Order(ctx, desk.Admit{Patient: l.Patient, Lines: []desk.OrderedLine{{Service: l.Service, Provider: provider, Quantity: 1}}}, at)
	if err != nil {
		return err
	}
	m.perform(&a)
	if a, err = front.Admission(ctx, a, true); err != nil {
		return err
	}
	m.admissions++
	if err := front.LeadsAdmitted(ctx, a); err != nil || a.PatientShare == 0 {
		return err
	}
	paid := at.Add(20 * time.Minute)
	_, _, err = m.front(paid).Receipt(ctx, clinic.Receipt{Patient: a.Patient, At: paid, Lines: []clinic.MoneyLine{m.line(clinic.POS, a.PatientShare)}}, nil)
	m.receipts++
	return err
}
