package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

func shiftPath(id clinic.ShiftID) string { return "/shifts/" + strconv.FormatInt(int64(id), 10) }

// shiftIn is the shift that the path names. NotFound shift.none.
func (s *server) shiftIn(v visit) (desk.ShiftSheet, error) {
	n, err := strconv.ParseInt(v.r.PathValue("shift"), 10, 64)
	if err != nil || n <= 0 {
		return desk.ShiftSheet{}, fault.New(fault.NotFound, "shift.none", "there is no shift")
	}
	return s.Desk.Shift(v.r.Context(), v.actor, clinic.ShiftID(n))
}

// aboutShift says whose shift a sheet is about.
func aboutShift(v visit, sheet desk.ShiftSheet) string {
	return v.l.T("shift.of", "name", sheet.StaffName, "desk", sheet.DeskName, "day", v.l.Day(sheet.Day))
}

// doneOnShift is what a sheet says of a command on a shift.
func doneOnShift(d desk.ShiftDone, err error) (sheetDone, error) {
	return sheetDone{Effect: d.Effect, drawer: true, number: strconv.FormatInt(int64(d.Shift.ID), 10), next: shiftPath(d.Shift.ID)}, err
}

// openShiftSheet: /shifts/open.
func (s *server) openShiftSheet(v visit) (moneySheet, error) {
	desks, err := s.Desk.DeskOffers(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "shift_open", back: "/cashier", values: map[string]string{}}
	if len(desks) > 0 {
		m.values["float"], m.values["desk"] = amountText(v, desks[0].Cash), id(desks[0].Place.ID)
	}
	m.fields = func(t *typed) []view.SettingField {
		var fields []view.SettingField
		if len(desks) > 1 {
			var choices []view.Choice
			for _, d := range desks {
				text := d.Place.Name
				if d.Cash > 0 {
					text = v.l.T("shift.desk_with", "desk", d.Place.Name, "amount", v.l.Amount(d.Cash), "unit", v.l.Unit())
				}
				choices = append(choices, view.Choice{Value: id(d.Place.ID), Text: text})
			}
			fields = append(fields, choiceField(t, "desk", choices...))
		}
		float := sheetField(t, "float", view.AmountField)
		float.Focus, float.Hint = true, v.l.T("field.float.hint")
		return append(fields, float, sheetField(t, "note", ""))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		float := t.amount("float")
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := doneOnShift(s.Desk.OpenShift(v.r.Context(), v.actor, desk.OpenShift{Desk: clinic.PlaceID(t.id("desk")), Float: float, Note: t.text("note"), Request: r}))
		done.next = "/cashier"
		return done, err
	}
	return m, nil
}

// countSheet: /shifts/{shift}/count.
func (s *server) countSheet(v visit) (moneySheet, error) {
	sheet, err := s.shiftIn(v)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "shift_count", about: aboutShift(v, sheet), back: shiftPath(sheet.ID)}
	m.fields = func(t *typed) []view.SettingField {
		var fields []view.SettingField
		for _, l := range sheet.Lines {
			f := view.SettingField{Kind: view.AmountField, Input: view.Input{Name: l.Field(), Value: t.text(l.Field()), Wide: true,
				Label: v.l.T("shift.counted_of", "method", lineName(v, l), "unit", v.l.Unit())}}
			f.Amount = t.amount(l.Field())
			f.Value = t.text(l.Field())
			f.Required, f.Focus = l.Method == clinic.Cash, l.Method == clinic.Cash
			switch {
			case l.Method != clinic.Cash && sheet.Hidden:
				f.Hint = v.l.T("shift.counted.empty")
			case l.Method != clinic.Cash:
				f.Hint = v.l.T("shift.counted.default", "amount", v.l.Amount(l.Expected), "n", l.Number)
			case !sheet.Hidden:
				f.Hint = v.l.T("shift.counted.cash", "amount", v.l.Amount(l.Expected))
			}
			fields = append(fields, f)
		}
		note := sheetField(t, "note", "")
		note.Hint = v.l.T("shift.note.hint")
		return append(fields, note)
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.CountShift{Shift: sheet.ID, Note: t.text("note"), Request: r}
		for _, l := range sheet.Lines {
			if t.text(l.Field()) == "" {
				continue
			}
			cmd.Lines = append(cmd.Lines, clinic.ShiftLine{Method: l.Method, Place: l.Place, Counted: t.amount(l.Field())})
		}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		counted, err := s.Desk.CountShift(v.r.Context(), v.actor, cmd)
		done, err := doneOnShift(counted, err)
		if err != nil || counted.Shift.Hidden {
			return done, err
		}
		done.drawer = false
		for _, l := range counted.Shift.Lines {
			done.notes = append(done.notes, differenceText(v, l))
		}
		return done, nil
	}
	return m, nil
}

// lineName is how a line of a shift is called: the method and its place.
func lineName(v visit, l desk.ShiftSheetLine) string {
	text := v.l.T("method." + string(l.Method))
	switch {
	case l.PlaceName == "" || l.Method == clinic.Cash:
	case strings.HasPrefix(l.PlaceName, text):
		text = l.PlaceName
	default:
		text += " · " + l.PlaceName
	}
	return text
}

// differenceText says in words how what was counted differs.
func differenceText(v visit, l desk.ShiftSheetLine) string {
	key := "shift.difference.none"
	switch d := l.Difference(); {
	case d < 0:
		key = "shift.difference.short"
	case d > 0:
		key = "shift.difference.over"
	}
	return v.l.T(key, "method", lineName(v, l), "amount", v.l.Amount(l.Difference().Abs()), "unit", v.l.Unit())
}

