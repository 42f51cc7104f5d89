package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// AppointmentShown is an appointment in a list, with the names of what it is
// about, what its deposits hold and how far its admission is.
type AppointmentShown struct {
	clinic.Appointment
	FirstName, LastName string
	FileNumber          clinic.FileNumber
	Mobile              string
	ProviderName        string
	ServiceName         string
	SectionName         string
	BranchName          string
	RoomName            string
	StaffName           string
	Deposit             money.Amount // that its deposits hold now
	Asked               money.Amount // of deposits that were asked for and not paid
	AdmissionStatus     clinic.AdmissionStatus
	Progress            clinic.LineStatus // of the admission's services; "" without one
	Message             string            // how far the last message about it is; "" for none
}

// PatientName is the name of the patient.
func (a AppointmentShown) PatientName() string {
	return clinic.Patient{FirstName: a.FirstName, LastName: a.LastName}.Name()
}

// AppointmentQuery is which appointments are wanted, and in which order: those
// from an instant on, or before one with the newest first.
type AppointmentQuery struct {
	From, Until time.Time // of their beginnings; zero: no bound
	Files       clinic.Files
	Provider    clinic.ProviderID
	Branch      clinic.BranchID // 0: every branch
	Statuses    []clinic.AppointmentStatus
	Series      clinic.SeriesID
	Admission   clinic.AdmissionID
	ID          clinic.AppointmentID // one
	KnownAt     time.Time            // recorded by then; zero: whenever
	Newest      bool
	After       *Key // rows behind this one in the order
	Limit       int  // 0: all
}

func (q AppointmentQuery) where(args *arguments) string {
	condition := "a.clinic = $1"
	and := func(text string, v any) {
		*args = append(*args, v)
		condition += fmt.Sprintf(" AND "+text, len(*args))
	}
	if !q.From.IsZero() {
		and("a.starts >= $%d", micros(q.From))
	}
	if !q.Until.IsZero() {
		and("a.starts < $%d", micros(q.Until))
	}
	if q.Files != nil {
		condition += " AND " + among(args, "a.patient", q.Files)
	}
	if q.Provider != 0 {
		and("a.provider = $%d", q.Provider)
	}
	if q.Branch != 0 {
		and("a.branch = $%d", q.Branch)
	}
	if q.ID != 0 {
		and("a.id = $%d", q.ID)
	}
	if !q.KnownAt.IsZero() {
		and("a.recorded <= $%d", micros(q.KnownAt))
	}
	if q.Series != 0 {
		and("a.series = $%d", q.Series)
	}
	if q.Admission != 0 {
		and("a.admission = $%d", q.Admission)
	}
	if q.Statuses != nil {
		condition += " AND " + among(args, "a.status", q.Statuses)
	}
	if q.After != nil {
		sign := ">"
		if q.Newest {
			sign = "<"
		}
		*args = append(*args, micros(q.After.At), q.After.ID)
		condition += fmt.Sprintf(" AND (a.starts, a.id) "+sign+" ($%d, $%d)", len(*args)-1, len(*args))
	}
	return condition
}

// order is how the rows lie, of the table called so.
func (q AppointmentQuery) order(table string) string {
	direction := "ASC"
	if q.Newest {
		direction = "DESC"
	}
	return " ORDER BY " + table + ".starts " + direction + ", " + table + ".id " + direction
}

// Appointments lists appointments. The page is cut first; only its rows are
// dressed with names.
func (tx *Tx) Appointments(ctx context.Context, q AppointmentQuery) ([]AppointmentShown, error) {
	args := arguments{tx.clinic}
	condition := q.where(&args)
	limit := ""
	if q.Limit > 0 {
		args = append(args, q.Limit)
		limit = limitTo(fmt.Sprintf("$%d", len(args)))
	}
	all, err := collect(ctx, tx, scanAppointmentShown, `
		SELECT `+appointmentFields+`, p.first_name, p.last_name, p.file_number, p.mobile, o.name, COALESCE(s.name, ''), COALESCE(c.name, ''), b.name,
			COALESCE(r.name, ''), f.name,
			CAST(COALESCE((SELECT SUM(v.amount) FROM deposit d CROSS JOIN deposit_movement v
				WHERE d.clinic = a.clinic AND d.appointment = a.id AND v.clinic = d.clinic AND v.deposit = d.id), 0) AS BIGINT),
			CAST(COALESCE((SELECT SUM(d.amount) FROM deposit d WHERE d.clinic = a.clinic AND d.appointment = a.id AND d.withdrawn IS NULL
				AND NOT EXISTS (SELECT 1 FROM deposit_movement v WHERE v.clinic = d.clinic AND v.deposit = d.id)), 0) AS BIGINT),
			COALESCE(m.status, ''),
			COALESCE((SELECT STRING_AGG(l.status, ',' ORDER BY l.line)
				FROM admission_line l WHERE l.clinic = m.clinic AND l.admission = m.id AND l.removed = 0), ''),
			COALESCE((SELECT g.status FROM message g WHERE g.clinic = a.clinic AND g.object = a.id ORDER BY g.id DESC LIMIT 1), '')
		FROM (SELECT a.* FROM appointment a WHERE `+condition+q.order("a")+limit+`) a
		JOIN patient p ON p.clinic = a.clinic AND p.id = a.patient
		JOIN provider o ON o.clinic = a.clinic AND o.id = a.provider
		JOIN branch b ON b.clinic = a.clinic AND b.id = a.branch
		JOIN staff f ON f.clinic = a.clinic AND f.id = a.staff
		LEFT JOIN service s ON s.clinic = a.clinic AND s.id = a.service
		LEFT JOIN section c ON c.clinic = s.clinic AND c.id = s.section
		LEFT JOIN resource r ON r.clinic = a.clinic AND r.id = a.room
		LEFT JOIN admission m ON m.clinic = a.clinic AND m.id = a.admission`+q.order("a"), args...)
	if err != nil {
		return nil, fmt.Errorf("appointments: %w", err)
	}
	return all, nil
}

