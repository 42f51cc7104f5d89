-- A time that is kept for somebody of the public who has not finished booking.
-- It takes seats like an appointment until it expires. What was typed stands
-- here until it becomes an appointment; the one-time code only as a digest.
CREATE TABLE slot_hold (
    clinic        {{int64}} NOT NULL,
    id            {{int64}} NOT NULL,
    provider      {{int64}} NOT NULL,
    service       {{int64}} NOT NULL,
    starts        {{int64}} NOT NULL,
    ends          {{int64}} NOT NULL,
    expires       {{int64}} NOT NULL,
    status        TEXT      NOT NULL CHECK (status IN ('held', 'verified', 'paying', 'booked', 'expired')),
    token         {{bytes}} NOT NULL,               -- SHA-256 of what the browser holds
    first_name    TEXT      NOT NULL DEFAULT '',
    last_name     TEXT      NOT NULL DEFAULT '',
    mobile        TEXT      NOT NULL DEFAULT '',
    national_code TEXT      NOT NULL DEFAULT '',
    code          {{bytes}},
    code_sent     {{int64}},
    tries         {{int64}} NOT NULL DEFAULT 0,
    amount        {{int64}} NOT NULL DEFAULT 0 CHECK (amount >= 0),  -- of the deposit that is to be paid
    reference     TEXT,                             -- of the payment, as the gateway calls it
    paid          {{int64}},                        -- when the gateway confirmed it
    patient       {{int64}},
    appointment   {{int64}},
    deposit       {{int64}},
    recorded      {{int64}} NOT NULL,
    version       {{int64}} NOT NULL DEFAULT 1,
    CHECK (starts < ends),
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, token),
    UNIQUE (clinic, reference),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id)
) {{strict}};

CREATE INDEX slot_hold_running ON slot_hold (clinic, status, expires);
CREATE INDEX slot_hold_of_mobile ON slot_hold (clinic, mobile, recorded);
