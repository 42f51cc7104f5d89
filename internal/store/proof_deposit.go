package store

// depositProofs hold between deposits, what moved and the books.
var depositProofs = []Proof{
	{"every deposit received what was applied, moved, refunded, forfeited and is left", false, `
		SELECT 'deposit ' || d.year || '-' || d.number || ': it received ' || v.received || ' and that went to nothing else than '
			|| (v.applied + v.transferred + v.refunded + v.forfeited) || ', ' || v.remaining || ' is left'
		FROM deposit d
		JOIN (SELECT ` + depositSums + ` FROM deposit_movement WHERE clinic = $1 GROUP BY deposit) v ON v.deposit = d.id
		WHERE d.clinic = $1 AND (v.received <> v.applied + v.transferred + v.refunded + v.forfeited + v.remaining
			OR v.applied < 0 OR v.transferred < 0 OR v.refunded < 0 OR v.forfeited < 0)`},
	{"every movement is of its patient's deposit", false, `
		SELECT 'deposit movement ' || v.id || ': its deposit is missing or another patient''s'
		FROM deposit_movement v LEFT JOIN deposit d ON d.clinic = v.clinic AND d.id = v.deposit AND d.patient = v.patient
		WHERE v.clinic = $1 AND d.id IS NULL`},
	{"what leaves a deposit for the account is a fund there", false, `
		SELECT 'deposit movement ' || v.id || ': there is no fund of ' || -v.amount
		FROM deposit_movement v
		LEFT JOIN fund f ON f.clinic = v.clinic AND f.id = v.id AND f.kind = 'deposit' AND f.patient = v.patient AND f.amount = -v.amount
		WHERE v.clinic = $1 AND v.kind IN ('apply', 'to_account') AND v.reverses IS NULL AND f.id IS NULL`},
	{"what comes back to a deposit left the account", false, `
		SELECT 'deposit movement ' || v.id || ': ' || v.amount || ' came back but other money left the account'
		FROM deposit_movement v
		WHERE v.clinic = $1 AND v.kind IN ('unapply', 'from_credit') AND v.reverses IS NULL
			AND v.amount <> COALESCE((SELECT SUM(l.amount) FROM allocation l WHERE l.clinic = v.clinic AND l.spending = v.id), 0)
			AND NOT EXISTS (SELECT 1 FROM deposit_movement x WHERE x.clinic = v.clinic AND x.reverses = v.id)`},
	{"every refunded movement has its refund", false, `
		SELECT 'deposit movement ' || v.id || ': there is no refund of ' || -v.amount
		FROM deposit_movement v
		LEFT JOIN refund r ON r.clinic = v.clinic AND r.id = v.id AND r.deposit = v.deposit AND r.amount = -v.amount
		WHERE v.clinic = $1 AND v.kind = 'refund' AND v.reverses IS NULL AND r.id IS NULL`},
}
