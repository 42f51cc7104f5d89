package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// demoActivities are what the desk has to do about people, or did: so many days
// from today, in every kind and state.
var demoActivities = []struct {
	kind    clinic.ActivityKind
	subject string
	due     int
	owner   clinic.Role // "": whoever comes to it
	result  string      // of one that is done
	dropped bool
}{
	{clinic.CallOut, "یادآوری جلسه بعدی لیزر", 0, clinic.Receptionist, "", false},
	{clinic.CallOut, "پیگیری مانده حساب", -3, clinic.Accountant, "", false},
	{clinic.FollowUp, "حال مراجعه‌کننده پس از تزریق", 1, "", "", false},
	{clinic.Reminder, "تمدید بیمه تکمیلی", 6, clinic.Receptionist, "", false},
	{clinic.CallIn, "پرسش درباره قیمت ایمپلنت", -2, clinic.CRM, "قیمت گفته شد؛ هفته بعد تصمیم می‌گیرد", false},
	{clinic.Text, "ارسال راهنمای مراقبت پس از لیزر", -5, clinic.CRM, "فرستاده شد", false},
	{clinic.Visit, "بازبینی محل بخیه", -1, clinic.Doctor, "بهبود یافته است", false},
	{clinic.Social, "پاسخ به پیام اینستاگرام", 0, clinic.CRM, "", false},
	{clinic.CallOut, "دعوت به جشنواره پاییز", -8, clinic.CRM, "", true},
	{clinic.FollowUp, "پیگیری آزمایش", -12, "", "", false},
}

// aside is what goes on beside the calendar: the activities and who waits for a
// time.
func (m *demoMaker) aside(ctx context.Context) error {
	if len(m.known) == 0 {
		return nil
	}
	for i := range demoActivities {
		if err := m.activity(ctx, i, m.known[(i*3)%len(m.known)]); err != nil {
			return err
		}
		if i%3 == 0 { // the patient whom everybody knows has some of each
			if err := m.activity(ctx, i, m.known[0]); err != nil {
				return err
			}
		}
	}
	return m.waiting(ctx)
}

func (m *demoMaker) activity(ctx context.Context, i int, p clinic.PatientID) error {
	one := demoActivities[i]
	now := m.options.Now
	recorded := now.Add(time.Duration(min(0, one.due)*24-30) * time.Hour)
	a := clinic.Activity{Patient: p, Kind: one.kind, Subject: one.subject, Due: m.Settings().Day(now).Add(one.due)}
	if one.owner != "" {
		a.Owner = m.people[string(one.owner)].Staff
	}
	id, err := m.by(clinic.CRM, recorded).Activity(ctx, a, false)
	if err != nil {
		return err
	}
	switch done := recorded.Add(26 * time.Hour); {
	case one.dropped:
		return m.by(clinic.CRM, done).DropActivity(ctx, id)
	case one.result != "":
		return m.by(clinic.CRM, done).CompleteActivity(ctx, id, one.result)
	}
	return nil
}

// waiting lets people wait for a time; one got one, and one does not want it
// any more.
func (m *demoMaker) waiting(ctx context.Context) error {
	today := m.Settings().Day(m.options.Now)
	sadeghi, laser := m.providers[0], m.providers[3]
	var ids []clinic.WaitID
	lines := []clinic.Wait{
		{Provider: sadeghi, Service: m.does[sadeghi][2], Part: clinic.Morning, Last: today.Add(7), Note: "فقط پیش از ظهر"},
		{Provider: sadeghi, Part: clinic.Afternoon},
		{Service: m.services[visitService], Part: clinic.AnyTime, Note: "هر پزشکی که زودتر وقت دارد"},
		{Provider: laser, Service: m.does[laser][1], Part: clinic.AnyTime, First: today.Add(3), Last: today.Add(20)},
		{Provider: m.providers[1], Part: clinic.Morning},
		{Provider: laser, Part: clinic.AnyTime},
		{Provider: sadeghi, Part: clinic.AnyTime},
	}
	for i, line := range lines {
		at := m.options.Now.Add(-time.Duration(100-11*i) * time.Hour)
		line.Patient = m.known[(i*11+2)%len(m.known)]
		id, err := m.front(at).Wait(ctx, line)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	got := lines[5]
	_, err := m.bookOn(ctx, desk.BatchBooking{Book: desk.Book{Patient: m.known[(5*11+2)%len(m.known)], Provider: got.Provider, Service: m.does[laser][0], Wait: ids[5]}},
		today.Add(2), m.options.Now.Add(-3*time.Hour))
	if err != nil {
		return err
	}
	return m.front(m.options.Now.Add(-time.Hour)).EndWait(ctx, ids[6])
}
