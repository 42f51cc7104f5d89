package store

// ledgerProofs hold in any double-entry books.
var ledgerProofs = []Proof{
	{"every entry sums to zero in each unit", true, `
		SELECT 'entry ' || p.entry || ': the postings sum to ' || CAST(SUM(p.amount) AS BIGINT) || ' ' || a.unit
		FROM posting p JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE p.clinic = $1
		GROUP BY p.entry, a.unit HAVING SUM(p.amount) <> 0`},
	{"every entry moves something", true, `
		SELECT 'entry ' || e.id || ': it has fewer than two postings'
		FROM entry e
		WHERE e.clinic = $1 AND (SELECT COUNT(*) FROM posting p WHERE p.clinic = e.clinic AND p.entry = e.id) < 2`},
	{"every posting has its entry and its account", false, `
		SELECT 'posting of entry ' || p.entry || ': its entry or account ' || p.account || ' is missing'
		FROM posting p
		LEFT JOIN entry e ON e.clinic = p.clinic AND e.id = p.entry
		LEFT JOIN account a ON a.clinic = p.clinic AND a.id = p.account
		WHERE p.clinic = $1 AND (e.id IS NULL OR a.id IS NULL)`},
	{"every posting has the times of its entry", false, `
		SELECT 'entry ' || e.id || ': a posting to account ' || p.account || ' has other times'
		FROM posting p JOIN entry e ON e.clinic = p.clinic AND e.id = p.entry
		WHERE p.clinic = $1 AND (p.at <> e.at OR p.recorded <> e.recorded)`},
	{"every reversal mirrors its original", false, `
		SELECT 'entry ' || e.id || ': it does not mirror entry ' || e.reverses || ' in account ' || p.account
		FROM entry e JOIN posting p ON p.clinic = e.clinic AND p.entry IN (e.id, e.reverses)
		WHERE e.clinic = $1 AND e.reverses IS NOT NULL
		GROUP BY e.id, e.reverses, p.account HAVING SUM(p.amount) <> 0`},
	{"every entry concerns a patient who exists", false, `
		SELECT 'entry ' || e.id || ': its patient ' || e.patient || ' is missing'
		FROM entry e LEFT JOIN patient p ON p.clinic = e.clinic AND p.id = e.patient
		WHERE e.clinic = $1 AND e.patient IS NOT NULL AND p.id IS NULL`},
}

