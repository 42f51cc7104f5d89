-- What came of an activity, what comes after it and why it was cancelled; and
-- which activities the program makes by itself.

ALTER TABLE clinic ADD COLUMN activity_rules TEXT NOT NULL DEFAULT '';

ALTER TABLE activity ADD COLUMN outcome     TEXT      NOT NULL DEFAULT '';
ALTER TABLE activity ADD COLUMN reason      TEXT      NOT NULL DEFAULT '';  -- of one that somebody cancelled
ALTER TABLE activity ADD COLUMN service     {{int64}};
ALTER TABLE activity ADD COLUMN part        {{int64}} NOT NULL DEFAULT 0;   -- of the object: an instalment, a session, a year
ALTER TABLE activity ADD COLUMN follows     {{int64}};                      -- the one that planned it
ALTER TABLE activity ADD COLUMN appointment {{int64}};                      -- that came of it

-- What somebody cancelled does not come again by itself; what was taken back
-- because its cause was undone does.
DROP INDEX activity_once;
CREATE UNIQUE INDEX activity_once ON activity (clinic, cause, object, part)
    WHERE object IS NOT NULL AND (status <> 'cancelled' OR reason <> '');

-- The lists of all: what is to be done by day, of all and of an owner, and what was.
DROP INDEX activity_open;
CREATE INDEX activity_open ON activity (clinic, due, id) WHERE status = 'open';
CREATE INDEX activity_of_owner ON activity (clinic, owner, due, id) WHERE status = 'open';
CREATE INDEX activity_done ON activity (clinic, done, id) WHERE status = 'done';
-- One activity is followed by one.
CREATE UNIQUE INDEX activity_next ON activity (clinic, follows) WHERE follows IS NOT NULL AND status <> 'cancelled';
CREATE INDEX activity_of_appointment ON activity (clinic, appointment) WHERE appointment IS NOT NULL;

-- What jobs look for, by its day.
CREATE INDEX cheque_event_bounced ON cheque_event (clinic, day) WHERE status = 'bounced';
CREATE INDEX instalment_due ON instalment (clinic, due);
CREATE INDEX admission_session_planned ON admission_session (clinic, planned) WHERE status = 'planned';
CREATE INDEX deposit_expires ON deposit (clinic, expires) WHERE expires <> '';
CREATE INDEX admission_finalized ON admission (clinic, finalized) WHERE status = 'finalized';
