package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// PayStatus is how far an admission in the books is paid.
type PayStatus string

// The payment statuses: nothing, something, all, and more than is owed. One
// that owes nothing and has nothing is none of them.
const (
	Unpaid        PayStatus = "unpaid"
	PartiallyPaid PayStatus = "partially_paid"
	PaidUp        PayStatus = "settled"
	Overpaid      PayStatus = "overpayment"
)

// payConditions compare what is paid with the share.
var payConditions = map[PayStatus]string{
	Unpaid:        "%[1]s = 0 AND %[2]s <> 0",
	PartiallyPaid: "%[1]s <> 0 AND %[1]s < %[2]s",
	PaidUp:        "%[1]s <> 0 AND %[1]s = %[2]s",
	Overpaid:      "%[1]s > %[2]s",
}

// AdmissionQuery is which admissions the list of all shows; a zero field asks
// for nothing. It is a page on one side of a key, newest first.
type AdmissionQuery struct {
	From, Until time.Time // of the instant it counts; Until is exclusive
	Status      clinic.AdmissionStatus
	Waits       bool // a draft whose discount waits for approval
	Pay         PayStatus
	Section     clinic.SectionID  // of one of its services
	Provider    clinic.ProviderID // of one of its services
	Branch      clinic.BranchID   // where it was
	People      clinic.BranchID   // whose people: the branch of the patient's file
	Older       *Key
	Newer       *Key
	Limit       int
}

// What the patient bears of an admission now, and what pays it.
const (
	shareNow = `(a.patient_share + COALESCE((
		SELECT SUM(CASE WHEN t.to_insurer IS NULL THEN t.amount ELSE 0 END)
			- SUM(CASE WHEN t.from_insurer IS NULL THEN t.amount ELSE 0 END)
		FROM share_transfer t
		WHERE t.clinic = a.clinic AND t.admission = a.id), 0) - ` + remittedNow + `)`
	remittedNow = `COALESCE((
		SELECT SUM(m.amount) FROM remission m
		WHERE m.clinic = a.clinic AND m.admission = a.id), 0)`
	paidNow = `COALESCE((
		SELECT SUM(n.amount) FROM allocation n
		WHERE n.clinic = a.clinic AND n.admission = a.id), 0)`
)

// where is the condition for the admission a; what costs little stands first.
func (q AdmissionQuery) where(args *arguments) string {
	text := "a.clinic = $1 AND a.number > 0"
	if !q.From.IsZero() {
		text += " AND a.at >= " + args.add(micros(q.From))
	}
	if !q.Until.IsZero() {
		text += " AND a.at < " + args.add(micros(q.Until))
	}
	if q.Older != nil {
		text += " AND (a.at, a.id) < (" + args.add(micros(q.Older.At)) + ", " + args.add(q.Older.ID) + ")"
	}
	if q.Newer != nil {
		text += " AND (a.at, a.id) > (" + args.add(micros(q.Newer.At)) + ", " + args.add(q.Newer.ID) + ")"
	}
	if q.Status != "" {
		text += " AND a.status = " + args.add(q.Status)
	}
	if q.Waits {
		text += ` AND a.status = 'draft' AND EXISTS (SELECT 1 FROM admission_line l WHERE l.clinic = $1 AND l.admission = a.id
			AND l.removed = 0 AND l.discount > 0 AND l.discount_by IS NULL)`
	}
	if q.Branch != 0 {
		text += " AND a.branch = " + args.add(q.Branch)
	}
	if q.People != 0 {
		text += ` AND EXISTS (SELECT 1 FROM patient p WHERE p.clinic = $1 AND p.id = ` + root("a.patient") + ` AND p.branch = ` + args.add(q.People) + `)`
	}
	if q.Section != 0 {
		text += ` AND EXISTS (SELECT 1 FROM admission_line l WHERE l.clinic = $1 AND l.admission = a.id AND l.removed = 0 AND l.section = ` + args.add(q.Section) + `)`
	}
	if q.Provider != 0 {
		text += ` AND EXISTS (SELECT 1 FROM admission_line l WHERE l.clinic = $1 AND l.admission = a.id AND l.removed = 0 AND l.provider = ` + args.add(q.Provider) + `)`
	}
	if compare := payConditions[q.Pay]; compare != "" {
		text += " AND a.status = 'finalized' AND " + fmt.Sprintf(compare, paidNow, shareNow)
	}
	return text
}

// ListAdmissions returns a page of all admissions as they are now, without
// lines, newest first, or oldest first when it goes towards the newer.
func (tx *Tx) ListAdmissions(ctx context.Context, q AdmissionQuery) ([]Listed, error) {
	args := arguments{tx.clinic}
	direction := " DESC"
	if q.Newer != nil {
		direction = ""
	}
	// The page is cut first, from the index that has its order; only its rows
	// are dressed.
	order := " ORDER BY a.at" + direction + ", a.id" + direction
	text := `
		SELECT ` + admissionFields + `, 1, CAST(` + shareNow + ` AS BIGINT), CAST(` + paidNow + ` AS BIGINT),
			CAST(` + remittedNow + ` AS BIGINT), p.first_name, p.last_name, p.file_number, s.name, b.name
		FROM (SELECT a.id FROM admission a WHERE ` + q.where(&args) + order + limitTo(args.add(q.Limit)) + `) page
		CROSS JOIN admission a
		CROSS JOIN patient p
		JOIN staff s ON s.clinic = a.clinic AND s.id = a.staff
		JOIN branch b ON b.clinic = a.clinic AND b.id = a.branch
		WHERE a.clinic = $1 AND a.id = page.id AND p.clinic = $1 AND p.id = a.patient` + order
	listed, err := collect(ctx, tx, scanListed, text, args...)
	if err != nil {
		return nil, fmt.Errorf("list admissions: %w", err)
	}
	return listed, nil
}

// Persons returns, for each of the files, the patient that it stands for or
// belongs to.
func (tx *Tx) Persons(ctx context.Context, files []clinic.PatientID) (map[clinic.PatientID]clinic.Patient, error) {
	roots, err := tx.Roots(ctx, files)
	if err != nil {
		return nil, err
	}
	ids := make([]clinic.PatientID, len(files))
	for i, file := range files {
		ids[i] = file
		if root, merged := roots[file]; merged {
			ids[i] = root
		}
	}
	found, err := tx.patientsByID(ctx, padded(ids))
	if err != nil {
		return nil, err
	}
	byID := map[clinic.PatientID]clinic.Patient{}
	for _, p := range found {
		byID[p.ID] = p
	}
	persons := map[clinic.PatientID]clinic.Patient{}
	for i, file := range files {
		persons[file] = byID[ids[i]]
	}
	return persons, nil
}
