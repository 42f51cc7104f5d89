package store

// chequeProofs hold between cheques, their story and the books.
var chequeProofs = []Proof{
	{"the cheques in hand and at the bank are what the account of cheques holds", true, `
		SELECT 'cheques: those in hand and at the bank and the account differ by ' || CAST(SUM(d.amount) AS BIGINT)
		FROM (
			SELECT q.amount FROM cheque q WHERE q.clinic = $1 AND q.status IN ('in_hand', 'banked')
			UNION ALL
			SELECT -p.amount FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'cheques') d
		HAVING SUM(d.amount) <> 0`},
	{"the story of each cheque ends in its status", false, `
		SELECT 'cheque ' || q.id || ': it is ' || q.status || ' but its story ends with ' || COALESCE(v.status, 'nothing')
		FROM cheque q
		LEFT JOIN cheque_event v ON v.clinic = q.clinic AND v.id = (
			SELECT l.id FROM cheque_event l WHERE l.clinic = q.clinic AND l.cheque = q.id ORDER BY l.at DESC, l.id DESC LIMIT 1)
		WHERE q.clinic = $1 AND (v.id IS NULL OR v.status <> q.status)`},
	{"no cheque is held twice", false, `
		SELECT 'cheques with Sayad id ' || q.sayad_id || ': ' || COUNT(*) || ' are held'
		FROM cheque q
		WHERE q.clinic = $1 AND q.sayad_id <> '' AND q.status IN ('in_hand', 'banked')
		GROUP BY q.sayad_id HAVING COUNT(*) > 1`},
}
