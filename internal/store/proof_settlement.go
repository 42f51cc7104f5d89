package store

// settlementProofs hold between what insurers bear, settle and owe, and between
// what others earn, get and are owed.
var settlementProofs = []Proof{
	{"what insurers owe for admissions is their accounts", true, `
		SELECT 'insurer ' || d.insurer || ': its admissions and its account differ by ' || CAST(SUM(d.amount) AS BIGINT)
		FROM (
			SELECT base_insurer AS insurer, base_share AS amount FROM admission
			WHERE clinic = $1 AND status = 'finalized' AND base_insurer IS NOT NULL
			UNION ALL
			SELECT supplementary_insurer, supplementary_share FROM admission
			WHERE clinic = $1 AND status = 'finalized' AND supplementary_insurer IS NOT NULL
			UNION ALL
			SELECT t.to_insurer, t.amount FROM share_transfer t
			JOIN admission a ON a.clinic = t.clinic AND a.id = t.admission AND a.status = 'finalized'
			WHERE t.clinic = $1 AND t.to_insurer IS NOT NULL
			UNION ALL
			SELECT t.from_insurer, -t.amount FROM share_transfer t
			JOIN admission a ON a.clinic = t.clinic AND a.id = t.admission AND a.status = 'finalized'
			WHERE t.clinic = $1 AND t.from_insurer IS NOT NULL
			UNION ALL
			SELECT y.insurer, -y.amount FROM insurer_payment y
			WHERE y.clinic = $1 AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = y.clinic AND v.document = y.id)
			UNION ALL
			SELECT s.insurer, -l.amount FROM settlement_line l
			JOIN settlement s ON s.clinic = l.clinic AND s.id = l.settlement
			JOIN admission a ON a.clinic = l.clinic AND a.id = l.admission AND a.status = 'finalized'
			WHERE l.clinic = $1 AND l.kind = 'write_off'
				AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = s.clinic AND v.document = s.id)
			UNION ALL
			SELECT a.owner, -p.amount FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'insurer') d
		GROUP BY d.insurer HAVING SUM(d.amount) <> 0`},
	{"every settlement is the sum of its lines", false, `
		SELECT 'settlement ' || s.year || '-' || s.number || ': its lines do not make ' || s.received || ' and ' || s.deducted
		FROM settlement s LEFT JOIN settlement_line l ON l.clinic = s.clinic AND l.settlement = s.id
		WHERE s.clinic = $1
		GROUP BY s.id, s.year, s.number, s.received, s.deducted
		HAVING COALESCE(SUM(CASE WHEN l.kind = 'paid' THEN l.amount ELSE 0 END), 0) <> s.received
			OR COALESCE(SUM(CASE WHEN l.kind = 'paid' THEN 0 ELSE l.amount END), 0) <> s.deducted`},
	{"every line of a settlement has its document", false, `
		SELECT 'settlement ' || l.settlement || ' line ' || l.line || ': its document is missing or of another amount'
		FROM settlement_line l
		LEFT JOIN insurer_payment y ON l.kind = 'paid' AND y.clinic = l.clinic AND y.id = l.document AND y.amount = l.amount AND y.admission = l.admission
		LEFT JOIN share_transfer t ON l.kind = 'patient' AND t.clinic = l.clinic AND t.id = l.document AND t.amount = l.amount AND t.admission = l.admission
		WHERE l.clinic = $1 AND l.kind <> 'write_off' AND y.id IS NULL AND t.id IS NULL`},
	{"what was earned less what was settled is what is owed to who earned it", true, `
		SELECT 'commission of ' || d.earner || ': the rows and the account differ by ' || CAST(SUM(d.amount) AS BIGINT)
		FROM (
			SELECT earner, amount FROM commission WHERE clinic = $1
			UNION ALL
			SELECT c.earner, -c.amount FROM commission_settlement c
			WHERE c.clinic = $1 AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.clinic = c.clinic AND v.document = c.id)
			UNION ALL
			SELECT a.owner, p.amount FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'commission') d
		GROUP BY d.earner HAVING SUM(d.amount) <> 0`},
	{"nothing is earned by an admission that nobody pays", false, `
		SELECT 'admission ' || c.admission || ': ' || CAST(SUM(c.amount) AS BIGINT) || ' is earned and nothing paid'
		FROM commission c
		WHERE c.clinic = $1 AND NOT EXISTS (
			SELECT 1 FROM allocation l WHERE l.clinic = c.clinic AND l.admission = c.admission
			GROUP BY l.admission HAVING SUM(l.amount) <> 0)
		GROUP BY c.admission, c.earner HAVING SUM(c.amount) <> 0`},
	gapless("settlement"), gapless("commission_settlement"),
}
