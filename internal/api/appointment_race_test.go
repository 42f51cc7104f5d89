package api_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
)

// booking is a clinic with a provider who works and somebody to be booked.
type booking struct {
	clinicAPI
	rad, patient string
}

func openBooking(t *testing.T) booking {
	t.Helper()
	return bookingOf(t, open(t))
}

// eachBooking runs do with such a clinic on each database.
func eachBooking(t *testing.T, do func(t *testing.T, c booking)) {
	t.Helper()
	engine.Each(t, func(t *testing.T, database string) { do(t, bookingOf(t, openIn(t, database, "Asia/Tehran"))) })
}

func bookingOf(t *testing.T, of clinicAPI) booking {
	t.Helper()
	c := booking{clinicAPI: of}
	c.rad = c.weekly(t)
	_, p := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی"}`)
	c.patient = p["id"].(string)
	return c
}

// body is a booking of half an hour.
func (c booking) body(starts, more string) string {
	return `{"patient_id":"` + c.patient + `","provider_id":"` + c.rad + `","starts":"` + starts + `","minutes":30` + more + `}`
}

// count is how many appointments there are.
func (c booking) count(t *testing.T) int {
	t.Helper()
	_, all := c.call("GET", "/appointments?limit=200", c.manager, "")
	return len(all["items"].([]any))
}

// atOnce makes the same call many times at once and returns the answers.
func (c booking) atOnce(n int, key func(i int) string, body string) (answers []*http.Response, problems []map[string]any) {
	answers, problems = make([]*http.Response, n), make([]map[string]any, n)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			answers[i], problems[i] = c.call("POST", "/appointments", c.manager, body, "Idempotency-Key", key(i))
		})
	}
	all.Wait()
	return answers, problems
}

func TestATimeIsGivenOnceHoweverManyAskAtOnce(t *testing.T) {
	eachBooking(t, func(t *testing.T, c booking) {
		const asked = 200
		answers, bodies := c.atOnce(asked, func(i int) string { return "race " + strconv.Itoa(i) }, c.body("2026-12-01T06:30:00Z", ""))
		booked := 0
		for i, r := range answers {
			switch {
			case r.StatusCode == http.StatusCreated:
				booked++
			case r.StatusCode != http.StatusUnprocessableEntity && r.StatusCode != http.StatusConflict || bodies[i]["code"] != "appointment.taken":
				t.Errorf("answered %d %v", r.StatusCode, bodies[i])
			}
		}
		if there := c.count(t); booked != 1 || there != 1 {
			t.Errorf("%d of %d were booked and %d are there, want 1", booked, asked, there)
		}
	})
}

func TestOneKeyIsOneAppointment(t *testing.T) {
	eachBooking(t, func(t *testing.T, c booking) {
		body := c.body("2026-12-01T06:30:00Z", `,"deposit":{"method":"cash","amount":5000}`)
		answers, bodies := c.atOnce(50, func(int) string { return "one key" }, body)
		for i, r := range answers {
			if r.StatusCode != http.StatusCreated || !reflect.DeepEqual(bodies[i], bodies[0]) || r.Header.Get("ETag") != `"1"` {
				t.Fatalf("answered %d %v with ETag %s, the first was %v", r.StatusCode, bodies[i], r.Header.Get("ETag"), bodies[0])
			}
		}
		_, b := c.call("GET", "/patients/"+c.patient+"/balance", c.manager, "")
		if there := c.count(t); there != 1 || b["deposits"] != 5000.0 {
			t.Errorf("%d appointments and %v in deposits, want 1 and 5000", there, b["deposits"])
		}
		for name, other := range map[string][3]string{
			"another body":   {"/appointments", c.manager, c.body("2026-12-01T07:30:00Z", "")},
			"another person": {"/appointments", c.fresh, body},
			"another call":   {"/waitlist", c.manager, `{"patient_id":"` + c.patient + `"}`},
		} {
			response, problem := c.call("POST", other[0], other[1], other[2], "Idempotency-Key", "one key")
			if response.StatusCode != http.StatusConflict || problem["code"] != "request.reused" {
				t.Errorf("%s answered %d %v", name, response.StatusCode, problem)
			}
		}
		if there := c.count(t); there != 1 {
			t.Errorf("%d appointments in the end", there)
		}
	})
}