// documentProofs hold between documents and their parts.
var documentProofs = []Proof{
	{"every admission is the sum of its lines", false, `
		SELECT 'admission ' || a.year || '-' || a.number || ': its amounts are not the sums of its lines'
		FROM admission a LEFT JOIN admission_line l ON l.clinic = a.clinic AND l.admission = a.id AND l.removed = 0
		WHERE a.clinic = $1
		GROUP BY a.id, a.year, a.number, a.gross, a.base_share, a.supplementary_share, a.discount, a.vat, a.patient_share
		HAVING COUNT(l.line) = 0 OR SUM(l.gross) <> a.gross OR SUM(l.base_share) <> a.base_share
			OR SUM(l.supplementary_share) <> a.supplementary_share OR SUM(l.discount) <> a.discount
			OR SUM(l.vat) <> a.vat OR SUM(l.patient_share) <> a.patient_share`},
	{"every line's parts make its price", false, `
		SELECT 'admission ' || l.admission || ' line ' || l.line || ': the parts do not make the price'
		FROM admission_line l
		WHERE l.clinic = $1 AND (l.patient_share <> l.gross - l.base_share - l.supplementary_share - l.discount + l.vat
			OR l.gross <> l.unit_price * l.quantity)`},
	{"every line has its admission", false, `
		SELECT 'admission ' || l.admission || ' line ' || l.line || ': its admission is missing'
		FROM admission_line l LEFT JOIN admission a ON a.clinic = l.clinic AND a.id = l.admission
		WHERE l.clinic = $1 AND a.id IS NULL`},
	{"every receipt is the sum of its lines", false, `
		SELECT 'receipt ' || r.year || '-' || r.number || ': its amount is not the sum of its lines'
		FROM receipt r
		LEFT JOIN entry e ON e.clinic = r.clinic AND e.document = r.id AND e.kind = 'receipt'
		LEFT JOIN money_line l ON l.clinic = e.clinic AND l.entry = e.id
		WHERE r.clinic = $1
		GROUP BY r.id, r.year, r.number, r.amount HAVING COALESCE(SUM(l.amount), 0) <> r.amount`},
	{"every line of money is in the books, and the other way round", false, `
		SELECT 'entry ' || m.entry || ': its lines of money by ' || m.kind || ' differ from its postings'
		FROM (
			SELECT l.entry, CASE l.method WHEN 'card_to_card' THEN 'bank' WHEN 'bank_transfer' THEN 'bank'
				WHEN 'cheque' THEN 'cheques' ELSE l.method END AS kind, l.place, l.amount
			FROM money_line l WHERE l.clinic = $1
			UNION ALL
			SELECT p.entry, a.kind, a.owner, -p.amount
			FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind IN ('cash', 'pos', 'bank', 'cheques', 'gateway')) m
		GROUP BY m.entry, m.kind, m.place HAVING SUM(m.amount) <> 0`},
	{"every receipt lowers its patient's account", false, `
		SELECT 'receipt ' || r.year || '-' || r.number || ': its patient''s account was not lowered by ' || r.amount
		FROM receipt r
		WHERE r.clinic = $1 AND NOT EXISTS (
			SELECT 1 FROM entry e
			JOIN posting p ON p.clinic = e.clinic AND p.entry = e.id AND p.amount = -r.amount
			JOIN account a ON a.clinic = p.clinic AND a.id = p.account AND a.kind = 'receivable' AND a.owner = r.patient
			WHERE e.clinic = r.clinic AND e.document = r.id AND e.kind = 'receipt')`},
	{"every cheque is a line of its receipt", false, `
		SELECT 'cheque ' || q.id || ': its receipt has no such line'
		FROM cheque q
		LEFT JOIN money_line l ON l.clinic = q.clinic AND l.document = q.receipt AND l.line = q.line AND l.method = 'cheque'
		WHERE q.clinic = $1 AND (l.line IS NULL OR l.amount <> q.amount)`},
}

