package intake_test

// crmDamage is what somebody may do to points, leads and campaigns behind our
// back, and what verification then says.
var crmDamage = map[string]struct{ statement, want string }{
	"points come from nowhere":           {"UPDATE club_movement SET points = points + 1 WHERE id = (SELECT MIN(id) FROM club_movement)", "differ by"},
	"points lie in another's lot":        {"UPDATE club_lot SET patient = (SELECT MAX(id) FROM patient) WHERE id = (SELECT lot FROM club_movement LIMIT 1)", "lie in it"},
	"a lead jumps":                       {"UPDATE lead SET status = 'lost' WHERE id = (SELECT MIN(id) FROM lead WHERE status = 'new')", "its story ends with new"},
	"the story of a lead is lost":        {"DELETE FROM lead_event WHERE lead = (SELECT MIN(id) FROM lead)", "its story ends with nothing"},
	"what a lead became is cancelled":    {"UPDATE lead SET admission = 5 WHERE id = (SELECT MIN(id) FROM lead WHERE status = 'converted')", "missing or cancelled"},
	"a message of a campaign is strange": {"UPDATE message SET mobile = '09120000000' WHERE id = (SELECT MIN(id) FROM message WHERE kind = 'campaign')", "has nobody for it"},
}
