package web

import (
	"cmp"
	"net/http"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

const (
	contactPath        = "/contact" // the public form; that of one clinic is below it
	contactSettingPath = "/settings/contact"
)

// trapField is a field that no person sees or fills in.
const trapField = "website"

// writing dresses a page of the public contact form: it is of the clinic in its
// path, for nobody in particular. NotFound page.none where the form is off, as
// if it were not there.
func (s *server) writing(handle func(v visit) error) func(v visit) error {
	return func(v visit) error {
		n, err := strconv.ParseInt(v.r.PathValue("clinic"), 10, 64)
		if err != nil || n <= 0 {
			return noPage()
		}
		c, err := s.Desk.Clinic(v.r.Context(), clinic.ID(n))
		if fault.Of(err) == fault.NotFound || err == nil && !c.Contact {
			return noPage()
		}
		if err != nil {
			return err
		}
		v = s.asPublic(v, c)
		err = handle(v)
		switch e, _ := fault.As(err); fault.Code(err) {
		case "contact.off":
			return noPage()
		case "online.slow":
			s.write(v, http.StatusTooManyRequests, view.ContactTold(s.contactFrame(v), sentence(v, e), false))
			return nil
		}
		return err
	}
}

// contactFrame is the frame of the form's pages.
func (s *server) contactFrame(v visit) view.Book {
	b := s.book(v, v.l.T("contact.title"))
	b.Root = contactPath + "/" + id(v.clinic.ID)
	return b
}

// GET /contact leads to the only clinic's form.
func (s *server) contactHere(v visit) error {
	clinics, err := s.Desk.Clinics(v.r.Context())
	if err != nil {
		return err
	}
	if len(clinics) != 1 {
		return noPage()
	}
	c, err := s.Desk.Clinic(v.r.Context(), clinics[0])
	if err != nil {
		return err
	}
	if !c.Contact {
		return noPage()
	}
	return redirect(v, contactPath+"/"+id(c.ID))
}

// GET /contact/{clinic}?service=
func (s *server) contactForm(v visit) error {
	return s.showContact(v, http.StatusOK, view.Contact{Service: v.r.URL.Query().Get("service")})
}

// showContact shows the form with what was typed.
func (s *server) showContact(v visit, code int, p view.Contact) error {
	offer, err := s.Desk.ContactOffer(v.r.Context(), v.clinic.ID, s.origin(v.r))
	if err != nil {
		return err
	}
	p.Book, p.Stamp, p.Trap = s.contactFrame(v), cmp.Or(p.Stamp, offer.Stamp), trapField
	if len(offer.Services) > 0 {
		p.Services = []view.Choice{{Text: v.l.T("contact.service.none")}}
		for _, service := range offer.Services {
			p.Services = append(p.Services, view.Choice{Value: strconv.FormatInt(service.ID, 10), Text: service.Name})
		}
	}
	s.write(v, code, view.ContactPage(p))
	return nil
}

// POST /contact/{clinic}
func (s *server) sendContact(v visit) error {
	p := view.Contact{Name: v.r.PostFormValue("name"), Mobile: v.r.PostFormValue("mobile"), Service: v.r.PostFormValue("service"), Note: v.r.PostFormValue("note")}
	service, _ := strconv.ParseInt(p.Service, 10, 64) // what is no service is none
	err := s.Desk.SendContact(v.r.Context(), v.clinic.ID, desk.SendContact{Origin: s.origin(v.r), Stamp: v.r.PostFormValue("stamp"), Trap: v.r.PostFormValue(trapField),
		Contact: clinic.Contact{Name: p.Name, Mobile: p.Mobile, Service: clinic.ServiceID(service), Note: p.Note}})
	if err == nil {
		return redirect(v, contactPath+"/"+id(v.clinic.ID)+"/done")
	}
	e, ok := fault.As(err)
	code := http.StatusUnprocessableEntity
	switch {
	case ok && e.Code == "online.slow":
		code = http.StatusTooManyRequests
	case !ok || e.Kind != fault.Invalid:
		return err
	}
	if e.Code != "contact.stamp" { // the form was shown once; it is not shown too short because it comes back
		p.Stamp = v.r.PostFormValue("stamp")
	}
	p.Problems = []view.FieldProblem{{Field: e.Field, Text: sentence(v, e)}}
	return s.showContact(v, code, p)
}

// GET /contact/{clinic}/done
func (s *server) contactDone(v visit) error {
	return s.show(v, view.ContactTold(s.contactFrame(v), v.l.T("contact.done"), true))
}

// contactSettingPage is the switch of the form, with its address.
func (s *server) contactSettingPage(v visit, c clinic.Clinic, on bool) view.SettingForm {
	field := switchOf(v, filled(v, "contact", onText(on)), "contact")
	field.Wide = true
	title := v.l.T("settings.contact")
	f := view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: contactSettingPath, Request: s.RequestKey(), Version: id(c.Version),
		Groups: []view.SettingFields{{Title: v.l.T("settings.contact.text"), Fields: []view.SettingField{field}}}}
	if c.Contact {
		f.More = &view.SettingMore{Text: v.l.T("settings.contact.open"), URL: contactPath + "/" + id(c.ID)}
	}
	return f
}

// GET /settings/contact
func (s *server) contactSetting(v visit) error {
	p := s.contactSettingPage(v, v.clinic, v.clinic.Contact)
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("settings.contact"))}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/contact
func (s *server) saveContactSetting(v visit) error {
	t := readTyped(v)
	c := v.clinic
	c.Contact, c.Version = t.on("contact"), t.version()
	_, err := s.Desk.SaveClinic(v.r.Context(), v.actor, desk.Save[clinic.Clinic]{Row: c, Request: requestOf(v)})
	if err == nil {
		return redirect(v, contactSettingPath+"?saved=1")
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	now, err := s.Desk.Clinic(v.r.Context(), v.clinic.ID)
	if err != nil {
		return err
	}
	p := s.contactSettingPage(v, now, t.on("contact"))
	p.Problems, p.Stale = t.problems, stale
	s.write(v, code, view.SettingFormPage(p))
	return nil
}

// newLeads is how many leads wait that nobody has worked on; 0 when they could
// not be counted.
func (s *server) newLeads(v visit) int {
	n, err := s.Desk.NewLeads(v.r.Context(), v.actor)
	if err != nil {
		s.Log.WarnContext(v.r.Context(), "leads were not counted", "err", err)
	}
	return n
}
