package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// calendarAPI is a clinic with a provider who works mornings and evenings and a
// patient.
type calendarAPI struct {
	clinicAPI
	rad, patient string
}

func openCalendar(t *testing.T) calendarAPI {
	t.Helper()
	c := calendarAPI{clinicAPI: open(t)}
	c.rad = c.weekly(t, 1)
	_, p := c.call("POST", "/patients", c.manager, `{"first_name":"زهرا","last_name":"کریمی"}`)
	c.patient = p["id"].(string)
	return c
}

// body is a booking at an instant with more fields.
func (c calendarAPI) body(starts, more string) string {
	return `{"patient_id":"` + c.patient + `","provider_id":"` + c.rad + `","starts":"` + starts + `"` + more + `}`
}

// together makes so many calls at once and counts the answers, by status and
// code; what was booked is named by id.
func (c calendarAPI) together(n int, call func(i int) (*http.Response, map[string]any)) (codes, ids map[string]int) {
	var mu sync.Mutex
	var all sync.WaitGroup
	codes, ids = map[string]int{}, map[string]int{}
	for i := range n {
		all.Go(func() {
			response, answer := call(i)
			mu.Lock()
			defer mu.Unlock()
			if a, ok := answer["appointment"].(map[string]any); ok {
				ids[fmt.Sprint(a["id"])]++
			}
			codes[fmt.Sprint(response.StatusCode, " ", answer["code"])]++
		})
	}
	all.Wait()
	return codes, ids
}

// booked is how many appointments there are.
func (c calendarAPI) booked(t *testing.T) int {
	t.Helper()
	response, list := c.call("GET", "/appointments?limit=200", c.manager, "")
	if response.StatusCode != http.StatusOK {
		t.Fatalf("the list answered %d %v", response.StatusCode, list)
	}
	return len(list["items"].([]any))
}

func TestOfTwoHundredCallsForOneTimeOneComesThrough(t *testing.T) {
	c := openCalendar(t)
	codes, ids := c.together(200, func(i int) (*http.Response, map[string]any) {
		return c.call("POST", "/appointments", c.manager, c.body("2026-12-01T07:30:00Z", ""), "Idempotency-Key", fmt.Sprint("race ", i))
	})
	if codes["201 <nil>"] != 1 || codes["422 appointment.taken"] != 199 || len(ids) != 1 || c.booked(t) != 1 {
		t.Errorf("answered %v, %d are there", codes, c.booked(t))
	}
}

func TestOneKeyBooksOnce(t *testing.T) {
	c := openCalendar(t)
	body := c.body("2026-12-01T07:30:00Z", `,"deposit":{"method":"pos","amount":5000}`)
	codes, ids := c.together(50, func(int) (*http.Response, map[string]any) {
		return c.call("POST", "/appointments", c.manager, body, "Idempotency-Key", "one")
	})
	if codes["201 <nil>"] != 50 || len(ids) != 1 || c.booked(t) != 1 {
		t.Errorf("answered %v for %v", codes, ids)
	}
	if _, b := c.call("GET", "/patients/"+c.patient+"/balance", c.manager, ""); b["deposits"] != 5000.0 {
		t.Errorf("%v is held", b["deposits"])
	}
	response, problem := c.call("POST", "/appointments", c.manager, c.body("2026-12-01T08:30:00Z", ""), "Idempotency-Key", "one")
	if response.StatusCode != http.StatusConflict || problem["code"] != "request.reused" {
		t.Errorf("another body answered %d %v", response.StatusCode, problem)
	}
}

// A refused time says which are free, and those are.
func TestARefusedTimeOffersTheNextOnes(t *testing.T) {
	c := openCalendar(t)
	c.call("POST", "/appointments", c.manager, c.body("2026-12-01T07:30:00Z", ""), "Idempotency-Key", "first")
	_, problem := c.call("POST", "/appointments", c.manager, c.body("2026-12-01T07:30:00Z", ""), "Idempotency-Key", "second")
	if got := fmt.Sprint(problem["next_free"]); got != "[2026-12-01T07:45:00Z 2026-12-01T08:00:00Z 2026-12-01T08:15:00Z]" {
		t.Fatalf("it offers %s", got)
	}
	for _, next := range problem["next_free"].([]any) {
		response, answer := c.call("POST", "/appointments", c.manager, c.body(next.(string), ""), "Idempotency-Key", next.(string))
		if response.StatusCode != http.StatusCreated {
			t.Errorf("%s answered %d %v", next, response.StatusCode, answer)
		}
	}
	_, free := c.call("GET", "/availability?provider_id="+c.rad+"&next=2&from=2026-12-01T07:30:00Z", c.manager, "")
	if got := fmt.Sprint(free["items"]); strings.Count(got, "starts") != 2 || !strings.Contains(got, "2026-12-01T08:30:00Z") {
		t.Errorf("the next two are %s", got)
	}
}

