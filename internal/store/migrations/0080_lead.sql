-- Leads: who may want a service, whether the register knows them or not, and
-- what happened to each.

ALTER TABLE clinic ADD COLUMN contact     {{int64}} NOT NULL DEFAULT 0 CHECK (contact IN (0, 1)); -- the public contact form is on
ALTER TABLE clinic ADD COLUMN contact_key TEXT      NOT NULL DEFAULT '';                          -- that signs when its forms were shown

CREATE TABLE lead (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    patient     {{int64}},                          -- NULL: nobody of the register yet
    branch      {{int64}} NOT NULL,
    name        TEXT      NOT NULL CHECK (name <> ''),
    mobile      TEXT      NOT NULL DEFAULT '' CHECK (length(mobile) IN (0, 11)),
    search      TEXT      NOT NULL,                 -- name and mobile, as they are looked for
    service     {{int64}},
    source      TEXT      NOT NULL DEFAULT '',
    introducer  {{int64}},                          -- a patient who markets
    referrer    {{int64}},
    note        TEXT      NOT NULL DEFAULT '',
    owner       {{int64}},
    status      TEXT      NOT NULL CHECK (status IN ('new', 'following', 'booked', 'converted', 'lost', 'invalid')),
    channel     TEXT      NOT NULL CHECK (channel IN ('staff', 'form')),
    appointment {{int64}},
    admission   {{int64}},
    recorded    {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    version     {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    CHECK (patient IS NOT NULL OR mobile <> ''),
    CHECK ((status = 'converted') = (admission IS NOT NULL)),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, introducer) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, appointment) REFERENCES appointment (clinic, id),
    FOREIGN KEY (clinic, admission) REFERENCES admission (clinic, id)
) {{strict}};

-- The list of all, a column of the board, and what one person recorded.
CREATE INDEX lead_by_age ON lead (clinic, recorded, id);
CREATE INDEX lead_by_status ON lead (clinic, status, recorded, id);
CREATE INDEX lead_of_staff ON lead (clinic, staff, recorded, id);
CREATE INDEX lead_of_patient ON lead (clinic, patient) WHERE patient IS NOT NULL;
CREATE INDEX lead_of_mobile ON lead (clinic, mobile) WHERE mobile <> '';
CREATE INDEX lead_of_appointment ON lead (clinic, appointment) WHERE appointment IS NOT NULL;
CREATE INDEX lead_of_admission ON lead (clinic, admission) WHERE admission IS NOT NULL;

CREATE TABLE lead_event (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    lead        {{int64}} NOT NULL,
    kind        TEXT      NOT NULL,
    from_status TEXT      NOT NULL,
    to_status   TEXT      NOT NULL,
    reason      TEXT      NOT NULL DEFAULT '',
    at          {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    CHECK (to_status <> 'lost' OR from_status = 'lost' OR reason <> ''),
    FOREIGN KEY (clinic, lead) REFERENCES lead (clinic, id)
) {{strict}};

CREATE INDEX lead_event_of_lead ON lead_event (clinic, lead, id);

-- An activity may be about a lead that is nobody's patient yet. SQLite takes no
-- NOT NULL away, so that the table is written anew on both databases.
CREATE TABLE activity_anew (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    patient     {{int64}},
    lead        {{int64}},
    branch      {{int64}} NOT NULL,
    kind        TEXT      NOT NULL,
    subject     TEXT      NOT NULL,
    note        TEXT      NOT NULL DEFAULT '',
    result      TEXT      NOT NULL DEFAULT '',
    due         TEXT      NOT NULL CHECK (length(due) = 10),
    owner       {{int64}},
    status      TEXT      NOT NULL CHECK (status IN ('open', 'done', 'cancelled')),
    cause       TEXT      NOT NULL DEFAULT '',
    object      {{int64}},
    recorded    {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    done        {{int64}},
    done_by     {{int64}},
    version     {{int64}} NOT NULL DEFAULT 1,
    outcome     TEXT      NOT NULL DEFAULT '',
    reason      TEXT      NOT NULL DEFAULT '',
    service     {{int64}},
    part        {{int64}} NOT NULL DEFAULT 0,
    follows     {{int64}},
    appointment {{int64}},
    PRIMARY KEY (clinic, id),
    CHECK (patient IS NOT NULL OR lead IS NOT NULL),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, lead) REFERENCES lead (clinic, id)
) {{strict}};

INSERT INTO activity_anew (clinic, id, patient, branch, kind, subject, note, result, due, owner, status, cause, object, recorded, staff, done, done_by,
    version, outcome, reason, service, part, follows, appointment)
SELECT clinic, id, patient, branch, kind, subject, note, result, due, owner, status, cause, object, recorded, staff, done, done_by,
    version, outcome, reason, service, part, follows, appointment
FROM activity;

DROP TABLE activity;
ALTER TABLE activity_anew RENAME TO activity;

CREATE INDEX activity_of_patient ON activity (clinic, patient, due);
CREATE INDEX activity_of_lead ON activity (clinic, lead, due, id) WHERE lead IS NOT NULL;
CREATE UNIQUE INDEX activity_once ON activity (clinic, cause, object, part)
    WHERE object IS NOT NULL AND (status <> 'cancelled' OR reason <> '');
CREATE INDEX activity_open ON activity (clinic, due, id) WHERE status = 'open';
CREATE INDEX activity_of_owner ON activity (clinic, owner, due, id) WHERE status = 'open';
CREATE INDEX activity_done ON activity (clinic, done, id) WHERE status = 'done';
CREATE UNIQUE INDEX activity_next ON activity (clinic, follows) WHERE follows IS NOT NULL AND status <> 'cancelled';
CREATE INDEX activity_of_appointment ON activity (clinic, appointment) WHERE appointment IS NOT NULL;
