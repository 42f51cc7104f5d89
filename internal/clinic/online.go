package clinic

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// HoldID names a time that is held.
type HoldID int64

// HoldStatus is how far somebody of the public is with booking.
type HoldStatus string

// A time is held, then the mobile is verified, then the deposit is being paid
// where there is one; then it is booked. A hold that was not finished in time
// expires.
const (
	Held     HoldStatus = "held"
	Verified HoldStatus = "verified"
	Paying   HoldStatus = "paying"
	HoldDone HoldStatus = "booked"
	HoldOver HoldStatus = "expired"
)

// SlotHold is a time that is kept for somebody of the public. Only its browser
// knows the token; Token and Code are digests.
//
// Invariant: a hold that is Alive has its seats.
type SlotHold struct {
	ID       HoldID
	Provider ProviderID
	Service  ServiceID
	Span
	Branch      BranchID
	Room        ResourceID
	Device      ResourceID
	Seat        int
	Expires     time.Time
	Status      HoldStatus
	Token       []byte
	Who         OnlinePerson
	Code        []byte
	CodeSent    time.Time    // zero: none was sent
	Codes       int          // how many were sent
	Tries       int          // of the last code
	Amount      money.Amount // of the deposit that is to be paid; 0: none
	Reference   string       // of the last payment that was started
	Paid        time.Time    // zero: not
	Patient     PatientID
	Appointment AppointmentID // 0: none came of it
	Deposit     DepositID     // the last that was paid for it
	Recorded    time.Time
	Version     int64
}

// OnlinePerson is what somebody of the public says of the person who comes.
type OnlinePerson struct {
	FirstName, LastName string
	Mobile              string
	NationalCode        string // "": not said
}

// Check cleans what was typed. Invalid patient.name, online.mobile without a
// mobile, and those of farsi.Mobile and farsi.NationalCode.
func (p OnlinePerson) Check() (OnlinePerson, error) {
	if err := cleanAll([]field{{"first_name", &p.FirstName, maxName}, {"last_name", &p.LastName, maxName}}); err != nil {
		return p, err
	}
	switch {
	case p.FirstName == "":
		return p, fault.New(fault.Invalid, "patient.name", "a first name is needed").At("first_name")
	case p.LastName == "":
		return p, fault.New(fault.Invalid, "patient.name", "a last name is needed").At("last_name")
	}
	if strings.TrimSpace(p.Mobile) == "" {
		return p, fault.New(fault.Invalid, "online.mobile", "a mobile is needed").At("mobile")
	}
	mobile, err := farsi.Mobile(p.Mobile)
	if err != nil {
		return p, at(err, "mobile")
	}
	code := strings.TrimSpace(p.NationalCode)
	if code != "" {
		if code, err = farsi.NationalCode(code); err != nil {
			return p, at(err, "national_code")
		}
	}
	p.Mobile, p.NationalCode = mobile, code
	return p, nil
}

// Is reports whether a patient is the person: the same mobile, and the same
// name however it is written or the same national code.
func (p OnlinePerson) Is(o Patient) bool {
	return o.Mobile == p.Mobile &&
		(farsi.Key(o.Name()) == farsi.Key(p.FirstName+" "+p.LastName) || p.NationalCode != "" && o.NationalCode == p.NationalCode)
}

// What the public may do, and how often.
const (
	CodeDigits    = 6
	codeTries     = 5
	codesOfHold   = 5
	codesOfDay    = 8 // of one mobile
	bookingsOfDay = 3 // of one mobile
	codeAgain     = time.Minute
	OnlineDays    = 90 // how far ahead the public looks
)

// Alive reports whether the time is still kept for the person.
func (h SlotHold) Alive(now time.Time) bool {
	return slices.Contains([]HoldStatus{Held, Verified, Paying}, h.Status) && now.Before(h.Expires)
}

// Still refuses a hold that is over: Refused online.expired.
func (h SlotHold) Still(now time.Time) error {
	if h.Alive(now) {
		return nil
	}
	return fault.New(fault.Refused, "online.expired", "the time was kept for a while and is over")
}

// At is the hold of a slot until it expires.
func (h SlotHold) At(s Slot, service ServiceID, r AppointmentRules, now time.Time) SlotHold {
	h.Provider, h.Service, h.Span, h.Branch, h.Room, h.Device, h.Seat = s.Provider, service, s.Span, s.Branch, s.Room, s.Device, s.Seats[0].Seat
	h.Expires = now.Add(time.Duration(r.HoldMinutes) * time.Minute)
	return h
}

