package desk

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// How often the contact form may be sent: from one place, about one mobile, and
// to one clinic, so that invented numbers from many places stay few.
var (
	toContact       = allowance{20, 10 * time.Minute}
	toContactMobile = allowance{5, time.Hour}
	toContactClinic = allowance{300, time.Hour}
)

// A person needs longer than a machine to fill in the form, and not for ever.
const (
	leastFill  = 3 * time.Second
	longestFor = 12 * time.Hour
)

// mostAgain is how often what is sent again is kept beside an open lead.
const mostAgain = 20

// ContactOffer is what the public contact form shows: the services to choose
// from, and the stamp of when it was shown.
type ContactOffer struct {
	Services []Named
	Stamp    string
}

// ContactOffer returns it. NotFound contact.off where the form is off, as for a
// clinic that there is not; Refused online.slow.
func (d *Desk) ContactOffer(ctx context.Context, c clinic.ID, origin string) (o ContactOffer, err error) {
	if err := d.contact(ctx, c); err != nil {
		return o, err
	}
	if err := d.pace.step("look", origin, toLook, d.now()); err != nil {
		return o, err
	}
	nonce, err := d.secret("")
	if err != nil {
		return o, err
	}
	err = d.read(ctx, byItself(c), func(w work) error {
		services, err := w.contactServices(ctx)
		if err != nil {
			return err
		}
		for _, s := range services {
			o.Services = append(o.Services, Named{ID: int64(s.ID), Name: s.Name})
		}
		key, err := w.ContactKey(ctx)
		o.Stamp = stamped(key, strconv.FormatInt(w.now.UnixMilli(), 10)+"."+nonce[:16])
		return err
	})
	return o, err
}

// contact refuses where the public may not write: NotFound contact.off.
func (d *Desk) contact(ctx context.Context, c clinic.ID) error {
	found, err := d.settings(ctx, c)
	if err == nil && !found.Contact || fault.Of(err) == fault.NotFound {
		return fault.New(fault.NotFound, "contact.off", "the public does not write here")
	}
	return err
}

// contactServices are those that the public may know of.
func (w work) contactServices(ctx context.Context) (public []clinic.Service, err error) {
	services, err := offered(w.Services(ctx))
	for _, s := range services {
		if s.Online {
			public = append(public, s)
		}
	}
	return public, err
}

// stamped signs a text with the clinic's key.
func stamped(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// errStamp refuses a form that is not the one that was shown.
var errStamp = fault.New(fault.Invalid, "contact.stamp", "the form is too old")

// checkStamp refuses a form that was not shown by the clinic, lay too long, or
// came back faster than anybody writes. Invalid contact.stamp, contact.fast.
func checkStamp(key, stamp string, now time.Time) error {
	end := strings.LastIndexByte(stamp, '.')
	if key == "" || end < 0 || len(stamp) > 200 || !hmac.Equal([]byte(stamped(key, stamp[:end])), []byte(stamp)) {
		return errStamp
	}
	text, _, _ := strings.Cut(stamp, ".")
	shown, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return errStamp
	}
	switch age := now.Sub(time.UnixMilli(shown)); {
	case age > longestFor:
		return errStamp
	case age < leastFill:
		return fault.New(fault.Invalid, "contact.fast", "the form came back at once")
	}
	return nil
}

// SendContact is the command of the public "call me". Trap is a field that
// nobody sees: who fills it in is a machine.
type SendContact struct {
	Contact clinic.Contact
	Origin  string
	Stamp   string
	Trap    string
}

