package desk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// sara is somebody whom the register does not know.
var sara = clinic.Lead{Name: "سارا رحیمی", Mobile: "۰۹۱۲ ۱۱۱ ۲۲۳۳"}

func (c calendar) lead(t *testing.T, l clinic.Lead) clinic.Lead {
	t.Helper()
	l, err := c.RecordLead(t.Context(), c.manager, desk.RecordLead{Lead: l})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// leadIs fails the test unless the lead is in the state.
func (c calendar) leadIs(t *testing.T, id clinic.LeadID, want clinic.LeadStatus) desk.LeadFile {
	t.Helper()
	f, err := c.Lead(t.Context(), c.manager, id)
	if err != nil {
		t.Fatal(err)
	}
	if f.Status != want {
		t.Errorf("the lead is %s, want %s", f.Status, want)
	}
	return f
}

// story is what happened to a lead, the oldest first.
func story(f desk.LeadFile) string {
	var kinds []string
	for _, e := range f.Events {
		kinds = append([]string{string(e.Kind) + ">" + string(e.To)}, kinds...)
	}
	return strings.Join(kinds, " ")
}

// From a first word to an admission: the call is in the day of who works on it,
// a missed appointment loses nobody, and who sent the patient stands in the file.
func TestALeadGoesFromAWordToAnAdmission(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		marketer := c.register(t, clinic.Patient{FirstName: "امیر", LastName: "شریفی", MarketerStatus: clinic.Marketing})
		want := sara
		want.Service, want.Introducer = c.botox, marketer.ID
		l := c.lead(t, want)
		call, err := c.AddActivity(t.Context(), c.manager, desk.AddActivity{Activity: clinic.Activity{Lead: l.ID, Kind: clinic.CallOut, Subject: "قیمت"}})
		if err != nil {
			t.Fatal(err)
		}
		c.leadIs(t, l.ID, clinic.LeadFollowing)
		day, err := c.ListActivities(t.Context(), c.manager, desk.ActivityQuery{})
		if err != nil || len(day.Items) != 1 || day.Items[0].Person.Name() != "سارا رحیمی" || day.Items[0].Person.Mobile != "09121112233" || day.Items[0].Person.ID != 0 {
			t.Fatalf("%+v %v", day.Items, err)
		}
		_, err = c.Book(t.Context(), c.manager, desk.Book{Patient: c.patient, Provider: c.rad, Service: c.botox, Starts: at(t, "1405/09/10", 10, 0), Lead: l.ID})
		refuses(t, err, fault.Refused, "lead.no_patient")

		p, err := c.RegisterPatient(t.Context(), c.manager, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "سارا", LastName: "رحیمی", Mobile: "09121112233"}, Lead: l.ID})
		if err != nil {
			t.Fatal(err)
		}
		tab, err := c.Activities(t.Context(), c.manager, p.ID, desk.View{})
		if err != nil || len(tab.Rows) != 1 || tab.Rows[0].ID != call.ID || tab.Rows[0].Lead != l.ID {
			t.Fatalf("the call is not the patient's: %+v %v", tab.Rows, err)
		}
		summary, err := c.Summary(t.Context(), c.manager, p.ID, desk.View{})
		if err != nil || summary.Events != len(summary.Rows) || summary.Rows[1].Kind != desk.RowLead && summary.Rows[0].Kind != desk.RowLead {
			t.Errorf("the timeline has %d rows, the header counts %d: %+v %v", len(summary.Rows), summary.Events, summary.Rows, err)
		}

		// The call ends with an appointment.
		first := c.book(t, desk.Book{Patient: p.ID, Service: c.botox, Starts: at(t, "1405/09/03", 10, 0), Activity: call.ID})
		if f := c.leadIs(t, l.ID, clinic.LeadBooked); f.Appointment != first.Appointment.ID {
			t.Error("the lead does not know its appointment")
		}
		_, err = c.MoveLead(t.Context(), c.manager, desk.MoveLead{OnLead: desk.OnLead{Lead: l.ID}, To: clinic.LeadLost, Reason: "x"})
		refuses(t, err, fault.Refused, "lead.booked")
		c.clock.pass(26 * time.Hour)
		if _, err := c.MissAppointment(t.Context(), c.manager, desk.MissAppointment{OnAppointment: desk.OnAppointment{Appointment: first.Appointment.ID}}); err != nil {
			t.Fatal(err)
		}
		c.leadIs(t, l.ID, clinic.LeadFollowing)
		second := c.book(t, desk.Book{Patient: p.ID, Service: c.botox, Starts: at(t, "1405/09/03", 16, 30), Lead: l.ID})
		c.leadIs(t, l.ID, clinic.LeadBooked)

		done, err := c.AdmitAppointment(t.Context(), c.manager, desk.AdmitAppointment{Appointment: second.Appointment.ID})
		if err != nil {
			t.Fatal(err)
		}
		f := c.leadIs(t, l.ID, clinic.LeadConverted)
		if f.Admission != done.Admission.ID || f.Person.Introducer != marketer.ID {
			t.Errorf("%+v", f)
		}
		if got := story(f); got != "recorded>new worked>following linked>following booked>booked time_gone>following booked>booked admitted>converted" {
			t.Error(got)
		}
		if _, err := c.CancelAdmission(t.Context(), c.manager, desk.CancelAdmission{Admission: done.Admission.ID, Reason: "اشتباه"}); err != nil {
			t.Fatal(err)
		}
		if f := c.leadIs(t, l.ID, clinic.LeadFollowing); f.Admission != 0 {
			t.Error("the lead still has the cancelled admission")
		}
		if _, err := c.Verify(t.Context(), desk.VerifyOptions{}); err != nil {
			t.Error(err)
		}
	})
}