// BookableOnline reports whether the public may book the service with the
// provider.
func BookableOnline(c Clinic, p Provider, s Service) bool {
	return c.Appointments.Online && p.Booking.Online && s.Online && p.Offered() && s.Offered()
}

// InTime refuses a time that is too near or too far for the public: Refused
// online.notice with the minutes, appointment.too_far.
func (r BookingRules) InTime(c Clinic, starts, now time.Time) error {
	if starts.Before(now.Add(time.Duration(r.NoticeMinutes) * time.Minute)) {
		return fault.New(fault.Refused, "online.notice", "book at least %d minutes before", r.NoticeMinutes).
			With("minutes", strconv.Itoa(r.NoticeMinutes)).At("starts")
	}
	if last := c.Day(now).Add(OnlineDays); c.Day(starts) > last {
		return fault.New(fault.Refused, "appointment.too_far", "times are given up to %s", last).With("day", string(last)).At("starts")
	}
	return nil
}

// CancelUntil is until when the public cancels.
func (r BookingRules) CancelUntil(a Appointment) time.Time {
	return a.Starts.Add(-time.Duration(r.CancelHours) * time.Hour)
}

// Blocked refuses who did not come too often: Refused online.blocked with the
// clinic's telephone.
func (r AppointmentRules) Blocked(c Clinic, noShows int) error {
	if r.NoShowsBlock == 0 || noShows < r.NoShowsBlock {
		return nil
	}
	return fault.New(fault.Refused, "online.blocked", "book by telephone").With("phone", c.Phone)
}

// MayBook refuses a mobile by which enough was booked on the day: Refused
// online.many.
func MayBook(booked int) error {
	if booked < bookingsOfDay {
		return nil
	}
	return fault.New(fault.Refused, "online.many", "%d appointments were booked with this mobile today", booked).At("mobile")
}

// Ask is the hold after a code was sent to the person; sentToday is how many
// that mobile was sent within a day. Asking again for the same person within a
// minute changes nothing, unless again says that another code is wanted.
//
// Refused online.expired; online.over while the deposit is being paid for
// somebody else; online.code_soon with the seconds to wait;
// online.code_many.
func (h SlotHold) Ask(who OnlinePerson, code []byte, sentToday int, again bool, now time.Time) (SlotHold, bool, error) {
	if err := h.Still(now); err != nil {
		return h, false, err
	}
	same := h.Who == who && h.Code != nil
	if same && h.Status != Held {
		return h, false, nil
	}
	if h.Status == Paying {
		return h, false, fault.New(fault.Refused, "online.over", "the deposit is being paid")
	}
	if wait := h.CodeSent.Add(codeAgain).Sub(now); !h.CodeSent.IsZero() && wait > 0 {
		if same && !again {
			return h, false, nil
		}
		seconds := strconv.Itoa(int((wait + time.Second - 1) / time.Second))
		return h, false, fault.New(fault.Refused, "online.code_soon", "wait %s seconds for another code", seconds).With("seconds", seconds).At("mobile")
	}
	if h.Codes >= codesOfHold || sentToday >= codesOfDay {
		return h, false, fault.New(fault.Refused, "online.code_many", "too many codes were sent").At("mobile")
	}
	h.Who, h.Code, h.CodeSent, h.Tries, h.Status = who, code, now, 0, Held
	h.Codes++
	return h, true, nil
}

// CodeDigest is what is kept of a one-time code. Who reads the database does
// not know the token, so that all codes may be tried in vain.
func CodeDigest(token, code string) []byte {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte(code))
	return mac.Sum(nil)
}

// Prove is the hold after somebody typed a code: verified, or with one more
// try. The hold is to be stored also with a fault.
//
// Refused online.expired, online.code_none before a code was sent,
// online.code_wrong with what is left, online.code_tries.
func (h SlotHold) Prove(digest []byte, now time.Time) (SlotHold, error) {
	if h.Status == Verified || h.Status == Paying || h.Status == HoldDone {
		return h, nil
	}
	if err := h.Still(now); err != nil {
		return h, err
	}
	if h.Code == nil {
		return h, fault.New(fault.Refused, "online.code_none", "no code was sent").At("code")
	}
	if h.Tries >= codeTries {
		return h, fault.New(fault.Refused, "online.code_tries", "too many wrong codes; ask for another").At("code")
	}
	h.Tries++
	if subtle.ConstantTimeCompare(h.Code, digest) != 1 {
		left := codeTries - h.Tries
		return h, fault.New(fault.Refused, "online.code_wrong", "the code is wrong; %d tries are left", left).With("tries", strconv.Itoa(left)).At("code")
	}
	h.Status = Verified
	return h, nil
}
