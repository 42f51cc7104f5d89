package store

// correctionProofs hold between what was taken back and what it was.
var correctionProofs = []Proof{
	{"a voided receipt has left the books and the account", false, `
		SELECT 'receipt ' || r.year || '-' || r.number || ': it is void but its entry stands or its money is on the account'
		FROM voided v JOIN receipt r ON r.clinic = v.clinic AND r.id = v.document
		WHERE v.clinic = $1 AND (
			EXISTS (SELECT 1 FROM entry e WHERE e.clinic = r.clinic AND e.document = r.id AND e.kind IN ('receipt', 'method_change')
				AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.clinic = e.clinic AND x.reverses = e.id))
			OR (SELECT COALESCE(SUM(m.amount), 0) FROM money_line m JOIN entry e ON e.clinic = m.clinic AND e.id = m.entry
				WHERE m.clinic = r.clinic AND m.document = r.id AND e.kind <> 'shift_float') <> 0
			OR EXISTS (SELECT 1 FROM cheque q WHERE q.clinic = r.clinic AND q.receipt = r.id AND q.status <> 'returned'))`},
	{"money of voided documents is spent", false, `
		SELECT 'fund ' || f.id || ': its document is void but ' || CAST(f.amount - COALESCE(SUM(l.amount), 0) AS BIGINT) || ' of it is on the account'
		FROM voided v
		JOIN fund f ON f.clinic = v.clinic AND f.id = v.document
		LEFT JOIN allocation l ON l.clinic = f.clinic AND l.fund = f.id AND l.spending IS NOT NULL
		WHERE v.clinic = $1
		GROUP BY f.id, f.amount HAVING COALESCE(SUM(l.amount), 0) <> f.amount`},
	{"a refund from credit takes as much off the account as goes", false, `
		SELECT 'refund ' || f.year || '-' || f.number || ': ' || f.amount || ' was given back but another amount spent'
		FROM refund f
		LEFT JOIN voided v ON v.clinic = f.clinic AND v.document = f.id
		WHERE f.clinic = $1 AND f.deposit IS NULL AND CASE WHEN v.document IS NULL THEN f.amount ELSE 0 END <> COALESCE((
			SELECT SUM(l.amount) FROM allocation l WHERE l.clinic = f.clinic AND l.spending = f.id), 0)`},
	{"every refund is the money that went", false, `
		SELECT 'refund ' || f.year || '-' || f.number || ': the lines of money differ from it'
		FROM refund f
		LEFT JOIN voided v ON v.clinic = f.clinic AND v.document = f.id
		WHERE f.clinic = $1 AND CASE WHEN v.document IS NULL THEN -f.amount ELSE 0 END <> COALESCE((
			SELECT SUM(m.amount) FROM money_line m WHERE m.clinic = f.clinic AND m.document = f.id), 0)`},
	{"every transfer of a receipt is spent here and a fund there", false, `
		SELECT 'transfer ' || t.id || ': its money was not spent, or is no fund of the receiver'
		FROM receipt_transfer t
		LEFT JOIN fund f ON f.clinic = t.clinic AND f.id = t.id AND f.patient = t.receiver AND f.amount = t.amount AND f.kind = 'transfer'
		LEFT JOIN voided v ON v.clinic = t.clinic AND v.document = t.id
		WHERE t.clinic = $1 AND (f.id IS NULL OR CASE WHEN v.document IS NULL THEN t.amount ELSE 0 END <> COALESCE((
			SELECT SUM(l.amount) FROM allocation l WHERE l.clinic = t.clinic AND l.spending = t.id), 0))`},
	{"every remission is in the books", false, `
		SELECT 'remission ' || m.id || ': its entry is missing or has another amount'
		FROM remission m
		WHERE m.clinic = $1 AND m.reverses IS NULL AND NOT EXISTS (
			SELECT 1 FROM entry e
			JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id AND p.amount = -m.amount
			JOIN account a ON a.clinic = p.clinic AND a.id = p.account AND a.kind = 'receivable' AND a.owner = m.patient
			WHERE e.clinic = m.clinic AND e.document = m.id AND e.kind = m.kind AND e.reverses IS NULL
				AND (EXISTS (SELECT 1 FROM entry x WHERE x.clinic = e.clinic AND x.reverses = e.id)
					= EXISTS (SELECT 1 FROM remission n WHERE n.clinic = m.clinic AND n.reverses = m.id)))`},
	{"every reversed remission has its other sign", false, `
		SELECT 'remission ' || n.id || ': it does not mirror ' || n.reverses
		FROM remission n JOIN remission m ON m.clinic = n.clinic AND m.id = n.reverses
		WHERE n.clinic = $1 AND (n.amount <> -m.amount OR n.kind <> m.kind OR n.admission <> m.admission OR m.reverses IS NOT NULL)`},
	{"no debt is recovered that was not written off", false, `
		SELECT 'admission ' || m.admission || ': more is recovered than was written off'
		FROM remission m WHERE m.clinic = $1 AND m.kind IN ('write_off', 'recovery')
		GROUP BY m.admission HAVING SUM(m.amount) < 0`},
	{"what was undone does not stand", false, `
		SELECT 'unit ' || u.unit || ': entry ' || e.id || ' (' || e.kind || ') stands although it was undone'
		FROM undo u JOIN entry e ON e.clinic = u.clinic AND e.unit = u.unit
		WHERE u.clinic = $1 AND e.kind <> 'file_transfer' AND e.reverses IS NULL
			AND NOT EXISTS (SELECT 1 FROM entry x WHERE x.clinic = e.clinic AND x.reverses = e.id)`},
}