// What was done by mistake is undone as a whole: with the admission its lead has
// its appointment again, and with the booking it is followed up.
func TestUndoingTakesTheLeadAlong(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		l := c.lead(t, clinic.Lead{Patient: c.patient, Service: c.botox})
		booked := c.book(t, desk.Book{Service: c.botox, Starts: c.clock.now().Add(4 * time.Hour).Truncate(time.Hour).Add(30 * time.Minute), Lead: l.ID})
		done, err := c.AdmitAppointment(t.Context(), c.manager, desk.AdmitAppointment{Appointment: booked.Appointment.ID})
		if err != nil {
			t.Fatal(err)
		}
		c.leadIs(t, l.ID, clinic.LeadConverted)
		if _, err := c.UndoUnit(t.Context(), c.manager, desk.UndoUnit{Unit: done.Unit}); err != nil {
			t.Fatal(err)
		}
		c.leadIs(t, l.ID, clinic.LeadBooked)
		if _, err := c.CancelAppointment(t.Context(), c.manager, desk.CancelAppointment{OnAppointment: desk.OnAppointment{Appointment: booked.Appointment.ID}, Reason: "بیمار است"}); err != nil {
			t.Fatal(err)
		}
		f := c.leadIs(t, l.ID, clinic.LeadFollowing)
		if f.Events[0].Reason != "بیمار است" {
			t.Errorf("%+v", f.Events[0])
		}
		if _, err := c.RestoreAppointment(t.Context(), c.manager, desk.OnAppointment{Appointment: booked.Appointment.ID}); err != nil {
			t.Fatal(err)
		}
		c.leadIs(t, l.ID, clinic.LeadBooked)
	})
}

// A patient who comes for something else all the time is not what came of a lead.
func TestOnlyWhatWasWantedConvertsTheLeadOfAPatient(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		other, err := c.SaveService(t.Context(), c.manager, desk.Save[desk.SaveService]{Row: desk.SaveService{Service: clinic.Service{Section: c.sections(t)[0].ID, Code: "visit",
			Name: "ویزیت", Duration: 15}, Price: 1_000_000}})
		if err != nil {
			t.Fatal(err)
		}
		admit := func(s clinic.ServiceID) {
			t.Helper()
			if _, err := c.Admit(t.Context(), c.manager, desk.Admit{Patient: c.patient, Lines: []desk.OrderedLine{{Service: s, Quantity: 1}}}); err != nil {
				t.Fatal(err)
			}
		}
		admit(other.ID)
		l := c.lead(t, clinic.Lead{Patient: c.patient, Service: c.botox})
		admit(other.ID)
		c.leadIs(t, l.ID, clinic.LeadNew)
		admit(c.botox)
		c.leadIs(t, l.ID, clinic.LeadConverted)
	})
}

func (c calendar) sections(t *testing.T) []clinic.Section {
	t.Helper()
	all, err := c.SettingRows(t.Context(), c.manager)
	if err != nil {
		t.Fatal(err)
	}
	return all.Sections
}