// handoverSheet: /shifts/{shift}/handover.
func (s *server) handoverSheet(v visit) (moneySheet, error) {
	sheet, err := s.shiftIn(v)
	if err != nil {
		return moneySheet{}, err
	}
	banks, err := s.Desk.BankOffers(v.r.Context(), v.actor)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "shift_handover", about: aboutShift(v, sheet), back: shiftPath(sheet.ID),
		values: map[string]string{"amount": amountText(v, max(0, sheet.Holds()-sheet.Float)), "to": string(clinic.ToSafe)}}
	m.fields = func(t *typed) []view.SettingField {
		held := sheetField(t, "counted_cash", view.FixedField)
		held.Value = v.l.Amount(sheet.Holds()) + " " + v.l.Unit()
		amount := sheetField(t, "amount", view.AmountField)
		amount.Label, amount.Hint, amount.Focus = v.l.T("field.handover_amount", "unit", v.l.Unit()), v.l.T("field.handover_amount.hint"), true
		to := choiceField(t, "to", view.Choice{Value: string(clinic.ToSafe), Text: v.l.T("handover.to.safe")}, view.Choice{Value: string(clinic.ToBank), Text: v.l.T("handover.to.bank")})
		fields := []view.SettingField{held, amount, to}
		if len(banks) > 1 {
			var choices []view.Choice
			for _, b := range banks {
				choices = append(choices, view.Choice{Value: id(b.ID), Text: b.Name})
			}
			place := choiceField(t, "place", choices...)
			place.Label = v.l.T("field.bank_account")
			fields = append(fields, place)
		}
		return append(fields, sheetField(t, "note", ""))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.HandOver{Shift: sheet.ID, Amount: t.amount("amount"), To: clinic.HandoverTo(t.text("to")), Note: t.text("note"), Request: r}
		if cmd.To == clinic.ToBank {
			cmd.Place = clinic.PlaceID(t.id("place"))
		}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.HandOver(v.r.Context(), v.actor, cmd)
		shown, err := doneOnShift(done, err)
		if err != nil {
			return shown, err
		}
		shown.drawer, shown.Drawer = false, nil
		left := sheet.Holds() - cmd.Amount
		shown.notes = []string{v.l.T("shift.handover.does", "amount", v.l.Amount(cmd.Amount), "to", v.l.T("handover.to."+string(cmd.To)), "unit", v.l.Unit()),
			v.l.T("shift.handover.leaves", "amount", v.l.Amount(left), "unit", v.l.Unit())}
		return shown, nil
	}
	return m, nil
}

// confirmShiftSheet: /shifts/{shift}/confirm.
func (s *server) confirmShiftSheet(v visit) (moneySheet, error) {
	sheet, err := s.shiftIn(v)
	if err != nil {
		return moneySheet{}, err
	}
	m := moneySheet{name: "shift_confirm", about: aboutShift(v, sheet), back: shiftPath(sheet.ID)}
	m.fields = func(t *typed) []view.SettingField {
		var fields []view.SettingField
		for _, h := range sheet.Handovers {
			if h.Waits() {
				f := sheetField(t, "handed", view.FixedField)
				f.Value = handoverText(v, h)
				fields = append(fields, f)
			}
		}
		received := sheetField(t, "received", view.AmountField)
		received.Hint, received.Focus = v.l.T("field.received.hint"), true
		return append(fields, received, sheetField(t, "note", ""))
	}
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		cmd := desk.ConfirmShift{Shift: sheet.ID, Note: t.text("note"), Request: r}
		if t.text("received") != "" {
			received := t.amount("received")
			cmd.Received = &received
		}
		if len(t.problems) > 0 {
			return sheetDone{}, nil
		}
		done, err := s.Desk.ConfirmShift(v.r.Context(), v.actor, cmd)
		shown, err := doneOnShift(done, err)
		shown.drawer, shown.Drawer, shown.notes = false, nil, []string{v.l.T("shift.confirm.does")}
		return shown, err
	}
	return m, nil
}

// handoverText says how much goes where.
func handoverText(v visit, h desk.ListedHandover) string {
	to := v.l.T("handover.to." + string(h.To))
	if h.PlaceName != "" {
		to = h.PlaceName
	}
	return v.l.T("handover.text", "amount", v.l.Amount(h.Amount), "unit", v.l.Unit(), "to", to)
}

// reopenShiftSheet: /shifts/{shift}/reopen.
func (s *server) reopenShiftSheet(v visit) (moneySheet, error) {
	sheet, err := s.shiftIn(v)
	if err != nil {
		return moneySheet{}, err
	}
	waits := money.Amount(0)
	for _, h := range sheet.Handovers {
		if h.Waits() {
			waits += h.Amount
		}
	}
	m := moneySheet{name: "shift_reopen", about: aboutShift(v, sheet), back: shiftPath(sheet.ID), danger: true}
	m.fields = func(t *typed) []view.SettingField { return []view.SettingField{reasonField(t)} }
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		done, err := s.Desk.ReopenShift(v.r.Context(), v.actor, desk.ReopenShift{Shift: sheet.ID, Reason: t.text("reason"), Request: r})
		shown, err := doneOnShift(done, err)
		if waits > 0 {
			shown.notes = append(shown.notes, v.l.T("shift.reopen.returns", "amount", v.l.Amount(waits), "unit", v.l.Unit()))
		}
		if sheet.Status == clinic.ShiftClosed {
			shown.notes = append(shown.notes, v.l.T("shift.reopen.stays"))
		}
		shown.drawer = false
		return shown, err
	}
	return m, nil
}
