package web

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/web/view"
)

// publicPath is the public booking page; those of one clinic are below it.
const publicPath = "/book"

// onlineRoutes: the public booking page, which nobody signs in to.
func (s *server) onlineRoutes() []route {
	const one = publicPath + "/{clinic}"
	return []route{
		page(publicPath, Public, "", s.bookHere),
		page(one, Public, "", s.public(s.bookList)),
		page(one+"/with/{provider}", Public, "", s.public(s.bookTimes)),
		people(form(one+"/hold", Public, "", s.public(s.bookHold))),
		people(page(one+"/person", Public, "", s.public(s.bookPerson))),
		people(form(one+"/person", Public, "", s.public(s.saveBookPerson))),
		people(page(one+"/code", Public, "", s.public(s.bookCode))),
		people(form(one+"/code", Public, "", s.public(s.saveBookCode))),
		people(form(one+"/code/again", Public, "", s.public(s.bookCodeAgain))),
		people(page(one+"/pay", Public, "", s.public(s.bookPay))),
		people(paying(form(one+"/pay", Public, "", s.public(s.startPayment)))),
		people(page(one+"/done", Public, "", s.public(s.bookDone))),
		people(form(one+"/release", Public, "", s.public(s.bookRelease))),
		people(page(one+"/visit/{key}", Public, "", s.public(s.bookVisit))),
		people(form(one+"/visit/{key}", Public, "", s.public(s.cancelVisit))),
		people(paying(page("/pay/{clinic}/callback", Public, "", s.public(s.paymentBack)))),
		page("/pay/bank", Public, "", s.bank),
		form("/pay/bank", Public, "", s.bank),
		people(page("/feeds/{token}", Public, "", s.feed)),
	}
}

// public dresses a page of the public: it is of the clinic in its path, for
// nobody in particular, and no search engine keeps it. NotFound page.none where
// the public does not book.
func (s *server) public(handle func(v visit) error) func(v visit) error {
	return func(v visit) error {
		n, err := strconv.ParseInt(v.r.PathValue("clinic"), 10, 64)
		if err != nil || n <= 0 {
			return noPage()
		}
		c, err := s.Desk.Clinic(v.r.Context(), clinic.ID(n))
		if fault.Of(err) == fault.NotFound || err == nil && !c.Appointments.Online {
			return noPage()
		}
		if err != nil {
			return err
		}
		v = s.asPublic(v, c)
		err = handle(v)
		switch fault.Code(err) {
		case "online.off":
			return noPage()
		case "online.slow":
			return s.tellPublic(v, http.StatusTooManyRequests, err)
		case "online.over", "online.expired", "online.unpaid":
			return s.tellPublic(v, http.StatusConflict, err)
		}
		if e, ok := fault.As(err); ok && e.Kind == fault.Refused {
			return s.tellPublic(v, http.StatusUnprocessableEntity, err)
		}
		return err
	}
}

// asPublic is the visit of somebody of the public, whoever is signed in.
func (s *server) asPublic(v visit, c clinic.Clinic) visit {
	l := preferred(v.r)
	l.Currency, l.Zone, l.Today, l.InToman = c.Currency, c.Zone, s.Desk.Today(c), c.Toman
	v.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	return visit{w: v.w, r: v.r, clinic: c, l: l}
}

// tellPublic says what is in the way, with the way back to the beginning.
func (s *server) tellPublic(v visit, code int, err error) error {
	e, _ := fault.As(err)
	p := view.BookTold{Book: s.book(v, v.l.T("online.title")), Text: sentence(v, e), Phone: v.clinic.Phone}
	s.write(v, code, view.BookToldPage(p))
	return nil
}

// book is the frame of a public page.
func (s *server) book(v visit, title string) view.Book {
	c := s.chrome(v, title)
	c.Hidden = true
	return view.Book{Chrome: c, Root: bookRoot(v), Clinic: v.clinic.Name, Phone: v.clinic.Phone, Address: v.clinic.Address}
}

func bookRoot(v visit) string { return publicPath + "/" + id(v.clinic.ID) }

// GET /book leads to the only clinic's page.
func (s *server) bookHere(v visit) error {
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
	if !c.Appointments.Online {
		return noPage()
	}
	return redirect(v, publicPath+"/"+id(c.ID))
}

// GET /book/{clinic}: whom can be booked.
func (s *server) bookList(v visit) error {
	all, err := s.Desk.OnlineProviders(v.r.Context(), v.clinic.ID, s.origin(v.r))
	if err != nil {
		return err
	}
	p := view.BookList{Book: s.book(v, v.l.T("online.title"))}
	for _, one := range all {
		p.Providers = append(p.Providers, bookProvider(v, one))
	}
	return s.show(v, view.BookListPage(p))
}

func bookProvider(v visit, one desk.OnlineProvider) view.BookProvider {
	p := view.BookProvider{Name: one.Name, Council: one.MedicalCouncilNumber, Biography: one.Booking.Biography,
		URL: bookRoot(v) + "/with/" + id(one.ID)}
	for _, service := range one.Services {
		p.Services = append(p.Services, view.Choice{Value: id(service.ID), Text: service.Name})
	}
	return p
}

// bookDays is how many days the page of times shows.
const bookDays = 7

