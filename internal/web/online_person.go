package web

import (
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// held is what the browser is booking, with the step of the way that it is at.
// Another step leads there.
func (s *server) held(v visit, step string) (h desk.OnlineHold, there bool, err error) {
	h, err = s.Desk.OnlineHold(v.r.Context(), v.clinic.ID, s.origin(v.r), s.holdToken(v))
	if fault.Code(err) == "online.none" {
		return h, false, redirect(v, bookRoot(v))
	}
	if err != nil {
		return h, false, err
	}
	at := stepOf(h)
	if at == step || at == "code" && step == "person" {
		return h, true, nil
	}
	return h, false, redirect(v, bookRoot(v)+"/"+at)
}

// stepOf is the page on which a booking goes on. One that is over ends on the
// last.
func stepOf(h desk.OnlineHold) string {
	switch {
	case !h.Alive(h.Now):
		return "done"
	case h.Status == clinic.Paying:
		return "pay"
	case h.Code != nil:
		return "code"
	}
	return "person"
}

// holdOf is a booking as its pages show it.
func (s *server) holdOf(v visit, h desk.OnlineHold, title string) view.BookHold {
	shown := view.BookHold{Book: s.book(v, v.l.T(title)), Provider: h.ProviderName, Service: h.ServiceName, Branch: h.BranchName,
		Starts: h.Starts, Ends: h.Ends, Expires: h.Expires, Left: max(0, int(h.Expires.Sub(h.Now)/time.Second)), Amount: h.Amount,
		Again: "with/" + id(h.Provider) + "?service=" + id(h.Service)}
	if h.Booked != nil {
		shown.Starts, shown.Ends = h.Booked.Starts, h.Booked.Ends
	}
	return shown
}

// GET /book/{clinic}/person: who comes.
func (s *server) bookPerson(v visit) error {
	h, there, err := s.held(v, "person")
	if err != nil || !there {
		return err
	}
	return s.show(v, view.BookPersonPage(view.BookPerson{BookHold: s.holdOf(v, h, "online.person"), FirstName: h.Who.FirstName, LastName: h.Who.LastName,
		Mobile: h.Who.Mobile, NationalCode: h.Who.NationalCode}))
}

// POST /book/{clinic}/person sends the code.
func (s *server) saveBookPerson(v visit) error {
	h, there, err := s.held(v, "person")
	if err != nil || !there {
		return err
	}
	p := view.BookPerson{FirstName: v.r.PostFormValue("first_name"), LastName: v.r.PostFormValue("last_name"), Mobile: v.r.PostFormValue("mobile"),
		NationalCode: v.r.PostFormValue("national_code")}
	err = s.Desk.SendCode(v.r.Context(), v.clinic.ID, desk.OnlineWho{Token: s.holdToken(v), Origin: s.origin(v.r),
		Who: clinic.OnlinePerson{FirstName: p.FirstName, LastName: p.LastName, Mobile: p.Mobile, NationalCode: p.NationalCode}})
	if e, ok := fault.As(err); ok && e.Field != "" && (e.Kind == fault.Invalid || e.Kind == fault.Refused) {
		p.BookHold, p.Problems = s.holdOf(v, h, "online.person"), []view.FieldProblem{{Field: e.Field, Text: sentence(v, e)}}
		s.write(v, http.StatusUnprocessableEntity, view.BookPersonPage(p))
		return nil
	}
	if err != nil {
		return err
	}
	s.kick()
	return redirect(v, bookRoot(v)+"/code")
}

// kick has messages sent now.
func (s *server) kick() {
	if s.Kick != nil {
		s.Kick()
	}
}

// GET /book/{clinic}/code
func (s *server) bookCode(v visit) error {
	h, there, err := s.held(v, "code")
	if err != nil || !there {
		return err
	}
	return s.showCode(v, http.StatusOK, h, "")
}

func (s *server) showCode(v visit, code int, h desk.OnlineHold, problem string) error {
	s.write(v, code, view.BookCodePage(view.BookCode{BookHold: s.holdOf(v, h, "online.code"), Mobile: h.Who.Mobile, Problem: problem}))
	return nil
}

// POST /book/{clinic}/code proves the mobile and books.
func (s *server) saveBookCode(v visit) error {
	h, there, err := s.held(v, "code")
	if err != nil || !there {
		return err
	}
	done, err := s.Desk.Prove(v.r.Context(), v.clinic.ID, desk.OnlineCode{Token: s.holdToken(v), Origin: s.origin(v.r), Code: v.r.PostFormValue("code"),
		Pays: s.Gate != nil})
	if e, ok := fault.As(err); ok && e.Kind == fault.Refused && e.Field == "code" {
		return s.showCode(v, http.StatusUnprocessableEntity, h, sentence(v, e))
	}
	if err != nil {
		return err
	}
	s.kick()
	return redirect(v, bookRoot(v)+"/"+stepOf(done))
}

// POST /book/{clinic}/code/again sends another code.
func (s *server) bookCodeAgain(v visit) error {
	h, there, err := s.held(v, "code")
	if err != nil || !there {
		return err
	}
	err = s.Desk.SendCode(v.r.Context(), v.clinic.ID, desk.OnlineWho{Token: s.holdToken(v), Origin: s.origin(v.r), Again: true})
	if e, ok := fault.As(err); ok && e.Kind == fault.Refused && e.Field == "mobile" {
		return s.showCode(v, http.StatusUnprocessableEntity, h, sentence(v, e))
	}
	if err != nil {
		return err
	}
	s.kick()
	return redirect(v, bookRoot(v)+"/code")
}

// POST /book/{clinic}/release gives the time back and begins anew.
func (s *server) bookRelease(v visit) error {
	if err := s.Desk.ReleaseTime(v.r.Context(), v.clinic.ID, s.origin(v.r), s.holdToken(v)); err != nil {
		return err
	}
	s.setCookie(v, s.holdCookie(v.r), "")
	return redirect(v, bookRoot(v))
}

// GET /book/{clinic}/done: what came of it.
func (s *server) bookDone(v visit) error {
	h, there, err := s.held(v, "done")
	if err != nil || !there {
		return err
	}
	p := view.BookDone{BookHold: s.holdOf(v, h, "online.done"), Kept: h.Kept, Paid: h.Deposit != 0}
	if h.Booked != nil {
		p.Booked, p.Cancelled = true, !h.Booked.Status.TakesTime()
		p.Visit, p.CancelUntil = bookRoot(v)+"/visit/"+s.holdToken(v), h.CancelUntil
	}
	return s.show(v, view.BookDonePage(p))
}

// publicVisit is the booking that a public link names. NotFound page.none.
func (s *server) publicVisit(v visit) (view.BookVisit, error) {
	h, err := s.Desk.OnlineHold(v.r.Context(), v.clinic.ID, s.origin(v.r), v.r.PathValue("key"))
	if fault.Code(err) == "online.none" || err == nil && h.Booked == nil {
		return view.BookVisit{}, noPage()
	}
	if err != nil {
		return view.BookVisit{}, err
	}
	return view.BookVisit{BookHold: s.holdOf(v, h, "online.visit"), Cancelled: h.Booked.Status == clinic.CancelledByPatient || h.Booked.Status == clinic.CancelledByClinic,
		Waits: h.Booked.Status.Waits(), CancelUntil: h.CancelUntil, MayCancel: h.Booked.Status.Waits() && !h.Now.After(h.CancelUntil),
		Paid: h.Deposit != 0}, nil
}

// GET /book/{clinic}/visit/{key}: the appointment of a public link.
func (s *server) bookVisit(v visit) error {
	p, err := s.publicVisit(v)
	if err != nil {
		return err
	}
	return s.show(v, view.BookVisitPage(p))
}

// POST /book/{clinic}/visit/{key} cancels it.
func (s *server) cancelVisit(v visit) error {
	_, err := s.Desk.CancelOnline(v.r.Context(), v.clinic.ID, s.origin(v.r), v.r.PathValue("key"))
	if fault.Code(err) == "online.none" {
		return noPage()
	}
	if err != nil {
		return err
	}
	s.kick()
	return redirect(v, bookRoot(v)+"/visit/"+v.r.PathValue("key"))
}
