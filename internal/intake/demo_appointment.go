package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// Why appointments of the demo were cancelled, and what came of follow-ups.
var (
	demoCancels = []string{"سفر", "بیماری", "تداخل با کار", "منصرف شد"}
	demoAbsent  = []string{"پزشک در اتاق عمل بود", "خرابی دستگاه"}
	demoResults = []string{"پاسخ داد و نوبت تازه گرفت", "پاسخ نداد؛ پیامک فرستاده شد", "از ادامه درمان منصرف شد", "هفته بعد تماس بگیریم"}
	demoMoves   = []string{"به درخواست مراجعه‌کننده", "جلسه کاری"}
	demoFailure = "شماره گیرنده در دسترس نیست"
	demoNotes   = []string{"", "", "", "", "بار اول", "حساسیت به بی‌حسی", "با همراه می‌آید", "عکس قبل گرفته شود"}
)

// channel is how somebody books.
func (m *demoMaker) channel() clinic.Channel {
	switch luck := m.luck.below(100); {
	case luck < 55:
		return clinic.ByPhone
	case luck < 85:
		return clinic.InPerson
	}
	return clinic.Online
}

// front is the batch of the front desk at the time, which is never later than
// now.
func (m *demoMaker) front(at time.Time) desk.Batch {
	if !m.past(at) {
		at = m.options.Now
	}
	return m.by(clinic.Receptionist, at)
}

// came lets most admissions of earlier days have been appointments, where
// somebody worked then; the others walked in.
func (m *demoMaker) came(ctx context.Context, a clinic.Admission) error {
	line := a.Lines[0]
	minutes, booked := m.minutes[line.Service]
	starts := a.At.Truncate(15 * time.Minute)
	begun := starts.Add(-time.Duration(2+m.luck.below(9*24)) * time.Hour)
	if begun.Before(m.began) {
		begun = m.began
	}
	if !booked || m.Settings().Day(a.At) == m.Settings().Day(m.options.Now) || m.luck.percent(20) || !begun.Before(starts) ||
		!m.works(line.Provider, span(starts, minutes)) {
		return nil
	}
	cmd := desk.BatchBooking{Book: desk.Book{Patient: a.Patient, Provider: line.Provider, Service: line.Service, Starts: starts, Minutes: minutes,
		Channel: m.channel(), Note: pick(&m.luck, demoNotes)}}
	moves := m.luck.percent(12) && m.past(starts.Add(5*24*time.Hour))
	if moves {
		cmd.Starts = starts.Add(time.Duration(1+m.luck.below(2)) * 24 * time.Hour)
	}
	made, err := m.front(begun).Book(ctx, cmd)
	if fault.Of(err) == fault.Refused {
		return nil // somebody else has that time, or the provider does something else
	}
	if err != nil {
		return err
	}
	if moves {
		to := desk.Reschedule{OnAppointment: desk.OnAppointment{Appointment: made.ID}, Starts: starts, Reason: pick(&m.luck, demoMoves)}
		if made, err = m.front(begun.Add(time.Hour)).MoveAppointment(ctx, to); err != nil {
			return err
		}
	}
	if before := starts.Add(-20 * time.Hour); m.luck.percent(40) && before.After(begun.Add(2*time.Hour)) {
		if _, err := m.front(before).StepAppointment(ctx, made.ID, clinic.Confirmed, ""); err != nil {
			return err
		}
	}
	return m.front(a.At).FulfilAppointment(ctx, made.ID, a.ID)
}

// missed gives some patients an appointment that came to nothing: missed,
// cancelled with or without a deposit, entered in error.
func (m *demoMaker) missed(ctx context.Context, n int, p clinic.PatientID) error {
	what := n % 10
	if what != 0 && what != 2 && what != 5 && what != 8 && n%30 != 7 {
		return nil
	}
	days := int(m.options.Now.Sub(m.began)/(24*time.Hour)) - 4
	starts, provider := m.free(4+n%max(1, min(days-4, 150)), n)
	if starts.IsZero() {
		return nil
	}
	service := pick(&m.luck, m.does[provider])
	begun := starts.Add(-72 * time.Hour)
	made, err := m.front(begun).Book(ctx, desk.BatchBooking{Book: desk.Book{Patient: p, Provider: provider, Service: service, Starts: starts, Channel: m.channel()}})
	if err != nil {
		return err
	}
	over := made.Ends.Add(20 * time.Minute)
	switch what {
	case 0, 2:
		if _, err := m.front(over).MissAppointment(ctx, made.ID); err != nil {
			return err
		}
		return m.followUp(ctx, p, over.Add(26*time.Hour), n)
	case 5:
		return m.cancelled(ctx, made, n)
	case 7:
		_, err = m.front(begun.Add(10*time.Minute)).StepAppointment(ctx, made.ID, clinic.EnteredInError, "")
		return err
	}
	cancelled := starts.Add(-5 * time.Hour)
	if err := m.cancel(ctx, made, cancelled, true, demoAbsent[n%2]); err != nil {
		return err
	}
	return m.followUp(ctx, p, cancelled.Add(3*time.Hour), n)
}

