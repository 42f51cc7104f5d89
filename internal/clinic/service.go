package clinic

import (
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// The ids of what the clinic offers and who pays for it.
type (
	SectionID  int64
	ProviderID int64
	ServiceID  int64
	InsurerID  int64
)

// Section is a part of the clinic that earns its own income.
type Section struct {
	ID         SectionID
	Code, Name string
	Standing
}

// Provider is who treats: a doctor, an operator.
type Provider struct {
	ID                   ProviderID
	Name                 string
	MedicalCouncilNumber string
	Booking              BookingRules
	Standing
}

// Service is something the clinic does for a price. Rates are basis points; a
// VAT of 0 is exempt.
type Service struct {
	ID         ServiceID
	Section    SectionID
	Code, Name string
	VAT        int
	Duration   int // minutes of one session; 0: not said
	Sessions   int // how many it takes; 0 reads as 1
	Interval   int // days between sessions
	// SinglePrice is what one session costs on its own, by which the used ones
	// of a package are priced that is given up; 0: none is sold alone.
	SinglePrice money.Amount
	Deposit     DepositRule
	Commission  Commission
	Device      ResourceID // that an appointment for it takes; 0: none
	Online      bool       // the public may book it
	ClubBonus   int        // percent of points more or less than usual; -100: it brings none
	Standing
}

// DepositRule is what a patient pays before a service: an amount, or a rate of
// the price in basis points. The zero value asks for nothing.
type DepositRule struct {
	Amount money.Amount
	Rate   int
}

// Commission is what others earn by a service, in basis points of its price.
type Commission struct {
	Marketer, Referrer, Provider int
}

// InsurerKind says in which order insurers pay.
type InsurerKind string

// Base insurance pays first, supplementary insurance a part of what is left.
const (
	BaseInsurance          InsurerKind = "base"
	SupplementaryInsurance InsurerKind = "supplementary"
)

// Insurer is an organization that pays a part. Share is that part in basis
// points: of its own tariff for base insurance, of what base insurance left
// for supplementary insurance.
type Insurer struct {
	ID         InsurerID
	Code, Name string
	Kind       InsurerKind
	Share      int
	// RequiresNationalCode: nobody is insured here without one.
	RequiresNationalCode bool
	Standing
}

// FreeTariff is the insurer of the clinic's own prices: nobody.
const FreeTariff InsurerID = 0

// Tariff is the price of a service for one insurer from a day on, until a
// later one begins. Old admissions are never priced again.
type Tariff struct {
	Service   ServiceID
	Insurer   InsurerID
	ValidFrom jalali.Day
	Price     money.Amount
}

// PriceOn returns the price for the insurer that holds on the day, and false
// when there is none.
func PriceOn(tariffs []Tariff, insurer InsurerID, day jalali.Day) (money.Amount, bool) {
	var found Tariff
	for _, t := range tariffs {
		if t.Insurer == insurer && t.ValidFrom <= day && t.ValidFrom >= found.ValidFrom {
			found = t
		}
	}
	return found.Price, found.ValidFrom != ""
}
