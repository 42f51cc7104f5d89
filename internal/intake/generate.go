package intake

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// GenerateOptions says how much is made up: in each of Clinics new clinics
// Patients patients with EntriesPerPatient ledger entries each, in the three
// years before Now. The first patient of each clinic has ten thousand, or as
// many as all others together where they are fewer. Progress is told of
// patients.
type GenerateOptions struct {
	Patients          int
	EntriesPerPatient int
	Clinics           int
	Seed              uint64
	Now               time.Time
	Progress          func(done, total int)
}

// The size of what is written at once.
const (
	heavyEntries = 10_000
	batchEntries = 10_000 // about 50,000 rows
)

// Generate makes up clinics of the wanted size, the same for the same options,
// through bulk loading; every invariant of the books holds. Faults are those of
// the desk.
func Generate(ctx context.Context, d *desk.Desk, o GenerateOptions) (Report, error) {
	done := 0
	for range max(o.Clinics, 1) {
		actor, err := d.CreateClinic(ctx, desk.NewClinic{Name: generated, Currency: money.IRR.Code, Zone: tehranZone,
			StaffName: demoFiller, PlaceNames: desk.PlaceNames{Branch: demoBranch}})
		if err != nil {
			return Report{}, err
		}
		g := &generator{actor: actor, options: o, zone: tehran()}
		g.state = o.Seed ^ uint64(actor.Clinic)<<32
		if err := d.Batch(ctx, actor, false, func(b desk.Batch) error { return g.catalogue(ctx, b) }); err != nil {
			return Report{}, err
		}
		for n := 0; n < o.Patients; {
			if n, err = g.batch(ctx, d, n); err != nil {
				return Report{}, err
			}
			if o.Progress != nil {
				o.Progress(done+n, o.Patients*max(o.Clinics, 1))
			}
		}
		if err := g.ahead(ctx, d); err != nil {
			return Report{}, err
		}
		done += o.Patients
	}
	report := Report{New: done}
	report.add("clinics", strconv.Itoa(max(o.Clinics, 1)))
	report.add("patients", strconv.Itoa(done))
	return report, d.Analyze(ctx)
}

// generator makes up one clinic.
type generator struct {
	chance
	actor    clinic.Actor
	options  GenerateOptions
	zone     *time.Location
	services []clinic.Service
	tariffs  [][]clinic.Tariff

	providers []clinic.ProviderID
	known     []clinic.PatientID // of the last batches
}

func (g *generator) catalogue(ctx context.Context, b desk.Batch) error {
	g.services, g.tariffs = nil, nil
	sections := map[string]clinic.SectionID{}
	for _, s := range demoSections {
		id, err := b.Section(ctx, clinic.Section{Code: s.code, Name: s.name})
		if err != nil {
			return err
		}
		sections[s.code] = id
	}
	for _, s := range demoServices {
		price := money.Amount(s.price)
		id, err := b.Service(ctx, desk.NewService{Section: sections[s.section], Code: s.code, Name: s.name, VAT: s.vat, Price: price})
		if err != nil {
			return err
		}
		g.services = append(g.services, clinic.Service{ID: id, Section: sections[s.section], Code: s.code, Name: s.name, VAT: s.vat})
		g.tariffs = append(g.tariffs, []clinic.Tariff{{Service: id, Insurer: clinic.FreeTariff, ValidFrom: "0001-01-01", Price: price}})
	}
	return g.people(ctx, b)
}

// batch makes up patients from the n-th on in one transaction and returns the
// first of the next.
func (g *generator) batch(ctx context.Context, d *desk.Desk, n int) (next int, err error) {
	begin := g.chance
	err = d.Bulk(ctx, g.actor, func(b *desk.Bulk) error {
		g.chance = begin // it may be done again
		next = n
		for entries := 0; next < g.options.Patients && entries < batchEntries; next++ {
			want := g.options.EntriesPerPatient
			if next == 0 {
				want = max(want, min(heavyEntries, want*(g.options.Patients-1)))
			}
			if err := g.patient(ctx, b, next, want); err != nil {
				return err
			}
			entries += want
		}
		return nil
	})
	return next, err
}

// patient makes up the n-th patient with so many entries: admissions and
// receipts in turn.
func (g *generator) patient(ctx context.Context, b *desk.Bulk, n, entries int) error {
	const years = 3 * 365 * 24 * time.Hour
	at := g.options.Now.UTC().Add(-years).Truncate(time.Second)
	p := clinic.Patient{FirstName: pick(&g.chance, womensNames), LastName: pick(&g.chance, lastNames), Gender: "female",
		NationalCode: nationalCode(n), Mobile: fmt.Sprintf("09%09d", 100_000_000+g.below(300_000_000)), SMSService: true,
		BirthDate: jalali.DayOf(at, g.zone).Add(-g.below(25_000)), Registered: at}
	if g.percent(45) {
		p.FirstName, p.Gender = pick(&g.chance, mensNames), "male"
	}
	if n == 0 {
		p.FirstName, p.LastName = heavyFirst, heavyLast
	}
	p, err := b.Patient(ctx, p)
	if err != nil {
		return err
	}
	if g.known = append(g.known, p.ID); len(g.known) > aheadOfEach {
		g.known = g.known[1:]
	}
	step := years / time.Duration(entries+2)
	for i := range entries {
		at = at.Add(step/2 + time.Duration(g.below(int(step/2/time.Second)+1))*time.Second)
		open := b.Open()
		if i%2 == 1 && len(open) > 0 {
			err = g.pay(ctx, b, p.ID, open, at)
		} else {
			err = g.admit(ctx, b, p.ID, at)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (g *generator) admit(ctx context.Context, b *desk.Bulk, p clinic.PatientID, at time.Time) error {
	s := g.below(len(g.services))
	ordered := clinic.OrderedService{Service: g.services[s], Quantity: 1, Tariffs: g.tariffs[s]}
	line, err := clinic.PriceLine(ordered, clinic.Payers{}, jalali.DayOf(at, g.zone))
	if err != nil {
		return err
	}
	line.Status = clinic.LineCompleted
	a, err := b.Admission(ctx, clinic.Admission{Patient: p, At: at, Lines: []clinic.AdmissionLine{line}})
	if err != nil {
		return err
	}
	g.came(b, a)
	return nil
}

// pay pays all that is open, or in one of four cases a part of the oldest.
func (g *generator) pay(ctx context.Context, b *desk.Bulk, p clinic.PatientID, open []clinic.OpenAdmission, at time.Time) error {
	var amount money.Amount
	for _, o := range open {
		amount += o.Left
	}
	if g.percent(25) && len(open) < 8 {
		amount = max(1, roundDown(open[0].Left.Share(5000)))
	}
	return b.Receipt(ctx, clinic.Receipt{Patient: p, At: at,
		Lines: []clinic.MoneyLine{{Method: pick(&g.chance, clinic.DeskMethods), Amount: amount}}})
}