// paymentProofs hold between money and what it pays.
var paymentProofs = []Proof{
	{"every receipt is a fund of its patient", false, `
		SELECT 'receipt ' || r.year || '-' || r.number || ': there is no fund of ' || r.amount
		FROM receipt r LEFT JOIN fund f ON f.clinic = r.clinic AND f.id = r.id AND f.patient = r.patient AND f.amount = r.amount
		WHERE r.clinic = $1 AND f.id IS NULL`},
	{"no fund is used for more than it is", false, `
		SELECT 'fund ' || f.id || ': ' || CAST(SUM(l.amount) AS BIGINT) || ' of ' || f.amount || ' is used'
		FROM allocation l JOIN fund f ON f.clinic = l.clinic AND f.id = l.fund
		WHERE l.clinic = $1
		GROUP BY f.id, f.amount HAVING SUM(l.amount) < 0 OR SUM(l.amount) > f.amount`},
	{"every allocation has its fund and admission", false, `
		SELECT 'allocation ' || l.id || ': its fund or admission is missing or another patient''s'
		FROM allocation l
		LEFT JOIN fund f ON f.clinic = l.clinic AND f.id = l.fund AND f.patient = COALESCE(l.payer, l.patient)
		LEFT JOIN admission a ON a.clinic = l.clinic AND a.id = l.admission AND a.patient = l.patient
		WHERE l.clinic = $1 AND (f.id IS NULL OR l.admission IS NOT NULL AND a.id IS NULL)`},
	{"no deposit holds less than nothing or more than it received", false, `
		SELECT 'deposit ' || d.year || '-' || d.number || ': it holds ' || CAST(SUM(v.amount) AS BIGINT)
		FROM deposit d JOIN deposit_movement v ON v.clinic = d.clinic AND v.deposit = d.id
		WHERE d.clinic = $1
		GROUP BY d.id, d.year, d.number
		HAVING SUM(v.amount) < 0 OR SUM(v.amount) > SUM(CASE WHEN v.kind IN ('receive', 'from_credit') THEN v.amount ELSE 0 END)`},
	{"what deposits hold is the patient's deposit account", true, `
		SELECT 'patient ' || d.patient || ': the deposits and the account differ by ' || CAST(SUM(d.amount) AS BIGINT)
		FROM (
			SELECT patient, amount FROM deposit_movement WHERE clinic = $1
			UNION ALL
			SELECT a.owner, p.amount FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
			WHERE a.clinic = $1 AND a.kind = 'deposit') d
		GROUP BY d.patient HAVING SUM(d.amount) <> 0`},
	{"no admission is paid more than the patient owes for it", false, `
		SELECT 'admission ' || d.year || '-' || d.number || ': ' || d.paid || ' is paid of ' || d.share
		FROM (` + patientShares + `) d WHERE d.paid < 0 OR d.paid > d.share`},
	{"what is open less the credit is the balance", true, `
		SELECT 'patient with file number ' || f.file_number || ': ' || (d.sum) || ' is open less credit but the balance is ' || b.sum
		FROM patient f
		JOIN (
			SELECT patient, CAST(SUM(part) AS BIGINT) AS sum FROM (
				SELECT patient, share - paid AS part FROM (` + patientShares + `) s
				UNION ALL
				SELECT f.patient, -f.amount FROM fund f WHERE f.clinic = $1
				UNION ALL
				SELECT COALESCE(l.payer, l.patient), l.amount FROM allocation l WHERE l.clinic = $1
				UNION ALL
				SELECT p.id, 0 FROM patient p WHERE p.clinic = $1) parts
			GROUP BY patient) d ON d.patient = f.id
		JOIN (
			SELECT patient, CAST(SUM(part) AS BIGINT) AS sum FROM (
				SELECT a.owner AS patient, p.amount AS part
				FROM account a JOIN posting p ON p.clinic = a.clinic AND p.account = a.id
				WHERE a.clinic = $1 AND a.kind = 'receivable'
				UNION ALL
				SELECT p.id, 0 FROM patient p WHERE p.clinic = $1) parts
			GROUP BY patient) b ON b.patient = f.id
		WHERE f.clinic = $1 AND d.sum <> b.sum`},
}

// patientShares is, for each admission, what the patient owes for it with
// transfers (nothing unless it is final) and what allocations pay of it.
const patientShares = `
	SELECT a.id, a.patient, a.year, a.number,
		CASE WHEN a.status = 'finalized' THEN a.patient_share + COALESCE(t.moved, 0) - COALESCE(m.remitted, 0) ELSE 0 END AS share,
		COALESCE(l.paid, 0) AS paid
	FROM admission a
	LEFT JOIN (
		SELECT admission, CAST(SUM(CASE WHEN to_insurer IS NULL THEN amount ELSE 0 END)
			- SUM(CASE WHEN from_insurer IS NULL THEN amount ELSE 0 END) AS BIGINT) AS moved
		FROM share_transfer WHERE clinic = $1 GROUP BY admission) t ON t.admission = a.id
	LEFT JOIN (
		SELECT admission, CAST(SUM(amount) AS BIGINT) AS remitted
		FROM remission WHERE clinic = $1 GROUP BY admission) m ON m.admission = a.id
	LEFT JOIN (
		SELECT admission, CAST(SUM(amount) AS BIGINT) AS paid
		FROM allocation WHERE clinic = $1 GROUP BY admission) l ON l.admission = a.id
	WHERE a.clinic = $1`