// Of eight who make a patient of one lead at once, one does.
func TestEightConversionsMakeOnePatient(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		l := c.lead(t, sara)
		var all sync.WaitGroup
		var mu sync.Mutex
		codes := map[string]int{}
		for i := range 8 {
			all.Add(1)
			go func() {
				defer all.Done()
				_, err := c.RegisterPatient(t.Context(), c.manager, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "سارا", LastName: "رحیمی"}, Lead: l.ID,
					Request: desk.Request{Key: fmt.Sprint("convert ", i)}})
				mu.Lock()
				codes[fault.Code(err)]++
				mu.Unlock()
			}()
		}
		all.Wait()
		found, err := c.Patients(t.Context(), c.manager, desk.PatientQuery{Text: "سارا رحیمی"})
		if err != nil || len(found.Items) != 1 || codes[""] != 1 || codes["lead.patient"] != 7 {
			t.Errorf("%d patients, %v %v", len(found.Items), codes, err)
		}
	})
}

// Treatment staff see the leads that they recorded and change nothing; other
// branches see none.
func TestWhoSeesWhichLeads(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		theirs := c.lead(t, sara)
		doctor := c.as(clinic.Doctor)
		doctor.Staff = c.hire(t, clinic.Staff{Name: "دکتر راد", Role: clinic.Doctor}).ID
		own, err := c.RecordLead(t.Context(), doctor, desk.RecordLead{Lead: clinic.Lead{Patient: c.patient, Service: c.botox}})
		if err != nil {
			t.Fatal(err)
		}
		list, err := c.ListLeads(t.Context(), doctor, desk.LeadQuery{})
		if err != nil || len(list.Items) != 1 || list.Count != 1 || list.Items[0].ID != own.ID || list.Items[0].Mobile != "•••4567" {
			t.Errorf("%+v %v", list, err)
		}
		if own.Mobile != "•••4567" {
			t.Errorf("the answer to a doctor says %s", own.Mobile)
		}
		_, err = c.ListLeads(t.Context(), doctor, desk.LeadQuery{Text: "12345"})
		refuses(t, err, fault.Invalid, "lead.filter") // digit by digit
		c.lead(t, clinic.Lead{Patient: c.patient, Note: "از پذیرش"})
		summary, err := c.Summary(t.Context(), doctor, c.patient, desk.View{})
		if err != nil || summary.Events != len(summary.Rows) || summary.Rows[0].Kind != desk.RowLead || summary.Rows[1].Kind == desk.RowLead {
			t.Errorf("the timeline of a doctor: %+v %v", summary.Rows, err)
		}
		board, err := c.LeadBoard(t.Context(), doctor, desk.LeadQuery{})
		if err != nil || board.Columns[0].Count != 1 {
			t.Errorf("%+v %v", board, err)
		}
		_, err = c.Lead(t.Context(), doctor, theirs.ID)
		refuses(t, err, fault.NotFound, "lead.none")
		_, err = c.MoveLead(t.Context(), doctor, desk.MoveLead{OnLead: desk.OnLead{Lead: own.ID}, To: clinic.LeadFollowing})
		refuses(t, err, fault.Forbidden, "permission")

		branch, err := c.SaveBranch(t.Context(), c.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
		if err != nil {
			t.Fatal(err)
		}
		far := c.as(clinic.CRM)
		far.Branch = branch.ID
		if list, err := c.ListLeads(t.Context(), far, desk.LeadQuery{}); err != nil || list.Count != 0 {
			t.Errorf("%+v %v", list, err)
		}
		_, err = c.Lead(t.Context(), far, theirs.ID)
		refuses(t, err, fault.NotFound, "lead.none")
		_, err = c.AddActivity(t.Context(), far, desk.AddActivity{Activity: clinic.Activity{Lead: theirs.ID, Kind: clinic.CallOut, Subject: "x"}})
		refuses(t, err, fault.NotFound, "lead.none")
		_, err = c.RecordLead(t.Context(), c.manager, desk.RecordLead{Lead: clinic.Lead{Name: "x", Mobile: "09121112299", Owner: doctor.Staff}})
		refuses(t, err, fault.Refused, "lead.owner")
	})
}

