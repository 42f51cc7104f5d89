package web

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// moneyValues is how the clinic handles money, as its form shows it.
func moneyValues(v visit, r clinic.MoneyRules) *typed {
	zero := func(n int) string { return v.l.Digits(strconv.Itoa(n)) }
	t := filled(v, "undo_minutes", zero(r.UndoMinutes), "deposit_days", zero(r.DepositDays), "blind_count", onText(r.BlindCount),
		"reopen_deposits", onText(r.ReopenDeposits), "pro_rata_package", onText(r.ProRataPackages))
	for i, days := range r.Aging {
		t.values["aging_"+strconv.Itoa(i)] = zero(days)
	}
	for i, tier := range r.ForfeitTiers {
		t.values["tier_hours_"+strconv.Itoa(i)] = zero(tier.Hours)
		t.values["tier_rate_"+strconv.Itoa(i)] = rateText(v, tier.Rate)
	}
	return t
}

// moneyRules reads the form.
func (t *typed) moneyRules() (r clinic.MoneyRules) {
	r.UndoMinutes, r.DepositDays = t.number("undo_minutes"), t.number("deposit_days")
	r.BlindCount, r.ReopenDeposits, r.ProRataPackages = t.on("blind_count"), t.on("reopen_deposits"), t.on("pro_rata_package")
	for i := range r.Aging {
		r.Aging[i] = t.number("aging_" + strconv.Itoa(i))
	}
	for i := range r.ForfeitTiers {
		n := strconv.Itoa(i)
		r.ForfeitTiers[i] = clinic.ForfeitTier{Hours: t.number("tier_hours_" + n), Rate: t.rate("tier_rate_" + n)}
	}
	return r
}

// moneyPage is the form of the money rules with what was typed.
func (s *server) moneyPage(v visit, version int64, t *typed) view.SettingForm {
	number := func(name string) view.SettingField { return numeric(input(v, t, name)) }
	toggle := func(name string) view.SettingField {
		f := input(v, t, name)
		f.Kind, f.Wide, f.Hint = view.SwitchField, true, v.l.T("settings.field."+name+".hint")
		return f
	}
	hinted := func(f view.SettingField) view.SettingField {
		f.Hint = v.l.T("settings.field." + f.Name + ".hint")
		return f
	}
	var tiers, aging []view.SettingField
	for i := range 3 {
		n := strconv.Itoa(i)
		hours, rate, days := number("tier_hours_"+n), number("tier_rate_"+n), number("aging_"+n)
		hours.Label, rate.Label, days.Label = v.l.T("settings.field.tier_hours"), v.l.T("settings.field.tier_rate"), v.l.T("settings.field.aging")
		rate.Kind = view.RateField
		tiers, aging = append(tiers, hours, rate), append(aging, days)
	}
	title := v.l.T("settings.money")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: "/settings/money", Request: s.RequestKey(),
		Version: id(version), Problems: t.problems, Groups: []view.SettingFields{
			{Title: v.l.T("settings.money.till"), Fields: []view.SettingField{hinted(number("undo_minutes")), toggle("blind_count")}},
			{Title: v.l.T("settings.money.deposits"), Fields: append([]view.SettingField{hinted(number("deposit_days")), toggle("reopen_deposits")}, tiers...)},
			{Title: v.l.T("settings.money.packages"), Fields: []view.SettingField{toggle("pro_rata_package")}},
			{Title: v.l.T("settings.money.debts"), Fields: aging},
		}}
}

// GET /settings/money
func (s *server) moneyForm(v visit) error {
	p := s.moneyPage(v, v.clinic.Version, moneyValues(v, v.clinic.Rules))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("settings.money"))}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/money
func (s *server) saveMoney(v visit) error {
	t := readTyped(v)
	c := v.clinic
	c.Rules, c.Version = t.moneyRules(), t.version()
	var err error
	if len(t.problems) == 0 {
		if _, err = s.Desk.SaveClinic(v.r.Context(), v.actor, desk.Save[clinic.Clinic]{Row: c, Request: requestOf(v)}); err == nil {
			return redirect(v, "/settings/money?saved=1")
		}
	}
	code, stale, err := t.refused(v, err)
	if err != nil {
		return err
	}
	now, err := s.Desk.Clinic(v.r.Context(), v.clinic.ID)
	if err != nil {
		return err
	}
	version := t.version()
	if stale {
		version = now.Version
	}
	p := s.moneyPage(v, version, t)
	if p.Stale = stale; stale {
		tellNow(v, p.Groups, moneyValues(v, now.Rules))
	}
	s.write(v, code, view.SettingFormPage(p))
	return nil
}