// What nobody means is refused in words, and nothing is kept of it.
func TestAbsurdBookingsAreRefused(t *testing.T) {
	c := openCalendar(t)
	const noon = "2026-12-01T07:30:00Z"
	for name, tt := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"a year far away":        {c.body("9999-12-29T07:30:00Z", ""), 422, "appointment.too_far"},
		"a year beyond":          {c.body("99999-12-29T07:30:00Z", ""), 400, "date.syntax"},
		"the first year":         {c.body("0001-01-01T07:30:00Z", ""), 422, "appointment.past"},
		"a clock without a zone": {c.body("2026-12-01T07:30:00", ""), 400, "date.syntax"},
		"a day":                  {c.body("1405/09/10", ""), 400, "date.syntax"},
		"no time":                {c.body("", ""), 400, "date.syntax"},
		"a billion minutes":      {c.body(noon, `,"minutes":1000000000`), 400, "appointment.length"},
		"minutes beyond an int":  {c.body(noon, `,"minutes":9223372036854775807`), 400, "appointment.length"},
		"minutes below nothing":  {c.body(noon, `,"minutes":-15`), 400, "appointment.length"},
		"minutes as a fraction":  {c.body(noon, `,"minutes":1.5`), 400, "request.syntax"},
		"a second off the grid":  {c.body("2026-12-01T07:30:01Z", ""), 400, "appointment.step"},
		"a nanosecond off":       {c.body("2026-12-01T07:30:00.000000001Z", ""), 400, "appointment.step"},
		"an unknown field":       {c.body(noon, `,"shoe":44`), 400, "request.unknown"},
		"a field twice":          {c.body(noon, `,"starts":"`+noon+`"`), 400, "request.twice"},
		"a channel":              {c.body(noon, `,"channel":"pigeon"`), 400, "appointment.channel"},
		"a long note":            {c.body(noon, `,"note":"`+strings.Repeat("x", 301)+`"`), 400, "text.long"},
		"nobody":                 {strings.Replace(c.body(noon, ""), c.patient, "987", 1), 404, "patient.none"},
		"no patient":             {strings.Replace(c.body(noon, ""), c.patient, "", 1), 404, "patient.none"},
		"with nobody":            {strings.Replace(c.body(noon, ""), c.rad, "987", 1), 404, "provider.none"},
		"with no provider":       {strings.Replace(c.body(noon, ""), c.rad, "", 1), 404, "provider.none"},
		"an id that is none":     {strings.Replace(c.body(noon, ""), c.rad, "-1", 1), 404, "provider.none"},
		"a service":              {c.body(noon, `,"service_id":"987"`), 404, "service.none"},
		"a line of the waitlist": {c.body(noon, `,"waitlist_id":"987"`), 404, "waitlist.none"},
		"a deposit":              {c.body(noon, `,"use_deposit_ids":["987"]`), 404, "deposit.none"},
		"money said twice":       {c.body(noon, `,"deposit":{"amount":5,"lines":[{"method":"pos","amount":5}]}`), 400, "deposit.said_twice"},
		"a deposit of nothing":   {c.body(noon, `,"deposit":{"method":"pos","amount":0}`), 400, "receipt.amount"},
		"an old account":         {c.body(noon, `,"seen_version":-7`), 409, "account.stale"},
	} {
		t.Run(name, func(t *testing.T) {
			response, problem := c.call("POST", "/appointments", c.manager, tt.body, "Idempotency-Key", name)
			if response.StatusCode != tt.status || problem["code"] != tt.code {
				t.Errorf("answered %d %v, want %d %s", response.StatusCode, problem, tt.status, tt.code)
			}
		})
	}
	for path, code := range map[string]string{
		"/availability?provider_id=" + c.rad + "&minutes=1000000000":            "appointment.length",
		"/availability?provider_id=" + c.rad + "&from=2026-12-01&to=2027-12-01": "availability.range",
		"/availability?provider_id=" + c.rad + "&next=51":                       "availability.range",
		"/availability?provider_id=" + c.rad + "&from=1405/13/01":               "date.range",
		"/availability?provider_id=987":                                         "provider.none",
		"/appointments?limit=201":                                               "page.limit",
		"/appointments?status=lost":                                             "appointment.filter",
		"/appointments/987":                                                     "appointment.none",
	} {
		if response, problem := c.call("GET", path, c.manager, ""); response.StatusCode >= 500 || problem["code"] != code {
			t.Errorf("%s answered %d %v, want %s", path, response.StatusCode, problem, code)
		}
	}
	if n := c.booked(t); n != 0 {
		t.Errorf("%d appointments are there", n)
	}
}