// free is a time of a provider so many days ago or a little earlier, zero for
// none.
func (m *demoMaker) free(ago, n int) (time.Time, clinic.ProviderID) {
	today := m.Settings().Day(m.options.Now)
	p := m.providers[n%len(m.providers)]
	for k := range 6 {
		if all := m.week.Openings(p, today.Add(-ago-k)); len(all) > 0 {
			return all[n%len(all)].From.Add(time.Duration(n*7%8) * 15 * time.Minute), p
		}
	}
	return time.Time{}, 0
}

// followUp lets most follow-ups that came by themselves be done a while later;
// those of the last days stay open.
func (m *demoMaker) followUp(ctx context.Context, p clinic.PatientID, at time.Time, n int) error {
	if n%4 == 3 || at.After(m.options.Now.Add(-10*24*time.Hour)) {
		return nil
	}
	all, err := m.ActivitiesAbout(ctx, p)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Status == clinic.ActivityOpen {
			if err := m.by(clinic.CRM, at).CompleteActivity(ctx, a.ID, clinic.OutcomeAnswered, demoResults[n%len(demoResults)], nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// cancelled cancels an appointment with a deposit: too late, so that a part is
// kept, or in time, so that it goes back.
func (m *demoMaker) cancelled(ctx context.Context, a clinic.Appointment, n int) error {
	const amount = money.Amount(8_000_000)
	paid := a.Recorded.Add(10 * time.Minute)
	d, err := m.front(paid).Deposit(ctx, m.depositFor(a, amount, paid), []clinic.MoneyLine{{Method: clinic.CardToCard, Amount: amount, TrackingNumber: "551902"}})
	if err != nil {
		return err
	}
	at := a.Starts.Add(-50 * time.Hour)
	if n%20 == 5 {
		at = a.Starts.Add(-3 * time.Hour)
	}
	reason := demoCancels[n%len(demoCancels)]
	if err := m.cancel(ctx, a, at, false, reason); err != nil {
		return err
	}
	later := at.Add(time.Hour)
	if n%20 == 5 {
		return m.by(clinic.Supervisor, later).ForfeitDeposit(ctx, d.ID, amount/5, reason, later)
	}
	return m.by(clinic.Accountant, later).RefundDeposit(ctx, d.ID, amount, reason, later)
}

// cancel cancels an appointment and tells the patient.
func (m *demoMaker) cancel(ctx context.Context, a clinic.Appointment, at time.Time, byClinic bool, reason string) error {
	if _, err := m.front(at).CancelAppointment(ctx, a.ID, byClinic, reason); err != nil {
		return err
	}
	return m.deliver(ctx, a, at.Add(time.Minute))
}

// depositFor is a deposit for an appointment, received or asked for at the
// time.
func (m *demoMaker) depositFor(a clinic.Appointment, amount money.Amount, at time.Time) clinic.Deposit {
	return clinic.Deposit{Patient: a.Patient, Amount: amount, Service: a.Service, Provider: a.Provider, Appointment: a.ID, Planned: a.Starts, At: at}
}

// nextUp is the next patient who is booked; they take turns.
func (m *demoMaker) nextUp() clinic.PatientID {
	m.turn++
	return m.known[(m.turn*37+11)%len(m.known)]
}

// slots are the instants at which an appointment of the provider may begin on a
// day, a quarter of an hour apart.
func (m *demoMaker) slots(p clinic.ProviderID, d jalali.Day) (all []time.Time) {
	for _, o := range m.week.Openings(p, d) {
		for t := o.From; t.Before(o.Until); t = t.Add(15 * time.Minute) {
			all = append(all, t)
		}
	}
	return all
}
