package store

// listProofs hold between the facts and what the database keeps of them for the
// order of lists.
var listProofs = []Proof{
	{"what is kept of each person's balance is the sum of the postings", false, `
		SELECT 'person ' || b.person || ': the kept balance and the postings differ by ' || CAST(SUM(b.amount) AS BIGINT) || ' ' || b.unit
		FROM (
			SELECT k.person, k.unit, k.amount FROM person_balance k WHERE k.clinic = $1
			UNION ALL
			SELECT f.person, s.unit, -s.amount
			FROM (
				SELECT a.owner, a.unit, SUM(p.amount) AS amount
				FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
				WHERE a.clinic = $1 AND a.kind = 'receivable'
				GROUP BY a.owner, a.unit) s
			LEFT JOIN file_person f ON f.clinic = $1 AND f.file = s.owner) b
		GROUP BY b.person, b.unit HAVING SUM(b.amount) <> 0`},
	{"what is kept as open is what admissions have left", false, `
		SELECT 'admission ' || o.admission || ': what is kept as open and what is left differ by ' || CAST(SUM(o.amount) AS BIGINT)
		FROM (
			SELECT k.admission, k.person, k.patient, k.day, k.amount FROM open_admission k WHERE k.clinic = $1
			UNION ALL
			SELECT s.id, f.person, s.patient, a.day, s.paid - s.share
			FROM (` + patientShares + `) s
			JOIN admission a ON a.clinic = $1 AND a.id = s.id
			JOIN file_person f ON f.clinic = $1 AND f.file = s.patient
			WHERE s.share <> s.paid) o
		GROUP BY o.admission, o.person, o.patient, o.day HAVING SUM(o.amount) <> 0`},
}
