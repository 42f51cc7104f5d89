package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// board fills today: before now what happened, around now who is in a room, who
// waits and who is late, and later who is to come.
func (m *demoMaker) board(ctx context.Context) error {
	if len(m.known) == 0 {
		return nil
	}
	today := m.Settings().Day(m.options.Now)
	for i, p := range m.providers {
		for range demoWeeks[i].capacity {
			until := time.Time{}
			for _, t := range m.slots(p, today) {
				if t.Before(until) || m.luck.percent(15) {
					continue
				}
				made, err := m.todays(ctx, p, t)
				if err != nil {
					return err
				}
				if made {
					until = m.booked[len(m.booked)-1].Ends
				}
			}
		}
	}
	return nil
}

// todays books a time of today some days before, and lets happen what has
// happened by now; false when there is no room for it.
func (m *demoMaker) todays(ctx context.Context, p clinic.ProviderID, starts time.Time) (bool, error) {
	made, err := m.bookAhead(ctx, desk.Book{Patient: m.nextUp(), Provider: p, Service: pick(&m.luck, m.does[p]), Starts: starts}, starts.Add(-time.Duration(20+m.luck.below(120))*time.Hour))
	if made.ID == 0 || err != nil {
		return false, err
	}
	now := m.options.Now
	switch {
	case m.past(made.Ends.Add(20 * time.Minute)):
		err = m.happened(ctx, made)
	case m.past(made.Starts):
		err = m.happens(ctx, made)
	case made.Starts.Before(now.Add(40*time.Minute)) && m.luck.percent(60):
		at := now.Add(-time.Duration(m.luck.below(15)) * time.Minute)
		if m.Settings().Day(at) != m.Settings().Day(made.Starts) {
			at = now // just after midnight
		}
		_, err = m.front(at).StepAppointment(ctx, made.ID, clinic.CheckedIn, "")
	case m.luck.percent(35):
		_, err = m.front(now.Add(-time.Hour)).StepAppointment(ctx, made.ID, clinic.Confirmed, "")
	}
	return true, err
}

// happened is an appointment of today that is over.
func (m *demoMaker) happened(ctx context.Context, a clinic.Appointment) (err error) {
	switch luck := m.luck.below(100); {
	case luck < 76:
		return m.arrives(ctx, a, a.Starts.Add(-5*time.Minute), clinic.LineCompleted)
	case luck < 88:
		_, err = m.front(a.Ends.Add(16*time.Minute)).MissAppointment(ctx, a.ID)
	default:
		at := a.Starts.Add(-time.Duration(2+m.luck.below(16)) * time.Hour)
		err = m.cancel(ctx, a, at, luck > 96, pick(&m.luck, demoCancels))
	}
	return err
}

// happens is an appointment whose time it is now: one is in the room, one is
// late, one waits for the door to open.
func (m *demoMaker) happens(ctx context.Context, a clinic.Appointment) (err error) {
	m.arrivals++
	switch m.arrivals % 4 {
	case 1:
		return m.arrives(ctx, a, a.Starts.Add(-5*time.Minute), clinic.LineInProgress)
	case 2:
		return m.arrives(ctx, a, a.Starts.Add(-2*time.Minute), clinic.LineWaiting)
	case 3:
		_, err = m.front(m.options.Now.Add(-2*time.Hour)).StepAppointment(ctx, a.ID, clinic.Confirmed, "") // and is late
	default:
		_, err = m.front(a.Starts).StepAppointment(ctx, a.ID, clinic.CheckedIn, "")
	}
	return err
}

// arrives checks somebody in and admits them a moment later; most of those who
// are done have paid.
func (m *demoMaker) arrives(ctx context.Context, a clinic.Appointment, at time.Time, stage clinic.LineStatus) error {
	if m.Settings().Day(at) != m.Settings().Day(a.Starts) {
		at = a.Starts // just after midnight
	}
	if _, err := m.front(at).StepAppointment(ctx, a.ID, clinic.CheckedIn, ""); err != nil {
		return err
	}
	admitted := at.Add(time.Minute)
	front := m.front(admitted)
	if !m.past(admitted) {
		admitted = m.options.Now
	}
	order, err := front.Order(ctx, desk.Admit{Patient: a.Patient, Coverage: &desk.Insurers{},
		Lines: []desk.OrderedLine{{Service: a.Service, Provider: a.Provider, Quantity: 1}}}, admitted)
	if err != nil {
		return err
	}
	order.Lines[0].Status = stage
	if order, err = front.Admission(ctx, order, true); err != nil {
		return err
	}
	m.admissions++
	if err := front.FulfilAppointment(ctx, a.ID, order.ID); err != nil {
		return err
	}
	paid := admitted.Add(time.Duration(a.Minutes()) * time.Minute)
	if stage != clinic.LineCompleted || !m.luck.percent(70) || !m.past(paid) || order.PatientShare == 0 {
		return nil
	}
	line := clinic.MoneyLine{Method: clinic.POS, Amount: order.PatientShare, TrackingNumber: fmt.Sprintf("%06d", 640_000+m.admissions), LastFour: "6037"}
	_, _, err = m.front(paid).Receipt(ctx, clinic.Receipt{Patient: a.Patient, At: paid, Lines: []clinic.MoneyLine{line}}, nil)
	m.receipts++
	return err
}

// bookAhead books a time at an instant before now, and tells the patient by a
// message; an appointment without an id is one that there was no room for.
func (m *demoMaker) bookAhead(ctx context.Context, cmd desk.Book, begun time.Time) (a clinic.Appointment, err error) {
	return m.bookSeries(ctx, desk.BatchBooking{Book: cmd}, begun)
}

func (m *demoMaker) bookSeries(ctx context.Context, cmd desk.BatchBooking, begun time.Time) (a clinic.Appointment, err error) {
	if !m.works(cmd.Provider, span(cmd.Starts, m.minutes[cmd.Service])) {
		return a, nil
	}
	if !m.past(begun) {
		begun = m.options.Now.Add(-time.Duration(1+m.luck.below(48*60)) * time.Minute)
	}
	cmd.Channel, cmd.Note = m.channel(), pick(&m.luck, demoNotes)
	a, err = m.front(begun).Book(ctx, cmd)
	if fault.Of(err) == fault.Refused {
		return clinic.Appointment{}, nil
	}
	if err != nil {
		return a, err
	}
	m.booked = append(m.booked, a)
	return a, m.deliver(ctx, a, begun.Add(time.Minute))
}

// deliver lets the messages about an appointment be sent, most of them with
// success; those of the last minutes wait.
func (m *demoMaker) deliver(ctx context.Context, a clinic.Appointment, at time.Time) error {
	if at.After(m.options.Now.Add(-40 * time.Minute)) {
		return nil
	}
	failure := ""
	if len(m.booked)%17 == 5 {
		failure = demoFailure
	}
	return m.Deliver(ctx, int64(a.ID), at, failure)
}
