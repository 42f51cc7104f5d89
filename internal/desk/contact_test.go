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
)

// eachContact opens the contact form of the calendar's clinic.
func eachContact(t *testing.T, do func(t *testing.T, c calendar)) {
	eachCalendar(t, func(t *testing.T, c calendar) {
		row, err := c.Clinic(t.Context(), c.manager.Clinic)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.ContactOffer(t.Context(), row.ID, "one")
		refuses(t, err, fault.NotFound, "contact.off")
		refuses(t, c.SendContact(t.Context(), row.ID, desk.SendContact{}), fault.NotFound, "contact.off")
		row.Contact = true
		if _, err := c.SaveClinic(t.Context(), c.manager, desk.Save[clinic.Clinic]{Row: row}); err != nil {
			t.Fatal(err)
		}
		do(t, c)
	})
}

// contactForm is the form as it is shown now, filled in.
func (c calendar) contactForm(t *testing.T, name, mobile, note string) desk.SendContact {
	t.Helper()
	offer, err := c.ContactOffer(t.Context(), c.manager.Clinic, "one")
	if err != nil {
		t.Fatal(err)
	}
	return desk.SendContact{Contact: clinic.Contact{Name: name, Mobile: mobile, Note: note}, Origin: "one", Stamp: offer.Stamp}
}

func (c calendar) allLeads(t *testing.T) []desk.LeadShown {
	t.Helper()
	list, err := c.ListLeads(t.Context(), c.manager, desk.LeadQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

// Who writes twice is one lead, whoever is known is answered the same, and a
// double click counts once.
func TestWhoWritesTwiceIsOneLead(t *testing.T) {
	eachContact(t, func(t *testing.T, c calendar) {
		form := c.contactForm(t, "سارا رحیمی", "۰۹۱۲۱۱۱۲۲۳۳", "درباره بوتاکس")
		known := c.contactForm(t, "زهرا کریمی", "09121234567", "")
		c.clock.pass(10 * time.Second)
		for range 2 {
			if err := c.SendContact(t.Context(), c.manager.Clinic, form); err != nil {
				t.Fatal(err)
			}
		}
		if err := c.SendContact(t.Context(), c.manager.Clinic, known); err != nil {
			t.Fatal(err)
		}
		again := c.contactForm(t, "سارا", "0912 111 2233", "کسی زنگ نزد")
		c.clock.pass(10 * time.Second)
		if err := c.SendContact(t.Context(), c.manager.Clinic, again); err != nil {
			t.Fatal(err)
		}
		all := c.allLeads(t)
		if len(all) != 2 || all[0].Patient != 0 || all[1].Name != "سارا رحیمی" || all[1].Note != "درباره بوتاکس" || all[1].Channel != clinic.LeadByForm {
			t.Fatalf("%+v", all)
		}
		f := c.leadIs(t, all[1].ID, clinic.LeadNew)
		if story(f) != "recorded>new again>new" || f.Events[0].Reason != "سارا · کسی زنگ نزد" {
			t.Errorf("%s %+v", story(f), f.Events)
		}
	})
}

// What machines send is refused or swallowed, and nothing comes of it.
func TestWhatMachinesSendComesToNothing(t *testing.T) {
	eachContact(t, func(t *testing.T, c calendar) {
		send := func(form desk.SendContact) error { return c.SendContact(t.Context(), c.manager.Clinic, form) }
		form := c.contactForm(t, "سارا", "09121112233", "")
		refuses(t, send(form), fault.Invalid, "contact.fast")
		c.clock.pass(10 * time.Second)
		trapped, forged, link := form, form, form
		trapped.Trap = "http://x"
		if err := send(trapped); err != nil {
			t.Error("who falls into the trap is told", err)
		}
		forged.Stamp = strings.Replace(form.Stamp, ".", "1.", 1)
		refuses(t, send(forged), fault.Invalid, "contact.stamp")
		forged.Stamp = ""
		refuses(t, send(forged), fault.Invalid, "contact.stamp")
		link.Contact.Note = "https://x"
		refuses(t, send(link), fault.Invalid, "contact.link")
		unknown := form
		unknown.Contact.Service = c.botox // the public is not told of it
		refuses(t, send(unknown), fault.Invalid, "service.none")
		c.clock.pass(13 * time.Hour)
		refuses(t, send(form), fault.Invalid, "contact.stamp")
		if all := c.allLeads(t); len(all) != 0 {
			t.Errorf("%+v", all)
		}
	})
}

// One mobile, and one place, may write so often and not more.
func TestTheContactFormIsSlow(t *testing.T) {
	eachContact(t, func(t *testing.T, c calendar) {
		codes := map[string]int{}
		for i := range 7 {
			form := c.contactForm(t, "سارا", "09121112233", "")
			form.Origin = fmt.Sprint("place ", i)
			c.clock.pass(5 * time.Second)
			codes[fault.Code(c.SendContact(t.Context(), c.manager.Clinic, form))]++
		}
		if codes[""] != 5 || codes["online.slow"] != 2 {
			t.Errorf("of one mobile: %v", codes)
		}
		codes = map[string]int{}
		for i := range 25 {
			form := c.contactForm(t, "سارا", fmt.Sprintf("091300000%02d", i), "")
			c.clock.pass(5 * time.Second)
			codes[fault.Code(c.SendContact(t.Context(), c.manager.Clinic, form))]++
		}
		if codes[""] != 20 || codes["online.slow"] != 5 {
			t.Errorf("of one place: %v", codes)
		}
	})
}

// Four forms of one mobile at once are one lead.
func TestFormsAtOnceAreOneLead(t *testing.T) {
	eachContact(t, func(t *testing.T, c calendar) {
		var forms []desk.SendContact
		for range 4 {
			forms = append(forms, c.contactForm(t, "سارا", "09121112233", ""))
		}
		c.clock.pass(10 * time.Second)
		var all sync.WaitGroup
		for _, form := range forms {
			all.Add(1)
			go func() {
				defer all.Done()
				if err := c.SendContact(t.Context(), c.manager.Clinic, form); err != nil {
					t.Error(err)
				}
			}()
		}
		all.Wait()
		leads := c.allLeads(t)
		if len(leads) != 1 {
			t.Fatalf("%d leads", len(leads))
		}
		if f := c.leadIs(t, leads[0].ID, clinic.LeadNew); len(f.Events) != 4 {
			t.Error(story(f))
		}
	})
}
