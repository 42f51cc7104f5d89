package store

// revisionProofs hold between admissions, what they were, and the books.
var revisionProofs = []Proof{
	{"an admission is in the books while it is final", false, `
		SELECT 'admission ' || a.year || '-' || a.number || ': it is ' || a.status || ' but has ' || COUNT(e.id) || ' live entries'
		FROM admission a
		LEFT JOIN entry e ON e.clinic = a.clinic AND e.document = a.id AND e.kind IN ('admission', 'admission_again')
			AND NOT EXISTS (SELECT 1 FROM entry r WHERE r.clinic = e.clinic AND r.reverses = e.id)
		WHERE a.clinic = $1
		GROUP BY a.id, a.year, a.number, a.status, a.gross
		HAVING COUNT(e.id) <> CASE WHEN a.status = 'finalized' AND a.gross <> 0 THEN 1 ELSE 0 END`},
	{"what an admission moved in each account is what it is now", false, `
		SELECT 'admission ' || a.year || '-' || a.number || ': ' || d.kind || ' of ' || d.owner || ' differs by ' || d.sum
		FROM (
			SELECT admission, kind, owner, CAST(SUM(amount) AS BIGINT) AS sum FROM (
				SELECT e.document AS admission, a.kind, a.owner, p.amount
				FROM entry e
				JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
				JOIN account a ON a.clinic = p.clinic AND a.id = p.account
				WHERE e.clinic = $1 AND e.kind IN ('admission', 'admission_again', 'admission_change', 'admission_reopen', 'admission_cancel')
				UNION ALL
				SELECT e.document, a.kind, a.owner, p.amount
				FROM entry e
				JOIN admission m ON m.clinic = e.clinic AND m.id = e.document AND m.status <> 'finalized'
				JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id
				JOIN account a ON a.clinic = p.clinic AND a.id = p.account
				WHERE e.clinic = $1 AND e.kind = 'transfer'
				UNION ALL
				SELECT id, 'receivable', patient, -patient_share FROM admission WHERE clinic = $1 AND status = 'finalized'
				UNION ALL
				SELECT id, 'insurer', base_insurer, -base_share FROM admission
				WHERE clinic = $1 AND status = 'finalized' AND base_insurer IS NOT NULL
				UNION ALL
				SELECT id, 'insurer', supplementary_insurer, -supplementary_share FROM admission
				WHERE clinic = $1 AND status = 'finalized' AND supplementary_insurer IS NOT NULL
				UNION ALL
				SELECT id, 'discount', 0, -discount FROM admission WHERE clinic = $1 AND status = 'finalized'
				UNION ALL
				SELECT id, 'vat', 0, vat FROM admission WHERE clinic = $1 AND status = 'finalized'
				UNION ALL
				SELECT a.id, 'income', l.section, l.gross
				FROM admission a JOIN admission_line l ON l.clinic = a.clinic AND l.admission = a.id
				WHERE a.clinic = $1 AND a.status = 'finalized' AND l.removed = 0) parts
			GROUP BY admission, kind, owner HAVING SUM(amount) <> 0) d
		JOIN admission a ON a.clinic = $1 AND a.id = d.admission`},
	{"every version of an admission is the sum of its lines", false, `
		SELECT 'admission ' || v.admission || ' version ' || v.version || ': its amounts are not the sums of its lines'
		FROM admission_version v
		LEFT JOIN admission_version_line l ON l.clinic = v.clinic AND l.admission = v.admission AND l.version = v.version AND l.removed = 0
		WHERE v.clinic = $1
		GROUP BY v.admission, v.version, v.gross, v.discount, v.vat, v.patient_share
		HAVING COUNT(l.line) = 0 OR SUM(l.gross) <> v.gross OR SUM(l.discount) <> v.discount
			OR SUM(l.vat) <> v.vat OR SUM(l.patient_share) <> v.patient_share`},
	{"what an admission was is older than what it is", false, `
		SELECT 'admission ' || v.admission || ' version ' || v.version || ': the admission stands at ' || COALESCE(a.version, 0)
		FROM admission_version v LEFT JOIN admission a ON a.clinic = v.clinic AND a.id = v.admission
		WHERE v.clinic = $1 AND (a.id IS NULL OR a.version <= v.version OR a.finalized IS NULL)`},
}
