package store

// shiftProofs hold between shifts, hand-overs and the books.
var shiftProofs = []Proof{
	{"what is on the way from drawers is what waits to be confirmed", true, `
		SELECT 'in transit are ' || CAST(SUM(t.amount) AS BIGINT) || ' more than hand-overs wait for'
		FROM (
			SELECT p.amount
			FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'in_transit'
			UNION ALL
			SELECT -h.amount FROM handover h WHERE h.clinic = $1 AND h.confirmed IS NULL AND h.returned IS NULL) t
		HAVING SUM(t.amount) <> 0`},
	{"only a shift that awaits has cash on the way", false, `
		SELECT 'hand-over ' || h.id || ': it waits but its shift is ' || s.status
		FROM handover h JOIN shift s ON s.clinic = h.clinic AND s.id = h.shift
		WHERE h.clinic = $1 AND h.confirmed IS NULL AND h.returned IS NULL AND s.status <> 'awaiting'`},
	{"a shift that is over holds no cash", false, `
		SELECT 'shift ' || s.id || ': it is ' || s.status || ' and holds cash'
		FROM shift s
		WHERE s.clinic = $1 AND s.status IN ('awaiting', 'closed')
			AND s.opening_float - s.left_in_drawer + COALESCE((SELECT SUM(m.amount) FROM money_line m
				WHERE m.clinic = s.clinic AND m.shift = s.id AND m.method = 'cash'), 0) <> 0`},
	{"a shift that was counted holds the cash that was counted", false, `
		SELECT 'shift ' || s.id || ': it was counted at ' || c.counted || ' and holds something else'
		FROM shift s JOIN shift_count c ON c.clinic = s.clinic AND c.shift = s.id AND c.method = 'cash'
		WHERE s.clinic = $1 AND s.status = 'counted'
			AND c.round = (SELECT MAX(l.round) FROM shift_count l WHERE l.clinic = c.clinic AND l.shift = c.shift)
			AND s.opening_float - s.left_in_drawer + COALESCE((SELECT SUM(m.amount) FROM money_line m
				WHERE m.clinic = s.clinic AND m.shift = s.id AND m.method = 'cash'), 0) <> c.counted`},
	{"every difference of cash that was counted is in the books", false, `
		SELECT 'shift ' || c.shift || ': the difference ' || (c.counted - c.expected) || ' is not in the books'
		FROM shift_count c
		WHERE c.clinic = $1 AND c.method = 'cash' AND c.counted <> c.expected AND NOT EXISTS (
			SELECT 1 FROM entry e
			JOIN money_line m ON m.clinic = e.clinic AND m.entry = e.id AND m.shift = c.shift AND m.amount = c.counted - c.expected
			WHERE e.clinic = c.clinic AND e.document = c.shift AND e.kind = 'shift_difference' AND e.reverses IS NULL AND e.at = c.at)`},
	{"cash of a shift lies in its drawer", false, `
		SELECT 'shift ' || s.id || ': cash of it lies at desk ' || m.place
		FROM money_line m JOIN shift s ON s.clinic = m.clinic AND s.id = m.shift
		WHERE m.clinic = $1 AND m.method = 'cash' AND m.place <> s.desk`},
}
