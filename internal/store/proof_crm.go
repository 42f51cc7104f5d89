package store

// crmProofs hold between leads and what happened to them, and between campaigns
// and their messages.
var crmProofs = []Proof{
	{"every lead is where its story ends", false, `
		SELECT 'lead ' || l.id || ': it is ' || l.status || ' and its story ends with ' || COALESCE(e.to_status, 'nothing')
		FROM lead l
		LEFT JOIN lead_event e ON e.clinic = l.clinic AND e.lead = l.id AND NOT EXISTS (
			SELECT 1 FROM lead_event y WHERE y.clinic = e.clinic AND y.lead = e.lead AND (y.at, y.id) > (e.at, e.id))
		WHERE l.clinic = $1 AND COALESCE(e.to_status, '') <> l.status`},
	{"what a lead became counts", false, `
		SELECT 'lead ' || l.id || ': the admission that it became is missing or cancelled'
		FROM lead l LEFT JOIN admission a ON a.clinic = l.clinic AND a.id = l.admission AND a.status <> 'cancelled'
		WHERE l.clinic = $1 AND l.admission IS NOT NULL AND a.id IS NULL`},
	{"every message of a campaign is that of one of its audience", false, `
		SELECT 'message ' || m.id || ': campaign ' || COALESCE(m.object, 0) || ' has nobody for it'
		FROM message m LEFT JOIN campaign_recipient r ON r.clinic = m.clinic AND r.campaign = m.object AND r.message = m.id AND r.mobile = m.mobile
		WHERE m.clinic = $1 AND m.kind = 'campaign' AND r.patient IS NULL`},
}
