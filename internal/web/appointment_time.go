package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// soonTimes is how many of the first free times a form offers.
const soonTimes = 6

// dayTimes bounds how many free times of one day a form offers.
const dayTimes = 60

// minuteOf reads a clock as a minute of the day, -1 for nothing and for what is
// none, which is a problem of the field.
func (t *typed) minuteOf(name string) int {
	text := strings.TrimSpace(farsi.Digits(t.text(name)))
	if text == "" {
		return -1
	}
	if len(text) <= 2 {
		text += ":00"
	} else if !strings.Contains(text, ":") {
		text = text[:len(text)-2] + ":" + text[len(text)-2:]
	}
	clock, err := time.Parse("15:04", text)
	if err != nil {
		t.problem(name, t.v.l.T("deposit.clock"))
		return -1
	}
	return clock.Hour()*60 + clock.Minute()
}

// instant is the time of the fields day and clock, zero when they name none,
// which is a problem of the one that is missing.
func (t *typed) instant() time.Time {
	before := len(t.problems)
	day, minute := t.day("day"), t.minuteOf("clock")
	switch {
	case len(t.problems) > before:
		return time.Time{}
	case day == "":
		t.problem("day", t.v.l.T("appointment.day"))
		return time.Time{}
	case minute < 0:
		t.problem("clock", t.v.l.T("appointment.clock"))
		return time.Time{}
	}
	at, ok := day.At(minute, t.v.clinic.Zone)
	if !ok {
		t.problem("clock", t.v.l.T("deposit.clock"))
	}
	return at
}

// takeTime puts an instant into the fields day and clock.
func (t *typed) takeTime(at time.Time) {
	t.values["day"], t.values["clock"] = t.v.l.Day(t.v.clinic.Day(at)), t.v.l.Clock(at)
}

// arriveAt puts what the address says of a time into the fields: an instant as
// "starts", or one that was chosen as "at", with its provider behind a stroke.
func arriveAt(t *typed) {
	query := t.v.r.URL.Query()
	starts, provider, _ := strings.Cut(query.Get("at"), "/")
	if starts == "" {
		starts = query.Get("starts")
	}
	if at, err := time.Parse(time.RFC3339, starts); err == nil {
		t.takeTime(at)
	}
	if number[clinic.ProviderID](provider) != 0 {
		t.values["provider"] = provider
	}
}

// timeFields are those for a provider and a time with what is free. source is
// where the free times come anew from.
func (s *server) timeFields(t *typed, offer desk.BookingOffer, source string) []view.SettingField {
	day := sheetField(t, "day", view.DateField)
	clock := latin(sheetField(t, "clock", ""))
	clock.Mode, clock.Hint = "numeric", t.v.l.T("field.clock.hint")
	free := view.SettingField{Kind: view.PartField, Input: view.Input{Name: "free-times", Wide: true}, Part: view.FreeTimesPart(s.freeOf(t, offer.Providers)), Source: source,
		When: "change from:#service, change from:#provider, change from:#day, change from:#minutes"}
	fields := []view.SettingField{providerField(t, offer), day, free, clock}
	if next := nextTimes(t.v, t.text("next"), t.text("provider")); len(next) > 0 {
		fields = append(fields, view.SettingField{Kind: view.PartField, Input: view.Input{Name: "next-times", Wide: true},
			Part: view.TimeChips(t.v.l, "appointment.next", next)})
	}
	return fields
}

// providerField offers who does the chosen service.
func providerField(t *typed, offer desk.BookingOffer) view.SettingField {
	all := []view.Choice{{Text: t.v.l.T("wait.anybody")}}
	for _, p := range offer.Providers {
		if offer.Offers(p.ID, clinic.ServiceID(t.id("service"))) {
			all = append(all, view.Choice{Value: id(p.ID), Text: p.Name})
		}
	}
	return choiceField(t, "provider", all...)
}

// wantedOf is what a time is looked for.
func wantedOf(t *typed) desk.Wanted {
	quiet := &typed{v: t.v, values: t.values}
	return desk.Wanted{Provider: clinic.ProviderID(t.id("provider")), Service: clinic.ServiceID(t.id("service")), Minutes: quiet.number("minutes")}
}