// SendContact carries out the command: a lead comes of it, or of a mobile with
// an open lead an event of that. The answer is the same whoever is known, and
// for a machine that fell into the trap. The same form sent twice counts once.
//
// NotFound contact.off; Invalid contact.stamp, contact.fast, service.none and
// those of clinic.Contact.Check; Refused online.slow.
func (d *Desk) SendContact(ctx context.Context, c clinic.ID, cmd SendContact) error {
	if err := d.contact(ctx, c); err != nil {
		return err
	}
	if err := d.pace.step("contact", cmd.Origin, toContact, d.now()); err != nil {
		return err
	}
	l, err := cmd.Contact.Check()
	if err != nil || cmd.Trap != "" {
		return err
	}
	if err := d.contactStamp(ctx, c, cmd.Stamp); err != nil {
		return err
	}
	if err := d.contactPace(c, l.Mobile); err != nil { // after the stamp: what no page sent closes the form to nobody
		return err
	}
	return d.public(ctx, c, cmd.Origin, func(w work) error {
		sent := store.Request{Key: "contact " + cmd.Stamp, Command: "lead.contact", Digest: digest(fmt.Sprintf("%#v", cmd.Contact)), Answer: "{}", Recorded: w.now}
		_, found, err := w.Answered(ctx, sent)
		if fault.Code(err) == "request.reused" { // the page went back and was filled in for somebody else
			return errStamp
		}
		if err != nil || found {
			return err
		}
		if err := w.takeContact(ctx, l); err != nil {
			return err
		}
		return w.SaveRequest(ctx, sent)
	})
}

// contactStamp refuses a form by its stamp, see checkStamp.
func (d *Desk) contactStamp(ctx context.Context, c clinic.ID, stamp string) error {
	return d.read(ctx, byItself(c), func(w work) error {
		key, err := w.ContactKey(ctx)
		if err != nil {
			return err
		}
		return checkStamp(key, stamp, w.now)
	})
}

// contactPace counts what is written about a mobile and to a clinic.
func (d *Desk) contactPace(c clinic.ID, mobile string) error {
	place := strconv.FormatInt(int64(c), 10)
	if err := d.pace.step("contact mobile", place+" "+mobile, toContactMobile, d.now()); err != nil {
		return err
	}
	return d.pace.step("contact clinic", place, toContactClinic, d.now())
}

// takeContact writes what the public sent: a new lead, or an event of the one
// that is open for the mobile.
func (w work) takeContact(ctx context.Context, l clinic.Lead) error {
	wish := ""
	if l.Service != 0 {
		services, err := w.contactServices(ctx)
		if err != nil {
			return err
		}
		for _, s := range services {
			if s.ID == l.Service {
				wish = s.Name
			}
		}
		if wish == "" {
			return fault.New(fault.Invalid, "service.none", "there is no service %d", l.Service).At("service")
		}
	}
	open, err := w.OpenLeadsOfMobile(ctx, l.Mobile)
	if err != nil {
		return err
	}
	if len(open) == 0 {
		_, err := w.recordLead(ctx, l)
		return err
	}
	has := open[len(open)-1]
	story, err := w.LeadEvents(ctx, has.ID, mostEvents)
	if err != nil {
		return err
	}
	again := 0
	for _, e := range story {
		if e.Kind == clinic.LeadAgain {
			again++
		}
	}
	if again >= mostAgain {
		return nil
	}
	var said []string
	for _, part := range []string{l.Name, wish, l.Note} {
		if part != "" {
			said = append(said, part)
		}
	}
	if err := w.leadEvent(ctx, clinic.LeadEvent{Lead: has.ID, Kind: clinic.LeadAgain, From: has.Status, To: has.Status, Reason: strings.Join(said, " · ")}); err != nil {
		return err
	}
	return w.audit(ctx, "lead.again", has.Patient, int64(has.ID))
}

// contactKey gives the clinic the key that signs its contact forms, once.
func (w work) contactKey(ctx context.Context, c clinic.Clinic) error {
	if !c.Contact {
		return nil
	}
	if key, err := w.ContactKey(ctx); err != nil || key != "" {
		return err
	}
	key, err := w.desk.secret("")
	if err != nil {
		return err
	}
	return w.SetContactKey(ctx, key)
}
