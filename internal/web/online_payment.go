package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/feed"
	"daftar/internal/web/view"
)

// GET /book/{clinic}/pay: what is to be paid.
func (s *server) bookPay(v visit) error {
	h, there, err := s.held(v, "pay")
	if err != nil || !there {
		return err
	}
	p := view.BookPay{BookHold: s.holdOf(v, h, "online.pay")}
	if v.r.FormValue("paid") == "no" {
		p.Problem = v.l.T("online.pay.not")
	}
	return s.show(v, view.BookPayPage(p))
}

// POST /book/{clinic}/pay starts a payment and shows the way to the bank: a
// form may not lead to another site by itself (form-action of the policy).
func (s *server) startPayment(v visit) error {
	h, there, err := s.held(v, "pay")
	if err != nil || !there {
		return err
	}
	p := view.BookPay{BookHold: s.holdOf(v, h, "online.pay")}
	if s.Gate == nil {
		return noPage()
	}
	start, err := s.Desk.StartPayment(v.r.Context(), v.clinic.ID, s.origin(v.r), s.holdToken(v), s.Gate, s.home(v)+"/pay/"+id(v.clinic.ID)+"/callback")
	if fault.Code(err) == "online.gateway" {
		s.Log.ErrorContext(v.r.Context(), "payment was not started", "err", err)
		e, _ := fault.As(err)
		p.Problem = sentence(v, e)
		s.write(v, http.StatusServiceUnavailable, view.BookPayPage(p))
		return nil
	}
	if err != nil {
		return err
	}
	p.Bank = start.Address
	return s.show(v, view.BookPayPage(p))
}

// home is the address of the site as the browser reached it.
func (s *server) home(v visit) string {
	if s.secure(v.r) {
		return "https://" + v.r.Host
	}
	return "http://" + v.r.Host
}

// GET /pay/{clinic}/callback: the payer comes back. What the address says of
// the payment is not believed: the gateway is asked.
func (s *server) paymentBack(v visit) error {
	name := s.ReferenceParameter
	if name == "" {
		name = "reference"
	}
	reference := v.r.FormValue(name)
	if s.Gate == nil || reference == "" || len(reference) > 200 {
		return noPage()
	}
	done, err := s.Desk.SettlePayment(v.r.Context(), v.clinic.ID, s.origin(v.r), reference, s.Gate)
	switch fault.Code(err) {
	case "online.payment_none":
		return noPage()
	case "online.gateway":
		s.Log.ErrorContext(v.r.Context(), "payment was not confirmed", "err", err)
		return s.tellPublic(v, http.StatusServiceUnavailable, fault.New(fault.Unavailable, "online.unconfirmed", "the payment is not confirmed yet"))
	}
	if err != nil {
		return err
	}
	s.kick()
	if done.Payment.Status != clinic.PaymentPaid {
		return redirect(v, bookRoot(v)+"/pay?paid=no")
	}
	// Only the browser that booked is shown what; another learns that it is paid.
	h, err := s.Desk.OnlineHold(v.r.Context(), v.clinic.ID, s.origin(v.r), s.holdToken(v))
	if err == nil && h.ID == done.Hold {
		return redirect(v, bookRoot(v)+"/done")
	}
	if err != nil && fault.Code(err) != "online.none" {
		return err
	}
	code := "online.pay.received"
	if done.Booked == 0 {
		code = "online.pay.kept"
	}
	return s.show(v, view.BookToldPage(view.BookTold{Book: s.book(v, v.l.T("online.title")), Text: v.l.T(code), Phone: v.clinic.Phone}))
}

// GET and POST /pay/bank: a made-up bank where there is one.
func (s *server) bank(v visit) error {
	if s.Bank == nil {
		return noPage()
	}
	s.Bank.ServeHTTP(v.w, v.r)
	return nil
}

// GET /feeds/{token}: a calendar that a phone subscribes to. Whatever is wrong
// with the address, the answer is the same.
func (s *server) feed(v visit) error {
	v.w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	text, err := s.Desk.Feed(v.r.Context(), s.origin(v.r), strings.TrimSuffix(v.r.PathValue("token"), ".ics"))
	switch fault.Of(err) {
	case fault.NotFound:
		http.Error(v.w, "not found", http.StatusNotFound)
		return nil
	case fault.Refused:
		e, _ := fault.As(err)
		v.w.Header().Set("Retry-After", e.Args["seconds"])
		http.Error(v.w, "too many requests", http.StatusTooManyRequests)
		return nil
	}
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	v.w.Header().Set("ETag", tag)
	v.w.Header().Set("Cache-Control", "private, no-cache")
	if strings.Contains(v.r.Header.Get("If-None-Match"), tag) {
		v.w.WriteHeader(http.StatusNotModified)
		return nil
	}
	v.w.Header().Set("Content-Type", feed.MediaType)
	v.w.Header().Set("Content-Disposition", `inline; filename="appointments.ics"`)
	v.w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if _, err := v.w.Write(text); err != nil {
		s.Log.WarnContext(v.r.Context(), "calendar was not written whole", "err", err)
	}
	return nil
}
