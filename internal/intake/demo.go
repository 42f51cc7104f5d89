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

// DemoOptions says what the demo clinic looks like. Now is where its history of
// two years ends; Password is that of every sign-in, whose username is the name
// of its role.
type DemoOptions struct {
	Patients int
	Seed     uint64
	Now      time.Time
	Password string
}

// Demo makes a lively Persian clinic: patients with two years of admissions in
// every state, discounts, insurance, part payments, credit and transfers, one
// sign-in for each role, and one patient, who is registered first, with
// everything. The same options make the same clinic. Faults are those of the
// desk; Conflict clinic.exists cannot be, a demo is a clinic of its own.
func Demo(ctx context.Context, d *desk.Desk, o DemoOptions) (Report, error) {
	actor, err := d.CreateClinic(ctx, desk.NewClinic{Name: demoClinic, Currency: money.IRR.Code, Zone: "Asia/Tehran",
		StaffName:  demoFiller,
		PlaceNames: desk.PlaceNames{Branch: demoBranch, CashDesk: demoDesk, Terminal: demoPOS, Bank: demoBank, Card: demoCard}})
	if err != nil {
		return Report{}, err
	}
	people := map[string]clinic.Actor{}
	for _, s := range demoStaff {
		staff := clinic.Staff{Name: s.name, Role: clinic.Role(s.role), Username: s.role}
		added, err := d.AddStaff(ctx, actor, desk.AddStaff{Staff: staff, Password: o.Password})
		if err != nil {
			return Report{}, err
		}
		people[s.role] = clinic.Actor{Clinic: actor.Clinic, Branch: added.Branch, Staff: added.ID, Name: added.Name, Role: added.Role, Origin: actor.Origin}
	}
	if err := demoOffice(ctx, d, people); err != nil {
		return Report{}, err
	}
	var report Report
	var m *demoMaker
	err = d.Batch(ctx, actor, false, func(b desk.Batch) error {
		m = &demoMaker{Batch: b, chance: chance{o.Seed}, options: o, people: people}
		if err := m.catalogue(ctx); err != nil {
			return err
		}
		for n := range o.Patients {
			if err := m.life(ctx, n); err != nil {
				return fmt.Errorf("patient %d of the demo: %w", n+1, err)
			}
			if grown(n) {
				if err := b.Analyze(ctx); err != nil {
					return err
				}
			}
		}
		for _, step := range []func(context.Context) error{m.evening, m.today, m.course, m.board, m.ahead, m.aside, m.campaigns, m.leads} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		if err := m.settle(ctx); err != nil {
			return err
		}
		if err := m.tills(ctx); err != nil {
			return err
		}
		report = Report{New: o.Patients}
		report.add("patients", strconv.Itoa(o.Patients))
		report.add("admissions", strconv.Itoa(m.admissions))
		report.add("receipts", strconv.Itoa(m.receipts))
		return b.Audit(ctx, "demo.fill")
	})
	if err != nil {
		return report, err
	}
	return report, m.morning(ctx, d)
}

// demoMaker fills a clinic.
type demoMaker struct {
	cheques demoCheques
	desk.Batch
	chance
	demoTimetable
	options              DemoOptions
	people               map[string]clinic.Actor // by role
	base, supplementary  []clinic.InsurerID
	providers            []clinic.ProviderID
	services             []clinic.ServiceID
	sixSessions          clinic.ServiceID     // the package
	courses              []clinic.AdmissionID // of the package
	known                []clinic.PatientID   // everybody, as they were registered
	expected             []demoVisitor        // today
	marketers            []clinic.PatientID
	referrers            []clinic.EarnerID
	admissions, receipts int
}

// by is the batch in the name of the person of a role, at the time.
func (m *demoMaker) by(role clinic.Role, at time.Time) desk.Batch {
	who := m.people[string(role)]
	return m.As(clinic.Staff{ID: who.Staff, Name: who.Name, Branch: who.Branch}, at)
}

// atTheDesk is the batch of whoever sits at the desk then.
func (m *demoMaker) atTheDesk(at time.Time) desk.Batch {
	if m.percent(25) {
		return m.by(clinic.Supervisor, at)
	}
	return m.by(clinic.Receptionist, at)
}