// A command names the version that was read, in the body or in the header.
func TestAnAppointmentThatWasChangedIsRefused(t *testing.T) {
	c := openCalendar(t)
	response, made := c.call("POST", "/appointments", c.manager, c.body("2026-12-01T07:30:00Z", ""), "Idempotency-Key", "made")
	if response.Header.Get("ETag") != `"1"` {
		t.Fatalf("%d %v", response.StatusCode, made)
	}
	one := "/appointments/" + idOf(made, "appointment")
	for name, tt := range map[string]struct {
		body, match string
		status      int
		code        string
	}{
		"in the body":     {`{"version":7}`, "", 409, "appointment.stale"},
		"in the header":   {`{}`, `"7"`, 409, "appointment.stale"},
		"two that differ": {`{"version":1}`, `"7"`, 400, "request.version"},
		"no version":      {`{}`, `"x"`, 400, "request.version"},
	} {
		response, problem := c.call("POST", one+"/confirm", c.manager, tt.body, "Idempotency-Key", name, "If-Match", tt.match)
		if response.StatusCode != tt.status || problem["code"] != tt.code {
			t.Errorf("%s answered %d %v, want %d %s", name, response.StatusCode, problem, tt.status, tt.code)
		}
	}
	response, done := c.call("POST", one+"/confirm", c.manager, `{}`, "Idempotency-Key", "it", "If-Match", `"1"`)
	if response.StatusCode != http.StatusOK || response.Header.Get("ETag") != `"2"` {
		t.Errorf("answered %d %v", response.StatusCode, done)
	}
	if response, _ := c.call("GET", one, c.manager, ""); response.Header.Get("ETag") != `"2"` {
		t.Errorf("it is read with %s", response.Header.Get("ETag"))
	}
}