// GET /book/{clinic}/with/{provider}?service=&from=: who it is, what for, when.
func (s *server) bookTimes(v visit) error {
	if err := s.freshHold(v); err != nil {
		return err
	}
	return s.showTimes(v, http.StatusOK, v.r.PathValue("provider"), v.r.FormValue("service"), nil)
}

// showTimes shows the times, with what was wrong about one.
func (s *server) showTimes(v visit, code int, provider, service string, refusal *fault.Error) error {
	whom, err := strconv.ParseInt(provider, 10, 64)
	if err != nil {
		return noPage()
	}
	what, _ := strconv.ParseInt(service, 10, 64) // what is no service is none yet
	from, err := jalali.ParseDay(v.r.FormValue("from"))
	if err != nil {
		from = ""
	}
	t, err := s.Desk.OnlineTimes(v.r.Context(), v.clinic.ID, s.origin(v.r), clinic.ProviderID(whom), clinic.ServiceID(what), from, bookDays)
	if err != nil {
		return err
	}
	if what == 0 && len(t.Services) == 1 {
		what = int64(t.Services[0].ID)
		if t, err = s.Desk.OnlineTimes(v.r.Context(), v.clinic.ID, s.origin(v.r), clinic.ProviderID(whom), clinic.ServiceID(what), from, bookDays); err != nil {
			return err
		}
	}
	p := view.BookTimes{Book: s.book(v, t.Name), Provider: bookProvider(v, t.OnlineProvider), Service: "", Action: bookRoot(v) + "/hold", Whom: provider}
	if what != 0 {
		p.Service = strconv.FormatInt(what, 10)
	}
	if refusal != nil {
		p.Problem = sentence(v, refusal)
		for _, next := range instants(refusal.Args["next"]) {
			p.Next = append(p.Next, view.BookTime{Starts: next, Value: next.UTC().Format(time.RFC3339)})
		}
	}
	for _, day := range t.Days {
		shown := view.BookDay{Day: day.Day, Holiday: day.Holiday}
		for _, slot := range day.Slots {
			if n := len(shown.Times); n == 0 || !shown.Times[n-1].Starts.Equal(slot.Starts) {
				shown.Times = append(shown.Times, view.BookTime{Starts: slot.Starts, Value: slot.Starts.UTC().Format(time.RFC3339)})
			}
		}
		p.Days = append(p.Days, shown)
	}
	if n := len(t.Days); n > 0 {
		if first := t.Days[0].Day; first > t.First {
			p.Earlier = address(p.Provider.URL, "service", p.Service, "from", string(max(first.Add(-bookDays), t.First)))
		}
		if last := t.Days[n-1].Day; last < t.Last {
			p.Later = address(p.Provider.URL, "service", p.Service, "from", string(last.Add(1)))
		}
	}
	s.write(v, code, view.BookTimesPage(p))
	return nil
}

// instants reads instants with commas between.
func instants(text string) (all []time.Time) {
	for _, one := range strings.Split(text, ",") {
		if t, err := time.Parse(time.RFC3339, one); err == nil {
			all = append(all, t)
		}
	}
	return all
}

// holdCookie holds which time the browser is booking.
func (s *server) holdCookie(r *http.Request) string { return s.cookieName(r) + "-hold" }

// holdToken is what the browser holds, "" for nothing.
func (s *server) holdToken(v visit) string {
	cookie, err := v.r.Cookie(s.holdCookie(v.r))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// freshHold lets the browser hold something new, unless it is in the middle of
// booking.
func (s *server) freshHold(v visit) error {
	if token := s.holdToken(v); token != "" {
		h, err := s.Desk.OnlineHold(v.r.Context(), v.clinic.ID, s.origin(v.r), token)
		if fault.Code(err) == "online.none" || err == nil && h.Alive(h.Now) && h.Status != clinic.Paying {
			return nil
		}
		if err != nil {
			return err
		}
	}
	token, err := s.Desk.HoldToken()
	if err == nil {
		s.setCookie(v, s.holdCookie(v.r), token)
	}
	return err
}

// POST /book/{clinic}/hold keeps a time for the browser.
func (s *server) bookHold(v visit) error {
	provider, service := v.r.PostFormValue("provider"), v.r.PostFormValue("service")
	whom, err := strconv.ParseInt(provider, 10, 64)
	what, wrong := strconv.ParseInt(service, 10, 64)
	starts, late := time.Parse(time.RFC3339, v.r.PostFormValue("starts"))
	if errors.Join(err, wrong, late) != nil {
		return noPage()
	}
	_, err = s.Desk.HoldTime(v.r.Context(), v.clinic.ID, desk.OnlineTime{Token: s.holdToken(v), Origin: s.origin(v.r),
		Provider: clinic.ProviderID(whom), Service: clinic.ServiceID(what), Starts: starts})
	if e, ok := fault.As(err); ok && (e.Kind == fault.Refused && e.Code != "online.slow" || e.Code == "online.token") {
		if e.Code == "online.over" || e.Code == "online.token" {
			if err := s.freshHold(v); err != nil {
				return err
			}
		}
		return s.showTimes(v, http.StatusUnprocessableEntity, provider, service, e)
	}
	if err != nil {
		return err
	}
	return redirect(v, bookRoot(v)+"/person")
}
