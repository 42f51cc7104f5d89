package store

// instalmentProofs hold of plans.
var instalmentProofs = []Proof{
	{"every plan is the sum of its instalments", false, `
		SELECT 'plan ' || p.id || ' of admission ' || p.admission || ': its instalments are ' || CAST(COALESCE(SUM(i.amount), 0) AS BIGINT) ||
			' of ' || (p.share - p.paid)
		FROM instalment_plan p LEFT JOIN instalment i ON i.clinic = p.clinic AND i.plan = p.id
		WHERE p.clinic = $1
		GROUP BY p.id, p.admission, p.share, p.paid HAVING COALESCE(SUM(i.amount), 0) <> p.share - p.paid`},
	{"the days of a plan rise and begin with it", false, `
		SELECT 'plan ' || p.id || ' of admission ' || p.admission || ': instalment ' || i.line || ' is due too early'
		FROM instalment_plan p
		JOIN instalment i ON i.clinic = p.clinic AND i.plan = p.id
		LEFT JOIN instalment prior ON prior.clinic = i.clinic AND prior.plan = i.plan AND prior.line = i.line - 1 AND prior.line > 0
		WHERE p.clinic = $1 AND (i.due < p.day OR i.due <= prior.due)`},
	{"an admission has one plan in force at most", false, `
		SELECT 'admission ' || p.admission || ': ' || COUNT(*) || ' plans are in force'
		FROM instalment_plan p
		WHERE p.clinic = $1 AND NOT EXISTS (SELECT 1 FROM instalment_plan_end e WHERE e.clinic = p.clinic AND e.plan = p.id)
		GROUP BY p.admission HAVING COUNT(*) > 1`},
	{"every plan is of its admission's patient", false, `
		SELECT 'plan ' || p.id || ': the admission ' || p.admission || ' is another patient''s'
		FROM instalment_plan p LEFT JOIN admission a ON a.clinic = p.clinic AND a.id = p.admission AND a.patient = p.patient
		WHERE p.clinic = $1 AND a.id IS NULL`},
}
