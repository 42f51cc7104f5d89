package desk_test

import (
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// The name and the mobile that a lead loses to a file, or to an edit, stand in
// its story: whoever took the wrong one finds the person again.
func TestTheStoryOfALeadKeepsWhatItWasCalled(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		l := c.lead(t, sara)
		if _, err := c.EditLead(t.Context(), c.manager, desk.EditLead{OnLead: desk.OnLead{Lead: l.ID}, Name: "ساره", Mobile: "09350000001"}); err != nil {
			t.Fatal(err)
		}
		if _, err := c.LinkLead(t.Context(), c.manager, desk.LinkLead{OnLead: desk.OnLead{Lead: l.ID}, Patient: c.patient}); err != nil {
			t.Fatal(err)
		}
		f, err := c.Lead(t.Context(), c.manager, l.ID)
		if err != nil || f.Name != "زهرا کریمی" {
			t.Fatal(f, err)
		}
		for i, want := range []string{"ساره · 09350000001", "سارا رحیمی · 09121112233"} {
			if got := f.Events[i].Reason; !strings.Contains(got, want) {
				t.Errorf("%q lacks %q", got, want)
			}
		}
		doctor := c.as(clinic.Doctor)
		doctor.Granted = clinic.RightsOf(clinic.AllLeads)
		if f, err = c.Lead(t.Context(), doctor, l.ID); err != nil || !strings.Contains(f.Events[0].Reason, "•••0001") {
			t.Errorf("a doctor reads %q %v", f.Events[0].Reason, err)
		}
	})
}

// Two leads of one mobile know of each other while both are open.
func TestTwoLeadsOfOneMobileAreSaid(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		first, second := c.lead(t, sara), c.lead(t, clinic.Lead{Name: "سارا", Mobile: sara.Mobile})
		f, err := c.Lead(t.Context(), c.manager, second.ID)
		if err != nil || len(f.Others) != 1 || f.Others[0].ID != first.ID {
			t.Errorf("%+v %v", f.Others, err)
		}
		if _, err := c.MoveLead(t.Context(), c.manager, desk.MoveLead{OnLead: desk.OnLead{Lead: first.ID}, To: clinic.LeadLost, Reason: "دوباره ثبت شد"}); err != nil {
			t.Fatal(err)
		}
		if f, err = c.Lead(t.Context(), c.manager, second.ID); err != nil || len(f.Others) != 0 {
			t.Errorf("%+v %v", f.Others, err)
		}
	})
}

// Who was to be called for an appointment and has one is not called for it
// again.
func TestAnAppointmentEndsTheCallsForIt(t *testing.T) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		l := c.lead(t, clinic.Lead{Patient: c.patient})
		call, err := c.AddActivity(t.Context(), c.manager, desk.AddActivity{Activity: clinic.Activity{Patient: c.patient, Lead: l.ID, Kind: clinic.CallOut, Subject: "تماس فردا", Due: "2026-11-25"}})
		if err != nil {
			t.Fatal(err)
		}
		booked := c.book(t, desk.Book{Starts: at(t, "1405/09/10", 10, 0), Lead: l.ID})
		f := c.leadIs(t, l.ID, clinic.LeadBooked)
		if a := f.Activities[0]; len(f.Activities) != 1 || a.ID != call.ID || a.Status != clinic.ActivityDone || a.Outcome != clinic.OutcomeBooked || a.Appointment != booked.Appointment.ID {
			t.Errorf("%+v", f.Activities)
		}
	})
}

// What no page of the clinic sent closes the form to nobody, and a page that is
// filled in for a second person is said to be old, not thanked for.
func TestAContactFormCountsOnlyWhatWasShown(t *testing.T) {
	eachContact(t, func(t *testing.T, c calendar) {
		honest := c.contactForm(t, "سارا رحیمی", "09121112233", "")
		c.clock.pass(10 * time.Second)
		for range 10 {
			junk := honest
			junk.Stamp, junk.Origin = "x", "elsewhere"
			refuses(t, c.SendContact(t.Context(), c.manager.Clinic, junk), fault.Invalid, "contact.stamp")
		}
		if err := c.SendContact(t.Context(), c.manager.Clinic, honest); err != nil {
			t.Fatal(err)
		}
		other := honest
		other.Contact = clinic.Contact{Name: "لاله", Mobile: "09351112233"}
		refuses(t, c.SendContact(t.Context(), c.manager.Clinic, other), fault.Invalid, "contact.stamp")
		if all := c.allLeads(t); len(all) != 1 {
			t.Errorf("%d leads", len(all))
		}
	})
}
