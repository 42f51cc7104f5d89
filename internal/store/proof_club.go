package store

// clubProofs hold between points in the books, lots and what earned them.
var clubProofs = []Proof{
	{"the points of a patient are the lots", true, `
		SELECT 'patient ' || d.patient || ': lots and account differ by ' || CAST(SUM(d.points) AS BIGINT)
		FROM (
			SELECT patient, points FROM club_movement WHERE clinic = $1
			UNION ALL
			SELECT a.owner, p.amount FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'club') d
		GROUP BY d.patient HAVING SUM(d.points) <> 0`},
	{"every entry of points is its movements", false, `
		SELECT 'entry ' || e.id || ': it moves ' || e.points || ' points and its lots others'
		FROM (SELECT p.entry AS id, CAST(SUM(p.amount) AS BIGINT) AS points FROM account a
			JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'club_issued' GROUP BY p.entry) e
		WHERE e.points <> COALESCE((SELECT SUM(m.points) FROM club_movement m WHERE m.clinic = $1 AND m.entry = e.id), 0)`},
	{"points are of the patient whose lot it is", false, `
		SELECT 'lot ' || l.id || ': points of patient ' || m.patient || ' lie in it'
		FROM club_movement m JOIN club_lot l ON l.clinic = m.clinic AND l.id = m.lot
		WHERE m.clinic = $1 AND m.patient <> l.patient`},
	{"no points are earned by an admission of which nothing is paid", false, `
		SELECT 'admission ' || l.object || ': ' || CAST(SUM(m.points) AS BIGINT) || ' points and nothing paid'
		FROM club_lot l JOIN club_movement m ON m.clinic = l.clinic AND m.lot = l.id AND m.kind IN ('earned', 'taken_back')
		WHERE l.clinic = $1 AND l.cause = 'admission' AND NOT EXISTS (
			SELECT 1 FROM allocation x WHERE x.clinic = l.clinic AND x.admission = l.object
			GROUP BY x.admission HAVING SUM(x.amount) <> 0)
		GROUP BY l.object HAVING SUM(m.points) <> 0`},
	{"a code whose points came back is switched off and was not used", false, `
		SELECT 'discount code ' || c.code || ': its points are back and it can be used'
		FROM discount_code c
		WHERE c.clinic = $1 AND (c.used > 0 OR c.disabled IS NULL) AND EXISTS (
			SELECT 1 FROM club_movement m WHERE m.clinic = c.clinic AND m.code = c.id AND m.kind = 'returned')`},
}
