package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// Audience counts the people who meet the conditions, and whom of them a
// message of a campaign reaches.
func (tx *Tx) Audience(ctx context.Context, c Conditions) (a clinic.CampaignAudience, err error) {
	args := arguments{tx.clinic}
	var agreed int
	err = tx.row(ctx, `
		SELECT COUNT(*), COALESCE(SUM(CASE WHEN p.mobile = '' THEN 1 ELSE 0 END), 0),
			COALESCE(SUM(CASE WHEN p.mobile <> '' AND p.sms_advertising = 1 THEN 1 ELSE 0 END), 0),
			COUNT(DISTINCT CASE WHEN p.mobile <> '' AND p.sms_advertising = 1 THEN p.mobile END)
		`+ofPatients+c.where(&args), args...).Scan(&a.People, &a.NoMobile, &agreed, &a.Reached)
	if err != nil {
		return a, fmt.Errorf("count audience: %w", err)
	}
	a.Shared, a.NoConsent = agreed-a.Reached, a.People-a.NoMobile-agreed
	return a, nil
}

// AudienceAfter lists the next people who meet the conditions, in the order of
// ids.
func (tx *Tx) AudienceAfter(ctx context.Context, c Conditions, after clinic.PatientID, limit int) ([]clinic.Patient, error) {
	args := arguments{tx.clinic}
	ids, err := collect(ctx, tx, scanPatientID, `SELECT p.id `+ofPatients+` AND p.id > `+args.add(after)+c.where(&args)+` ORDER BY p.id`+
		limitTo(args.add(limit)), args...)
	if err != nil {
		return nil, fmt.Errorf("audience: %w", err)
	}
	return tx.patientsInOrder(ctx, ids)
}

// CampaignMobiles are those of the mobiles that have a message of the campaign.
func (tx *Tx) CampaignMobiles(ctx context.Context, id clinic.CampaignID, mobiles []string) ([]string, error) {
	if len(mobiles) == 0 {
		return nil, nil
	}
	args := arguments{tx.clinic, id}
	found, err := collect(ctx, tx, func(scan func(...any) error) (m string, err error) { return m, scan(&m) }, `
		SELECT r.mobile FROM campaign_recipient r
		WHERE r.clinic = $1 AND r.campaign = $2 AND r.message IS NOT NULL AND `+among(&args, "r.mobile", padded(mobiles)), args...)
	if err != nil {
		return nil, fmt.Errorf("mobiles of campaign %d: %w", id, err)
	}
	return found, nil
}

// AddRecipients writes who of an audience was looked at, with their messages.
func (tx *Tx) AddRecipients(ctx context.Context, id clinic.CampaignID, recipients []clinic.CampaignRecipient, messages []clinic.Message) error {
	told := &Rows{Table: "message", Columns: "id, patient, mobile, kind, text, object, occasion, status, due, recorded"}
	for _, m := range messages {
		told.Add(m.ID, nullID(m.Patient), m.Mobile, m.Kind, m.Text, nullID(m.Object), m.Occasion, m.Status, micros(m.Due), micros(m.Recorded))
	}
	looked := &Rows{Table: "campaign_recipient", Columns: "campaign, patient, mobile, message, reason, parts"}
	for _, r := range recipients {
		looked.Add(id, r.Patient, r.Mobile, nullID(r.Message), r.Reason, r.Parts)
	}
	return tx.Bulk(ctx, told, looked)
}

// StopMessages drops the messages of a campaign that wait. One that is being
// sent is dropped when it comes back to the queue, since the desk asks once more.
func (tx *Tx) StopMessages(ctx context.Context, id clinic.CampaignID) error {
	return tx.exec(ctx, `UPDATE message SET status = 'dropped', reason = $3 WHERE clinic = $1 AND object = $2 AND kind = 'campaign' AND status = 'queued'`,
		tx.clinic, id, clinic.SkipStopped)
}

// CampaignGoesOn reports whether a message of the campaign is not sent yet and
// not given up.
func (tx *Tx) CampaignGoesOn(ctx context.Context, id clinic.CampaignID) (on bool, err error) {
	err = tx.row(ctx, `SELECT EXISTS (SELECT 1 FROM message m WHERE m.clinic = $1 AND m.object = $2 AND m.kind = 'campaign' AND m.status IN ('queued', 'sending'))`,
		tx.clinic, id).Scan(&on)
	if err != nil {
		return false, fmt.Errorf("messages of campaign %d: %w", id, err)
	}
	return on, nil
}