// Nothing of another branch is there for who sees only one's own.
func TestAppointmentsOfAnotherBranchAreNotThere(t *testing.T) {
	c := openCalendar(t)
	north, err := c.desk.SaveBranch(t.Context(), c.founder, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
	if err != nil {
		t.Fatal(err)
	}
	there := c.founder
	there.Branch = north.ID
	var stranger string
	err = c.desk.Batch(t.Context(), there, false, func(b desk.Batch) error {
		p, err := b.Patient(t.Context(), clinic.Patient{FirstName: "مریم", LastName: "ناپیداییان"})
		stranger = fmt.Sprint(int64(p.ID))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	body := strings.Replace(c.body("2026-12-01T07:30:00Z", ""), c.patient, stranger, 1)
	response, made := c.call("POST", "/appointments", c.manager, body, "Idempotency-Key", "made")
	if response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %v", response.StatusCode, made)
	}
	one := "/appointments/" + idOf(made, "appointment")
	for _, call := range [][4]string{
		{"GET", one, "", "appointment.none"},
		{"POST", one + "/confirm", `{}`, "appointment.none"},
		{"POST", one + "/cancel", `{"reason":"x"}`, "appointment.none"},
		{"POST", one + "/reschedule", `{"starts":"2026-12-01T08:30:00Z"}`, "appointment.none"},
		{"POST", one + "/admit", `{}`, "appointment.none"},
		{"POST", "/appointments", strings.Replace(body, "07:30", "08:30", 1), "patient.none"},
		{"POST", "/waitlist", `{"patient_id":"` + stranger + `"}`, "patient.none"},
		{"GET", "/patients/" + stranger + "/statement/appointments", "", "patient.none"},
	} {
		response, problem := c.call(call[0], call[1], c.fresh, call[2], "Idempotency-Key", call[0]+call[1])
		if response.StatusCode != http.StatusNotFound || problem["code"] != call[3] {
			t.Errorf("%s %s answered %d %v", call[0], call[1], response.StatusCode, problem)
		}
	}
	// Nobody is told who else waits here, nor when a time becomes free.
	other := c.body("2026-12-01T08:30:00Z", "")
	_, mine := c.call("POST", "/appointments", c.manager, other, "Idempotency-Key", "mine")
	if response, answer := c.call("POST", "/waitlist", c.manager, `{"patient_id":"`+stranger+`"}`); response.StatusCode != http.StatusCreated {
		t.Fatalf("%d %v", response.StatusCode, answer)
	}
	if _, all := c.call("GET", "/waitlist", c.manager, ""); len(all["items"].([]any)) != 1 {
		t.Errorf("who sees all branches sees %v", all)
	}
	if _, all := c.call("GET", "/waitlist", c.fresh, ""); len(all["items"].([]any)) != 0 {
		t.Errorf("who sees one branch sees %v", all)
	}
	_, left := c.call("POST", "/appointments/"+idOf(mine, "appointment")+"/cancel", c.fresh, `{"reason":"x"}`, "Idempotency-Key", "left")
	if waiting, ok := left["waiting"].([]any); !ok || len(waiting) != 0 {
		t.Errorf("who cancels is told %v", left)
	}
	// Of the time at one's own branch only the time is told.
	_, list := c.call("GET", "/appointments", c.fresh, "")
	row := list["items"].([]any)[0].(map[string]any)
	if text := toJSON(t, row); strings.Contains(text, "ناپیداییان") || strings.Contains(text, stranger) || row["starts"] != "2026-12-01T07:30:00Z" {
		t.Errorf("the row is %s", text)
	}
}

// Where the clocks change, an instant is one time and no other: none is lost in
// the hour that is passed over, and none is offered there.
func TestTimesWhereTheClocksChange(t *testing.T) {
	c := calendarAPI{clinicAPI: openIn(t, "Europe/Berlin")}
	p, err := c.desk.SaveProvider(t.Context(), c.founder, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "Rad"}})
	if err != nil {
		t.Fatal(err)
	}
	c.rad = fmt.Sprint(int64(p.ID))
	sundays := clinic.WorkShift{Provider: p.ID, Branch: c.founder.Branch, Weekday: jalali.Sunday, Until: 24 * 60}
	if _, err := c.desk.SaveWorkShift(t.Context(), c.founder, desk.Save[clinic.WorkShift]{Row: sundays}); err != nil {
		t.Fatal(err)
	}
	_, patient := c.call("POST", "/patients", c.manager, `{"first_name":"A","last_name":"B"}`)
	c.patient = patient["id"].(string)
	for day, quarters := range map[string]int{"2027-04-04": 96, "2027-03-28": 92, "2027-10-31": 100} {
		_, free := c.call("GET", "/availability?provider_id="+c.rad+"&from="+day+"&to="+day, c.manager, "")
		slots := free["items"].([]any)[0].(map[string]any)["slots"].([]any)
		seen := map[any]bool{}
		for _, s := range slots {
			seen[s.(map[string]any)["starts"]] = true
		}
		if len(slots) != quarters || len(seen) != quarters {
			t.Errorf("%s has %d free times, %d of them different, want %d", day, len(slots), len(seen), quarters)
		}
	}
	// 2:30 of that night by both offsets: before the gap and behind it.
	for starts, utc := range map[string]string{"2027-03-28T02:30:00+01:00": "2027-03-28T01:30:00Z", "2027-03-28T02:30:00+02:00": "2027-03-28T00:30:00Z"} {
		response, made := c.call("POST", "/appointments", c.manager, c.body(starts, ""), "Idempotency-Key", starts)
		if response.StatusCode != http.StatusCreated || made["appointment"].(map[string]any)["starts"] != utc {
			t.Errorf("%s answered %d %v, want %s", starts, response.StatusCode, made, utc)
		}
	}
	response, problem := c.call("POST", "/appointments", c.manager, c.body("2027-03-28T03:30:00+02:00", ""), "Idempotency-Key", "the same")
	if response.StatusCode != http.StatusUnprocessableEntity || problem["code"] != "appointment.taken" {
		t.Errorf("the same instant by another offset answered %d %v", response.StatusCode, problem)
	}
}
