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

// The services of the demo's corrections, by their place in demoServices.
const (
	visitService    = 0
	cleaningService = 1
)

// demoMorning is what happened at the desk today beside the visits: what was
// entered wrong and put right, what was let off, codes and a package. Every step
// is the command that a person of the role would have sent.
type demoMorning struct {
	*desk.Desk
	made   *demoMaker
	people map[string]clinic.Actor
	keys   int
}

// morning carries out all of it.
func (m *demoMaker) morning(ctx context.Context, d *desk.Desk) error {
	if len(m.known) < 2 {
		return nil // nobody to mistake for somebody else
	}
	now := &demoMorning{Desk: d, made: m, people: m.people}
	for _, step := range []func(context.Context) error{now.slip, now.otherPerson, now.otherWay, now.letOff, now.giveUp, now.codes, now.sessions, now.club} {
		if err := step(ctx); err != nil {
			return fmt.Errorf("the demo's morning: %w", err)
		}
	}
	return nil
}

func (n *demoMorning) as(role clinic.Role) clinic.Actor { return n.people[string(role)] }

// request names a command.
func (n *demoMorning) request() desk.Request {
	n.keys++
	return desk.Request{Key: "demo-" + strconv.Itoa(n.keys)}
}

// somebody is one of the patients, another for every number up to theirs.
func (n *demoMorning) somebody(number int) clinic.PatientID {
	return n.made.known[number%len(n.made.known)]
}

// owes admits a patient who has no credit, so that the visit is owed; the search
// begins at the number.
func (n *demoMorning) owes(ctx context.Context, number, service int, code string) (desk.Admitted, error) {
	front := n.as(clinic.Receptionist)
	who := n.somebody(number)
	for i := range n.made.known {
		b, err := n.Balance(ctx, front, n.somebody(number+i), desk.View{})
		if err != nil {
			return desk.Admitted{}, err
		}
		if b.Position.Balance >= 0 {
			who = n.somebody(number + i)
			break
		}
	}
	return n.Admit(ctx, front, desk.Admit{Patient: who, Coverage: &desk.Insurers{}, Code: code, Request: n.request(),
		Lines: []desk.OrderedLine{{Service: n.made.services[service], Provider: n.made.providers[0], Quantity: 1}}})
}

// takes receives money at the front desk.
func (n *demoMorning) takes(ctx context.Context, p clinic.PatientID, line clinic.MoneyLine, on ...clinic.Choice) (clinic.Receipt, error) {
	done, err := n.Receive(ctx, n.as(clinic.Receptionist), desk.Receive{Patient: p, Lines: []clinic.MoneyLine{line}, Allocations: on, Request: n.request()})
	return done.Receipt, err
}

// slip is an amount typed in tomans: voided, and taken as it should have been.
func (n *demoMorning) slip(ctx context.Context) error {
	a, err := n.owes(ctx, 5, cleaningService, "")
	if err != nil {
		return err
	}
	r, err := n.takes(ctx, a.Admission.Patient, clinic.MoneyLine{Method: clinic.POS, Amount: 1_200_000, TrackingNumber: "730114", LastFour: "4021"})
	if err != nil {
		return err
	}
	if _, err := n.VoidReceipt(ctx, n.as(clinic.Receptionist), desk.VoidReceipt{Receipt: r.ID, Reason: "اشتباه ریال و تومان", Request: n.request()}); err != nil {
		return err
	}
	_, err = n.takes(ctx, a.Admission.Patient, clinic.MoneyLine{Method: clinic.POS, Amount: 12_000_000, TrackingNumber: "730115", LastFour: "4021"})
	return err
}

// otherPerson is a receipt in the wrong file, moved to whose money it was.
func (n *demoMorning) otherPerson(ctx context.Context) error {
	a, err := n.owes(ctx, 7, visitService, "")
	if err != nil {
		return err
	}
	wrong := n.somebody(8)
	if wrong == a.Admission.Patient {
		wrong = n.somebody(9)
	}
	r, err := n.takes(ctx, wrong, clinic.MoneyLine{Method: clinic.CardToCard, Amount: 4_500_000, TrackingNumber: "551870", LastFour: "7716"})
	if err != nil {
		return err
	}
	_, err = n.TransferReceipt(ctx, n.as(clinic.Receptionist), desk.TransferReceipt{Receipt: r.ID, To: a.Admission.Patient,
		Reason: "در پرونده دیگری ثبت شده بود", Request: n.request()})
	return err
}

// otherWay is money that was entered as cash and came by the terminal.
func (n *demoMorning) otherWay(ctx context.Context) error {
	a, err := n.owes(ctx, 10, visitService, "")
	if err != nil {
		return err
	}
	r, err := n.takes(ctx, a.Admission.Patient, clinic.MoneyLine{Method: clinic.Cash, Amount: 2_000_000})
	if err != nil {
		return err
	}
	_, err = n.CorrectMethod(ctx, n.as(clinic.Receptionist), desk.CorrectMethod{Receipt: r.ID, Line: 1, Reason: "با کارتخوان پرداخت شده بود",
		Is: clinic.MoneyLine{Method: clinic.POS, TrackingNumber: "730120"}, Request: n.request()})
	return err
}

