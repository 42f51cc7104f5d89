package store

// appointmentProofs hold between appointments, what happened to them, and what
// is taken. Seats of days that are over are forgotten: $2 is the instant after
// which they are all there. Files that were one person when a visit was booked
// may be two again.
var appointmentProofs = []Proof{
	{"every appointment that takes time has its seats", false, `
		SELECT 'appointment ' || a.id || ': it takes ' || COUNT(t.holder) || ' of its ' || a.wanted || ' seats'
		FROM (
			SELECT a.clinic, a.id, a.provider, a.room, a.device, a.seat, a.starts, a.ends,
				1 + CASE WHEN a.room IS NULL THEN 0 ELSE 1 END + CASE WHEN a.device IS NULL THEN 0 ELSE 1 END AS wanted
			FROM appointment a
			WHERE a.clinic = $1 AND a.ends > $2 AND a.status IN ('proposed', 'booked', 'confirmed', 'checked_in', 'fulfilled')) a
		LEFT JOIN seat_taken t ON t.clinic = a.clinic AND t.booking = a.id AND t.starts = a.starts AND t.ends = a.ends
			AND (t.holder = a.provider AND t.seat = a.seat OR t.holder = a.room OR t.holder = a.device)
		GROUP BY a.id, a.wanted HAVING COUNT(t.holder) <> a.wanted`},
	{"nobody else takes seats", false, `
		SELECT 'booking ' || t.booking || ': it takes a seat of ' || t.holder || ' that is not its own'
		FROM seat_taken t
		LEFT JOIN appointment a ON a.clinic = t.clinic AND a.id = t.booking AND a.starts = t.starts AND a.ends = t.ends
			AND a.status IN ('proposed', 'booked', 'confirmed', 'checked_in', 'fulfilled')
			AND (t.holder = a.provider AND t.seat = a.seat OR t.holder = a.room OR t.holder = a.device)
		LEFT JOIN slot_hold h ON h.clinic = t.clinic AND h.id = t.booking AND h.starts = t.starts AND h.ends = t.ends
			AND h.status IN ('held', 'verified', 'paying')
		WHERE t.clinic = $1 AND t.ends > $2 AND a.id IS NULL AND h.id IS NULL`},
	{"no seat is taken twice at a time", false, `
		SELECT 'seat ' || x.seat || ' of ' || x.holder || ': bookings ' || x.prev || ' and ' || x.booking || ' overlap'
		FROM (
			SELECT t.holder, t.seat, t.booking, t.starts, LAG(t.booking) OVER w AS prev, MAX(t.ends) OVER (
				PARTITION BY t.holder, t.seat ORDER BY t.starts, t.ends ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
			FROM seat_taken t WHERE t.clinic = $1
			WINDOW w AS (PARTITION BY t.holder, t.seat ORDER BY t.starts, t.ends)) x
		WHERE x.busy_until > x.starts`},
	{"every unit of a seat is taken by a span", false, `
		SELECT 'unit ' || u.unit || ' of seat ' || u.seat || ' of ' || u.holder || ': no span takes it'
		FROM seat_unit u
		WHERE u.clinic = $1 AND u.unit * ` + unitMicros + ` >= $2 AND NOT EXISTS (
			SELECT 1 FROM seat_taken t
			WHERE t.clinic = u.clinic AND t.holder = u.holder AND t.seat = u.seat
				AND t.starts > u.unit * ` + unitMicros + ` - ` + longestMicros + ` AND t.starts < (u.unit + 1) * ` + unitMicros + ` AND t.ends > u.unit * ` + unitMicros + `)`},
	{"every span takes all its units", false, `
		SELECT 'booking ' || t.booking || ': ' || t.units || ' units of seat ' || t.seat || ' of ' || t.holder || ' are taken of ' || t.wanted
		FROM (
			SELECT t.booking, t.holder, t.seat, (t.ends - t.starts) / ` + unitMicros + ` AS wanted, (
				SELECT COUNT(*) FROM seat_unit u
				WHERE u.clinic = t.clinic AND u.holder = t.holder AND u.seat = t.seat
					AND u.unit >= t.starts / ` + unitMicros + ` AND u.unit < t.ends / ` + unitMicros + `) AS units
			FROM seat_taken t WHERE t.clinic = $1 AND t.starts >= $2) t
		WHERE t.units <> t.wanted`},
	{"the story of each appointment ends where it is", false, `
		SELECT 'appointment ' || a.id || ': it is ' || a.status || ' but its story ends with ' || COALESCE(e.status, 'nothing')
			|| CASE WHEN e.status = a.status THEN ' at another time' ELSE '' END
		FROM appointment a
		LEFT JOIN appointment_event e ON e.clinic = a.clinic AND e.id = (
			SELECT MAX(l.id) FROM appointment_event l WHERE l.clinic = a.clinic AND l.appointment = a.id)
		WHERE a.clinic = $1 AND (e.id IS NULL OR e.status <> a.status OR e.to_starts <> a.starts OR e.to_ends <> a.ends)`},
	{"every fulfilled appointment is an admission of its person", false, `
		SELECT 'appointment ' || a.id || ': its admission is missing or another person''s'
		FROM appointment a
		LEFT JOIN admission m ON m.clinic = a.clinic AND m.id = a.admission
		LEFT JOIN file_person p ON p.clinic = a.clinic AND p.file = a.patient
		LEFT JOIN file_person o ON o.clinic = m.clinic AND o.file = m.patient AND o.person = p.person
		WHERE a.clinic = $1 AND a.status = 'fulfilled' AND o.person IS NULL
			AND NOT EXISTS (SELECT 1 FROM patient_merge x WHERE x.clinic = $1 AND x.unmerged IS NOT NULL AND x.loser IN (a.patient, m.patient))`},
	{"every deposit for an appointment is of its person", false, `
		SELECT 'deposit ' || d.year || '-' || d.number || ': its appointment is missing or another person''s'
		FROM deposit d
		LEFT JOIN appointment a ON a.clinic = d.clinic AND a.id = d.appointment
		LEFT JOIN file_person p ON p.clinic = d.clinic AND p.file = d.patient
		LEFT JOIN file_person o ON o.clinic = a.clinic AND o.file = a.patient AND o.person = p.person
		WHERE d.clinic = $1 AND d.appointment IS NOT NULL AND o.person IS NULL
			AND NOT EXISTS (SELECT 1 FROM patient_merge x WHERE x.clinic = $1 AND x.unmerged IS NOT NULL AND x.loser IN (a.patient, d.patient))`},
}

// Lengths of time as they stand in statements: that of a unit of the calendar,
// and more than any booking takes.
const (
	unitMicros    = "300000000"
	longestMicros = "86400000000"
)