func TestAbsurdBookingsAreRefusedInWords(t *testing.T) {
	c := openBooking(t)
	for name, tt := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"nothing":             {`{}`, 400, "date.syntax"},
		"an unknown field":    {c.body("2026-12-01T06:30:00Z", `,"room":1`), 400, "request.unknown"},
		"a field twice":       {c.body("2026-12-01T06:30:00Z", `,"minutes":15`), 400, "request.twice"},
		"a text of minutes":   {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), "30}", `"30"}`, 1), 400, "request.syntax"},
		"no time":             {c.body("", ""), 400, "date.syntax"},
		"no instant":          {c.body("2026-12-01 10:00", ""), 400, "date.syntax"},
		"a day only":          {c.body("2026-12-01", ""), 400, "date.syntax"},
		"off the grid":        {c.body("2026-12-01T06:30:01Z", ""), 400, "appointment.step"},
		"a fraction":          {c.body("2026-12-01T06:30:00.5Z", ""), 400, "appointment.step"},
		"the year 9999":       {c.body("9999-12-31T20:00:00Z", ""), 422, ""},
		"the year 1":          {c.body("0001-01-01T06:30:00Z", ""), 422, "appointment.past"},
		"the zero instant":    {c.body("0001-01-01T00:00:00Z", ""), 422, "appointment.past"},
		"1e9 minutes":         {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), "30}", "1000000000}", 1), 400, "appointment.length"},
		"too many to count":   {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), "30}", "307445734561825860}", 1), 400, "appointment.length"},
		"beyond a number":     {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), "30}", "99999999999999999999}", 1), 400, "request.syntax"},
		"minutes below 0":     {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), "30}", "-30}", 1), 400, "appointment.length"},
		"an unknown provider": {strings.Replace(c.body("2026-12-01T06:30:00Z", ""), c.rad, "17", 1), 404, "provider.none"},
		"an unknown service":  {c.body("2026-12-01T06:30:00Z", `,"service_id":"17"`), 404, "service.none"},
		"an unknown branch":   {c.body("2026-12-01T06:30:00Z", `,"branch_id":"17"`), 422, "appointment.hours"},
		"an unknown line":     {c.body("2026-12-01T06:30:00Z", `,"waitlist_id":"17"`), 404, "waitlist.none"},
		"an unknown deposit":  {c.body("2026-12-01T06:30:00Z", `,"use_deposit_ids":["17"]`), 404, "deposit.none"},
		"an unknown channel":  {c.body("2026-12-01T06:30:00Z", `,"channel":"pigeon"`), 400, "appointment.channel"},
		"no money at all":     {c.body("2026-12-01T06:30:00Z", `,"deposit":{}`), 400, "deposit.amount"},
		"money said twice":    {c.body("2026-12-01T06:30:00Z", `,"deposit":{"lines":[{"method":"cash","amount":1}],"amount":1}`), 400, "deposit.said_twice"},
		"money below 0":       {c.body("2026-12-01T06:30:00Z", `,"deposit":{"method":"cash","amount":-5}`), 400, "receipt.amount"},
		"an old account":      {c.body("2026-12-01T06:30:00Z", `,"seen_version":7`), 409, "account.stale"},
	} {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call("POST", "/appointments", c.manager, tt.body, "Idempotency-Key", name)
			if response.StatusCode != tt.status || tt.code != "" && problem["code"] != tt.code {
				t.Errorf("answered %d %v, want %d %s", response.StatusCode, problem, tt.status, tt.code)
			}
		})
	}
	for query, code := range map[string]string{"minutes=1000000000": "appointment.length", "minutes=-5": "appointment.length", "next=51": "availability.range",
		"next=-1": "availability.range", "from=2026-12-01&to=2027-12-01": "availability.range", "from=x": "date.syntax"} {
		began := time.Now()
		response, problem := c.call("GET", "/availability?provider_id="+c.rad+"&"+query, c.manager, "")
		if response.StatusCode != http.StatusBadRequest || problem["code"] != code || time.Since(began) > 5*time.Second {
			t.Errorf("%s answered %d %v after %v", query, response.StatusCode, problem, time.Since(began))
		}
	}
	if there := c.count(t); there != 0 {
		t.Errorf("%d appointments came of it", there)
	}
}