// registerProofs hold in the series of numbers and between imports and records.
var registerProofs = []Proof{
	gapless("admission"), gaplessByBranch("receipt"), gaplessByBranch("refund"), gaplessByBranch("deposit"),
	{"no file number is ahead of its series", false, `
		SELECT 'patient with file number ' || p.file_number || ': the series stands at ' || COALESCE(s.last, 0)
		FROM patient p LEFT JOIN document_sequence s ON s.clinic = p.clinic AND s.kind = 'patient' AND s.year = 0
		WHERE p.clinic = $1 AND p.file_number > COALESCE(s.last, 0)`},
	imported("patient", "patient"), imported("encounter", "admission"), imported("claim", "admission"),
	imported("admission", "admission"), imported("receipt", "receipt"),
}

// Proofs are all that verification proves, in its order.
func Proofs() []Proof {
	var all []Proof
	for _, some := range [][]Proof{
		ledgerProofs,
		documentProofs,
		paymentProofs,
		registerProofs,
		instalmentProofs,
		settlementProofs,
		clubProofs,
		correctionProofs,
		shiftProofs,
		depositProofs,
		chequeProofs,
		revisionProofs,
		codeProofs,
		listProofs,
		appointmentProofs,
		crmProofs,
	} {
		all = append(all, some...)
	}
	return all
}

// gapless proves that the numbers of a year are 1 to the last given.
func gapless(table string) Proof {
	return Proof{"the numbers of each " + table + " have no gap", false, `
		SELECT '` + table + ` numbers of ' || n.year || ': ' || n.count || ' between ' || n.first || ' and ' || n.last ||
			', the series stands at ' || COALESCE(s.last, 0)
		FROM (
			SELECT year, COUNT(*) AS count, MIN(number) AS first, MAX(number) AS last
			FROM ` + table + ` WHERE clinic = $1 GROUP BY year) n
		LEFT JOIN document_sequence s ON s.clinic = $1 AND s.kind = '` + table + `' AND s.year = n.year
		WHERE n.first <> 1 OR n.count <> n.last OR n.last <> COALESCE(s.last, 0)`}
}

// gaplessByBranch proves that the numbers of a year are, in each branch, those
// after the last of the clinic's old series to the last given.
func gaplessByBranch(table string) Proof {
	return Proof{"the numbers of each " + table + " of a branch have no gap", false, `
		SELECT '` + table + ` numbers of ' || n.year || ' in branch ' || n.branch || ': ' || n.count || ' between ' || n.first || ' and ' || n.last ||
			', the series stands at ' || COALESCE(s.last, 0)
		FROM (
			SELECT r.branch, r.year, COALESCE(o.last, 0) AS old, COUNT(*) AS count, MIN(r.number) AS first, MAX(r.number) AS last
			FROM ` + table + ` r LEFT JOIN document_sequence o ON o.clinic = r.clinic AND o.kind = '` + table + `' AND o.year = r.year
			WHERE r.clinic = $1 AND r.number > COALESCE(o.last, 0)
			GROUP BY r.branch, r.year, o.last) n
		LEFT JOIN document_sequence s ON s.clinic = $1 AND s.kind = '` + table + `/' || n.branch AND s.year = n.year
		WHERE n.first <> n.old + 1 OR n.count <> n.last - n.old OR n.last <> COALESCE(s.last, 0)
		UNION ALL
		SELECT '` + table + ` numbers of ' || o.year || ': ' || COUNT(r.id) || ' of the ' || o.last || ' of the old series'
		FROM document_sequence o LEFT JOIN ` + table + ` r ON r.clinic = o.clinic AND r.year = o.year AND r.number <= o.last
		WHERE o.clinic = $1 AND o.kind = '` + table + `'
		GROUP BY o.year, o.last HAVING COUNT(r.id) <> o.last`}
}

// imported proves that what an imported row became is still there.
func imported(kind, table string) Proof {
	return Proof{"every imported " + kind + " is there", false, `
		SELECT 'imported ' || i.kind || ' ' || i.key || ': its record ' || i.id || ' is missing'
		FROM import_row i LEFT JOIN ` + table + ` r ON r.clinic = i.clinic AND r.id = i.id
		WHERE i.clinic = $1 AND i.kind = '` + kind + `' AND r.id IS NULL`}
}
