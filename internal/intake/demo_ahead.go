package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// aheadDays is how far the demo's calendar is filled.
const aheadDays = 14

// ahead fills the next two weeks, fuller where it is near, with deposits, series
// of laser sessions, and a time that is given twice.
func (m *demoMaker) ahead(ctx context.Context) error {
	if len(m.known) == 0 {
		return nil
	}
	today := m.Settings().Day(m.options.Now)
	for day := range aheadDays {
		for i, p := range m.providers {
			until := time.Time{}
			for _, t := range m.slots(p, today.Add(1+day)) {
				if t.Before(until) || !m.luck.percent((44-2*day)*demoWeeks[i].capacity/2+4) {
					continue
				}
				cmd := desk.BatchBooking{Book: desk.Book{Patient: m.nextUp(), Provider: p, Service: pick(&m.luck, m.does[p]), Starts: t}, Proposed: m.luck.percent(4)}
				a, err := m.bookSeries(ctx, cmd, m.options.Now.Add(-time.Duration(30+m.luck.below(6*24*60))*time.Minute))
				if err != nil {
					return err
				}
				if a.ID == 0 {
					continue
				}
				if demoWeeks[i].capacity == 1 {
					until = a.Ends
				}
				if err := m.planned(ctx, a); err != nil {
					return err
				}
			}
		}
	}
	for _, step := range []func(context.Context) error{m.courseOfLaser, m.movedAbout, m.twice} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return nil
}

// planned lets some of what is to come be confirmed, cancelled or secured by a
// deposit.
func (m *demoMaker) planned(ctx context.Context, a clinic.Appointment) (err error) {
	later := a.Recorded.Add(20 * time.Minute)
	if !m.past(later) || a.Status != clinic.Booked {
		return nil
	}
	dear := m.dear(a.Service)
	switch luck := m.luck.below(100); {
	case luck < 6:
		err = m.cancel(ctx, a, later, luck == 5, pick(&m.luck, demoCancels))
	case luck < 30:
		_, err = m.front(later).StepAppointment(ctx, a.ID, clinic.Confirmed, "")
	case luck < 60 && dear:
		lines := []clinic.MoneyLine{{Method: clinic.POS, Amount: 10_000_000, TrackingNumber: fmt.Sprintf("%06d", 700_000+len(m.booked))}}
		_, err = m.front(later).Deposit(ctx, m.depositFor(a, 10_000_000, later), lines)
	case luck < 70 && dear:
		_, err = m.front(later).Deposit(ctx, m.depositFor(a, 10_000_000, later), nil)
	}
	return err
}

// dear reports whether a deposit is asked for a service.
func (m *demoMaker) dear(s clinic.ServiceID) bool {
	for i, known := range demoServices {
		if i < len(m.services) && m.services[i] == s {
			return demoTimes[known.code].rate > 0
		}
	}
	return false
}

// courseOfLaser books series of laser sessions, four weeks apart.
func (m *demoMaker) courseOfLaser(ctx context.Context) error {
	operator := m.providers[3]
	laser := m.does[operator][1]
	for k := range min(3, len(m.known)) {
		series, begun := m.NewSeries(), m.options.Now.Add(-time.Duration(26+k*30)*time.Hour)
		for session := range 4 {
			day := m.Settings().Day(m.options.Now).Add(1 + 2*k + 28*session)
			cmd := desk.BatchBooking{Book: desk.Book{Patient: m.known[(k*5)%len(m.known)], Provider: operator, Service: laser}, Series: series}
			if _, err := m.bookOn(ctx, cmd, day, begun); err != nil {
				return err
			}
		}
	}
	return nil
}

// bookOn books the first free time on the day or one of the next.
func (m *demoMaker) bookOn(ctx context.Context, cmd desk.BatchBooking, day jalali.Day, begun time.Time) (a clinic.Appointment, err error) {
	for k := range 10 {
		for _, t := range m.slots(cmd.Provider, day.Add(k)) {
			cmd.Starts = t
			if a, err = m.bookSeries(ctx, cmd, begun); err != nil || a.ID != 0 {
				return a, err
			}
		}
	}
	return a, nil
}

