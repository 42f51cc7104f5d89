package web

import (
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func (s *server) clubRoutes() []route {
	return slices.Concat(
		unpaid(s.sheetRoutes(redeemPath, clinic.RedeemPoints, "patient", s.redeemSheet)),
		unpaid(s.sheetRoutes(adjustPath, clinic.AdjustPoints, "patient", s.adjustSheet)),
		unpaid(s.sheetRoutes(clubPath+"/codes/{club_code}/return", clinic.RedeemPoints, "club_code", s.returnCodeSheet)),
		[]route{
			people(page(clubPath, clinic.ReadClub, "", s.clubPage)),
			page("/settings/club", clinic.WriteSettings, "", s.clubForm),
			form("/settings/club", clinic.WriteSettings, "", s.saveClub),
		},
	)
}

const (
	clubTab    = "club"
	clubPath   = "/club"
	redeemPath = "/patients/{patient}/club/redeem"
	adjustPath = "/patients/{patient}/club/adjust"
)

// signed writes a number of points with its sign at the left when it is below
// nothing; it is isolated from the Persian letters beside it.
func signed(v visit, n int64) string { return "\u2066" + v.l.Number(int(n)) + "\u2069" }

// worth is what so many points give as a discount.
func worth(v visit, n int64) money.Amount { return money.Amount(n) * v.clinic.ClubRules.Worth }

// clubFacts are the points in the header, and the level.
func clubFacts(v visit, h desk.Header) []view.Fact {
	if h.Club.Level.Name == "" || h.Club.Rows == 0 {
		return nil
	}
	f := view.Fact{Label: v.l.T("fact.points"), Value: signed(v, h.Club.Points), Note: h.Club.Level.Name, Tone: "club"}
	if h.Club.Points < 0 {
		f.Tone = "debtor"
	}
	return []view.Fact{f}
}

// club fetches the tab of the customer club.
func (s *server) club(v visit, patient clinic.PatientID, k look) (desk.Header, view.Body, error) {
	found, err := s.Desk.Club(v.r.Context(), v.actor, patient, k.view)
	if err != nil {
		return desk.Header{}, nil, err
	}
	c := found.Header.Club
	t := view.Club{L: v.l, Table: view.TableGroup{Title: v.l.T("club.rows")}, Codes: view.TableGroup{Title: v.l.T("club.codes")}}
	for _, key := range []string{"day", "event", "points", "left", "expires", "document"} {
		t.Table.Columns = append(t.Table.Columns, view.TableColumn{Text: v.l.T("club." + key), Amount: key == "points" || key == "left", Wide: key == "expires" || key == "document"})
	}
	for _, r := range found.Rows {
		t.Table.Rows = append(t.Table.Rows, pointRow(v, found.Header, r))
	}
	for _, key := range []string{"code", "worth", "until", "do"} {
		t.Codes.Columns = append(t.Codes.Columns, view.TableColumn{Text: v.l.T("club." + key), Amount: key == "worth"})
	}
	if !k.inPast() {
		t.Sums, t.Over = clubSums(v, c), pointsOver(v, found.Months)
	}
	may := v.actor.Can(clinic.RedeemPoints) && !k.inPast()
	for _, one := range found.Codes {
		row := view.TableRow{ID: "code-" + id(one.ID), Cells: []view.TableCell{{Text: one.Code}, amountCell(one.Amount), {Day: one.ValidTo}, {}}}
		if may {
			row.Cells[3].Links = []view.TableLink{{Text: v.l.T("club.return"), URL: address(clubPath+"/codes/"+id(one.ID)+"/return", "tab", clubTab), Sheet: true}}
		}
		t.Codes.Rows = append(t.Codes.Rows, row)
	}
	here := func(path string) string {
		return address(strings.Replace(path, "{patient}", id(patient), 1), "tab", clubTab)
	}
	if may && c.Points >= v.clinic.ClubRules.Least {
		t.Redeem = here(redeemPath)
	}
	if v.actor.Can(clinic.AdjustPoints) && !k.inPast() {
		t.Adjust = here(adjustPath)
	}
	return found.Header, view.ClubTab(t), nil
}

// clubSums are the figures above the rows.
func clubSums(v visit, c desk.ClubStanding) []view.Fact {
	usable := view.Fact{Label: v.l.T("club.usable"), Value: signed(v, c.Points), Note: v.l.T("club.usable.note", "amount", v.l.Amount(worth(v, max(c.Points, 0))), "unit", v.l.Unit())}
	if c.Points < 0 {
		usable.Tone, usable.Note = "debtor", v.l.T("club.owed")
	}
	level := view.Fact{Label: v.l.T("club.level"), Value: c.Level.Name, Note: v.l.T("club.lifetime", "n", signed(v, c.Lifetime)), Plain: true}
	if c.Next.Name != "" {
		level.Note = v.l.T("club.next", "n", signed(v, c.Next.From-c.Lifetime), "level", c.Next.Name)
	}
	list := []view.Fact{usable, level}
	if c.Expiring > 0 {
		list = append(list, view.Fact{Label: v.l.T("club.expiring"), Value: signed(v, c.Expiring), Note: v.l.T("club.expiring.note", "day", v.l.Day(c.On))})
	}
	return list
}

// pointsOver is the picture of the last months; without points there is none.
func pointsOver(v visit, months []desk.ClubMonth) (p view.PointsOver) {
	p.Table.Columns = []view.TableColumn{{Text: v.l.T("club.month")}, {Text: v.l.T("club.given"), Amount: true}, {Text: v.l.T("club.spent"), Amount: true},
		{Text: v.l.T("club.expired"), Amount: true}, {Text: v.l.T("club.at_end"), Amount: true}}
	high, moved := int64(0), false
	for _, m := range months {
		day := min(m.Month.AddMonths(1).Civil().Add(-1), v.l.Today)
		p.Steps = append(p.Steps, view.YearPoint{Day: day, Balance: money.Amount(m.Left)})
		if high = max(high, m.Left); m.Given == 0 && m.Spent == 0 && m.Expired == 0 {
			continue
		}
		moved = true
		p.Table.Rows = append(p.Table.Rows, view.TableRow{ID: "month-" + m.Month.String(), Cells: []view.TableCell{{Text: v.l.Month(m.Month.Civil())},
			{Text: signed(v, m.Given)}, {Text: signed(v, m.Spent)}, {Text: signed(v, m.Expired)}, {Text: signed(v, m.Left)}}})
	}
	if !moved && high == 0 {
		return view.PointsOver{}
	}
	slices.Reverse(p.Table.Rows)
	first, last := p.Steps[0], p.Steps[len(p.Steps)-1]
	p.Text = v.l.T("club.over_time.text", "from", v.l.Day(first.Day), "to", v.l.Day(last.Day), "high", signed(v, high), "now", signed(v, int64(last.Balance)))
	return p
}

// pointRow is one entry.
func pointRow(v visit, h desk.Header, r desk.PointRow) view.TableRow {
	event := "club.event." + string(r.Kind)
	if r.Kind == clinic.PointsEarned {
		event = "club.cause." + string(r.Cause)
	}
	moved := view.TableCell{Text: signed(v, r.Points), Tone: "plain"}
	if r.Points > 0 {
		moved = view.TableCell{Text: "\u2066+" + v.l.Number(int(r.Points)) + "\u2069", Tone: "ok"}
	}
	row := view.TableRow{ID: "points-" + strconv.FormatInt(int64(r.Entry), 10), Cells: []view.TableCell{{Day: r.Day, Note: r.Staff}, {Text: v.l.T(event), Note: r.Note},
		moved, {Text: signed(v, r.Left)}, {}, {Text: v.l.T("word.none")}}}
	if r.Kind == clinic.PointsEarned {
		row.Cells[4] = view.TableCell{Day: r.Expires}
		if r.Expires == "" {
			row.Cells[4] = view.TableCell{Text: v.l.T("club.for_ever")}
		}
	}
	switch {
	case r.Code != "":
		row.Cells[5] = view.TableCell{Text: r.Code}
	case r.Cause == clinic.LotAdmission && r.Admission.Count > 0 && r.Kind != clinic.PointsExpired:
		row.Cells[5] = view.TableCell{Text: v.l.Document(r.Admission.String()), URL: address(statementPath(h.Patient.ID, "admissions"), "open", strconv.FormatInt(r.Object, 10))}
	}
	return row
}

// GET and POST /patients/{patient}/club/redeem
func (s *server) redeemSheet(v visit) (moneySheet, error) {
	patient, found, err := s.clubOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	rules, c := v.clinic.ClubRules, found.Header.Club
	m := moneySheet{name: "redeem", patient: patient, tab: clubTab, free: true}
	if c.Points < rules.Least {
		m.none = v.l.T("club.too_few", "n", signed(v, c.Points), "least", signed(v, rules.Least))
	}
	m.fields = func(t *typed) []view.SettingField {
		f := numeric(sheetField(t, "points", ""))
		f.Focus, f.Required = true, true
		f.Hint = v.l.T("club.redeem.hint", "n", signed(v, c.Points), "least", signed(v, rules.Least), "amount", v.l.Amount(rules.Worth), "unit", v.l.Unit())
		return []view.SettingField{f}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		n := int64(t.number("points"))
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.RedeemPoints(v.r.Context(), v.actor, desk.RedeemPoints{Patient: patient, Points: n, Request: r})
		return sheetDone{quiet: true, number: done.Code.Code, notes: []string{v.l.T("club.redeem.note", "amount", v.l.Amount(done.Code.Amount), "unit", v.l.Unit(),
			"day", v.l.Day(done.Code.ValidTo), "left", signed(v, done.Left))}}, err
	}
	return m, nil
}

// clubOf is the patient of the path with the tab.
func (s *server) clubOf(v visit) (clinic.PatientID, desk.ClubTab, error) {
	patient, err := patientOf(v)
	if err != nil {
		return 0, desk.ClubTab{}, err
	}
	found, err := s.Desk.Club(v.r.Context(), v.actor, patient, desk.View{})
	return patient, found, err
}

// GET and POST /patients/{patient}/club/adjust
func (s *server) adjustSheet(v visit) (moneySheet, error) {
	patient, _, err := s.clubOf(v)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "adjust_points", patient: patient, tab: clubTab, free: true, values: map[string]string{"points_way": "give"}}
	m.fields = func(t *typed) []view.SettingField {
		n := numeric(sheetField(t, "points", ""))
		n.Focus, n.Required = true, true
		note := sheetField(t, "note", "")
		note.Required = true
		return []view.SettingField{choiceField(t, "points_way", view.Choice{Value: "give", Text: v.l.T("club.give")}, view.Choice{Value: "take", Text: v.l.T("club.take")}), n, note}
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		n := int64(t.number("points"))
		if t.text("points_way") == "take" {
			n = -n
		}
		cmd := desk.AdjustPoints{Patient: patient, Points: n, Note: unsaid(t, r, "note"), Request: r}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		left, err := s.Desk.AdjustPoints(v.r.Context(), v.actor, cmd)
		return sheetDone{quiet: true, notes: []string{v.l.T("club.left.note", "left", signed(v, left))}}, err
	}
	return m, nil
}

// GET and POST /club/codes/{club_code}/return
func (s *server) returnCodeSheet(v visit) (moneySheet, error) {
	n := number[clinic.DiscountCodeID](v.r.PathValue("club_code"))
	if n == 0 {
		return moneySheet{}, fault.New(fault.NotFound, "discount_code.none", "there is no such code")
	}
	code, err := s.Desk.ClubCode(v.r.Context(), v.actor, n)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "return_code", patient: code.Patient, tab: clubTab, about: code.Code, free: true, danger: true}
	m.fields = func(*typed) []view.SettingField { return nil }
	m.do = func(_ *typed, r desk.Request, _ *int64) (sheetDone, error) {
		_, err := s.Desk.ReturnCode(v.r.Context(), v.actor, desk.ReturnCode{Code: n, Request: r})
		return sheetDone{quiet: true, notes: []string{v.l.T("club.return.note", "amount", v.l.Amount(code.Amount), "unit", v.l.Unit())}}, err
	}
	return m, nil
}
