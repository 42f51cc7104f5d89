package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// slot is a time that can be booked.
type slot struct {
	Starts     time.Time `json:"starts"`
	Ends       time.Time `json:"ends"`
	ProviderID string    `json:"provider_id"`
	BranchID   string    `json:"branch_id"`
	RoomID     string    `json:"room_id,omitempty"`
}

// freeDay are the free times of a day, in order.
type freeDay struct {
	Day       string `json:"day"`
	DayJalali string `json:"day_jalali"`
	Holiday   string `json:"holiday,omitempty" doc:"its name, when nobody works"`
	Slots     []slot `json:"slots"`
}

func showFree(d jalali.Day, holiday string, slots []clinic.Slot) freeDay {
	free := freeDay{Day: string(d), DayJalali: twin(d), Holiday: holiday, Slots: []slot{}}
	for _, s := range slots {
		free.Slots = append(free.Slots, slot{s.Starts.UTC(), s.Ends.UTC(), name(s.Provider), name(s.Branch), name(s.Room)})
	}
	return free
}

type availabilityQuery struct {
	ProviderID string `query:"provider_id" doc:"anybody who does the service when missing"`
	ServiceID  string `query:"service_id"`
	BranchID   string `query:"branch_id"`
	Minutes    int    `query:"minutes" doc:"as long as the service, or a slot of the provider, when missing"`
	From       string `query:"from" doc:"first day, today when missing; with next an instant too"`
	To         string `query:"to" doc:"last day, the first when missing; at most 62 days"`
	Next       int    `query:"next" doc:"instead of all times of the days, so many free ones from then on: 1 to 50, within 120 days"`
}

func (s *server) addAvailability() {
	add(s, call{method: http.MethodGet, path: "/availability", right: clinic.ReadAppointments, object: "appointment",
		says: "Free times by day"}, s.availability)
}

// wanted is what a time is looked for.
func (in *availabilityQuery) wanted() (q desk.Wanted, err error) {
	q.Minutes = in.Minutes
	if q.Provider, err = number[clinic.ProviderID](in.ProviderID, "provider", "provider_id"); err != nil {
		return q, err
	}
	if q.Service, err = number[clinic.ServiceID](in.ServiceID, "service", "service_id"); err != nil {
		return q, err
	}
	q.Branch, err = number[clinic.BranchID](in.BranchID, "branch", "branch_id")
	return q, err
}

func (s *server) availability(ctx context.Context, a clinic.Actor, in *availabilityQuery) (*answer[list[freeDay]], error) {
	q, err := in.wanted()
	if err != nil {
		return nil, err
	}
	c, err := s.desk.Clinic(ctx, a.Clinic)
	if err != nil {
		return nil, err
	}
	if in.Next != 0 {
		return s.nextFree(ctx, a, in, q, c)
	}
	today := s.desk.Today(c)
	from, err := day(in.From, "from", today)
	if err != nil {
		return nil, err
	}
	to, err := day(in.To, "to", today)
	if err != nil {
		return nil, err
	}
	if from == "" {
		from = today
	}
	if to == "" {
		to = from
	}
	days, err := s.desk.Availability(ctx, a, desk.AvailabilityQuery{Wanted: q, From: from, To: to})
	if err != nil {
		return nil, err
	}
	all := list[freeDay]{Items: []freeDay{}}
	for _, d := range days {
		all.Items = append(all.Items, showFree(d.Day, d.Holiday, d.Slots))
	}
	return reply(all), nil
}

// mostNext is how many next free times are told at once.
const mostNext = 50

// nextFree answers the first free times, by day. Invalid availability.range.
func (s *server) nextFree(ctx context.Context, a clinic.Actor, in *availabilityQuery, q desk.Wanted, c clinic.Clinic) (*answer[list[freeDay]], error) {
	if in.Next < 1 || in.Next > mostNext {
		return nil, fault.New(fault.Invalid, "availability.range", "1 to %d times are told at once", mostNext).At("next")
	}
	from, err := time.Parse(time.RFC3339, in.From)
	if err != nil {
		first, err := day(in.From, "from", s.desk.Today(c))
		if err != nil {
			return nil, err
		}
		if first != "" {
			from, _ = first.Bounds(c.Zone)
		}
	}
	slots, err := s.desk.NextFree(ctx, a, q, from, in.Next)
	if err != nil {
		return nil, err
	}
	all := list[freeDay]{Items: []freeDay{}}
	for len(slots) > 0 {
		d, n := c.Day(slots[0].Starts), 1
		for n < len(slots) && c.Day(slots[n].Starts) == d {
			n++
		}
		all.Items = append(all.Items, showFree(d, "", slots[:n]))
		slots = slots[n:]
	}
	return reply(all), nil
}