// movedAbout moves some of what is to come to another time, one with its
// deposit, one before its message was sent, and one twice; one is cancelled and
// has its time again.
func (m *demoMaker) movedAbout(ctx context.Context) error {
	today := m.Settings().Day(m.options.Now)
	for k := range 4 {
		p := m.providers[k%2]
		begun := m.options.Now.Add(-time.Duration(70+k) * time.Hour)
		a, err := m.bookOn(ctx, desk.BatchBooking{Book: desk.Book{Patient: m.nextUp(), Provider: p, Service: m.does[p][1+k%2]}}, today.Add(3+k), begun)
		if err != nil || a.ID == 0 {
			return err
		}
		if k == 0 {
			paid := begun.Add(5 * time.Minute)
			if _, err := m.front(paid).Deposit(ctx, m.depositFor(a, 12_000_000, paid), []clinic.MoneyLine{{Method: clinic.CardToCard, Amount: 12_000_000, TrackingNumber: "552201"}}); err != nil {
				return err
			}
		}
		if k == 3 {
			if _, err := m.front(begun.Add(time.Hour)).CancelAppointment(ctx, a.ID, false, demoCancels[0]); err != nil {
				return err
			}
			if _, err := m.front(begun.Add(2*time.Hour)).RestoreAppointment(ctx, a.ID); err != nil {
				return err
			}
			continue
		}
		for move := range 1 + k%2 {
			if a, err = m.moveOn(ctx, a, today.Add(5+k+move), begun.Add(time.Duration(20+20*move)*time.Hour), demoMoves[k%2]); err != nil {
				return err
			}
		}
	}
	return m.movedAtOnce(ctx, today.Add(4))
}

// movedAtOnce books a time some minutes ago and moves it before the message is
// sent: the patient is told the new one only.
func (m *demoMaker) movedAtOnce(ctx context.Context, day jalali.Day) error {
	begun := m.options.Now.Add(-12 * time.Minute)
	p := m.providers[0]
	a, err := m.bookOn(ctx, desk.BatchBooking{Book: desk.Book{Patient: m.nextUp(), Provider: p, Service: m.does[p][0]}}, day, begun)
	if err != nil || a.ID == 0 {
		return err
	}
	_, err = m.moveOn(ctx, a, day.Add(1), begun.Add(5*time.Minute), demoMoves[0])
	return err
}

// moveOn moves an appointment to the first free time on the day or after it.
func (m *demoMaker) moveOn(ctx context.Context, a clinic.Appointment, day jalali.Day, at time.Time, reason string) (clinic.Appointment, error) {
	for k := range 10 {
		for _, t := range m.slots(a.Provider, day.Add(k)) {
			if !m.works(a.Provider, span(t, a.Minutes())) || t.Equal(a.Starts) {
				continue
			}
			to := desk.Reschedule{OnAppointment: desk.OnAppointment{Appointment: a.ID}, Starts: t, Reason: reason}
			moved, err := m.front(at).MoveAppointment(ctx, to)
			if fault.Of(err) == fault.Refused {
				continue
			}
			if err != nil {
				return a, err
			}
			return moved, m.deliver(ctx, moved, at.Add(time.Minute))
		}
	}
	return a, nil
}

// twice gives a time that is taken to somebody else besides.
func (m *demoMaker) twice(ctx context.Context) error {
	now := m.options.Now
	for _, a := range m.booked {
		if a.Starts.After(now.Add(20*time.Hour)) && a.Provider == m.providers[0] && a.Device == 0 {
			cmd := desk.Book{Patient: m.nextUp(), Provider: a.Provider, Service: a.Service, Starts: a.Starts, Overbook: true}
			made, err := m.bookAhead(ctx, cmd, now.Add(-90*time.Minute))
			if err != nil || made.Overbooked {
				return err
			}
		}
	}
	return nil
}
