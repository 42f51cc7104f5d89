package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// activityDays are the numbers that belong to causes: the field and the figure.
func activityDays(r *clinic.ActivityRules) map[clinic.ActivityCause]struct {
	field string
	days  *int
} {
	return map[clinic.ActivityCause]struct {
		field string
		days  *int
	}{clinic.CauseSession: {"session_days", &r.SessionDays}, clinic.CauseDeposit: {"lapse_days", &r.DepositDays},
		clinic.CauseUnseen: {"unseen_months", &r.UnseenMonths}, clinic.CauseSatisfaction: {"satisfaction_days", &r.SatisfactionDays}}
}

// makesField is the switch of a cause.
func makesField(c clinic.ActivityCause) string { return "makes_" + string(c) }

// activityRuleValues is which activities come by themselves, as the form shows it.
func activityRuleValues(v visit, r clinic.ActivityRules) *typed {
	t := filled(v)
	for _, cause := range clinic.ActivityCauses {
		t.values[makesField(cause)] = onText(r.Makes(cause))
	}
	for _, d := range activityDays(&r) {
		t.values[d.field] = numberText(v, *d.days)
	}
	return t
}

// activityRules reads the form.
func (t *typed) activityRules() (r clinic.ActivityRules) {
	for _, cause := range clinic.ActivityCauses {
		*r.Switch(cause) = t.on(makesField(cause))
	}
	for _, d := range activityDays(&r) {
		*d.days = t.number(d.field)
	}
	return r
}

// activityRulesPage is the form with what was typed.
func (s *server) activityRulesPage(v visit, version int64, t *typed) view.SettingForm {
	var fields []view.SettingField
	days := activityDays(&clinic.ActivityRules{})
	for _, cause := range clinic.ActivityCauses {
		makes := input(v, t, makesField(cause))
		makes.Kind, makes.Wide, makes.Label = view.SwitchField, true, v.l.T("activity.cause."+string(cause))
		makes.Hint = v.l.T("settings.field." + makesField(cause) + ".hint")
		fields = append(fields, makes)
		if d, ok := days[cause]; ok {
			fields = append(fields, numeric(input(v, t, d.field)))
		}
	}
	title := v.l.T("settings.activities")
	return view.SettingForm{Chrome: s.chrome(v, title), Title: title, Back: "/settings", Action: activityRulesPath, Request: s.RequestKey(),
		Version: id(version), Problems: t.problems, Groups: []view.SettingFields{{Title: v.l.T("settings.activities.text"), Fields: fields}}}
}

// GET /settings/activities
func (s *server) activityRulesForm(v visit) error {
	p := s.activityRulesPage(v, v.clinic.Version, activityRuleValues(v, v.clinic.Activities))
	if v.r.URL.Query().Get("saved") != "" {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("settings.saved", "name", v.l.T("settings.activities"))}
	}
	return s.show(v, view.SettingFormPage(p))
}

// POST /settings/activities
func (s *server) saveActivityRules(v visit) error {
	t := readTyped(v)
	c := v.clinic
	c.Activities, c.Version = t.activityRules(), t.version()
	var err error
	if len(t.problems) == 0 {
		if _, err = s.Desk.SaveClinic(v.r.Context(), v.actor, desk.Save[clinic.Clinic]{Row: c, Request: requestOf(v)}); err == nil {
			return redirect(v, activityRulesPath+"?saved=1")
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
	p := s.activityRulesPage(v, version, t)
	if p.Stale = stale; stale {
		tellNow(v, p.Groups, activityRuleValues(v, now.Activities))
	}
	s.write(v, code, view.SettingFormPage(p))
	return nil
}
