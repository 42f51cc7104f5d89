package clinic

import (
	"slices"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Standing is what every row of the settings has beside its own: whether it is
// still offered, and how often it was changed.
type Standing struct {
	Disabled bool
	Version  int64
}

// Offered reports whether the row may be chosen for something new.
func (s Standing) Offered() bool { return !s.Disabled }

// Offered is all of them that may be chosen for something new.
func Offered[R interface{ Offered() bool }](all []R) []R {
	return slices.DeleteFunc(slices.Clone(all), func(r R) bool { return !r.Offered() })
}

// The most that settings hold.
const (
	maxTitle    = 200
	maxCode     = 60
	maxDuration = 24 * 60
	maxSessions = 100
	maxInterval = 3650
)

// Check cleans the fields that a manager may change. Invalid clinic.name,
// clinic.toman, text.long, text.utf8, and those of MoneyRules.Check,
// AppointmentRules.Check and ActivityRules.Check.
func (c Clinic) Check() (Clinic, error) {
	err := cleanAll([]field{{"name", &c.Name, 100}, {"licence", &c.Licence, 60}, {"address", &c.Address, 300}, {"phone", &c.Phone, 60}})
	if err != nil {
		return c, err
	}
	if c.Footer, err = farsi.CleanLines(c.Footer, 500); err != nil {
		return c, at(err, "footer")
	}
	switch {
	case c.Name == "":
		return c, fault.New(fault.Invalid, "clinic.name", "the clinic needs a name").At("name")
	case c.Toman && c.Currency != money.IRR:
		return c, fault.New(fault.Invalid, "clinic.toman", "only rials are shown as tomans").At("display")
	}
	if c.Appointments, err = c.Appointments.Check(); err != nil {
		return c, err
	}
	if c.ClubRules, err = c.ClubRules.Check(); err != nil {
		return c, err
	}
	if c.Activities, err = c.Activities.Check(); err != nil {
		return c, err
	}
	c.Rules, err = c.Rules.Check()
	return c, err
}

// Check cleans a branch. Invalid catalogue.name, catalogue.code.
func (b Branch) Check() (Branch, error) { return b, cleanNamed(&b.Code, &b.Name) }

// Check cleans a section. Invalid catalogue.name, catalogue.code.
func (s Section) Check() (Section, error) { return s, cleanNamed(&s.Code, &s.Name) }

// Check cleans a place that takes money. Invalid catalogue.name,
// catalogue.code.
func (p Place) Check() (Place, error) { return p, cleanNamed(&p.Code, &p.Name) }

// Check cleans a provider. Invalid catalogue.name, text.long, and those of
// BookingRules.Check.
func (p Provider) Check() (Provider, error) {
	if err := cleanName(&p.Name); err != nil {
		return p, err
	}
	if err := cleanAll([]field{{"medical_council_number", &p.MedicalCouncilNumber, 40}}); err != nil {
		return p, err
	}
	p.MedicalCouncilNumber = farsi.Digits(p.MedicalCouncilNumber)
	var err error
	p.Booking, err = p.Booking.Check()
	return p, err
}

// Check cleans an insurer. Invalid catalogue.name, catalogue.code,
// catalogue.rate, insurer.kind.
func (i Insurer) Check() (Insurer, error) {
	if err := cleanNamed(&i.Code, &i.Name); err != nil {
		return i, err
	}
	if i.Kind != BaseInsurance && i.Kind != SupplementaryInsurance {
		return i, fault.New(fault.Invalid, "insurer.kind", "there is no insurance %q", i.Kind).At("kind")
	}
	return i, checkRates([]rate{{"share", i.Share}})
}

// Check cleans a service. Invalid catalogue.name, catalogue.code,
// catalogue.rate, service.duration, service.sessions, service.interval,
// service.deposit, service.single_price, service.club.
func (s Service) Check() (Service, error) {
	if err := cleanNamed(&s.Code, &s.Name); err != nil {
		return s, err
	}
	s.Sessions = max(s.Sessions, 1)
	if s.Sessions == 1 {
		s.Interval, s.SinglePrice = 0, 0
	}
	switch d := s.Deposit; {
	case s.Duration < 0 || s.Duration > maxDuration:
		return s, fault.New(fault.Invalid, "service.duration", "a session takes up to a day").At("duration")
	case s.Sessions > maxSessions:
		return s, fault.New(fault.Invalid, "service.sessions", "a service takes 1 to %d sessions", maxSessions).At("sessions")
	case s.Interval < 0 || s.Interval > maxInterval:
		return s, fault.New(fault.Invalid, "service.interval", "sessions lie up to ten years apart").At("interval")
	case s.SinglePrice < 0 || s.SinglePrice > money.Max:
		return s, fault.New(fault.Invalid, "service.single_price", "the price of one session is not an amount").At("single_price")
	case d.Amount < 0 || d.Amount > money.Max || d.Amount > 0 && d.Rate > 0:
		return s, fault.New(fault.Invalid, "service.deposit", "a deposit is an amount or a rate").At("deposit")
	case s.ClubBonus < -100 || s.ClubBonus > 900:
		return s, fault.New(fault.Invalid, "service.club", "a service brings up to ten times the usual points").At("club_percent")
	}
	return s, checkRates([]rate{{"vat", s.VAT}, {"deposit_rate", s.Deposit.Rate}, {"marketer_rate", s.Commission.Marketer},
		{"referrer_rate", s.Commission.Referrer}, {"provider_rate", s.Commission.Provider}})
}

// CheckTariff refuses what is no price: Invalid tariff.price, tariff.day.
func CheckTariff(t Tariff) error {
	if t.Price < 0 || t.Price > money.Max {
		return fault.New(fault.Invalid, "tariff.price", "the price is not an amount").At("price")
	}
	if !t.ValidFrom.Valid() {
		return fault.New(fault.Invalid, "tariff.day", "the price holds from a day on").At("valid_from")
	}
	return nil
}

// CheckNewTariff is CheckTariff for one that is set at the desk: it begins
// today or later, since what was billed is not priced again. Invalid
// tariff.past besides.
func CheckNewTariff(t Tariff, today jalali.Day) error {
	if err := CheckTariff(t); err != nil {
		return err
	}
	if t.ValidFrom < today {
		return fault.New(fault.Invalid, "tariff.past", "a new price holds from today on at the earliest").At("valid_from")
	}
	return nil
}

// rate is a field that holds basis points.
type rate struct {
	field string
	value int
}

func checkRates(all []rate) error {
	for _, r := range all {
		if r.value < 0 || r.value > 10000 {
			return fault.New(fault.Invalid, "catalogue.rate", "a rate is 0 to 100 percent").At(r.field)
		}
	}
	return nil
}

func cleanName(name *string) error {
	clean, err := farsi.Clean(*name, maxTitle)
	if err != nil {
		return at(err, "name")
	}
	if *name = clean; clean == "" {
		return fault.New(fault.Invalid, "catalogue.name", "a name is needed").At("name")
	}
	return nil
}

// cleanNamed cleans the code and the name of a row. A code names an account in
// exports, so it holds no spaces or colons.
func cleanNamed(code, name *string) error {
	if err := cleanName(name); err != nil {
		return err
	}
	for _, r := range *code {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.' {
			return fault.New(fault.Invalid, "catalogue.code", "a code is made of letters, digits, - _ and .").At("code")
		}
	}
	if *code == "" || len(*code) > maxCode {
		return fault.New(fault.Invalid, "catalogue.code", "a code has 1 to 60 characters").At("code")
	}
	return nil
}