// letOff is a discount after the bill was paid.
func (n *demoMorning) letOff(ctx context.Context) error {
	a, err := n.owes(ctx, 12, cleaningService, "")
	if err != nil {
		return err
	}
	if _, err := n.takes(ctx, a.Admission.Patient, clinic.MoneyLine{Method: clinic.CardToCard, Amount: 12_000_000, TrackingNumber: "551871"}); err != nil {
		return err
	}
	_, err = n.DiscountLater(ctx, n.as(clinic.Supervisor), desk.DiscountLater{Admission: a.Admission.ID,
		Discount: clinic.Discount{Amount: 1_200_000, Reason: "گله از انتظار طولانی"}, Request: n.request()})
	return err
}

// giveUp is a small rest that the accountant no longer asks for.
func (n *demoMorning) giveUp(ctx context.Context) error {
	a, err := n.owes(ctx, 14, visitService, "")
	if err != nil || a.After.Balance < a.Admission.PatientShare {
		return err // nobody was without credit
	}
	choice := clinic.Choice{Admission: a.Admission.ID, Amount: 4_300_000}
	if _, err := n.takes(ctx, a.Admission.Patient, clinic.MoneyLine{Method: clinic.POS, Amount: choice.Amount, TrackingNumber: "730131"}, choice); err != nil {
		return err
	}
	_, err = n.WriteOff(ctx, n.as(clinic.Accountant), desk.WriteOff{Patient: a.Admission.Patient, Admission: a.Admission.ID, Amount: 200_000,
		Reason: "مانده ناچیز", Request: n.request()})
	return err
}

// codes are a code that is used, one for the patient whom everybody knows, and
// one that was switched off.
func (n *demoMorning) codes(ctx context.Context) error {
	manager := n.as(clinic.Manager)
	until := n.made.Settings().Day(n.made.options.Now).Add(60)
	for _, c := range []clinic.DiscountCode{
		{Code: "YALDA10", Percent: 1000, Most: 5_000_000, ValidTo: until, Uses: 200, Note: "جشن یلدا"},
		{Code: "DOOST", Amount: 1_000_000, Patient: n.somebody(0), Uses: 1, Note: "معرفی دوستان"},
		{Code: "MEHR", Percent: 500, Uses: 50, Note: "طرح مهر، پایان یافت"},
	} {
		made, err := n.AddDiscountCode(ctx, manager, desk.AddDiscountCode{Code: c, Request: n.request()})
		if err != nil {
			return err
		}
		if c.Code != "MEHR" {
			continue
		}
		if _, err := n.SwitchDiscountCode(ctx, manager, desk.SwitchDiscountCode{Code: made.ID, Off: true, Request: n.request()}); err != nil {
			return err
		}
	}
	_, err := n.owes(ctx, 16, cleaningService, "YALDA10")
	return err
}

// course sells the patient whom everybody knows, and another, a package some
// weeks ago.
func (m *demoMaker) course(ctx context.Context) error {
	for _, number := range []int{0, 3} {
		if number >= len(m.known) {
			break
		}
		from, _ := m.Settings().Day(m.options.Now).Add(-courseDays).Bounds(m.Settings().Zone)
		at := from.Add(11 * time.Hour)
		front := m.by(clinic.Receptionist, at)
		a, err := front.Order(ctx, desk.Admit{Patient: m.known[number], Coverage: &desk.Insurers{},
			Lines: []desk.OrderedLine{{Service: m.sixSessions, Provider: m.providers[0], Quantity: 1}}}, at)
		if err != nil {
			return err
		}
		if a, err = front.Admission(ctx, a, true); err != nil {
			return err
		}
		m.admissions++
		m.courses = append(m.courses, a.ID)
	}
	return nil
}

// courseDays is how long ago the packages of the demo were sold.
const courseDays = 40

// sessions lets sessions of the packages take place: two of the first, one of
// the second, and sets the day of the next.
func (n *demoMorning) sessions(ctx context.Context) error {
	doctor := n.as(clinic.Doctor)
	today := n.made.Settings().Day(n.made.options.Now)
	for i, a := range n.made.courses {
		done := []jalali.Day{today.Add(-courseDays + 1), today.Add(-10)}[:2-i]
		for k, day := range done {
			if _, err := n.SetSession(ctx, doctor, desk.SetSession{Admission: a, Line: 1, Number: k + 1, Status: clinic.SessionDone, Day: day, Request: n.request()}); err != nil {
				return err
			}
		}
		next := desk.SetSession{Admission: a, Line: 1, Number: len(done) + 1, Status: clinic.SessionPlanned, Day: today.Add(20), Request: n.request()}
		if _, err := n.SetSession(ctx, doctor, next); err != nil {
			return err
		}
	}
	return nil
}

// offerCourse adds the package: six sessions a month apart.
func (m *demoMaker) offerCourse(ctx context.Context, section clinic.SectionID) (err error) {
	m.sixSessions, err = m.Service(ctx, m.timed("meso-6", desk.NewService{Section: section, Code: "meso-6", Name: "پکیج مزوتراپی ۶ جلسه",
		Price: money.Amount(90_000_000), Sessions: 6, Interval: 30, SinglePrice: money.Amount(18_000_000)}))
	return err
}
