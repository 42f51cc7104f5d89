package intake

import (
	"context"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// demoTimes is what booking knows of the services, by their code; one that is
// not here is bought and not booked.
var demoTimes = map[string]struct {
	minutes   int
	rate      int // of the deposit, in basis points
	laser     bool
	online    bool
	providers []int // who does it, by place in demoProviders
}{
	"visit":    {minutes: 15, online: true, providers: []int{0, 1, 2}},
	"cleaning": {minutes: 45, online: true, providers: []int{0, 2, 3}},
	"botox":    {minutes: 30, rate: 3000, providers: []int{0, 2}},
	"filler":   {minutes: 45, rate: 3000, providers: []int{0, 2}},
	"laser":    {minutes: 40, rate: 2000, laser: true, providers: []int{3}},
	"laser-6":  {minutes: 40, rate: 2000, laser: true, providers: []int{3}},
	"implant":  {minutes: 90, rate: 3000, providers: []int{1}},
	"scaling":  {minutes: 30, providers: []int{1}},
	"filling":  {minutes: 45, providers: []int{1}},
	"meso-6":   {minutes: 30, providers: []int{0, 2}},
}

// hours are a stretch of a day in whole hours.
type hours struct{ from, until int }

// demoWeeks are the weeks of demoProviders: a full one, a dentist's, one who
// comes on three days, and an operator who serves two at once.
var demoWeeks = []struct {
	room     int // of demoRooms
	capacity int
	hours    map[jalali.Weekday][]hours
	rules    clinic.BookingRules
}{
	{0, 1, week([]hours{{9, 13}, {16, 20}}, []hours{{9, 13}}), clinic.BookingRules{SlotMinutes: 15, OpenDays: 60, NoticeMinutes: 120, CancelHours: 24, Online: true,
		Biography: "متخصص پوست، مو و زیبایی با پانزده سال سابقه.\nبورد تخصصی از دانشگاه علوم پزشکی تهران."}},
	{1, 1, week([]hours{{9, 13}, {15, 19}}, nil), clinic.BookingRules{SlotMinutes: 30, OpenDays: 90, NoticeMinutes: 240, CancelHours: 48,
		Biography: "دندانپزشک؛ ایمپلنت و ترمیم."}},
	{2, 1, map[jalali.Weekday][]hours{jalali.Saturday + 1: {{16, 20}}, jalali.Saturday + 3: {{16, 20}}, jalali.Thursday: {{9, 13}}},
		clinic.BookingRules{SlotMinutes: 15, NoticeMinutes: 60, CancelHours: 24, Biography: "پزشک عمومی، دوره‌دیده تزریق بوتاکس و فیلر."}},
	{3, 2, week([]hours{{9, 13}, {14, 20}}, []hours{{9, 14}}), clinic.BookingRules{SlotMinutes: 20, OpenDays: 90, NoticeMinutes: 60, CancelHours: 12, Online: true,
		Biography: "کارشناس لیزر و پاکسازی پوست."}},
}

// week is the same hours from Saturday to Wednesday, and those of Thursday.
func week(most, thursday []hours) map[jalali.Weekday][]hours {
	all := map[jalali.Weekday][]hours{jalali.Thursday: thursday}
	for d := jalali.Saturday; d < jalali.Thursday; d++ {
		all[d] = most
	}
	return all
}

// demoRooms are where they work; the last two serve two people.
var demoRooms = []clinic.Resource{
	{Kind: clinic.Room, Code: "room-1", Name: "اتاق ۱"}, {Kind: clinic.Room, Code: "dental-1", Name: "یونیت دندانپزشکی"},
	{Kind: clinic.Room, Code: "room-2", Name: "اتاق ۲"}, {Kind: clinic.Room, Code: "laser", Name: "اتاق لیزر", Capacity: 2},
}

var demoLaser = clinic.Resource{Kind: clinic.Device, Code: "alexandrite", Name: "لیزر الکساندرایت"}

// demoTimetable is what the demo knows of its calendar while it is filled.
type demoTimetable struct {
	luck     chance // of its own, so that the rest of the demo stays as it is
	rooms    []clinic.ResourceID
	laser    clinic.ResourceID
	week     clinic.Week
	minutes  map[clinic.ServiceID]int
	does     map[clinic.ProviderID][]clinic.ServiceID // what is booked with each
	began    time.Time                                // of the patient at hand
	turn     int                                      // of who is booked next
	arrivals int                                      // whose time it is now
	booked   []clinic.Appointment                     // that are to come
}

// furnish adds the rooms and the laser.
func (m *demoMaker) furnish(ctx context.Context) (err error) {
	m.luck, m.minutes, m.does = chance{m.options.Seed ^ 0xca1e9da7}, map[clinic.ServiceID]int{}, map[clinic.ProviderID][]clinic.ServiceID{}
	m.rooms = nil
	for _, r := range demoRooms {
		id, err := m.Resource(ctx, r)
		if err != nil {
			return err
		}
		m.rooms = append(m.rooms, id)
	}
	m.laser, err = m.Resource(ctx, demoLaser)
	return err
}

// timed adds to a service what booking knows of it.
func (m *demoMaker) timed(code string, n desk.NewService) desk.NewService {
	t := demoTimes[code]
	n.Duration, n.Deposit.Rate, n.Online = t.minutes, t.rate, t.online
	if t.laser {
		n.Device = m.laser
	}
	return n
}

// bookable remembers a service that is booked, and whoever does it.
func (m *demoMaker) bookable(id clinic.ServiceID, code string) {
	t, booked := demoTimes[code]
	if !booked {
		return
	}
	m.minutes[id] = t.minutes
	for _, p := range t.providers {
		m.does[m.providers[p]] = append(m.does[m.providers[p]], id)
	}
}

// timetable gives everybody a week, with what is not as usual: somebody is away
// this week, the clinic is closed one day soon, one works on a Friday, and
// today somebody is there whenever it is.
func (m *demoMaker) timetable(ctx context.Context) error {
	for i, p := range m.providers {
		if i > 0 {
			if err := m.ProviderServices(ctx, p, m.does[p]); err != nil {
				return err
			}
		}
		for d := jalali.Saturday; d <= jalali.Friday; d++ {
			for _, h := range demoWeeks[i].hours[d] {
				_, err := m.WorkShift(ctx, clinic.WorkShift{Provider: p, Room: m.rooms[demoWeeks[i].room], Weekday: d, From: h.from * 60,
					Until: h.until * 60, Capacity: demoWeeks[i].capacity})
				if err != nil {
					return err
				}
			}
		}
	}
	today := m.Settings().Day(m.options.Now)
	friday := today.Add(1)
	for friday.Weekday() != jalali.Friday {
		friday = friday.Add(1)
	}
	for _, e := range []clinic.Exception{
		{Kind: clinic.Leave, Provider: m.providers[1], First: today.Add(2), Reason: "همایش دندانپزشکی"},
		{Kind: clinic.Leave, Provider: m.providers[0], First: today.Add(5), From: 16 * 60, Until: 20 * 60, Reason: "کار شخصی"},
		{Kind: clinic.Closure, First: today.Add(9), Reason: "سرویس سامانه برق ساختمان"},
		{Kind: clinic.Extra, Provider: m.providers[2], Room: m.rooms[2], First: friday, From: 10 * 60, Until: 13 * 60, Reason: "جمعه فوق‌العاده"},
	} {
		if _, err := m.Exception(ctx, e); err != nil {
			return err
		}
	}
	if err := m.openToday(ctx, today); err != nil {
		return err
	}
	var err error
	m.week, err = m.Week(ctx, today.Add(-historyDays), today.Add(120))
	return err
}

// openToday lets somebody be there in the hours around now, whatever day and
// time it is.
func (m *demoMaker) openToday(ctx context.Context, today jalali.Day) error {
	usual, err := m.Week(ctx, today, today)
	if err != nil {
		return err
	}
	from, _ := today.Bounds(m.Settings().Zone)
	minute := int(m.options.Now.Sub(from)/time.Minute) / 15 * 15
	begins, ends := max(0, minute-150), min(24*60, minute+210)
	for i, p := range m.providers {
		around := clinic.Span{Starts: m.options.Now.Add(-90 * time.Minute), Ends: m.options.Now.Add(30 * time.Minute)}
		if i == 2 || slices.ContainsFunc(usual.Openings(p, today), around.Within) {
			continue
		}
		_, err := m.Exception(ctx, clinic.Exception{Kind: clinic.Extra, Provider: p, Room: m.rooms[demoWeeks[i].room], Capacity: demoWeeks[i].capacity,
			First: today, From: begins, Until: ends, Reason: "نوبت‌های فوق‌العاده امروز"})
		if err != nil {
			return err
		}
	}
	return nil
}

// works reports whether the provider takes appointments in all of the span.
func (m *demoMaker) works(p clinic.ProviderID, s clinic.Span) bool {
	return slices.ContainsFunc(m.week.Openings(p, m.Settings().Day(s.Starts)), s.Within)
}

// span is a time of so many minutes.
func span(starts time.Time, minutes int) clinic.Span {
	return clinic.Span{Starts: starts, Ends: starts.Add(time.Duration(minutes) * time.Minute)}
}
