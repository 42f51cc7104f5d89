package history_test

import (
	"strings"
)

// redeem turns points into a discount code, or is refused when there are too
// few.
func (m *machine) redeem() bool {
	c := anyOf(m, "who", m.clients)
	path := "/patients/" + c.id + "/club"
	have := m.get(path).number("points")
	points := m.draw("points", 300)
	body := map[string]any{"points": points}
	switch {
	case points < 100:
		m.refused(path+"/redeem", body, "club.least")
	case points > have:
		m.refused(path+"/redeem", body, "club.short")
	default:
		if left := m.did(path+"/redeem", body).number("left"); left != have-points {
			m.r.Fatalf("%s: %d points of %d leave %d", c.file, points, have, left)
		}
	}
	m.forget()
	return true
}

// giveCodeBack gives a code back for its points.
func (m *machine) giveCodeBack() bool {
	for _, c := range m.clients {
		path := "/patients/" + c.id + "/club"
		before := m.get(path)
		codes := before.rows("codes")
		if len(codes) == 0 {
			continue
		}
		m.did("/club/codes/"+codes[0].text("id")+"/return", map[string]any{})
		if after, want := m.get(path).number("points"), before.number("points")+codes[0].number("amount")/1000; after != want {
			m.r.Fatalf("%s: a code came back and left %d points, want %d", c.file, after, want)
		}
		m.forget()
		return true
	}
	return false
}

// agreeOnPoints compares the points of one patient: those that came are one for
// each full 100,000 of what pays the admissions, as far as no cheque waits; what
// can be spent, which it returns, is that less the codes. Nobody owes points
// while a code can still be given back.
func (m *machine) agreeOnPoints(c *client) (points int64) {
	tab := m.get("/patients/" + c.id + "/club")
	var codes int64
	for _, code := range tab.rows("codes") {
		codes += code.number("amount") / 1000
	}
	points = tab.number("points")
	lifetime := tab.number("lifetime")
	if points != lifetime-codes {
		m.r.Fatalf("%s: %d points, %d ever earned, codes of %d", c.file, points, lifetime, codes)
	}
	if points < 0 && codes > 0 {
		m.r.Fatalf("%s owes %d points and has codes of %d", c.file, -points, codes)
	}
	if c.waiting != 0 {
		return points
	}
	var want int64
	for _, a := range m.get("/patients/" + c.id + "/statement/admissions?limit=200").items() {
		want += a.number("paid") / 100_000
	}
	if lifetime != want {
		m.r.Fatalf("%s ever earned %d points, want %d by what is paid", c.file, lifetime, want)
	}
	return points
}

// agreeOnClub compares the points of everybody with the accounts of points.
func (m *machine) agreeOnClub(booked map[string]int64) {
	owed := booked["club:patient:all"]
	for _, c := range m.clients {
		owed += m.agreeOnPoints(c)
	}
	if owed != 0 {
		m.r.Fatalf("the books and the tabs differ by %d points", owed)
	}
}

// withoutClub takes the accounts of points out of the books, which the plain
// ones do not have, and returns them.
func withoutClub(found books) map[string]int64 {
	points := map[string]int64{}
	for account, n := range found {
		if strings.HasPrefix(account, "club:") {
			points[account] = n
			delete(found, account)
		}
	}
	return points
}
