-- One text to many people. The audience is whom a list of patients shows; the
-- job goes through it in the order of ids, and looked is how far it is.
CREATE TABLE campaign (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    title    TEXT      NOT NULL CHECK (title <> ''),
    text     TEXT      NOT NULL CHECK (text <> ''),
    audience TEXT      NOT NULL,
    branch   {{int64}},                                    -- NULL: people of all branches
    status   TEXT      NOT NULL CHECK (status IN ('draft', 'scheduled', 'sending', 'done', 'stopped')),
    starts   {{int64}},
    people   {{int64}} NOT NULL DEFAULT 0 CHECK (people >= 0),
    parts    {{int64}} NOT NULL DEFAULT 0 CHECK (parts >= 0),
    price    {{int64}} NOT NULL DEFAULT 0 CHECK (price >= 0),
    looked   {{int64}} NOT NULL DEFAULT 0,
    queued   {{int64}},
    ended    {{int64}},
    recorded {{int64}} NOT NULL,
    staff    {{int64}} NOT NULL,
    version  {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id),
    CHECK (status = 'draft' OR starts IS NOT NULL),
    CHECK ((status IN ('done', 'stopped')) = (ended IS NOT NULL))
) {{strict}};

CREATE INDEX campaign_due ON campaign (clinic, starts, id) WHERE status IN ('scheduled', 'sending');

-- Who of the audience was looked at: with a message, or with the reason why
-- there is none. A person stands in a campaign once, and a mobile gets one
-- message of it however many people share it.
CREATE TABLE campaign_recipient (
    clinic   {{int64}} NOT NULL,
    campaign {{int64}} NOT NULL,
    patient  {{int64}} NOT NULL,
    mobile   TEXT      NOT NULL,
    message  {{int64}},
    reason   TEXT      NOT NULL,
    parts    {{int64}} NOT NULL CHECK (parts >= 0),
    PRIMARY KEY (clinic, campaign, patient),
    FOREIGN KEY (clinic, campaign) REFERENCES campaign (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, message) REFERENCES message (clinic, id),
    CHECK ((message IS NULL) = (reason <> ''))
) {{strict}};

CREATE UNIQUE INDEX campaign_recipient_once ON campaign_recipient (clinic, campaign, mobile) WHERE message IS NOT NULL;
CREATE INDEX campaign_recipient_of_reason ON campaign_recipient (clinic, campaign, reason);

-- What is sent next: codes, for which somebody waits, then what is about the
-- person, then campaigns, of which there may be thousands.
CREATE INDEX message_next ON message (clinic, (CASE kind WHEN 'one_time_code' THEN 0 WHEN 'campaign' THEN 2 ELSE 1 END), due, id)
    WHERE status IN ('queued', 'sending');
