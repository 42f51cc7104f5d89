package clinic

import (
	"math/big"
	"slices"
	"time"

	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// SessionStatus is how far one session of a service is.
type SessionStatus string

// The states of a session. One that is cancelled will not take place.
const (
	SessionPlanned   SessionStatus = "planned"
	SessionDone      SessionStatus = "done"
	SessionCancelled SessionStatus = "cancelled"
)

// Session is one of the sessions that a service takes (a package).
type Session struct {
	Line      int
	Number    int // counted from 1
	Planned   jalali.Day
	Done      jalali.Day // "" until it took place
	Provider  ProviderID // 0: nobody named
	Status    SessionStatus
	StaffName string `json:",omitempty"` // who wrote it last
	Recorded  time.Time
	Version   int64
}

// mostSessions bounds the sessions of one line.
const mostSessions = 500

// PlanSessions are the sessions that a line lacks beside those that it has: as
// many as the service takes for each of its quantity, its interval apart. A
// service of one session has none.
func PlanSessions(l AdmissionLine, s Service, has []Session, from jalali.Day) (planned []Session) {
	if s.Sessions < 2 {
		return nil
	}
	want := min(s.Sessions*int(l.Quantity), mostSessions)
	for n := len(has) + 1; n <= want; n++ {
		planned = append(planned, Session{Line: l.Line, Number: n, Planned: from.Add((n - 1) * s.Interval), Provider: l.Provider, Status: SessionPlanned})
	}
	return planned
}

// Abandoned reports whether a line that was not removed was given up, by its
// sessions: nothing else cancels what was left of them.
func Abandoned(sessions []Session) bool {
	return slices.ContainsFunc(sessions, func(s Session) bool { return s.Status == SessionCancelled })
}

// SetSession makes one of a live line's sessions planned for a day, or done on
// one; n counts from 1. Those of a package that was given up stay: they are what
// was charged. Invalid package.session_status, package.session_day (none, or
// done on a day that has not come), package.session_early (done before the
// admission); Refused line.not_live, package.abandoned.
func SetSession(a Admission, sessions []Session, n int, status SessionStatus, day, today jalali.Day) (Session, error) {
	s := sessions[n-1]
	switch {
	case a.Status != Finalized || a.Lines[s.Line-1].Removed:
		return s, fault.New(fault.Refused, "line.not_live", "the service is not of a live admission")
	case Abandoned(sessions):
		return s, PackageAbandoned()
	case status != SessionPlanned && status != SessionDone:
		return s, fault.New(fault.Invalid, "package.session_status", "a session is planned or done").At("status")
	case !day.Valid() || status == SessionDone && day > today:
		return s, fault.New(fault.Invalid, "package.session_day", "a session is done today or before").At("day")
	case status == SessionDone && day < a.Day:
		return s, fault.New(fault.Invalid, "package.session_early", "the admission is of %s; no session was done before", a.Day).
			With("day", string(a.Day)).At("day")
	}
	s.Status, s.Done = status, ""
	if status == SessionDone {
		s.Done = day
	} else {
		s.Planned = day
	}
	return s, nil
}

// SessionProgress is how far a line is by its sessions, and how many are done.
func SessionProgress(all []Session) (LineStatus, int) {
	done, left := 0, 0
	for _, s := range all {
		switch s.Status {
		case SessionDone:
			done++
		case SessionPlanned:
			left++
		}
	}
	switch {
	case done == 0:
		return LineWaiting, done
	case left > 0:
		return LineInProgress, done
	}
	return LineCompleted, done
}

// Abandon prices the used sessions of a package that is given up (product rule
// 2.13): each at the price of a single one, or with proRata at its part of the
// package, never more than the package. Shares of insurers and a discount that
// was an amount shrink with it. Invalid admission.reason; NotFound line.none;
// Refused admission.not_final, line.cancelled, package.none, package.unused,
// package.abandoned, package.finished, package.single_price.
func Abandon(a Admission, n int, sessions []Session, single money.Amount, proRata bool, reason string) (Admission, error) {
	if err := changeable(a, reason); err != nil {
		return a, err
	}
	if n < 1 || n > len(a.Lines) {
		return a, fault.New(fault.NotFound, "line.none", "the admission has no line %d", n)
	}
	l := a.Lines[n-1]
	status, used := SessionProgress(sessions)
	switch {
	case l.Removed:
		return a, fault.New(fault.Refused, "line.cancelled", "the service is cancelled already")
	case len(sessions) < 2:
		return a, fault.New(fault.Refused, "package.none", "the service has no sessions")
	case Abandoned(sessions):
		return a, PackageAbandoned()
	case used == 0:
		return a, fault.New(fault.Refused, "package.unused", "no session was used; cancel the service")
	case status == LineCompleted:
		return a, fault.New(fault.Refused, "package.finished", "no session is left")
	case !proRata && single == 0:
		return a, fault.New(fault.Refused, "package.single_price", "a single session has no price")
	}
	worth := partOf(l.Gross, int64(used), int64(len(sessions)))
	if !proRata {
		worth = l.Gross
		if used64 := int64(used); single <= l.Gross/money.Amount(used64) {
			worth = single * money.Amount(used64)
		}
	}
	line, err := l.shrunk(worth)
	if err != nil {
		return a, err
	}
	line.Status = LineCompleted
	lines := slices.Clone(a.Lines)
	lines[n-1] = line
	return a.Total(lines)
}

// PackageAbandoned is the refusal of a change of a package that was given up.
func PackageAbandoned() error {
	return fault.New(fault.Refused, "package.abandoned", "the package was given up; its sessions stay as they were charged")
}

// shrunk is the line at a lower price.
func (l AdmissionLine) shrunk(gross money.Amount) (AdmissionLine, error) {
	was, by := l, l.DiscountBy
	if l.Gross == 0 {
		return l, nil
	}
	given := l.Given()
	l.Quantity, l.UnitPrice, l.Gross = 1, gross, gross
	l.BaseShare = partOf(was.BaseShare, int64(gross), int64(was.Gross))
	l.SupplementaryShare = partOf(was.SupplementaryShare, int64(gross), int64(was.Gross))
	if given.Percent == 0 {
		given.Amount = min(partOf(was.Discount, int64(gross), int64(was.Gross)), l.discountable())
	}
	l, err := l.Discounted(given)
	if l.Discount > 0 {
		l.DiscountBy, l.DiscountByName = by, was.DiscountByName
	}
	return l, err
}

// partOf is amount × part ÷ whole, rounded down.
func partOf(amount money.Amount, part, whole int64) money.Amount {
	product := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(part))
	return money.Amount(product.Div(product, big.NewInt(whole)).Int64())
}