// An old screen changes nothing, a lost lead says why, and a list is found by
// any part of a name or a number.
func TestALeadIsChangedFromWhatWasSeen(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		l := c.lead(t, sara)
		lost := desk.MoveLead{OnLead: desk.OnLead{Lead: l.ID, Seen: 1}, To: clinic.LeadLost}
		_, err := c.MoveLead(t.Context(), c.manager, lost)
		refuses(t, err, fault.Invalid, "lead.reason")
		lost.Reason = "گران بود"
		if _, err := c.MoveLead(t.Context(), c.manager, lost); err != nil {
			t.Fatal(err)
		}
		_, err = c.MoveLead(t.Context(), c.manager, desk.MoveLead{OnLead: lost.OnLead, To: clinic.LeadFollowing})
		refuses(t, err, fault.Conflict, "lead.stale")
		if f := c.leadIs(t, l.ID, clinic.LeadLost); f.Events[0].Reason != "گران بود" || len(f.Known) != 0 {
			t.Errorf("%+v", f)
		}
		edited, err := c.EditLead(t.Context(), c.manager, desk.EditLead{OnLead: desk.OnLead{Lead: l.ID, Seen: 2}, Name: "ساره رحیمی", Mobile: "09121234567", Note: "دوباره"})
		if err != nil || edited.Version != 3 {
			t.Fatal(edited, err)
		}
		if f := c.leadIs(t, l.ID, clinic.LeadLost); len(f.Known) != 1 || f.Known[0].ID != c.patient {
			t.Errorf("who has the mobile is not offered: %+v", f.Known)
		}
		for text, want := range map[string]int{"ساره": 1, "رحیم": 1, "۴۵۶۷": 1, "+98 912 123 4567": 1, "سارا": 0, "%": 0} {
			if list, err := c.ListLeads(t.Context(), c.manager, desk.LeadQuery{Text: text}); err != nil || list.Count != want || len(list.Items) != want {
				t.Errorf("%q finds %d %v", text, list.Count, err)
			}
		}
	})
}

// The list goes on page by page, and the funnel counts how far the leads came.
func TestLeadsAreListedAndCounted(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		var ids []clinic.LeadID
		for i := range 5 {
			c.clock.pass(time.Minute)
			ids = append(ids, c.lead(t, clinic.Lead{Name: fmt.Sprint("سرنخ ", i), Mobile: fmt.Sprintf("0912000000%d", i), Source: "instagram"}).ID)
		}
		for i, to := range map[int]clinic.LeadStatus{1: clinic.LeadFollowing, 2: clinic.LeadLost, 3: clinic.LeadInvalid} {
			if _, err := c.MoveLead(t.Context(), c.manager, desk.MoveLead{OnLead: desk.OnLead{Lead: ids[i]}, To: to, Reason: "x"}); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := c.LinkLead(t.Context(), c.manager, desk.LinkLead{OnLead: desk.OnLead{Lead: ids[4]}, Patient: c.patient}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Admit(t.Context(), c.manager, desk.Admit{Patient: c.patient, Lines: []desk.OrderedLine{{Service: c.botox, Quantity: 1}}}); err != nil {
			t.Fatal(err)
		}
		var seen []clinic.LeadID
		for cursor := ""; ; {
			page, err := c.ListLeads(t.Context(), c.manager, desk.LeadQuery{Source: "instagram", Limit: 2, Cursor: cursor})
			if err != nil || page.Count != 5 {
				t.Fatal(page.Count, err)
			}
			for _, l := range page.Items {
				seen = append(seen, l.ID)
			}
			if cursor = page.Older; cursor == "" {
				break
			}
		}
		if fmt.Sprint(seen) != fmt.Sprint([]clinic.LeadID{ids[4], ids[3], ids[2], ids[1], ids[0]}) {
			t.Errorf("%v of %v", seen, ids)
		}
		open, err := c.ListLeads(t.Context(), c.manager, desk.LeadQuery{State: desk.LeadsOpen})
		if err != nil || open.Count != 2 || open.Counts[clinic.LeadLost] != 1 {
			t.Errorf("%+v %v", open, err)
		}
		if n, err := c.NewLeads(t.Context(), c.manager); n != 1 || err != nil {
			t.Errorf("%d are new %v", n, err)
		}
		for day, want := range map[jalali.Day]desk.LeadFunnel{"2026-11-23": {Recorded: 5, Following: 2, Booked: 1, Converted: 1, Lost: 1, Invalid: 1}, "2026-11-24": {}} {
			if r, err := c.CRMReport(t.Context(), c.manager, desk.ReportQuery{From: day, To: day}); err != nil || r.Funnel == nil || *r.Funnel != want {
				t.Errorf("the leads of %s: %+v, want %+v %v", day, r.Funnel, want, err)
			}
		}
		for _, q := range []desk.LeadQuery{{State: "won"}, {Owner: "nobody at all"}, {Channel: "smoke"}} {
			_, err := c.ListLeads(t.Context(), c.manager, q)
			refuses(t, err, fault.Invalid, "lead.filter")
		}
	})
}
