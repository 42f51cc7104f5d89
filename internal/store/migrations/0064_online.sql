-- What booking by the public needs beside the times it holds.

-- Where a held time lies, so that it becomes an appointment as it is, and how
-- many codes were sent for it.
ALTER TABLE slot_hold ADD COLUMN branch {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE slot_hold ADD COLUMN room {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE slot_hold ADD COLUMN device {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE slot_hold ADD COLUMN seat {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE slot_hold ADD COLUMN codes {{int64}} NOT NULL DEFAULT 0;

-- Each time that somebody was sent to the gateway. One hold may have several:
-- who comes back without having paid may go again, and both may be paid.
CREATE TABLE gateway_payment (
    clinic    {{int64}} NOT NULL,
    id        {{int64}} NOT NULL,
    hold      {{int64}} NOT NULL,
    reference TEXT      NOT NULL,                   -- as the gateway calls it
    asked     {{int64}} NOT NULL CHECK (asked > 0),
    status    TEXT      NOT NULL CHECK (status IN ('started', 'paid', 'failed')),
    paid      {{int64}} NOT NULL DEFAULT 0 CHECK (paid >= 0),
    tracking  TEXT      NOT NULL DEFAULT '',
    deposit   {{int64}},
    started   {{int64}} NOT NULL,
    confirmed {{int64}},
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, reference),
    FOREIGN KEY (clinic, hold) REFERENCES slot_hold (clinic, id)
) {{strict}};

CREATE INDEX gateway_payment_started ON gateway_payment (clinic, started) WHERE status = 'started';

-- Calendars that phones subscribe to, each of one provider. The address is a
-- secret, of which only the digest is kept.
CREATE TABLE calendar_feed (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    provider {{int64}} NOT NULL,
    token    {{bytes}} NOT NULL,                    -- SHA-256
    created  {{int64}} NOT NULL,
    revoked  {{int64}},
    staff    {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, token),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id)
) {{strict}};
