package store

import (
	"context"
	"fmt"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// AddSection adds a section. Conflict section.exists.
func (tx *Tx) AddSection(ctx context.Context, s clinic.Section) error {
	return tx.add(ctx, "section", "clinic, id, code, name", tx.clinic, s.ID, s.Code, s.Name)
}

// Sections lists the sections.
func (tx *Tx) Sections(ctx context.Context) ([]clinic.Section, error) {
	return collect(ctx, tx, func(scan func(...any) error) (s clinic.Section, err error) {
		return s, scan(append([]any{&s.ID, &s.Code, &s.Name}, standing(&s.Standing)...)...)
	}, `SELECT id, code, name, `+standingColumns+` FROM section WHERE clinic = $1 ORDER BY id`, tx.clinic)
}

// AddProvider adds a provider.
func (tx *Tx) AddProvider(ctx context.Context, p clinic.Provider) error {
	return tx.add(ctx, "provider", "clinic, id, name, medical_council_number, booking_rules", tx.clinic, p.ID, p.Name, p.MedicalCouncilNumber,
		p.Booking.String())
}

const providerColumns = `SELECT id, name, medical_council_number, booking_rules, ` + standingColumns + ` FROM provider WHERE clinic = $1`

func scanProvider(scan func(...any) error) (p clinic.Provider, err error) {
	var rules string
	if err := scan(append([]any{&p.ID, &p.Name, &p.MedicalCouncilNumber, &rules}, standing(&p.Standing)...)...); err != nil {
		return p, err
	}
	p.Booking, err = clinic.ParseBookingRules(rules)
	return p, err
}

// Providers lists the providers.
func (tx *Tx) Providers(ctx context.Context) ([]clinic.Provider, error) {
	return collect(ctx, tx, scanProvider, providerColumns+` ORDER BY id`, tx.clinic)
}

// Provider returns one provider. NotFound provider.none.
func (tx *Tx) Provider(ctx context.Context, id clinic.ProviderID) (clinic.Provider, error) {
	p, err := scanProvider(tx.row(ctx, providerColumns+` AND id = $2`, tx.clinic, id).Scan)
	return p, some(err, "provider.none", "provider", id)
}

// ownServiceColumns are what a form says about a service, in the order of
// serviceValues.
const ownServiceColumns = `section, code, name, vat, duration, sessions, session_interval, deposit, deposit_rate,
	marketer_rate, referrer_rate, provider_rate, single_price, device, online, club_bonus`

func serviceValues(s clinic.Service) []any {
	return []any{s.Section, s.Code, s.Name, s.VAT, s.Duration, max(s.Sessions, 1), s.Interval, s.Deposit.Amount, s.Deposit.Rate,
		s.Commission.Marketer, s.Commission.Referrer, s.Commission.Provider, s.SinglePrice, s.Device, bit(s.Online), s.ClubBonus}
}

// serviceFields are where the columns of a service and its standing go.
func serviceFields(s *clinic.Service) []any {
	return append([]any{&s.ID, &s.Section, &s.Code, &s.Name, &s.VAT, &s.Duration, &s.Sessions, &s.Interval, &s.Deposit.Amount,
		&s.Deposit.Rate, &s.Commission.Marketer, &s.Commission.Referrer, &s.Commission.Provider, &s.SinglePrice, &s.Device, &s.Online, &s.ClubBonus}, standing(&s.Standing)...)
}

// AddService adds a service. Conflict service.exists.
func (tx *Tx) AddService(ctx context.Context, s clinic.Service) error {
	return tx.add(ctx, "service", "clinic, id, "+ownServiceColumns, append([]any{tx.clinic, s.ID}, serviceValues(s)...)...)
}

const serviceColumns = `SELECT id, ` + ownServiceColumns + `, ` + standingColumns + ` FROM service s WHERE clinic = $1`

func scanService(scan func(...any) error) (s clinic.Service, err error) {
	return s, scan(serviceFields(&s)...)
}

// Services lists the services.
func (tx *Tx) Services(ctx context.Context) ([]clinic.Service, error) {
	return collect(ctx, tx, scanService, serviceColumns+` ORDER BY id`, tx.clinic)
}

// Service returns one service. NotFound service.none.
func (tx *Tx) Service(ctx context.Context, id clinic.ServiceID) (clinic.Service, error) {
	s, err := scanService(tx.row(ctx, serviceColumns+` AND id = $2`, tx.clinic, id).Scan)
	return s, some(err, "service.none", "service", id)
}

// AddInsurer adds an insurer. Conflict insurer.exists.
func (tx *Tx) AddInsurer(ctx context.Context, i clinic.Insurer) error {
	return tx.add(ctx, "insurer", "clinic, id, code, name, kind, share, requires_national_code",
		tx.clinic, i.ID, i.Code, i.Name, i.Kind, i.Share, bit(i.RequiresNationalCode))
}

const insurerColumns = `SELECT id, code, name, kind, share, requires_national_code, ` + standingColumns + ` FROM insurer WHERE clinic = $1`

func scanInsurer(scan func(...any) error) (i clinic.Insurer, err error) {
	var code int64
	err = scan(append([]any{&i.ID, &i.Code, &i.Name, &i.Kind, &i.Share, &code}, standing(&i.Standing)...)...)
	i.RequiresNationalCode = code == 1
	return i, err
}

// Insurers lists the insurers.
func (tx *Tx) Insurers(ctx context.Context) ([]clinic.Insurer, error) {
	return collect(ctx, tx, scanInsurer, insurerColumns+` ORDER BY id`, tx.clinic)
}

// Insurer returns one insurer. NotFound insurer.none.
func (tx *Tx) Insurer(ctx context.Context, id clinic.InsurerID) (clinic.Insurer, error) {
	i, err := scanInsurer(tx.row(ctx, insurerColumns+` AND id = $2`, tx.clinic, id).Scan)
	return i, some(err, "insurer.none", "insurer", id)
}

// SetTariff sets the price of a service for an insurer from a day on.
func (tx *Tx) SetTariff(ctx context.Context, t clinic.Tariff) error {
	err := tx.exec(ctx, `
		INSERT INTO tariff (clinic, service, insurer, valid_from, price)
		VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (clinic, service, insurer, valid_from) DO UPDATE SET price = excluded.price`,
		tx.clinic, t.Service, t.Insurer, t.ValidFrom, t.Price)
	if err != nil {
		return fmt.Errorf("tariff: %w", err)
	}
	return nil
}

// Tariffs returns every price a service ever had.
func (tx *Tx) Tariffs(ctx context.Context, s clinic.ServiceID) ([]clinic.Tariff, error) {
	return collect(ctx, tx, func(scan func(...any) error) (clinic.Tariff, error) {
		t := clinic.Tariff{Service: s}
		return t, scan(&t.Insurer, &t.ValidFrom, &t.Price)
	}, `SELECT insurer, valid_from, price FROM tariff WHERE clinic = $1 AND service = $2 ORDER BY valid_from`, tx.clinic, s)
}

// Priced is a service with its free price of a day; HasPrice is false for one
// that has none.
type Priced struct {
	clinic.Service
	Price    money.Amount
	HasPrice bool
}

// PriceList lists all services with their free prices of the day.
func (tx *Tx) PriceList(ctx context.Context, day jalali.Day) ([]Priced, error) {
	return collect(ctx, tx, func(scan func(...any) error) (p Priced, err error) {
		return p, scan(append(serviceFields(&p.Service), &p.Price, &p.HasPrice)...)
	}, `
		SELECT s.id, `+ownServiceColumns+`, `+standingColumns+`,
			COALESCE(t.price, 0), t.price IS NOT NULL
		FROM service s LEFT JOIN tariff t ON t.clinic = s.clinic AND t.service = s.id AND t.insurer = 0
			AND t.valid_from = (
				SELECT MAX(valid_from) FROM tariff
				WHERE clinic = s.clinic AND service = s.id AND insurer = 0 AND valid_from <= $2)
		WHERE s.clinic = $1
		ORDER BY s.id`, tx.clinic, day)
}