// freeOf are the free times for what is in the fields: the first ones of all,
// and those of the day.
func (s *server) freeOf(t *typed, providers []clinic.Provider) view.FreeTimes {
	v, q := t.v, wantedOf(t)
	f := view.FreeTimes{L: v.l}
	named := map[clinic.ProviderID]string{}
	for _, p := range providers {
		if q.Provider == 0 {
			named[p.ID] = p.Name
		}
	}
	soon, err := s.Desk.NextFree(v.r.Context(), v.actor, q, time.Time{}, soonTimes)
	f.Soon = timesOf(t, soon, named, true)
	if len(soon) > 0 {
		f.Length = v.l.T("appointment.takes", "n", soon[0].Minutes())
	}
	quiet := &typed{v: v, values: t.values}
	day := quiet.day("day")
	if e, ok := fault.As(err); ok {
		f.Length = sentence(v, e)
		return f
	}
	if day == "" {
		if len(soon) == 0 {
			f.Length = v.l.T("appointment.none_soon")
		}
		return f
	}
	f.Title = v.l.T("appointment.of_day", "day", v.l.DayLong(day))
	days, err := s.Desk.Availability(v.r.Context(), v.actor, desk.AvailabilityQuery{Wanted: q, From: day, To: day})
	if err != nil || len(days) == 0 {
		return f
	}
	f.Times = timesOf(t, days[0].Slots[:min(len(days[0].Slots), dayTimes)], named, false)
	switch {
	case days[0].Holiday != "":
		f.Why = v.l.T("fault.appointment.holiday", "name", days[0].Holiday)
	case len(days[0].Slots) == 0:
		f.Why = v.l.T("appointment.none_day")
	case len(days[0].Slots) > dayTimes:
		f.Why = v.l.T("appointment.more", "n", len(days[0].Slots)-dayTimes)
	}
	return f
}

// timesOf are free times as a form offers them; named says with whom, dated on
// which day.
func timesOf(t *typed, slots []clinic.Slot, named map[clinic.ProviderID]string, dated bool) (all []view.FreeTime) {
	for _, slot := range slots {
		all = append(all, freeTime(t, slot.Starts, id(slot.Provider), named[slot.Provider], dated))
	}
	return all
}

// freeTime is one free time.
func freeTime(t *typed, at time.Time, provider, name string, dated bool) view.FreeTime {
	v := t.v
	day := v.clinic.Day(at)
	free := view.FreeTime{Starts: at.UTC().Format(time.RFC3339), Day: v.l.Day(day), Clock: v.l.Clock(at), Provider: provider, Text: v.l.Clock(at), Note: name}
	if dated {
		free.Text = v.l.T("appointment.chip", "weekday", v.l.Weekday(day), "day", v.l.Day(day), "clock", v.l.Clock(at))
	}
	quiet := &typed{v: v, values: t.values}
	free.On = quiet.day("day") == day && fmt.Sprint(quiet.minuteOf("clock")) == strconv.Itoa(v.minuteOf(at)) && (name == "" || t.text("provider") == provider)
	return free
}

// nextTimes are the free times that a refusal offers.
func nextTimes(v visit, next, provider string) (all []view.FreeTime) {
	for _, at := range instants(next) {
		all = append(all, freeTime(&typed{v: v, values: map[string]string{}}, at, provider, "", true))
	}
	return all
}

// timeFault leads the fault of a time to its field, and keeps the free times
// that it offers.
func timeFault(t *typed, err error) (sheetDone, error) {
	done := sheetDone{}
	e, ok := fault.As(err)
	if !ok {
		return done, err
	}
	delete(t.values, "next")
	if next := e.Args["next"]; next != "" {
		t.values["next"] = next
		done.times = nextTimes(t.v, next, t.text("provider"))
	}
	switch e.Field {
	case "starts":
		field := "clock"
		if e.Code == "appointment.holiday" || e.Code == "appointment.day_off" || e.Code == "appointment.too_far" {
			field = "day"
		}
		e = e.At(field)
	case "provider_id", "service_id":
		e = e.At(strings.TrimSuffix(e.Field, "_id"))
	case "use":
		e = e.At("")
	}
	return done, e
}

// GET /patients/{patient}/appointments/free answers the free times for what is
// in a form, or with part=deposit the fields of its deposit.
func (s *server) freeTimes(v visit) error {
	patient, err := patientOf(v)
	if err != nil {
		return err
	}
	t := &typed{v: v, values: map[string]string{}}
	for name, values := range v.r.URL.Query() {
		t.values[name] = values[0]
	}
	offer, err := s.Desk.BookingOffer(v.r.Context(), v.actor, patient)
	if err != nil {
		return err
	}
	if t.text("part") != "deposit" {
		return s.show(v, view.FreeTimesPart(s.freeOf(t, offer.Providers)))
	}
	delete(t.values, "amount")
	delete(t.values, "method")
	chooseDeposits(t, offer)
	return s.show(v, view.FieldPart(v.l, s.depositGroup(t, patient, offer), nil))
}