// What says when people work names only what is there.
func TestAbsurdSchedulesAreRefusedInWords(t *testing.T) {
	c := openBooking(t)
	rad := `"provider_id":"` + c.rad + `"`
	for name, tt := range map[string]struct {
		path, body string
		status     int
		code       any
	}{
		"an unknown owner":    {"/patients/" + c.patient + "/activities", `{"kind":"visit","subject":"x","owner_id":"17"}`, 404, "staff.none"},
		"a line nowhere":      {"/waitlist", `{"patient_id":"` + c.patient + `","branch_id":"17"}`, 404, "branch.none"},
		"a line of nobody":    {"/waitlist", `{}`, 404, "patient.none"},
		"a room nowhere":      {"/resources", `{"branch_id":"17","kind":"room","code":"a","name":"b"}`, 404, "branch.none"},
		"a week of nobody":    {"/work-shifts", `{"weekday":"monday","from":"09:00","until":"10:00"}`, 400, "exception.provider"},
		"no day of a week":    {"/work-shifts", `{` + rad + `,"weekday":"moonday","from":"09:00","until":"10:00"}`, 400, "schedule.weekday"},
		"no clock":            {"/work-shifts", `{` + rad + `,"weekday":"monday","from":"9","until":"10:00"}`, 400, "schedule.hours"},
		"no branch said":      {"/work-shifts", `{` + rad + `,"branch_id":"","weekday":"friday","from":"09:00","until":"10:00"}`, 201, nil},
		"extra time nowhere":  {"/schedule-exceptions", `{"kind":"extra",` + rad + `,"first":"1405/10/01","from":"09:00","until":"10:00","branch_id":"17"}`, 404, "branch.none"},
		"a holiday of no day": {"/holidays", `{"set":[{"day":"","name":"x"}]}`, 400, "date.syntax"},
		"no such day":         {"/appointments/bulk-cancel", `{"first":"9999-12-30","reason":"x"}`, 400, "date.range"},
	} {
		response, problem := c.call("POST", tt.path, c.manager, tt.body, "Idempotency-Key", name)
		if response.StatusCode != tt.status || problem["code"] != tt.code {
			t.Errorf("%s answered %d %v, want %d %v", name, response.StatusCode, problem, tt.status, tt.code)
		}
	}
}

// A refused time says in the problem which ones are free, and the next ones are
// the first of the question for them.
func TestARefusalOffersWhatIsFree(t *testing.T) {
	c := openBooking(t)
	c.call("POST", "/appointments", c.manager, c.body("2026-12-01T06:30:00Z", ""), "Idempotency-Key", "first")
	response, problem := c.call("POST", "/appointments", c.manager, c.body("2026-12-01T06:30:00Z", ""), "Idempotency-Key", "second")
	offered := fmt.Sprint(problem["next_free"])
	if response.StatusCode != http.StatusUnprocessableEntity || offered != "[2026-12-01T07:00:00Z 2026-12-01T07:15:00Z 2026-12-01T07:30:00Z]" {
		t.Fatalf("answered %d, free are %s", response.StatusCode, offered)
	}
	_, free := c.call("GET", "/availability?minutes=30&next=3&from=2026-12-01T06:30:00Z&provider_id="+c.rad, c.manager, "")
	day := free["items"].([]any)[0].(map[string]any)
	var next []any
	for _, s := range day["slots"].([]any) {
		next = append(next, s.(map[string]any)["starts"])
	}
	if fmt.Sprint(next) != offered || day["day"] != "2026-12-01" || day["day_jalali"] != "1405/09/10" {
		t.Errorf("the next free times are %v of %v, the refusal offers %s", next, day["day"], offered)
	}
}

// An appointment of another branch is not there: nothing tells that it is.
func TestAppointmentsOfAnotherBranchLeaveNoTrace(t *testing.T) {
	c := openBooking(t)
	north, err := c.desk.SaveBranch(t.Context(), c.founder, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
	if err != nil {
		t.Fatal(err)
	}
	there := c.founder
	there.Branch = north.ID
	p, err := c.desk.RegisterPatient(t.Context(), there, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "ناپیدا", LastName: "ناپیداییان"}})
	if err != nil {
		t.Fatal(err)
	}
	_, booked := c.call("POST", "/appointments", c.manager, strings.Replace(c.body("2026-12-01T06:30:00Z", ""), c.patient, fmt.Sprint(int64(p.ID)), 1), "Idempotency-Key", "north")
	hidden := "/appointments/" + idOf(booked, "appointment")
	_, line := c.call("POST", "/waitlist", c.manager, `{"patient_id":"`+fmt.Sprint(int64(p.ID))+`"}`)
	for _, verb := range []string{"", "/confirm", "/check-in", "/undo-check-in", "/admit", "/cancel", "/no-show", "/restore", "/in-error", "/reschedule"} {
		method, body := "POST", `{}`
		if verb == "" {
			method, body = "GET", ""
		}
		if verb == "/reschedule" {
			body = `{"starts":"2026-12-01T08:30:00Z"}`
		}
		response, problem := c.call(method, hidden+verb, c.fresh, body, "Idempotency-Key", "try "+verb)
		missing, nothing := c.call(method, "/appointments/987"+verb, c.fresh, body, "Idempotency-Key", "none "+verb)
		if response.StatusCode != http.StatusNotFound || missing.StatusCode != http.StatusNotFound || problem["code"] != nothing["code"] {
			t.Errorf("%s answered %d %v, one that is not there %d %v", verb, response.StatusCode, problem, missing.StatusCode, nothing)
		}
	}
	for name, body := range map[string]string{
		"the person": strings.Replace(c.body("2026-12-01T08:30:00Z", ""), c.patient, fmt.Sprint(int64(p.ID)), 1),
		"the line":   c.body("2026-12-01T08:30:00Z", `,"waitlist_id":"`+line["id"].(string)+`"`),
	} {
		if response, problem := c.call("POST", "/appointments", c.fresh, body, "Idempotency-Key", name); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s answered %d %v", name, response.StatusCode, problem)
		}
	}
	for _, path := range []string{"/appointments", "/waitlist", "/availability?provider_id=" + c.rad + "&from=2026-12-01", "/schedule"} {
		if _, answer := c.call("GET", path, c.fresh, ""); strings.Contains(fmt.Sprint(answer), "ناپیدا") {
			t.Errorf("%s tells of the other branch: %v", path, answer)
		}
	}
}