func scanAppointmentShown(scan func(...any) error) (a AppointmentShown, err error) {
	var lines string
	a.Appointment, err = scanAppointment(func(into ...any) error {
		return scan(append(into, &a.FirstName, &a.LastName, &a.FileNumber, &a.Mobile, &a.ProviderName, &a.ServiceName, &a.SectionName, &a.BranchName,
			&a.RoomName, &a.StaffName, &a.Deposit, &a.Asked, &a.AdmissionStatus, &lines, &a.Message)...)
	})
	if lines != "" {
		admission := clinic.Admission{Status: a.AdmissionStatus}
		for _, status := range strings.Split(lines, ",") {
			admission.Lines = append(admission.Lines, clinic.AdmissionLine{Status: clinic.LineStatus(status)})
		}
		a.Progress = admission.Progress()
	}
	return a, err
}

// AppointmentCounts are how many appointments a day has, of those that take
// time and of all.
type AppointmentCounts struct{ Taking, All int }

// AppointmentsByDay counts the appointments of each civil day; days are the
// first instants of the days wanted and the end of the last.
func (tx *Tx) AppointmentsByDay(ctx context.Context, q AppointmentQuery, dayOf func(time.Time) jalali.Day) (map[jalali.Day]AppointmentCounts, error) {
	args := arguments{tx.clinic}
	counts := map[jalali.Day]AppointmentCounts{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (none struct{}, err error) {
		var starts int64
		var status clinic.AppointmentStatus
		if err := scan(&starts, &status); err != nil {
			return none, err
		}
		day := dayOf(moment(starts))
		c := counts[day]
		c.All++
		if status.TakesTime() {
			c.Taking++
		}
		counts[day] = c
		return none, nil
	}, `SELECT a.starts, a.status FROM appointment a WHERE `+q.where(&args), args...)
	if err != nil {
		return nil, fmt.Errorf("appointments by day: %w", err)
	}
	return counts, nil
}

// PatientAppointments are what the header says of a person's appointments.
type PatientAppointments struct {
	Count    int
	NoShows  int
	Expected int // whose time is not over, or that somebody came to
	Begun    int // whose beginning lies before the moment
}

// CountAppointments counts the appointments of a person's files that were
// recorded by the moment; those before now have begun.
func (tx *Tx) CountAppointments(ctx context.Context, files clinic.Files, m Moment, now time.Time) (c PatientAppointments, err error) {
	args := arguments{tx.clinic, m.knownAt(), min(m.before(), micros(now)), micros(now)}
	err = tx.row(ctx, `
		SELECT COUNT(*), COUNT(*) FILTER (WHERE status = 'no_show'),
			COUNT(*) FILTER (WHERE ends > $4 AND status IN ('proposed', 'booked', 'confirmed', 'checked_in')), COUNT(*) FILTER (WHERE starts < $3)
		FROM appointment
		WHERE clinic = $1 AND recorded <= $2 AND `+among(&args, "patient", files), args...).Scan(&c.Count, &c.NoShows, &c.Expected, &c.Begun)
	if err != nil {
		return c, fmt.Errorf("count appointments: %w", err)
	}
	return c, nil
}

// BegunAppointments returns the appointments of a person that lie before now
// and in the range, with names. The page is cut first; only its rows are
// dressed.
func (tx *Tx) BegunAppointments(ctx context.Context, files clinic.Files, r Range, now time.Time) ([]AppointmentShown, error) {
	args := arguments{tx.clinic, r.knownAt(), micros(now)}
	person := among(&args, "a.patient", files)
	condition, order, all := r.where("a.starts", "a.id", args)
	again := AppointmentQuery{Newest: r.Newer == nil}.order("a")
	return collect(ctx, tx, func(scan func(...any) error) (a AppointmentShown, err error) {
		a.Appointment, err = scanAppointment(func(into ...any) error {
			return scan(append(into, &a.ProviderName, &a.ServiceName, &a.StaffName, &a.BranchName)...)
		})
		return a, err
	}, `
		SELECT `+appointmentFields+`, o.name, COALESCE(s.name, ''), f.name, b.name
		FROM (SELECT a.* FROM appointment a WHERE a.clinic = $1 AND a.recorded <= $2 AND a.starts < $3 AND `+person+` AND `+condition+order+`) a
		JOIN provider o ON o.clinic = a.clinic AND o.id = a.provider
		JOIN branch b ON b.clinic = a.clinic AND b.id = a.branch
		JOIN staff f ON f.clinic = a.clinic AND f.id = a.staff
		LEFT JOIN service s ON s.clinic = a.clinic AND s.id = a.service`+again, all...)
}

// CountBegun counts what BegunAppointments would return without a limit.
func (tx *Tx) CountBegun(ctx context.Context, files clinic.Files, r Range, now time.Time) (n int, err error) {
	args := arguments{tx.clinic, r.knownAt(), micros(now)}
	person := among(&args, "a.patient", files)
	condition, all := r.bounds("a.starts", "a.id", args)
	err = tx.row(ctx, `SELECT COUNT(*) FROM appointment a WHERE a.clinic = $1 AND a.recorded <= $2 AND a.starts < $3 AND `+person+` AND `+condition,
		all...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count of appointments: %w", err)
	}
	return n, nil
}
