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
	result  string      // of one that is done, or the reason of one that was dropped
	outcome clinic.ActivityOutcome
	next    int // days from today of what comes after it; 0: nothing does
	dropped bool
}{
	{clinic.CallOut, "یادآوری جلسه بعدی لیزر", 0, clinic.Receptionist, "", "", 0, false},
	{clinic.CallOut, "پیگیری مانده حساب", -3, clinic.Manager, "", "", 0, false},
	{clinic.FollowUp, "حال مراجعه‌کننده پس از تزریق", 1, "", "", "", 0, false},
	{clinic.Reminder, "تمدید بیمه تکمیلی", 6, clinic.Receptionist, "", "", 0, false},
	{clinic.CallIn, "پرسش درباره قیمت ایمپلنت", -2, clinic.CRM, "قیمت گفته شد؛ هفته بعد تصمیم می‌گیرد", clinic.OutcomeAgain, 5, false},
	{clinic.Text, "ارسال راهنمای مراقبت پس از لیزر", -5, clinic.CRM, "فرستاده شد", "", 0, false},
	{clinic.Visit, "بازبینی محل بخیه", -1, clinic.Receptionist, "بهبود یافته است", "", 0, false},
	{clinic.Social, "پاسخ به پیام اینستاگرام", 0, clinic.CRM, "", "", 0, false},
	{clinic.CallOut, "دعوت به جشنواره پاییز", -8, clinic.CRM, "شماره در دسترس نیست", "", 0, true},
	{clinic.FollowUp, "پیگیری آزمایش", -12, "", "", "", 0, false},
	{clinic.CallOut, "پیشنهاد جلسه تکمیلی بوتاکس", -1, clinic.CRM, "", "", 0, false},
	{clinic.CallOut, "پیگیری کسی که قیمت پرسید", -4, clinic.CRM, "گوشی را برنداشت", clinic.OutcomeNoAnswer, 0, false},
	{clinic.CallOut, "هماهنگی تزریق ژل", -3, clinic.Receptionist, "خط مشغول بود", clinic.OutcomeBusy, 1, false},
	{clinic.CallOut, "معرفی بسته پاکسازی پوست", -6, clinic.CRM, "فعلاً نمی‌خواهد", clinic.OutcomeDeclined, 0, false},
	{clinic.FollowUp, "رضایت از جلسه نخست", -7, clinic.Receptionist, "راضی بود", clinic.OutcomeAnswered, 0, false},
	{clinic.FollowUp, "پیگیری شکایت از انتظار طولانی", 0, clinic.Manager, "", "", 0, false},
	{clinic.Reminder, "آوردن جواب آزمایش پیش از ویزیت", 0, "", "", "", 0, false},
	{clinic.Text, "فرستادن نشانی شعبه تازه", 2, clinic.CRM, "", "", 0, false},
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
		return m.by(clinic.CRM, done).DropActivity(ctx, id, one.result)
	case one.result != "":
		var next *clinic.NextActivity
		if one.next != 0 {
			next = &clinic.NextActivity{Kind: clinic.CallOut, Due: m.Settings().Day(now).Add(one.next), Owner: a.Owner}
		}
		return m.by(clinic.CRM, done).CompleteActivity(ctx, id, one.outcome, one.result, next)
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