// Where summer time begins a clock is passed over: hours that begin in it are
// none, and a day with it has its times once each.
func TestATimeThatTheClocksPassOver(t *testing.T) {
	c := bookingOf(t, openIn(t, engine.SQLite(t), "Europe/Berlin"))
	extra := func(day, from, until string) {
		t.Helper()
		_, made := c.call("POST", "/schedule-exceptions", c.manager, `{"kind":"extra","provider_id":"`+c.rad+`","first":"`+day+`","from":"`+from+`","until":"`+until+`"}`)
		if made["from"] != from || made["until"] != until {
			t.Fatalf("the extra time is %v", made)
		}
	}
	extra("2027-03-28", "02:30", "06:00")
	for _, starts := range []string{"2027-03-28T01:00:00Z", "2027-03-28T02:30:00+01:00", "2027-03-28T03:30:00+02:00"} {
		response, problem := c.call("POST", "/appointments", c.manager, c.body(starts, ""), "Idempotency-Key", starts)
		if response.StatusCode != http.StatusUnprocessableEntity || problem["code"] != "appointment.hours" {
			t.Errorf("%s answered %d %v", starts, response.StatusCode, problem)
		}
	}
	extra("2027-03-28", "00:00", "05:00")
	_, free := c.call("GET", "/availability?minutes=30&from=2027-03-28&provider_id="+c.rad, c.manager, "")
	seen := map[any]bool{}
	for _, s := range free["items"].([]any)[0].(map[string]any)["slots"].([]any) {
		starts := s.(map[string]any)["starts"]
		if seen[starts] {
			t.Errorf("%v is free twice", starts)
		}
		seen[starts] = true
	}
	// Five hours of the clock are four that pass: from 23:00 until 02:30 UTC.
	if !seen["2027-03-28T01:00:00Z"] || !seen["2027-03-28T02:30:00Z"] || seen["2027-03-28T03:00:00Z"] {
		t.Errorf("free are %v", seen)
	}
	if response, problem := c.call("POST", "/appointments", c.manager, c.body("2027-03-28T01:00:00Z", ""), "Idempotency-Key", "after the gap"); response.StatusCode != http.StatusCreated {
		t.Errorf("the first time after the gap answered %d %v", response.StatusCode, problem)
	}
}

// A version that was read is compared, in the header or in the form.
func TestAnAppointmentIsChangedFromTheVersionThatWasRead(t *testing.T) {
	c := openBooking(t)
	_, booked := c.call("POST", "/appointments", c.manager, c.body("2026-12-01T06:30:00Z", ""), "Idempotency-Key", "one")
	one := "/appointments/" + idOf(booked, "appointment")
	for i, tt := range []struct {
		header, body string
		status       int
		code         any
	}{
		{`"7"`, `{}`, 409, "appointment.stale"},
		{"", `{"version":7}`, 409, "appointment.stale"},
		{`"x"`, `{}`, 400, "request.version"},
		{`"1"`, `{"version":2}`, 400, "request.version"},
		{`"1"`, `{"version":1}`, 200, nil},
		{`"1"`, `{}`, 409, "appointment.stale"},
	} {
		response, answer := c.call("POST", one+"/confirm", c.manager, tt.body, "Idempotency-Key", "try "+strconv.Itoa(i), "If-Match", tt.header)
		if response.StatusCode != tt.status || answer["code"] != tt.code {
			t.Errorf("%s %s answered %d %v, want %d %v", tt.header, tt.body, response.StatusCode, answer, tt.status, tt.code)
		}
	}
	response, read := c.call("GET", one, c.manager, "")
	if response.Header.Get("ETag") != `"2"` || read["status"] != "confirmed" || len(read["history"].([]any)) != 2 {
		t.Errorf("read %v with ETag %s", read, response.Header.Get("ETag"))
	}
}
