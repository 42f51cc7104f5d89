package scenario

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// clubVerbs are the words for points.
func (p *parser) clubVerbs() map[string]verb {
	return map[string]verb{"redeems": p.redeems, "gives": p.givesBack, "adjusts": p.adjusts}
}

// givenClub reads "club" and "club; introduction 200": the club is on, with the
// rules that the program proposes.
func (p *parser) givenClub(w *words) (s step, err error) {
	var introduction int64
	if w.accept(";") {
		if err := w.need("introduction"); err != nil {
			return s, err
		}
		if introduction, err = w.amount(); err != nil {
			return s, err
		}
	}
	return step{do: func(w *world) error {
		c, err := w.site.Desk.Clinic(w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		c.Club, c.ClubRules = true, clinic.DefaultClubRules()
		c.ClubRules.Introduction.Points = introduction
		_, err = w.site.Desk.SaveClinic(w.ctx, w.manager, desk.Save[clinic.Clinic]{Row: c})
		w.club = true
		return err
	}}, nil
}

// redeems reads "500 of A as C1; dry".
func (p *parser) redeems(w *words, actor string) (func(*world) (reply, error), error) {
	points, err := w.amount()
	if err != nil {
		return nil, err
	}
	if err := w.need("of"); err != nil {
		return nil, err
	}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	code := ""
	if w.accept("as") {
		if code, err = w.name("the name of the code"); err != nil {
			return nil, err
		}
	}
	body := map[string]any{"points": points, "dry_run": readDry(w)}
	return func(w *world) (reply, error) {
		r, err := w.command(actor, w.path(letter, "/club/redeem"), body)
		if err == nil && r.status < http.StatusBadRequest && code != "" {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.codes[code], w.clubCodes[code] = r.text("code", "id"), r.text("code", "code")
		}
		return r, err
	}, nil
}

// readDry reads what makes a command a preview.
func readDry(w *words) bool {
	at := w.at
	if w.accept(";") && w.accept("dry") {
		return true
	}
	w.at = at
	return false
}

// givesBack reads "code C1 back".
func (p *parser) givesBack(w *words, actor string) (func(*world) (reply, error), error) {
	if err := w.need("code"); err != nil {
		return nil, err
	}
	code, err := w.name("the name of the code")
	if err != nil {
		return nil, err
	}
	return func(w *world) (reply, error) {
		return w.command(actor, "/club/codes/"+w.codes[code]+"/return", map[string]any{})
	}, w.need("back")
}

// adjusts reads "points of A by 700 «reason»" and "points of A by less 100
// «reason»".
func (p *parser) adjusts(w *words, actor string) (func(*world) (reply, error), error) {
	for _, word := range []string{"points", "of"} {
		if err := w.need(word); err != nil {
			return nil, err
		}
	}
	letter, err := p.patient(w)
	if err != nil {
		return nil, err
	}
	if err := w.need("by"); err != nil {
		return nil, err
	}
	less := w.accept("less")
	points, err := w.amount()
	if err != nil {
		return nil, err
	}
	if less {
		points = -points
	}
	body := map[string]any{"points": points}
	readNote(w, body, "note")
	body["dry_run"] = readDry(w)
	return func(w *world) (reply, error) { return w.command(actor, w.path(letter, "/club/adjust"), body) }, nil
}

// clubJob reads "gives 1 gifts" and "ends 1 lots": what the program does by
// itself on a day.
func (p *parser) clubJob(w *words) (s step, mine bool, err error) {
	gives := w.accept("gives")
	if !gives && !w.accept("ends") {
		return s, false, nil
	}
	want, err := w.amount()
	if err != nil {
		return s, true, err
	}
	what, run := "lots", (*desk.Desk).LapsePoints
	if gives {
		what, run = "gifts", (*desk.Desk).GivePointsOfDay
	}
	if err := w.need(what); err != nil {
		return s, true, err
	}
	return step{do: func(w *world) error {
		n, err := run(w.site.Desk, w.ctx, w.manager.Clinic)
		if err != nil {
			return err
		}
		return same("the number of "+what, int64(n), want)
	}}, true, w.end()
}

// expectPoints reads "points 1105; lifetime 1105; level نقره‌ای; expiring 40; codes 1;
// rows 4; newest taken_back of P1" and "points none" for a clinic without a club.
func (p *parser) expectPoints(w *words, letter string) (s step, err error) {
	w.at++
	if w.accept("none") {
		return step{do: func(w *world) error { return w.noClub(letter) }}, nil
	}
	checks := []func(reply) error{}
	ofWorld := []func(*world, reply) error{}
	number := func(what, field string) error {
		less := w.accept("less")
		want, err := w.amount()
		if less {
			want = -want
		}
		checks = append(checks, func(r reply) error { return same(what+" of "+letter, r.amount(field), want) })
		return err
	}
	if err := number("the points", "points"); err != nil {
		return s, err
	}
	for err == nil && w.accept(";") {
		switch {
		case w.accept("lifetime"):
			err = number("the lifetime points", "lifetime")
		case w.accept("expiring"):
			err = number("what expires", "expiring")
		case w.accept("level"):
			var level string
			level, err = w.name("the level")
			checks = append(checks, func(r reply) error { return same("the level of "+letter, r.text("level"), level) })
		case w.accept("codes"):
			var n int64
			n, err = w.amount()
			checks = append(checks, func(r reply) error { return same("the codes of "+letter, int64(len(r.items("codes"))), n) })
		case w.accept("newest"):
			var check func(*world, reply) error
			check, err = p.newestPoints(w)
			ofWorld = append(ofWorld, check)
		case w.accept("rows"):
			var n int64
			n, err = w.amount()
			checks = append(checks, func(r reply) error { return same("the rows of "+letter, int64(len(r.items())), n) })
		default:
			err = fmt.Errorf("unknown word %q; points have lifetime, level, expiring, codes, rows, newest", w.shown())
		}
	}
	return step{do: func(w *world) error {
		r, err := w.look(w.path(letter, "/club"))
		if err != nil {
			return err
		}
		for _, check := range checks {
			if err := check(r); err != nil {
				return err
			}
		}
		for _, check := range ofWorld {
			if err := check(w, r); err != nil {
				return err
			}
		}
		return nil
	}}, err
}

// newestPoints reads "taken_back of P1": what the newest row of the tab is, and
// of which admission.
func (p *parser) newestPoints(w *words) (func(*world, reply) error, error) {
	kind, err := w.name("what moved the points")
	if err != nil {
		return nil, err
	}
	if err := w.need("of"); err != nil {
		return nil, err
	}
	name, err := w.name("the admission")
	if err == nil && !p.admissions[name] {
		err = fmt.Errorf("there is no admission %q so far", name)
	}
	return func(w *world, r reply) error {
		rows := r.items()
		if len(rows) == 0 {
			return fmt.Errorf("there is no row")
		}
		if err := same("what the newest row is", rows[0].text("kind"), kind); err != nil {
			return err
		}
		return same("the admission of the newest row", rows[0].text("admission_id"), w.admissions[name].id)
	}, err
}

// noClub checks that a clinic without a club shows no trace of it.
func (w *world) noClub(letter string) error {
	r, err := w.get(reader, w.path(letter, "/club"))
	if err != nil {
		return err
	}
	if r.status != http.StatusNotFound {
		return fmt.Errorf("the club answers with %d", r.status)
	}
	header, err := w.look(w.path(letter, "/statement/summary?limit=1"))
	if err != nil {
		return err
	}
	if header.at("header", "points") != nil || header.at("header", "level") != nil {
		return fmt.Errorf("the header of %s speaks of points", letter)
	}
	return nil
}

// pointsAgree checks what is always true of points: header, tab and balance say
// the same, each row leaves what the next one begins with, and all together are
// the account in the books.
func (w *world) pointsAgree(trial reply) error {
	var booked, all int64
	for _, r := range trial.items() {
		if strings.HasPrefix(r.text("account"), "club:patient:") {
			booked -= r.amount("balance")
		}
	}
	if !w.club {
		return same("points of a clinic without a club", booked, 0)
	}
	for letter := range w.patients {
		tab, err := w.look(w.path(letter, "/club"))
		if err != nil {
			return err
		}
		left := int64(0)
		for _, row := range slices.Backward(tab.items()) {
			left += row.amount("points")
			if err := same("what a row of points of "+letter+" leaves", row.amount("left"), left); err != nil {
				return err
			}
		}
		all += left
		if err := same("the points in the header of "+letter, tab.amount("header", "points"), tab.amount("points")); err != nil {
			return err
		}
		told, err := w.look(w.path(letter, "/balance"))
		if err != nil {
			return err
		}
		if err := same("the points beside the balance of "+letter, told.amount("points"), tab.amount("points")); err != nil {
			return err
		}
	}
	return same("the points of all patients", all, booked)
}