// CampaignTally is how many of an audience are in one state: Status is that of
// their message, "" for those without one; Reason says why there is none or why
// it was dropped. Parts are those of the messages.
type CampaignTally struct {
	Status string
	Reason clinic.SkipReason
	People int
	Parts  int
}

// CampaignTallies counts the audience of a campaign by what became of it.
func (tx *Tx) CampaignTallies(ctx context.Context, id clinic.CampaignID) ([]CampaignTally, error) {
	all, err := collect(ctx, tx, func(scan func(...any) error) (t CampaignTally, err error) {
		return t, scan(&t.Status, &t.Reason, &t.People, &t.Parts)
	}, `
		SELECT COALESCE(m.status, ''), COALESCE(m.reason, r.reason), COUNT(*), CAST(COALESCE(SUM(r.parts), 0) AS BIGINT)
		FROM campaign_recipient r LEFT JOIN message m ON m.clinic = r.clinic AND m.id = r.message
		WHERE r.clinic = $1 AND r.campaign = $2
		GROUP BY COALESCE(m.status, ''), COALESCE(m.reason, r.reason)`, tx.clinic, id)
	if err != nil {
		return nil, fmt.Errorf("result of campaign %d: %w", id, err)
	}
	return all, nil
}

// CampaignReturn counts the people who got the message and did something within
// a time after it: book an appointment, be admitted, take the consent back.
type CampaignReturn struct{ Booked, Admitted, Withdrew int }

// CampaignReturns counts them. What the message's person did counts whichever of
// the merged files has it.
func (tx *Tx) CampaignReturns(ctx context.Context, id clinic.CampaignID, within time.Duration) (r CampaignReturn, err error) {
	did := func(what string) string {
		return `COUNT(CASE WHEN EXISTS (` + family(root("m.patient")) + `SELECT 1 FROM family CROSS JOIN ` + what + `) THEN 1 END)`
	}
	const until = " <= m.sent + CAST($3 AS BIGINT)"
	err = tx.row(ctx, `
		SELECT `+did(`appointment a WHERE a.clinic = $1 AND a.patient = family.id AND a.recorded >= m.sent AND a.recorded`+until+
		` AND a.status NOT IN ('cancelled_by_patient', 'cancelled_by_clinic', 'entered_in_error')`)+`,
			`+did(`admission s WHERE s.clinic = $1 AND s.patient = family.id AND s.at >= m.sent AND s.at`+until+` AND s.status = 'finalized'`)+`,
			`+did(`consent n WHERE n.clinic = $1 AND n.patient = family.id AND n.class = 'advertising' AND n.allowed = 0 AND n.at >= m.sent AND n.at`+until)+`
		FROM message m WHERE m.clinic = $1 AND m.object = $2 AND m.kind = 'campaign' AND m.status = 'sent'`,
		tx.clinic, id, within.Microseconds()).Scan(&r.Booked, &r.Admitted, &r.Withdrew)
	if err != nil {
		return r, fmt.Errorf("who came back after campaign %d: %w", id, err)
	}
	return r, nil
}

// RecipientItem is one of the audience with name and what became of the message.
type RecipientItem struct {
	Patient clinic.Patient // id, names, file number
	Mobile  string
	Status  string // of the message; "" without one
	Reason  clinic.SkipReason
	Sent    time.Time // zero: not sent
}

func scanRecipient(scan func(...any) error) (i RecipientItem, err error) {
	var sent sql.NullInt64
	err = scan(&i.Patient.ID, &i.Patient.FirstName, &i.Patient.LastName, &i.Patient.FileNumber, &i.Mobile, &i.Status, &i.Reason, &sent)
	i.Sent = someMoment(sent)
	return i, err
}

// Recipients lists who of an audience was looked at, in the order of ids, behind
// the patient After.
func (tx *Tx) Recipients(ctx context.Context, id clinic.CampaignID, after clinic.PatientID, limit int) ([]RecipientItem, error) {
	all, err := collect(ctx, tx, scanRecipient, `
		SELECT p.id, p.first_name, p.last_name, p.file_number, r.mobile, COALESCE(m.status, ''), COALESCE(m.reason, r.reason), m.sent
		FROM campaign_recipient r JOIN patient p ON p.clinic = r.clinic AND p.id = r.patient
			LEFT JOIN message m ON m.clinic = r.clinic AND m.id = r.message
		WHERE r.clinic = $1 AND r.campaign = $2 AND r.patient > $3
		ORDER BY r.patient`+limitTo("$4"), tx.clinic, id, after, limit)
	if err != nil {
		return nil, fmt.Errorf("recipients of campaign %d: %w", id, err)
	}
	return all, nil
}
