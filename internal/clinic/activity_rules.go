package clinic

import (
	"slices"

	"daftar/internal/fault"
)

// ActivityCause says why an activity came by itself; its object, and the part of
// it, name what caused it, and each cause makes one.
type ActivityCause string

// The causes there are, with their object.
const (
	CauseNoShow       ActivityCause = "no_show"            // an appointment
	CauseCancelled    ActivityCause = "cancelled"          // an appointment that the clinic cancelled: offer another time
	CauseLateMoney    ActivityCause = "late_money"         // a payment for a time that was given away
	CauseBounced      ActivityCause = "bounced_cheque"     // a cheque; part: each time that it bounced
	CauseInstalment   ActivityCause = "overdue_instalment" // a plan; part: the line
	CauseSession      ActivityCause = "next_session"       // an admission; part: see SessionPart
	CauseDeposit      ActivityCause = "lapsing_deposit"    // a deposit
	CauseUnseen       ActivityCause = "unseen"             // the last admission
	CauseSatisfaction ActivityCause = "satisfaction"       // an admission
	CauseBirthday     ActivityCause = "birthday"           // the patient; part: the Jalali year
)

// ActivityCauses lists them in the order of the settings.
var ActivityCauses = []ActivityCause{CauseNoShow, CauseCancelled, CauseLateMoney, CauseBounced, CauseInstalment, CauseSession, CauseDeposit, CauseUnseen,
	CauseSatisfaction, CauseBirthday}

// SoughtCauses are those that a job looks for; the others come with what causes
// them.
var SoughtCauses = []ActivityCause{CauseBounced, CauseInstalment, CauseSession, CauseDeposit, CauseUnseen, CauseSatisfaction, CauseBirthday}

// Kind is how an activity that came by itself deals with the person.
func (c ActivityCause) Kind() ActivityKind {
	switch c {
	case CauseSession, CauseDeposit:
		return Reminder
	case CauseUnseen, CauseSatisfaction, CauseBirthday:
		return CallOut
	}
	return FollowUp
}

// SessionPart names a session of an admission in one number.
func SessionPart(line, number int) int64 { return int64(line)*sessionParts + int64(number) }

// SessionOf is the number of the session that SessionPart named.
func SessionOf(part int64) int { return int(part % sessionParts) }

// sessionParts is more than the sessions that a service may take.
const sessionParts = 1000

// ActivityRules are which activities come by themselves in a clinic, and when.
type ActivityRules struct {
	NoShow       bool `json:"no_show"`
	Cancelled    bool `json:"cancelled"`
	LateMoney    bool `json:"late_money"`
	Bounced      bool `json:"bounced_cheque"`
	Instalment   bool `json:"overdue_instalment"`
	Session      bool `json:"next_session"`
	Deposit      bool `json:"lapsing_deposit"`
	Unseen       bool `json:"unseen"`
	Satisfaction bool `json:"satisfaction"`
	Birthday     bool `json:"birthday"`

	SessionDays      int `json:"session_days"`      // before the day that a session is planned for
	DepositDays      int `json:"deposit_days"`      // before the last day of a deposit
	UnseenMonths     int `json:"unseen_months"`     // after the last admission
	SatisfactionDays int `json:"satisfaction_days"` // after an admission was finalized
}

// DefaultActivityRules are what the program proposes.
func DefaultActivityRules() ActivityRules {
	return ActivityRules{NoShow: true, Cancelled: true, LateMoney: true, Bounced: true, Instalment: true, Session: true, Deposit: true,
		SessionDays: 3, DepositDays: 14, UnseenMonths: 6, SatisfactionDays: 2}
}

// ParseActivityRules reads what String wrote; what is not said is as proposed.
func ParseActivityRules(text string) (ActivityRules, error) {
	r := DefaultActivityRules()
	if text == "" {
		return r, nil
	}
	return r, unmarshalRules(text, &r)
}

// String is how the rules are stored.
func (r ActivityRules) String() string { return rulesText(r) }

// Switch is the switch of a cause; nil for what is none.
func (r *ActivityRules) Switch(c ActivityCause) *bool {
	i := slices.Index(ActivityCauses, c)
	if i < 0 {
		return nil
	}
	return []*bool{&r.NoShow, &r.Cancelled, &r.LateMoney, &r.Bounced, &r.Instalment, &r.Session, &r.Deposit, &r.Unseen, &r.Satisfaction, &r.Birthday}[i]
}

// Makes reports whether the cause makes activities.
func (r ActivityRules) Makes(c ActivityCause) bool {
	on := r.Switch(c)
	return on != nil && *on
}

// Check refuses what is no rule; nothing at all is what the program proposes.
// Invalid activity_rules.days, activity_rules.months.
func (r ActivityRules) Check() (ActivityRules, error) {
	if r == (ActivityRules{}) {
		return DefaultActivityRules(), nil
	}
	for _, d := range []struct {
		field string
		days  int
	}{{"session_days", r.SessionDays}, {"lapse_days", r.DepositDays}, {"satisfaction_days", r.SatisfactionDays}} {
		if d.days < 0 || d.days > 90 {
			return r, fault.New(fault.Invalid, "activity_rules.days", "0 to 90 days").At(d.field)
		}
	}
	if r.UnseenMonths < 1 || r.UnseenMonths > 60 {
		return r, fault.New(fault.Invalid, "activity_rules.months", "1 to 60 months").At("unseen_months")
	}
	return r, nil
}