// catalogue makes what the clinic offers and who pays for it.
func (m *demoMaker) catalogue(ctx context.Context) error {
	sections := map[string]clinic.SectionID{}
	for _, s := range demoSections {
		id, err := m.Section(ctx, clinic.Section{Code: s.code, Name: s.name})
		if err != nil {
			return err
		}
		sections[s.code] = id
	}
	for _, i := range demoInsurers {
		insurer := clinic.Insurer{Code: i.code, Name: i.name, Kind: clinic.BaseInsurance, Share: i.share}
		if i.supplementary {
			insurer.Kind = clinic.SupplementaryInsurance
		}
		id, err := m.Insurer(ctx, insurer)
		if err != nil {
			return err
		}
		if i.supplementary {
			m.supplementary = append(m.supplementary, id)
		} else {
			m.base = append(m.base, id)
		}
	}
	if err := m.furnish(ctx); err != nil {
		return err
	}
	for i, p := range demoProviders {
		id, err := m.Provider(ctx, clinic.Provider{Name: p.name, MedicalCouncilNumber: p.council, Booking: demoWeeks[i].rules})
		if err != nil {
			return err
		}
		m.providers = append(m.providers, id)
	}
	for _, s := range demoServices {
		if err := m.offer(ctx, sections[s.section], s.code, s.name, s.vat, money.Amount(s.price), money.Amount(s.tariff)); err != nil {
			return err
		}
	}
	if err := m.offerCourse(ctx, sections["skin"]); err != nil {
		return err
	}
	return m.timetable(ctx)
}

// offer adds a service with last year's lower price and what insurers pay by.
func (m *demoMaker) offer(ctx context.Context, section clinic.SectionID, code, name string, vat int, price, tariff money.Amount) error {
	id, err := m.Service(ctx, m.timed(code, desk.NewService{Section: section, Code: code, Name: name, VAT: vat, Price: price.Share(8000)}))
	if err != nil {
		return err
	}
	m.services = append(m.services, id)
	m.bookable(id, code)
	lastYear := m.Settings().Day(m.options.Now).Add(-330)
	if err := m.Tariff(ctx, clinic.Tariff{Service: id, Insurer: clinic.FreeTariff, ValidFrom: lastYear, Price: price}); err != nil {
		return err
	}
	if tariff == 0 {
		return nil
	}
	for _, insurer := range m.base {
		if err := m.Tariff(ctx, clinic.Tariff{Service: id, Insurer: insurer, Price: tariff}); err != nil {
			return err
		}
	}
	return nil
}

// person makes up the n-th patient; the first is the one that everybody knows.
func (m *demoMaker) person(n int, registered time.Time) clinic.Patient {
	home := pick(&m.chance, cities)
	p := clinic.Patient{FirstName: pick(&m.chance, womensNames), LastName: pick(&m.chance, lastNames), Gender: "female",
		FatherName: pick(&m.chance, mensNames), NationalCode: nationalCode(n), Job: pick(&m.chance, jobs),
		Education: pick(&m.chance, educations), Province: home.province, City: home.city, Registered: registered,
		Address: pick(&m.chance, streets), AcquisitionSource: pick(&m.chance, sources), SMSService: m.percent(90),
		Mobile:         fmt.Sprintf("09%02d%07d", 10+m.below(10), 1_000_000+m.below(9_000_000)),
		BirthDate:      jalali.DayOf(m.options.Now, time.UTC).Add(-365*(6+m.below(70)) - m.below(365)),
		SMSAdvertising: m.percent(40)}
	if m.percent(45) {
		p.FirstName, p.Gender = pick(&m.chance, mensNames), "male"
	}
	if m.percent(60) {
		p.MaritalStatus = pick(&m.chance, []string{"single", "married"})
	}
	if m.percent(20) {
		p.Tags = []string{pick(&m.chance, tags)}
	}
	if m.percent(12) {
		p.NationalCode = ""
	}
	if n == 0 {
		p.FirstName, p.LastName, p.Gender, p.Notes = knownFirst, knownLast, "female", knownNote
		p.NationalCode, p.Mobile, p.Tags = nationalCode(0), "09121234567", tags[:2]
	}
	return p
}
